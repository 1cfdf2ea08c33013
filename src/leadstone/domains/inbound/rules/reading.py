"""Reading JSON of strangers: what is not of the expected shape is `Unreadable`, and never another exception."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from leadstone.domains.inbound.rules import LONGEST_ID, LONGEST_VALUE, MOST_FIELDS, Unreadable

LONGEST_FIELD = 120
DEEPEST = 5  # lists within lists of an answer
FIRST = datetime(2000, 1, 1, tzinfo=UTC)  # a clock that says less has never been set


def read_object(body: bytes) -> Mapping[str, object]:
    """The JSON object that a body is; UTF-8 as RFC 8259 §8.1 asks, a byte order mark forgiven."""
    try:
        found = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as wrong:
        raise Unreadable from wrong
    return as_object(found)


def as_object(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise Unreadable
    return value


def as_list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise Unreadable
    return value


def as_id(value: object) -> str:
    """What tells one handing over from another; without it nothing could be told from its repetition."""
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not text or len(text) > LONGEST_ID or not text.isprintable():
        raise Unreadable
    return text


def as_text(value: object, *, deepest: int = DEEPEST) -> str:
    """One answer in words: several choices are joined, what is no answer is empty."""
    if isinstance(value, str):
        return _storable(value)[:LONGEST_VALUE]
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)[:LONGEST_VALUE]
    if isinstance(value, list) and deepest:
        parts = (as_text(part, deepest=deepest - 1) for part in value[:MOST_FIELDS])
        return ", ".join(part for part in parts if part)[:LONGEST_VALUE]
    return ""


def add_field(fields: dict[str, str], name: object, value: object) -> None:
    """Note one answer under its field's name; the first stands, and more than `MOST_FIELDS` are not kept."""
    words = " ".join(_storable(name).split())[:LONGEST_FIELD] if isinstance(name, str) else ""
    if words and len(fields) < MOST_FIELDS:
        fields.setdefault(words, as_text(value))


def as_moment(seconds: object) -> datetime | None:
    """Unix seconds; None for what is none."""
    if not isinstance(seconds, int) or isinstance(seconds, bool) or not FIRST.timestamp() <= seconds < 2**35:
        return None
    return datetime.fromtimestamp(seconds, tz=UTC)


def as_written_moment(text: object) -> datetime | None:
    """RFC 3339 with its zone; None for what is none."""
    if not isinstance(text, str):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.astimezone(UTC) if at.tzinfo is not None and at >= FIRST and at.year < 9999 else None


def is_signed(shown: str, *, secret: str, said: bytes) -> bool:
    """Whether `shown` is the hexadecimal HMAC-SHA256 of what was said; never true without a secret."""
    expected = hmac.digest(secret.encode(), said, hashlib.sha256).hex()
    return bool(secret) and hmac.compare_digest(shown.strip().lower().encode(), expected.encode())


def _storable(text: str) -> str:
    """Without what no database keeps: NUL, and halves of characters that JSON can write and UTF-8 cannot."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
