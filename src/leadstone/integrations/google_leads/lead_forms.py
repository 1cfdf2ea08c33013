"""Webhooks of Google Ads lead forms: a shared key in the body, for Google signs nothing."""

import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from leadstone.domains.inbound.rules import Knock, Said, Told, Trouble, Turned, Unreadable
from leadstone.domains.inbound.rules.reading import add_field, as_id, as_list, as_object, read_object


class GoogleLeadForms:
    def verify(self, knock: Knock, *, secret: str, now: datetime) -> Turned | None:
        try:
            shown = read_object(knock.body).get("google_key")
        except Unreadable:
            return Turned.FORGED  # it shows no key
        fits = isinstance(shown, str) and hmac.compare_digest(shown.encode("utf-8", "replace"), secret.encode())
        return None if fits and secret else Turned.FORGED

    def challenge(self, query: Mapping[str, str], *, secret: str) -> tuple[str, str] | None:
        return None

    def verify_token(self, *, secret: str) -> str:
        return ""

    def read(self, knock: Knock) -> Sequence[Said]:
        told = read_object(knock.body)
        fields: dict[str, str] = {}
        for each in as_list(told.get("user_column_data")):
            column = as_object(each)
            # Own questions have a number as an id, and words only as a name.
            usual = isinstance(column.get("column_id"), str) and str(column["column_id"]).isupper()
            add_field(fields, column.get("column_id") if usual else column.get("column_name"), column.get("string_value"))
        return [Said(provider_id=as_id(told.get("lead_id")), fields=fields, is_test=told.get("is_test") is True)]

    def fetch_headers(self, *, token: str) -> Mapping[str, str]:
        return {}

    def trouble(self, status: int, body: bytes) -> Trouble | None:
        return None

    def read_fetched(self, bodies: Sequence[bytes]) -> Told:
        raise Unreadable

    def sample(self, *, secret: str, provider_id: str, now: datetime) -> Knock:
        answers = {"FULL_NAME": "Ann Test", "EMAIL": "ann@test.example", "PHONE_NUMBER": "+48601234567"}
        told = {
            "lead_id": provider_id,
            "user_column_data": [{"column_id": name, "string_value": text} for name, text in answers.items()],
            "api_version": "1.0",
            "google_key": secret,
            "is_test": True,
        }
        return Knock(json.dumps(told).encode(), {})
