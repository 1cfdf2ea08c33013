"""Standard Webhooks: three headers that sign the body; the body is one flat JSON object, or has one as `data`."""

import hmac
import json
import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from leadstone.domains.inbound.rules import CLOCKS_DIFFER, Box, Knock, Said, Told, Trouble, Turned, Unreadable
from leadstone.domains.inbound.rules.boxes import as_box, boxes_of
from leadstone.domains.inbound.rules.reading import add_field, as_id, read_object
from leadstone.domains.webhooks.rules import signatures

_SECONDS = re.compile(r"[0-9]{1,11}")
_PREFIX = "whsec_"


class StandardWebhooks:
    def verify(self, knock: Knock, *, secret: str, now: datetime) -> Turned | None:
        written = knock.headers.get("webhook-timestamp", "")
        message_id = knock.headers.get("webhook-id", "")
        if not _SECONDS.fullmatch(written) or not message_id:
            return Turned.FORGED
        shown = knock.headers.get("webhook-signature", "").split(" ")[:10]
        key = _bytes_of(secret)
        expected = signatures([key], message_id=message_id, timestamp=int(written), body=knock.body).encode()
        # All of them, so that the time it takes tells nothing.
        fits = [hmac.compare_digest(each.encode("utf-8", "replace"), expected) for each in shown]
        if not key or not any(fits):
            return Turned.FORGED
        return Turned.TOO_OLD if abs(datetime.fromtimestamp(int(written), tz=UTC) - now) > CLOCKS_DIFFER else None

    def challenge(self, query: Mapping[str, str], *, secret: str) -> tuple[str, str] | None:
        return None

    def verify_token(self, *, secret: str) -> str:
        return ""

    def read(self, knock: Knock) -> Sequence[Said]:
        told = read_object(knock.body)
        data = told.get("data")
        person = data if isinstance(data, dict) else told
        fields: dict[str, str] = {}
        for name, value in person.items():
            if name != "boxes":
                add_field(fields, name, value)
        return [Said(provider_id=as_id(knock.headers.get("webhook-id")), fields=fields, boxes=_boxes(person.get("boxes")))]

    def fetch_headers(self, *, token: str) -> Mapping[str, str]:
        return {}

    def trouble(self, status: int, body: bytes) -> Trouble | None:
        return None

    def read_fetched(self, bodies: Sequence[bytes]) -> Told:
        raise Unreadable

    def sample(self, *, secret: str, provider_id: str, now: datetime) -> Knock:
        body = json.dumps({"data": {"name": "Ann Test", "email": "ann@test.example", "company": "Test"}}).encode()
        timestamp = int(now.timestamp())
        signature = signatures([_bytes_of(secret)], message_id=provider_id, timestamp=timestamp, body=body)
        headers = {"webhook-id": provider_id, "webhook-timestamp": str(timestamp), "webhook-signature": signature}
        return Knock(body, headers)


def _boxes(told: object) -> tuple[Box, ...]:
    """`boxes`: objects of `words`, `ticked`, and where it matters `free` and `language`; what is no list is none."""
    found = [each for each in told if isinstance(each, dict)] if isinstance(told, list) else []
    return boxes_of(
        [
            as_box(box.get("words"), ticked=box.get("ticked"), free=box.get("free") is not False, language=box.get("language"))
            for box in found
        ]
    )


def _bytes_of(secret: str) -> bytes:
    """The bytes that a written secret stands for; none for what is no secret, and with none nothing is verified."""
    try:
        return b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (Error, ValueError):
        return b""
