"""The shape of a kind of magnet: what a file in `kinds/` has to say about itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from leadstone.kernel.document import MediaType
from leadstone.wire.definition import AssetFacts, MagnetDefinition


class Step(StrEnum):
    """What a visitor passes, in this order."""

    FORM = "form"  # answers, and reads the exchange
    MAILBOX = "mailbox"  # proves the mailbox by the one mail
    FILE = "file"  # gets the file


class Fate(StrEnum):
    """How a grant of this kind may end."""

    DELIVERED = "delivered"
    FAILED = "failed"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a grant opens."""

    asset: AssetFacts | None = None


class NoSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of a kind that needs none beyond the definition."""


@dataclass(frozen=True, slots=True)
class KindWords:
    """The words of a kind in one language, for drafting: they become the marketer's own text."""

    name: str  # "Guide"
    subject: str  # "the guide", as in "the guide comes all the same"
    object: str  # "the guide", as in "send you the guide"; another case in Polish
    button: str  # "Send me the guide"
    you_get: str  # "The guide as a {format} file{pages}, to keep for good."


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of magnet. `settings` is the schema of `MagnetDefinition.settings`."""

    name: str  # English, a gettext msgid: "Guide"
    rank: int  # place in lists
    words: Mapping[str, KindWords]  # language → words
    media_types: frozenset[MediaType]
    settings: type[msgspec.Struct] = NoSettings
    steps: tuple[Step, ...] = (Step.FORM, Step.MAILBOX, Step.FILE)
    fates: frozenset[Fate] = frozenset(Fate)
    needs_proof: bool = False  # whether it must say where its figures come from
    result: Callable[[MagnetDefinition, Mapping[str, str]], Outcome]


def gives_the_file(definition: MagnetDefinition, answers: Mapping[str, str]) -> Outcome:
    """The result rule of every download: the same file for everybody."""
    return Outcome(asset=definition.asset)
