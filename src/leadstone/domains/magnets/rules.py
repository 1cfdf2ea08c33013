"""What stands between a draft and the public, and what each asked field costs."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec

from leadstone.domains.magnets.buying_signs import declares_signs, has_signs
from leadstone.domains.magnets.gap import Gap, GapCode
from leadstone.domains.magnets.honesty import VettedFacts, honesty_gaps
from leadstone.domains.magnets.kind import Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.offering import LARGEST_CAP
from leadstone.kernel.decision import YES, Decision
from leadstone.kernel.document import MediaType
from leadstone.kernel.folding import fold
from leadstone.kernel.language import Language
from leadstone.wire.code_terms import Supply
from leadstone.wire.definition import MARKETING, POSTAL, AskedField, Channel, FieldKey, MagnetDefinition, availability_of

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 80
LONGEST_TITLE = 200


class LinkRefusal(StrEnum):
    """Why two magnets cannot be one magnet in two languages."""

    ITSELF = "itself"
    LANGUAGE_TAKEN = "language_taken"  # each language has one magnet


def may_link(*, own: Collection[str], others: Collection[str], same: bool) -> Decision:
    """Whether magnets in the languages `own` and magnets in `others` may be one family."""
    if same:
        return Decision(False, LinkRefusal.ITSELF)
    return Decision(False, LinkRefusal.LANGUAGE_TAKEN) if set(own) & set(others) else YES


LONGEST_RETENTION_MONTHS = 120
LONGEST_LINK_DAYS = 365
MOST_LINK_USES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishFacts:
    """What a definition cannot say about itself."""

    slug: str
    slug_taken: bool = False
    brand_complete: bool = True
    file_stored: bool = True
    in_stock: bool = True  # something to send is there, for what is sent
    vetted: VettedFacts = field(default_factory=VettedFacts)


def gaps_of(definition: MagnetDefinition, *, facts: PublishFacts) -> tuple[Gap, ...]:
    """Everything that must be done before this may be published, in the order of the editor; empty: publish it."""
    return tuple(
        gap
        for check in (
            _offer_gaps,
            _availability_gaps,
            _file_gaps,
            _asking_gaps,
            _parcel_gaps,
            _step_gaps,
            _consent_gaps,
            _ending_gaps,
            _honesty_gaps,
        )
        for gap in check(definition, facts)
    )


def _honesty_gaps(definition: MagnetDefinition, facts: PublishFacts) -> Iterator[Gap]:
    return honesty_gaps(definition, facts.vetted)


Check = Callable[[MagnetDefinition, PublishFacts], Iterator[Gap]]


def _offer_gaps(definition: MagnetDefinition, facts: PublishFacts) -> Iterator[Gap]:
    if not facts.brand_complete:
        yield Gap(GapCode.BRAND_MISSING, "brand")
    if not definition.title.strip():
        yield Gap(GapCode.TITLE_MISSING, "title")
    if len(definition.title) > LONGEST_TITLE:
        yield Gap(GapCode.TITLE_TOO_LONG, "title", {"most": str(LONGEST_TITLE)})
    if not definition.promise.strip():
        yield Gap(GapCode.PROMISE_MISSING, "promise")
    if not definition.button.strip():
        yield Gap(GapCode.BUTTON_MISSING, "button")
    if definition.language not in set(Language):
        yield Gap(GapCode.LANGUAGE_UNKNOWN, "language", {"language": definition.language})
    if not is_slug(facts.slug):
        yield Gap(GapCode.SLUG_WRONG, "slug", {"slug": facts.slug})
    elif facts.slug_taken:
        yield Gap(GapCode.SLUG_TAKEN, "slug", {"slug": facts.slug})
    if not definition.contract.you_get.strip():
        yield Gap(GapCode.YOU_GET_MISSING, "you_get")
    yield from _kind_gaps(definition)


def _kind_gaps(definition: MagnetDefinition) -> Iterator[Gap]:
    kind = KINDS.get(definition.kind)
    if kind is None:
        yield Gap(GapCode.KIND_UNKNOWN, "kind", {"kind": definition.kind})
        return
    try:
        settings = msgspec.convert(definition.settings, kind.settings)
    except msgspec.ValidationError as wrong:
        yield Gap(GapCode.SETTINGS_WRONG, "kind", {"problem": str(wrong)})
    else:
        yield from kind.gaps(settings)
    if kind.needs_proof and not definition.proof.strip():
        yield Gap(GapCode.PROOF_MISSING, "proof", {"kind": definition.kind})
    if definition.asset and definition.asset.media_type not in kind.media_types:
        yield Gap(GapCode.FILE_UNFIT, "file", {"kind": definition.kind, "media_type": definition.asset.media_type})


def _availability_gaps(definition: MagnetDefinition, facts: PublishFacts) -> Iterator[Gap]:
    limits = availability_of(definition)
    if limits.opens_at and limits.closes_at and limits.closes_at <= limits.opens_at:
        yield Gap(GapCode.CLOSES_BEFORE_OPENS, "closes_at")
    if limits.cap is not None and not 1 <= limits.cap <= LARGEST_CAP:
        yield Gap(GapCode.CAP_WRONG, "cap", {"most": str(LARGEST_CAP)})
    counted = limits.cap is not None or ships(definition) or gives_a_list(definition)
    if (limits.waiting or limits.shows_left) and not counted:
        yield Gap(GapCode.WAITING_WITHOUT_CAP, "cap")


def _parcel_gaps(definition: MagnetDefinition, facts: PublishFacts) -> Iterator[Gap]:
    if not ships(definition):
        return
    for key in POSTAL:
        asked = _asked(definition, key)
        if key is not FieldKey.COUNTRY and (asked is None or not asked.required):
            yield Gap(GapCode.ADDRESS_NOT_ASKED, f"asks.{key}", {"field": key})
    if not facts.in_stock:
        yield Gap(GapCode.STOCK_MISSING, "stock")


def ships(definition: MagnetDefinition) -> bool:
    """Whether what it gives comes by post."""
    kind = KINDS.get(definition.kind)
    return kind is not None and kind.held is Step.PARCEL


def gives_a_list(definition: MagnetDefinition) -> bool:
    """Whether what it gives are codes of a list, which ends."""
    kind = KINDS.get(definition.kind)
    return kind is not None and kind.held is Step.CODE and definition.settings.get("supply") == Supply.LISTED


def askable(definition: MagnetDefinition) -> tuple[FieldKey, ...]:
    """What its form may ask for: a postal address only where something is sent there, or where it was asked before."""
    return tuple(key for key in FieldKey if key not in POSTAL or ships(definition) or _asked(definition, key))


def _file_gaps(definition: MagnetDefinition, facts: PublishFacts) -> Iterator[Gap]:
    kind = KINDS.get(definition.kind)
    if definition.asset is None:
        if kind is None or Step.FILE in kind.steps:
            yield Gap(GapCode.FILE_MISSING, "file")
    elif not facts.file_stored:
        yield Gap(GapCode.FILE_LOST, "file", {"name": definition.asset.name})
    if not 1 <= definition.link_days <= LONGEST_LINK_DAYS:
        yield Gap(GapCode.LINK_DAYS_WRONG, "link_days", {"most": str(LONGEST_LINK_DAYS)})
    if not 1 <= definition.link_uses <= MOST_LINK_USES:
        yield Gap(GapCode.LINK_USES_WRONG, "link_uses", {"most": str(MOST_LINK_USES)})


def _asking_gaps(definition: MagnetDefinition, facts: PublishFacts) -> Iterator[Gap]:
    contract = definition.contract
    if not any(asked.key is FieldKey.EMAIL and asked.required for asked in contract.asks):
        yield Gap(GapCode.EMAIL_NOT_ASKED, "asks.email")
    for key, times in Counter(asked.key for asked in contract.asks).items():
        if times > 1:
            yield Gap(GapCode.FIELD_TWICE, f"asks.{key}", {"field": key})
    for asked in contract.asks:
        if not asked.reason.strip():
            yield Gap(GapCode.FIELD_WITHOUT_REASON, f"asks.{asked.key}", {"field": asked.key})
    if _asked(definition, FieldKey.PHONE) and not any(step.channel in _BY_NUMBER for step in contract.next_steps):
        yield Gap(GapCode.CALL_UNDECLARED, "asks.phone")


_BY_NUMBER = frozenset({Channel.PHONE, Channel.SMS})
_REACHED_BY = {Channel.PHONE: FieldKey.PHONE, Channel.SMS: FieldKey.PHONE}


def _step_gaps(definition: MagnetDefinition, facts: PublishFacts) -> Iterator[Gap]:
    offered = {(offer.purpose, offer.channel) for offer in definition.contract.consents}
    for number, step in enumerate(definition.contract.next_steps):
        place = f"steps.{number}"
        if not step.text.strip():
            yield Gap(GapCode.STEP_WITHOUT_WORDS, place)
        needed = _REACHED_BY.get(step.channel)
        if needed and not _asked(definition, needed):
            yield Gap(GapCode.STEP_UNREACHABLE, place, {"field": needed, "channel": step.channel})
        # A marketing step that nobody can agree to would be a message without a consent.
        if step.purpose and (step.purpose, step.channel) not in offered:
            yield Gap(GapCode.STEP_WITHOUT_CONSENT, place, {"purpose": step.purpose, "channel": step.channel})


def _consent_gaps(definition: MagnetDefinition, facts: PublishFacts) -> Iterator[Gap]:
    contract = definition.contract
    kind = KINDS.get(definition.kind)
    if kind and kind.consent and not any((o.purpose, o.channel) == kind.consent and o.by_button for o in contract.consents):
        yield Gap(GapCode.CONSENT_MISSING, "button")
    declared = {(step.purpose, step.channel) for step in contract.next_steps}
    for number, offer in enumerate(contract.consents):
        place = f"consents.{number}"
        if not offer.text.strip():
            yield Gap(GapCode.CONSENT_WITHOUT_WORDS, place)
        # An explicit consent stands beside its question and nowhere else.
        if offer.purpose not in MARKETING or (offer.purpose, offer.channel) not in declared:
            yield Gap(GapCode.STEP_UNDECLARED, place, {"purpose": offer.purpose, "channel": offer.channel})
        if any(
            (offer.purpose, offer.channel) == (o.purpose, o.channel) or offer.key == o.key for o in contract.consents[:number]
        ):
            yield Gap(GapCode.CONSENT_TWICE, place, {"purpose": offer.purpose, "channel": offer.channel})


def _ending_gaps(definition: MagnetDefinition, facts: PublishFacts) -> Iterator[Gap]:
    contract = definition.contract
    for text, code, place in (
        (contract.sells, GapCode.SELLS_MISSING, "sells"),
        (contract.scored, GapCode.SCORED_MISSING, "scored"),
        (contract.without_marketing, GapCode.WITHOUT_MARKETING_MISSING, "without_marketing"),
        (contract.deletion, GapCode.DELETION_MISSING, "deletion"),
    ):
        if not text.strip():
            yield Gap(code, place)
    if contract.scored.strip() and has_signs(definition) and not declares_signs(definition):
        yield Gap(GapCode.SIGNS_NOT_TOLD, "scored")
    if contract.without_email_url and not contract.without_email_url.startswith(("https://", "http://", "/")):
        yield Gap(GapCode.WITHOUT_EMAIL_WRONG, "without_email_url")
    if not 1 <= contract.retention_months <= LONGEST_RETENTION_MONTHS:
        yield Gap(GapCode.RETENTION_WRONG, "retention_months", {"most": str(LONGEST_RETENTION_MONTHS)})
    numbers = re.findall(r"\d+", contract.deletion)
    if numbers and str(contract.retention_months) not in numbers:
        yield Gap(GapCode.DELETION_DIFFERS, "deletion", {"says": numbers[0], "months": str(contract.retention_months)})


def _asked(definition: MagnetDefinition, key: FieldKey) -> AskedField | None:
    return next((asked for asked in definition.contract.asks if asked.key is key), None)


class Owed(StrEnum):
    """The promise that comes with asking for a field."""

    ONE_MAIL = "one_mail"  # only what was asked for is sent
    GREETING = "greeting"  # used to address the person, nowhere else
    DECLARED_CALL = "declared_call"  # the page says who calls, when and how often
    COMPANY_KEPT_APART = "company_kept_apart"  # the employer is not contacted behind their back
    POSITION_OPTIONAL = "position_optional"  # nobody is turned away for it
    ANSWER_READ = "answer_read"  # somebody reads and answers the question
    ONE_PARCEL = "one_parcel"  # one parcel goes there, and nothing else by post


PROMISE_OF: Mapping[FieldKey, Owed] = {
    FieldKey.EMAIL: Owed.ONE_MAIL,
    FieldKey.NAME: Owed.GREETING,
    FieldKey.PHONE: Owed.DECLARED_CALL,
    FieldKey.COMPANY: Owed.COMPANY_KEPT_APART,
    FieldKey.POSITION: Owed.POSITION_OPTIONAL,
    FieldKey.QUESTION: Owed.ANSWER_READ,
    **dict.fromkeys(POSTAL, Owed.ONE_PARCEL),
}


@dataclass(frozen=True, slots=True)
class FieldPrice:
    """What one field costs: a reason, and a promise."""

    key: FieldKey
    owes: Owed
    asked: bool
    required: bool
    reason_given: bool
    promise_declared: bool


@dataclass(frozen=True, slots=True)
class PriceTag:
    """What the form costs the visitor and the company; fields that are not asked are listed with what they would cost."""

    fields: tuple[FieldPrice, ...]

    @property
    def asked(self) -> int:
        return sum(price.asked for price in self.fields)

    @property
    def required(self) -> int:
        return sum(price.required for price in self.fields)

    @property
    def unpaid(self) -> int:
        """How many reasons and promises are still owed."""
        return sum((not price.reason_given) + (not price.promise_declared) for price in self.fields if price.asked)


def price_of(definition: MagnetDefinition) -> PriceTag:
    """The price tag of the form."""
    calls = any(step.channel in _BY_NUMBER for step in definition.contract.next_steps)
    return PriceTag(tuple(_price(definition, key, calls=calls) for key in askable(definition)))


def _price(definition: MagnetDefinition, key: FieldKey, *, calls: bool) -> FieldPrice:
    asked = _asked(definition, key)
    return FieldPrice(
        key=key,
        owes=PROMISE_OF[key],
        asked=asked is not None,
        required=bool(asked and asked.required),
        reason_given=bool(asked and asked.reason.strip()),
        promise_declared=calls if key is FieldKey.PHONE else True,
    )


def is_slug(text: str) -> bool:
    return len(text) <= LONGEST_SLUG and bool(SLUG.fullmatch(text))


def slug_of(title: str, *, otherwise: str) -> str:
    """The public address of `title`: "Jak czytać ofertę?" becomes "jak-czytac-oferte"; `otherwise` when no letter is left."""
    words = re.findall(r"[a-z0-9]+", fold(title))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:LONGEST_SLUG]
        if len(longer) > LONGEST_SLUG - 5:  # leaves room for "-1234" when the address is taken
            break
        slug = longer
    return slug or otherwise.replace("_", "-")


def file_name(slug: str, media_type: MediaType) -> str:
    """The name that the visitor's disk sees; never the one that was uploaded."""
    return f"{slug}.{media_type.extension}"
