"""What a box on somebody else's form may stand for: somebody here says it of its exact words, and until then it is nothing."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum

from leadstone.domains.inbound.rules import LONGEST_VALUE, MOST_BOXES, Box
from leadstone.wire.definition import Channel, Purpose


class Means(StrEnum):
    """What a tick beside those words allows. Each value is stored and never renamed."""

    UNSAID = ""
    NOTHING = "nothing"  # terms, a privacy notice: no marketing
    NEWSLETTER = "newsletter:email"
    OFFERS_EMAIL = "offers:email"
    OFFERS_PHONE = "offers:phone"
    OFFERS_SMS = "offers:sms"
    OFFERS_POST = "offers:post"

    @property
    def allows(self) -> tuple[Purpose, Channel] | None:
        purpose, _, channel = self.value.partition(":")
        return (Purpose(purpose), Channel(channel)) if channel else None


def as_box(words: object, *, ticked: object, free: bool = True, language: object = "") -> Box | None:
    """A box with its words as they stood; None for one without words, of which nobody could say what was agreed to."""
    if not isinstance(words, str) or not words.strip():
        return None
    # What no database keeps: NUL, and halves of characters that JSON can write and UTF-8 cannot.
    plain = words.replace("\0", "").encode("utf-8", "replace").decode().strip()
    tag = language.partition("_")[0].partition("-")[0].lower()[:8] if isinstance(language, str) else ""
    # Words that are too long to be kept whole are not these words any more.
    return Box(words=plain, ticked=is_ticked(ticked), free=free, language=tag) if 0 < len(plain) <= LONGEST_VALUE else None


def is_ticked(said: object) -> bool:
    """Whether JSON says yes: true, or the word or number for it, as Meta writes."""
    return said is True or (isinstance(said, str) and said.strip().lower() in {"1", "true"})


def boxes_of(found: Sequence[Box | None]) -> tuple[Box, ...]:
    return tuple(box for box in found[: 2 * MOST_BOXES] if box is not None)[:MOST_BOXES]


def encode_said(fields: Mapping[str, str], boxes: Sequence[Box]) -> str:
    """What was said, as it is sealed."""
    told = [{"words": box.words, "ticked": box.ticked, "free": box.free, "language": box.language} for box in boxes]
    return json.dumps({"fields": dict(fields), "boxes": told})


def decode_said(text: str) -> tuple[Mapping[str, str], tuple[Box, ...]]:
    """The same again; what was sealed before there were boxes is fields alone."""
    told = json.loads(text)
    if not isinstance(told.get("fields"), dict):
        return told, ()
    return told["fields"], tuple(Box(**box) for box in told["boxes"])
