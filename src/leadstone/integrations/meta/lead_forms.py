"""Webhooks of Meta's Graph API, object `page`, field `leadgen`: signed by X-Hub-Signature-256 with the app's secret."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from leadstone.domains.inbound.rules import MOST_PEOPLE, Knock, Said, Turned, Unreadable
from leadstone.domains.inbound.rules.reading import add_field, as_id, as_list, as_moment, as_object, is_signed, read_object

GRAPH = "https://graph.facebook.com/v21.0/"
_NUMBER = re.compile(r"[0-9]{1,30}")


def verify_token(secret: str) -> str:
    """What Meta must show when it asks whether the address is ours: made of the secret, and telling nothing of it."""
    return hmac.digest(secret.encode(), b"leadstone verify token", hashlib.sha256).hex()[:32]


class MetaLeadForms:
    def verify(self, knock: Knock, *, secret: str, now: datetime) -> Turned | None:
        kind, _, shown = knock.headers.get("x-hub-signature-256", "").partition("=")
        return None if kind == "sha256" and is_signed(shown, secret=secret, said=knock.body) else Turned.FORGED

    def challenge(self, query: Mapping[str, str], *, secret: str) -> tuple[str, str] | None:
        token = query.get("hub.verify_token", "").encode()
        asked = query.get("hub.challenge", "")
        if query.get("hub.mode") != "subscribe" or not hmac.compare_digest(token, verify_token(secret).encode()):
            return None
        # Only what Meta sends: an answer in somebody else's words would be somebody else's page under our name.
        return ("text/plain", asked) if _NUMBER.fullmatch(asked) else None

    def verify_token(self, *, secret: str) -> str:
        return verify_token(secret)

    def read(self, knock: Knock) -> Sequence[Said]:
        found = []
        for entry in as_list(read_object(knock.body).get("entry")):
            for change in as_list(as_object(entry).get("changes")):
                told = as_object(change)
                if told.get("field") == "leadgen":
                    found.append(_said(as_object(told.get("value"))))
        if len(found) > MOST_PEOPLE:
            raise Unreadable
        return found

    def read_fetched(self, body: bytes) -> Mapping[str, str]:
        return _fields(read_object(body).get("field_data"))

    def sample(self, *, secret: str, provider_id: str, now: datetime) -> Knock:
        answers = {"full_name": "Ann Test", "email": "ann@test.example", "phone_number": "+48601234567"}
        value = {
            "leadgen_id": provider_id,
            "created_time": int(now.timestamp()),
            "field_data": [{"name": name, "values": [text]} for name, text in answers.items()],
        }
        told = {"object": "page", "entry": [{"id": "1", "changes": [{"field": "leadgen", "value": value}]}]}
        body = json.dumps(told).encode()
        signature = hmac.digest(secret.encode(), body, hashlib.sha256).hex()
        return Knock(body, {"x-hub-signature-256": f"sha256={signature}"})


def _said(value: Mapping[str, object]) -> Said:
    lead = as_id(value.get("leadgen_id"))
    inline = "field_data" in value
    return Said(
        provider_id=lead,
        fields=_fields(value["field_data"]) if inline else {},
        at=as_moment(value.get("created_time")),
        fetch="" if inline or not _NUMBER.fullmatch(lead) else f"{GRAPH}{lead}?fields=field_data",
    )


def _fields(told: object) -> dict[str, str]:
    fields: dict[str, str] = {}
    for each in as_list(told):
        field = as_object(each)
        add_field(fields, field.get("name"), field.get("values"))
    return fields
