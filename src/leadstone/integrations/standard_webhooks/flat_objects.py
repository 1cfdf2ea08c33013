"""Standard Webhooks: three headers that sign the body; the body is one flat JSON object, or has one as `data`."""

import hmac
import json
import re
from base64 import b64decode
from binascii import Error
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from leadstone.domains.inbound.rules import CLOCKS_DIFFER, Knock, Said, Turned, Unreadable
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
        fields: dict[str, str] = {}
        for name, value in (data if isinstance(data, dict) else told).items():
            add_field(fields, name, value)
        return [Said(provider_id=as_id(knock.headers.get("webhook-id")), fields=fields)]

    def read_fetched(self, body: bytes) -> Mapping[str, str]:
        raise Unreadable

    def sample(self, *, secret: str, provider_id: str, now: datetime) -> Knock:
        body = json.dumps({"data": {"name": "Ann Test", "email": "ann@test.example", "company": "Test"}}).encode()
        timestamp = int(now.timestamp())
        signature = signatures([_bytes_of(secret)], message_id=provider_id, timestamp=timestamp, body=body)
        headers = {"webhook-id": provider_id, "webhook-timestamp": str(timestamp), "webhook-signature": signature}
        return Knock(body, headers)


def _bytes_of(secret: str) -> bytes:
    """The bytes that a written secret stands for; none for what is no secret, and with none nothing is verified."""
    try:
        return b64decode(secret.removeprefix(_PREFIX), validate=True)
    except (Error, ValueError):
        return b""
