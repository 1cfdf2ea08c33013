"""What a magnet version says, as the edge renders it and the core stores it: immutable once published."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType


class Purpose(StrEnum):
    """What somebody may allow us; consent is asked for each separately."""

    NEWSLETTER = "newsletter"  # a regular letter
    OFFERS = "offers"  # sales contact about what we sell
    SPECIAL = "special"  # using an answer about health, beliefs, politics, union or sex life (GDPR, article 9(2)(a))


# Why we would contact somebody. What is no reason to write is no reason to keep them either.
MARKETING = (Purpose.NEWSLETTER, Purpose.OFFERS)


class Channel(StrEnum):
    """The way in which a contact reaches a person."""

    EMAIL = "email"
    PHONE = "phone"
    SMS = "sms"
    POST = "post"


class FieldKey(StrEnum):
    """What a form may ask. The e-mail address is always asked; everything else costs a reason."""

    EMAIL = "email"
    NAME = "name"
    PHONE = "phone"
    COMPANY = "company"
    POSITION = "position"
    QUESTION = "question"
    STREET = "street"
    POSTCODE = "postcode"
    CITY = "city"
    COUNTRY = "country"


# Where something is sent by post; asked only by what is sent.
POSTAL = (FieldKey.STREET, FieldKey.POSTCODE, FieldKey.CITY, FieldKey.COUNTRY)


class IncentiveClass(StrEnum):
    """What is given for the address, from the most telling of interest to the least."""

    CONTENT = "content"  # knowledge about the very thing that we sell
    TOOL = "tool"  # a worksheet, a template
    GENERAL = "general"  # content for everybody
    PRIZE = "prize"  # a prize, voucher or gift: people come for the prize


class SalesIntent(StrEnum):
    """How plainly the page tells that somebody wants to sell."""

    STATED = "stated"  # beside the button, in plain words
    IMPLIED = "implied"  # a reader may guess it
    HIDDEN = "hidden"  # nothing says so


class AskedField(msgspec.Struct, frozen=True, kw_only=True):
    """One field of the form with the reason that is shown beside it."""

    key: FieldKey
    reason: str
    required: bool = False


class NextStep(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that happens after the form: a message, a call, a partner, and how often."""

    channel: Channel
    text: str  # "One letter a month about heating costs"
    purpose: Purpose | None = None  # None: part of the delivery itself, needs no consent
    asks_after_days: int = 0  # so many days after the delivery: "did you get what was promised?"; 0: this step asks nothing


class ConsentOffer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A box that is never ticked for anybody: the exact words, for one purpose and channel.

    `by_button`: agreeing is what the whole form is for. Then there is no box: the words stand at the button, and only a form
    that was sent by that button agrees.
    """

    key: str  # form name: "newsletter-email"
    purpose: Purpose
    channel: Channel
    text: str
    by_button: bool = False


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """The exchange contract: what stands beside the button, in plain sentences."""

    you_get: str = ""
    asks: tuple[AskedField, ...] = ()
    next_steps: tuple[NextStep, ...] = ()
    sells: str = ""  # the sales-intent statement: "We sell heating audits."
    scored: str = ""  # that answers are scored, in words
    without_marketing: str = ""  # the way to have it without marketing
    without_email_url: str = ""  # optional: read it without leaving an address
    retention_months: int = 0
    deletion: str = ""  # "After 12 quiet months, or with one click in the mail"
    consents: tuple[ConsentOffer, ...] = ()


class AssetFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The file that is given. `key` is its random storage name."""

    key: str
    media_type: str
    size_bytes: int
    name: str  # the name that the visitor's disk sees
    pages: int | None = None
    cover_key: str | None = None  # storage name of a PNG


class Availability(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """From when until when a magnet is offered, and to how many. Moments in UTC; `zone` is where they are said (IANA name)."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    zone: str = ""
    cap: int | None = None  # how many people get it, over all versions
    waiting: bool = False  # whether the form stays open for a waiting list when all are taken
    shows_left: bool = False  # whether the page says how many are left


ALWAYS = Availability()


class MailWords(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the mail that brings it says before it is opened. Empty: the house's own words."""

    subject: str = ""
    preheader: str = ""  # what a mail program shows beside the subject


class MagnetDefinition(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a published version shows and promises."""

    kind: str  # a file of domains/magnets/kinds: "guide"
    language: str
    title: str
    promise: str = ""  # the lede under the title
    points: tuple[str, ...] = ()  # what is inside, three lines
    proof: str = ""  # own measurements, sources, date
    button: str = ""  # "Send me the guide"
    incentive: IncentiveClass = IncentiveClass.CONTENT
    sales_intent: SalesIntent = SalesIntent.STATED
    contract: Contract = Contract()
    asset: AssetFacts | None = None
    settings: dict[str, Any] = {}  # what the kind itself needs
    link_days: int = 30  # how long a delivery link lasts
    link_uses: int = 10  # how many complete downloads one link allows
    # Unset it is not written at all: what was published before there was such a thing keeps its bytes and its digest.
    availability: Availability | UnsetType = UNSET
    provenance: str | UnsetType = UNSET  # what of the content is not the company's own, in words for the visitor
    mail: MailWords | UnsetType = UNSET


def availability_of(definition: MagnetDefinition) -> Availability:
    """When and to how many it is offered; always and to everybody where it says nothing."""
    return ALWAYS if definition.availability is UNSET else definition.availability


def provenance_of(definition: MagnetDefinition) -> str:
    """Where the content comes from, as the visitor is told; empty where nothing is said."""
    return "" if definition.provenance is UNSET else definition.provenance


def with_provenance(definition: MagnetDefinition, words: str) -> MagnetDefinition:
    return msgspec.structs.replace(definition, provenance=words or UNSET)


def mail_of(definition: MagnetDefinition) -> MailWords:
    """What its mail says before it is opened."""
    return MailWords() if definition.mail is UNSET else definition.mail


def with_mail(definition: MagnetDefinition, words: MailWords) -> MagnetDefinition:
    return msgspec.structs.replace(definition, mail=UNSET if words == MailWords() else words)


def with_availability(definition: MagnetDefinition, wanted: Availability) -> MagnetDefinition:
    """The definition offered like that. What sets nothing is written as before there was anything to set."""
    return msgspec.structs.replace(definition, availability=UNSET if wanted == ALWAYS else wanted)


def encode_definition(definition: MagnetDefinition) -> str:
    """Canonical JSON: the bytes that are stored, digested and rendered later."""
    return msgspec.json.encode(definition, order="deterministic").decode()


def decode_definition(text: str | bytes) -> MagnetDefinition:
    """The definition in `text`; raises `msgspec.ValidationError` on a wrong shape."""
    return msgspec.json.decode(text, type=MagnetDefinition)
