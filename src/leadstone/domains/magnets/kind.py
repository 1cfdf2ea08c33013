"""The shape of a kind of magnet: what a file in `kinds/` has to say about itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

from leadstone.domains.magnets.gap import Gap
from leadstone.domains.magnets.questionnaire import Question
from leadstone.kernel.document import MediaType
from leadstone.wire.definition import AssetFacts, Channel, ConsentOffer, MagnetDefinition, NextStep, Purpose


class Step(StrEnum):
    """What a visitor passes, in this order."""

    QUESTIONS = "questions"  # answers one question after the other
    FORM = "form"  # says where to send it, and reads the exchange
    MAILBOX = "mailbox"  # proves the mailbox by the one mail
    FILE = "file"  # gets the file
    RESULT = "result"  # reads what the answers came to
    SLOT = "slot"  # chooses a time, and has it
    CODE = "code"  # has a code of their own
    PARCEL = "parcel"  # has something sent by post
    TRIAL = "trial"  # begins to use something
    LETTERS = "letters"  # is written to regularly


# What the database holds for one person, so that the portal shows it and not the edge.
HELD = frozenset({Step.SLOT, Step.CODE, Step.PARCEL, Step.TRIAL, Step.LETTERS})


class Fate(StrEnum):
    """How a grant of this kind may end."""

    DELIVERED = "delivered"
    FAILED = "failed"
    UNDONE = "undone"
    SHIPPED = "shipped"


class Finding(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What answers came to, small enough for a signed link: the key of an outcome, and points in the order of the categories."""

    outcome: str
    points: tuple[int, ...] = ()


def encode_finding(finding: Finding) -> bytes:
    return msgspec.msgpack.encode(finding)


def decode_finding(data: bytes) -> Finding | None:
    """The finding in a link, or None when it is none."""
    try:
        return msgspec.msgpack.decode(data, type=Finding)
    except msgspec.DecodeError:
        return None


@dataclass(frozen=True, slots=True)
class CategoryPoints:
    """How many points a category got, of how many it can get."""

    name: str
    points: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a grant opens: a file, or what the answers came to, in the marketer's words."""

    asset: AssetFacts | None = None
    title: str = ""
    text: str = ""
    advice: str = ""  # what to do now
    basis: str = ""  # where its figures come from
    points: tuple[CategoryPoints, ...] = ()


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
    delivery: str = ""  # the first step of the exchange, where "One mail with your link." would not be true


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How a kind asks questions before the form, and what it makes of the answers. The result never reaches a page before.

    `finding` is a function of the answers alone; `outcome` is what a finding says under a definition, None when it says nothing
    (any more).
    """

    questions: Callable[[MagnetDefinition], tuple[Question, ...]]
    finding: Callable[[MagnetDefinition, Mapping[str, str]], Finding]
    outcome: Callable[[MagnetDefinition, Finding], Outcome | None]
    keeps_first: Callable[[MagnetDefinition], bool]  # the retake rule: whether the first result stays
    together: Callable[[MagnetDefinition], bool] = lambda definition: (
        False
    )  # all questions on one page, which then must not branch
    keeps_stopped: Callable[[MagnetDefinition], bool] = lambda definition: False  # what people chose who go away before the form
    on_form: bool = False  # all of them stand in the form itself: no page before it, and no way through them


@dataclass(frozen=True, slots=True)
class Example:
    """What a magnet without a document begins with, so that nobody faces an empty form."""

    title: str
    promise: str
    settings: Mapping[str, Any]
    # Where the usual ones would not be true:
    steps: tuple[NextStep, ...] = ()
    consents: tuple[ConsentOffer, ...] = ()
    without_marketing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message that a kind sends by itself after the delivery, so that the contract has to say so.

    `told_by` is a regular expression over a step's words, in every language; `sentences`: what a step may say (language → words).
    """

    channel: Channel
    told_by: str
    sentences: Mapping[str, str]
    sent_if: Callable[[Mapping[str, Any]], bool] = lambda settings: True  # whether these settings have it sent at all

    def sentence_in(self, language: str) -> str:
        return self.sentences.get(language) or next(iter(self.sentences.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What a kind tells another company's or product's system about whoever asked, so that the contract has to say so.

    `told_by` is a regular expression over a sentence of the contract, in every language; `sentences`: what it may say.
    """

    told_by: str
    sentences: Mapping[str, str]
    shared_if: Callable[[Mapping[str, Any]], bool]

    def sentence_in(self, language: str) -> str:
        return self.sentences.get(language) or next(iter(self.sentences.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a kind keeps of people who leave no address, so that the contract has to say so.

    `told_by` is a regular expression over a sentence of the contract, in every language; `sentences`: what it may say.
    """

    told_by: str
    sentences: Mapping[str, str]
    kept_if: Callable[[Mapping[str, Any]], bool]

    def sentence_in(self, language: str) -> str:
        return self.sentences.get(language) or next(iter(self.sentences.values()))


def no_gaps(settings: Any) -> Iterable[Gap]:
    """What is missing in the settings of a kind that has none."""
    return ()


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
    asking: Asking | None = None  # present exactly when QUESTIONS is among the steps, or when it asks on the form
    consent: tuple[Purpose, Channel] | None = None  # what one agrees to by the button, where that is the exchange itself
    sends: tuple[Sent, ...] = ()  # beside the delivery: each must stand in the contract
    shares: tuple[Shared, ...] = ()  # with other systems: each must stand in the contract
    keeps: tuple[Kept, ...] = ()  # of people who leave no address: each must stand in the contract
    gaps: Callable[[Any], Iterable[Gap]] = no_gaps  # what is missing in its settings before it may be published
    example: Callable[[str], Example] | None = None  # language → what a new one begins with, for kinds without a document

    @property
    def held(self) -> Step | None:
        """What the database holds for whoever asked, if this kind gives such a thing."""
        return next((step for step in self.steps if step in HELD), None)


def gives_the_file(definition: MagnetDefinition, answers: Mapping[str, str]) -> Outcome:
    """The result rule of every download: the same file for everybody."""
    return Outcome(asset=definition.asset)
