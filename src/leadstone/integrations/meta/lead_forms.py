"""Webhooks of Meta's Graph API, object `page`, field `leadgen`: signed by X-Hub-Signature-256 with the app's secret."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from leadstone.domains.inbound.rules import MOST_PEOPLE, Box, Knock, Said, Told, Trouble, Turned, Unreadable
from leadstone.domains.inbound.rules.boxes import as_box, boxes_of
from leadstone.domains.inbound.rules.reading import add_field, as_id, as_list, as_moment, as_object, is_signed, read_object

GRAPH = "https://graph.facebook.com/v25.0/"
_NUMBER = re.compile(r"[0-9]{1,30}")
_LEAD = "fields=field_data,custom_disclaimer_responses,form_id"
# legal_content{custom_disclaimer{checkboxes{…}}}; braces are not for addresses.
_WORDS = "fields=locale,legal_content%7Bcustom_disclaimer%7Bcheckboxes%7Bkey,text,is_required,is_checked_by_default%7D%7D%7D"
# Codes of the Graph API's errors; it answers most of them with 400.
_TOO_OFTEN = frozenset({4, 17, 32, 613, *range(80000, 80015)})
_NO_RIGHT = frozenset({3, 10, *range(200, 300)})


def verify_token(secret: str) -> str:
    """What Meta must show when it asks whether the address is ours: made of the secret, and telling nothing of it."""
    return hmac.digest(secret.encode(), b"leadstone verify token", hashlib.sha256).hex()[:32]


@dataclass(frozen=True, slots=True)
class MetaLeadForms:
    graph: str = GRAPH

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
            # An entry about messages, which a page may have subscribed to as well, has no changes.
            for change in as_list(as_object(entry).get("changes", [])):
                told = as_object(change)
                if told.get("field") == "leadgen":
                    found.append(self._said(as_object(told.get("value"))))
        if len(found) > MOST_PEOPLE:
            raise Unreadable
        return found

    def fetch_headers(self, *, token: str) -> Mapping[str, str]:
        return {"authorization": f"Bearer {token}"}

    def trouble(self, status: int, body: bytes) -> Trouble | None:
        """See developers.facebook.com/docs/graph-api/guides/error-handling."""
        code = _error_code(body)
        if code == 190 or status == 401:
            return Trouble.TOKEN_OVER
        if code in _TOO_OFTEN or status == 429:
            return Trouble.TOO_OFTEN
        if code in _NO_RIGHT or status == 403:
            return Trouble.NO_RIGHT
        return Trouble.SILENT if status >= 500 or code in {1, 2} else None

    def read_fetched(self, bodies: Sequence[bytes]) -> Told:
        lead = read_object(bodies[0])
        fields = _fields(lead.get("field_data"))
        ticks = _ticks(lead.get("custom_disclaimer_responses"))
        form = str(lead.get("form_id", ""))
        is_test = _is_test(fields)
        if len(bodies) > 1:
            return Told(fields=fields, boxes=_boxes(read_object(bodies[1]), ticks), is_test=is_test)
        # What stood beside the boxes is told by the form alone.
        asks = ticks and _NUMBER.fullmatch(form)
        return Told(fields=fields, is_test=is_test, more=f"{self.graph}{form}?{_WORDS}" if asks else "")

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

    def _said(self, value: Mapping[str, object]) -> Said:
        lead = as_id(value.get("leadgen_id"))
        inline = "field_data" in value
        fields = _fields(value["field_data"]) if inline else {}
        return Said(
            provider_id=lead,
            fields=fields,
            is_test=_is_test(fields),
            at=as_moment(value.get("created_time")),
            fetch="" if inline or not _NUMBER.fullmatch(lead) else f"{self.graph}{lead}?{_LEAD}",
        )


def _is_test(fields: Mapping[str, str]) -> bool:
    """Whether Meta's own tool for trying forms out made it up; the address that it gives is somebody's at Meta."""
    return any(said.startswith("<test lead: dummy data for ") for said in fields.values())


def _error_code(body: bytes) -> int | None:
    try:
        error = read_object(body).get("error")
    except Unreadable:
        return None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def _ticks(told: object) -> dict[str, object]:
    """The key of a box → whether it was ticked."""
    answered = [as_object(each) for each in as_list(told or [])]
    return {str(each["checkbox_key"]): each.get("is_checked") for each in answered if isinstance(each.get("checkbox_key"), str)}


def _boxes(form: Mapping[str, object], ticks: Mapping[str, object]) -> tuple[Box, ...]:
    """The boxes of a form with their words. One that had to be ticked, or was ticked already, was nobody's choice."""
    disclaimer = as_object(as_object(form.get("legal_content") or {}).get("custom_disclaimer") or {})
    offered = disclaimer.get("checkboxes") or []
    found = []
    for each in as_list(as_object(offered).get("data") or [] if isinstance(offered, dict) else offered):
        box = as_object(each)
        key = box.get("key")
        if isinstance(key, str) and key in ticks:
            free = box.get("is_required") is False and box.get("is_checked_by_default") is not True
            found.append(as_box(box.get("text"), ticked=ticks[key], free=free, language=form.get("locale")))
    return boxes_of(found)


def _fields(told: object) -> dict[str, str]:
    fields: dict[str, str] = {}
    for each in as_list(told):
        field = as_object(each)
        add_field(fields, field.get("name"), field.get("values"))
    return fields
