"""Business cards as phones and mail programs pass them on: vCard 3.0 (RFC 2426) and 4.0 (RFC 6350)."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

import vobject

# The library writes each line that it does not understand into the log: somebody's number, and a hundred thousand of them.
logging.getLogger("vobject.base").disabled = True

MOST_CARDS = 100
MOST_CARD_BYTES = 256 * 1024  # a portrait may be among them
LONGEST_LINE = 200
# Pictures, sounds and keys: large, and nothing that we keep.
_HEAVY = re.compile(r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:].*(?:\n[ \t].*)*\n?", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says of one person; `text` is the card itself, without pictures."""

    name: str
    company: str
    email: str
    phone: str
    text: str

    @property
    def values(self) -> Mapping[str, str]:
        return {"name": self.name, "company": self.company, "email": self.email, "phone": self.phone}


def text_of(file: bytes) -> str:
    """The file as text: UTF-8, or as old programs in Poland write it."""
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError:
        return file.decode("cp1250", "replace")


def read_cards(text: str) -> list[Card]:
    """The cards in a text, each by itself: one that cannot be read, or that says nothing, spoils no other."""
    plain = text[:MOST_CARD_BYTES].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    found = (_read(_HEAVY.sub("", each)) for each in islice(_each_card(plain), MOST_CARDS))
    return [card for card in found if card is not None]


def _each_card(text: str) -> Iterator[str]:
    """What stands between a beginning and the end after it, line by line: no file is gone through twice."""
    lines: list[str] = []
    for line in text.split("\n"):
        word = line.strip().upper()
        if word == "BEGIN:VCARD":
            lines = [line]
        elif lines:
            lines.append(line)
            if word == "END:VCARD":
                yield "\n".join(lines)
                lines = []


def _read(text: str) -> Card | None:
    try:
        card = vobject.readOne(text + "\n", ignoreUnreadable=True, validate=False)
    except (vobject.base.VObjectError, ValueError, LookupError, TypeError, AttributeError, StopIteration):
        # The library tells a broken card in as many ways as there are to break it.
        return None
    if card is None:
        return None
    said = card.contents
    read = Card(
        name=_line(_first(said.get("fn", ()))) or _name_of(said.get("n", ())),
        company=_line(_first(said.get("org", ()))),
        email=_line(_first(_preferred(said.get("email", ()))).removeprefix("mailto:")),
        phone=_line(_first(_preferred(said.get("tel", ()))).removeprefix("tel:").partition(";")[0]),
        text=text,
    )
    return read if any(read.values.values()) else None


def _preferred(properties: Iterable[object]) -> list[object]:
    """The one that its owner prefers first: `PREF=1`, or `TYPE=pref` in 3.0; else as they stand."""

    def last(one: object) -> bool:
        params = {key.upper(): [str(each).upper() for each in values] for key, values in getattr(one, "params", {}).items()}
        return "1" not in params.get("PREF", []) and "PREF" not in params.get("TYPE", [])

    return sorted(properties, key=last)


def _first(properties: Iterable[object]) -> str:
    for each in properties:
        value = getattr(each, "value", "")
        text = value[0] if isinstance(value, list) and value else value
        if isinstance(text, str) and text.strip():
            return text.strip()
    return ""


def _name_of(properties: Iterable[object]) -> str:
    for each in properties:
        value = getattr(each, "value", None)
        parts = [getattr(value, name, "") for name in ("given", "family")]
        return _line(" ".join(part for part in parts if isinstance(part, str)))
    return ""


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_LINE]
