"""Webhooks of Typeform, event `form_response`: Typeform-Signature, an HMAC of the raw body in Base64."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from leadstone.domains.inbound.rules import Box, Knock, Said, Told, Trouble, Turned, Unreadable
from leadstone.domains.inbound.rules.boxes import as_box, boxes_of
from leadstone.domains.inbound.rules.reading import add_field, as_id, as_list, as_object, as_text, as_written_moment, read_object


class TypeformForms:
    def verify(self, knock: Knock, *, secret: str, now: datetime) -> Turned | None:
        shown = knock.headers.get("typeform-signature", "")
        fits = hmac.compare_digest(shown.encode(), _signature(knock.body, secret).encode())
        return None if fits and secret else Turned.FORGED

    def challenge(self, query: Mapping[str, str], *, secret: str) -> tuple[str, str] | None:
        return None

    def verify_token(self, *, secret: str) -> str:
        return ""

    def read(self, knock: Knock) -> Sequence[Said]:
        event = read_object(knock.body)
        if event.get("event_type", "form_response") != "form_response":
            return []  # somebody stopped half way
        told = as_object(event.get("form_response"))
        titles = _titles(told.get("definition", {}))
        fields: dict[str, str] = {}
        boxes: list[Box | None] = []
        for each in as_list(told.get("answers", [])):
            answer = as_object(each)
            field = as_object(answer.get("field", {}))
            kind = answer.get("type")
            # The kind of an address and of a number says more than any title.
            title = kind if kind in ("email", "phone_number") else titles.get(str(field.get("id"))) or field.get("ref")
            add_field(fields, title, _answered(answer))
            if _is_legal(field):
                # A legal question is answered by one of two buttons: no box was ticked beforehand.
                boxes.append(as_box(titles.get(str(field.get("id"))), ticked=answer.get("boolean")))
        for name, value in as_object(told.get("hidden") or {}).items():
            add_field(fields, name, value)
        at = as_written_moment(told.get("submitted_at"))
        return [Said(provider_id=as_id(told.get("token")), fields=fields, boxes=boxes_of(boxes), at=at)]

    def fetch_headers(self, *, token: str) -> Mapping[str, str]:
        return {}

    def trouble(self, status: int, body: bytes) -> Trouble | None:
        return None

    def read_fetched(self, bodies: Sequence[bytes]) -> Told:
        raise Unreadable

    def sample(self, *, secret: str, provider_id: str, now: datetime) -> Knock:
        told = {
            "event_type": "form_response",
            "form_response": {
                "token": provider_id,
                "submitted_at": now.isoformat(),
                "definition": {"fields": [{"id": "1", "title": "Your name"}, {"id": "2", "title": "E-mail"}]},
                "answers": [
                    {"type": "text", "text": "Ann Test", "field": {"id": "1"}},
                    {"type": "email", "email": "ann@test.example", "field": {"id": "2"}},
                ],
            },
        }
        body = json.dumps(told).encode()
        return Knock(body, {"typeform-signature": _signature(body, secret)})


def _titles(definition: object) -> dict[str, object]:
    """Id of a question → its words. Those of a group, as name and address of a contact, stand within it."""
    found: dict[str, object] = {}
    for each in map(as_object, as_list(as_object(definition).get("fields", []))):
        found[as_id(each.get("id"))] = each.get("title")
        within = each.get("properties")
        if isinstance(within, dict) and isinstance(within.get("fields"), list):
            found |= {as_id(one.get("id")): one.get("title") for one in map(as_object, within["fields"])}
    return found


def _is_legal(field: Mapping[str, object]) -> bool:
    return field.get("type") == "legal"


def _answered(answer: Mapping[str, object]) -> str:
    kind = answer.get("type")
    said = answer.get(kind) if isinstance(kind, str) else None
    if isinstance(said, dict):  # choice and choices
        return as_text(said.get("label", said.get("labels", said.get("other"))))
    return as_text(said)


def _signature(body: bytes, secret: str) -> str:
    return "sha256=" + base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()
