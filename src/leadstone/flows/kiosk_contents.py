"""What an entry of a device may say, once it is opened. A page in somebody's hands wrote it: nothing in it is trusted."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from leadstone.domains.kiosks.rules import EntryKind, Rating
from leadstone.kernel.language import Language
from leadstone.wire.pages.areas.kiosks.words import RATINGS
from leadstone.wire.pages.phrases import translations

Text = Annotated[str, msgspec.Meta(max_length=4000)]
Short = Annotated[str, msgspec.Meta(max_length=400)]
Key = Annotated[str, msgspec.Meta(max_length=60)]
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Visit(msgspec.Struct, frozen=True, kw_only=True, tag="visit", tag_field="kind"):
    """A visitor sent the form. `answers`: field key → as typed."""

    at: Milliseconds
    language: Annotated[str, msgspec.Meta(max_length=8)]
    version_id: Annotated[int, msgspec.Meta(ge=1, le=2**62)]
    answers: Annotated[dict[Key, Text], msgspec.Meta(max_length=40)]
    ticked: Annotated[tuple[Key, ...], msgspec.Meta(max_length=20)] = ()

    @property
    def kind(self) -> EntryKind:
        return EntryKind.VISIT


class Card(msgspec.Struct, frozen=True, kw_only=True, tag="card", tag_field="kind"):
    """A member of staff took down a card, or a badge."""

    at: Milliseconds
    language: Annotated[str, msgspec.Meta(max_length=8)]
    values: Annotated[dict[Key, Short], msgspec.Meta(max_length=10)]
    rating: Rating | None = None
    note: Text = ""

    @property
    def kind(self) -> EntryKind:
        return EntryKind.CARD


class Note(msgspec.Struct, frozen=True, kw_only=True, tag="rating", tag_field="kind"):
    """What a member of staff thinks of a visit. `about`: the key of its entry."""

    at: Milliseconds
    about: Key
    rating: Rating | None = None
    note: Text = ""

    @property
    def kind(self) -> EntryKind:
        return EntryKind.RATING


AnyContent = Visit | Card | Note
CARD_VALUES = ("name", "company", "position", "email", "phone")


def read_content(read: Mapping[str, object]) -> AnyContent:
    """The entry; raises `msgspec.ValidationError` for anything else. What no database can keep is left out."""
    try:
        content: AnyContent = msgspec.convert(_storable(read), AnyContent)
    except RecursionError as deep:
        raise msgspec.ValidationError("deeper than any entry") from deep
    if isinstance(content, Card):
        values = {key: content.values[key] for key in CARD_VALUES if content.values.get(key)}
        return msgspec.structs.replace(content, values=values)
    return content


def note_text(said: Card | Note, *, place: str, language: Language) -> str:
    """The rating and the words as a note on the lead's card: "Ogrzewanie 2026: hot", then what was written."""
    _ = translations(language).gettext
    rated = f"{place}: {_(RATINGS[said.rating.value])}" if said.rating else ""
    return "\n".join(part for part in (rated, said.note.strip()) if part)


def _storable(value: object) -> object:
    if isinstance(value, str):
        # Neither NUL nor half a character can be kept.
        return "".join(sign for sign in value if sign != "\0" and not "\ud800" <= sign <= "\udfff")
    if isinstance(value, Mapping):
        return {str(_storable(key)): _storable(part) for key, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list) else value
