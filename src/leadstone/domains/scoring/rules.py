"""How good a lead is: three numbers, never one, each the exact sum of its reasons.

Points are hundredths. Each factor begins at nothing and stays between 0 and 100; a reason that would lead beyond counts only as
far as the end, so that the points that are shown always add up to the number that is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from leadstone.domains.sources.rules import MET_IN_PERSON, ChannelType
from leadstone.kernel.names import looks_made_up
from leadstone.wire.definition import IncentiveClass, Purpose, SalesIntent

RULES_VERSION = 2  # 2: answers that say that somebody wants to buy


class Factor(StrEnum):
    ACCURACY = "accuracy"
    INCENTIVE = "incentive"
    AWARENESS = "awareness"


class Code(StrEnum):
    """Why points were given or taken; the studio has the words."""

    ADDRESS_WELL_FORMED = "address_well_formed"
    NO_ADDRESS = "no_address"
    MAILBOX_PROVEN = "mailbox_proven"
    MAILBOX_UNPROVEN = "mailbox_unproven"
    MAILBOX_FAILED = "mailbox_failed"
    DOMAIN_TAKES_MAIL = "domain_takes_mail"
    DOMAIN_UNKNOWN = "domain_unknown"
    DOMAIN_TAKES_NO_MAIL = "domain_takes_no_mail"
    ADDRESS_DISPOSABLE = "address_disposable"
    ADDRESS_OF_OFFICE = "address_of_office"
    PHONE_PLAUSIBLE = "phone_plausible"
    PHONE_IMPLAUSIBLE = "phone_implausible"
    PHONE_WRONG = "phone_wrong"
    NAME_GIVEN = "name_given"
    NAME_MADE_UP = "name_made_up"
    STAFF_VOUCHES = "staff_vouches"
    NOT_ME = "not_me"
    GIVEN_CONTENT = "given_content"
    GIVEN_TOOL = "given_tool"
    GIVEN_GENERAL = "given_general"
    GIVEN_PRIZE = "given_prize"
    CAME_ASKED_US = "came_asked_us"
    CAME_GAVE_CARD = "came_gave_card"
    CAME_CUSTOMER = "came_customer"
    CAME_PUBLIC_ROLE = "came_public_role"
    CAME_AGREED_ELSEWHERE = "came_agreed_elsewhere"
    CAME_WITHOUT_BASIS = "came_without_basis"
    INTENT_STATED = "intent_stated"
    INTENT_IMPLIED = "intent_implied"
    INTENT_HIDDEN = "intent_hidden"
    MET_IN_PERSON = "met_in_person"
    CAME_BY_ADVERTISING = "came_by_advertising"
    WANTS_TO_BUY = "wants_to_buy"
    ASKED_FOR_OFFERS = "asked_for_offers"
    ASKED_FOR_NEWSLETTER = "asked_for_newsletter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """`points` are what this reason really moved, after the limits. `facts` hold nothing personal."""

    code: Code
    points: int
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One factor with its reasons, in the order in which they counted."""

    points: int
    reasons: tuple[Reason, ...]

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.points / 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    accuracy: Judgement
    incentive: Judgement
    awareness: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressFacts:
    """What is known of the mailbox. `takes_mail`: None while the domain was not asked yet."""

    domain: str
    takes_mail: bool | None
    disposable: bool
    role: bool
    proven: bool
    failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityFacts:
    """All that the numbers depend on. `incentive` and `intent` are those of the version; None for a lead added by hand."""

    address: AddressFacts | None
    name: str
    phone_plausible: bool | None  # None: no number was given
    phone_wrong: bool
    not_me: bool
    channel: ChannelType
    incentive: IncentiveClass | None
    intent: SalesIntent | None
    asked_for: frozenset[Purpose]
    basis: str  # of a lead added by hand, a value of leads.rules.Basis
    sign: str = ""  # the question that they answered with a wish to buy, in the words of the magnet


_Points = tuple[Code, int, Mapping[str, str]]

_INCENTIVE: Mapping[IncentiveClass, tuple[Code, int]] = {
    IncentiveClass.CONTENT: (Code.GIVEN_CONTENT, 90),
    IncentiveClass.TOOL: (Code.GIVEN_TOOL, 75),
    IncentiveClass.GENERAL: (Code.GIVEN_GENERAL, 50),
    IncentiveClass.PRIZE: (Code.GIVEN_PRIZE, 15),
}
# Nothing was given in return: what made the person give us the contact, or us take it.
_BASIS: Mapping[str, tuple[Code, int]] = {
    "customer": (Code.CAME_CUSTOMER, 95),
    "asked_us": (Code.CAME_ASKED_US, 90),
    "gave_card": (Code.CAME_GAVE_CARD, 60),
    "public_role": (Code.CAME_PUBLIC_ROLE, 10),
    "agreed_elsewhere": (Code.CAME_AGREED_ELSEWHERE, 20),
}
_HANDED_OVER = frozenset({"agreed_elsewhere"})  # nobody of the staff has dealt with them
_AWARE_BY_BASIS: Mapping[str, int] = {"customer": 60, "asked_us": 60, "gave_card": 40, "public_role": 0, "agreed_elsewhere": 20}
_INTENT: Mapping[SalesIntent, tuple[Code, int]] = {
    SalesIntent.STATED: (Code.INTENT_STATED, 60),
    SalesIntent.IMPLIED: (Code.INTENT_IMPLIED, 30),
    SalesIntent.HIDDEN: (Code.INTENT_HIDDEN, 5),
}


def quality_of(facts: QualityFacts) -> Quality:
    """The three factors; the same facts give the same numbers under one `RULES_VERSION`."""
    return Quality(
        accuracy=_judge(_accuracy(facts)),
        incentive=_judge(_incentive(facts)),
        awareness=_judge(_awareness(facts)),
    )


def _judge(counted: Iterable[_Points]) -> Judgement:
    total = 0
    reasons = []
    for code, points, facts in counted:
        after = min(100, max(0, total + points))
        reasons.append(Reason(code=code, points=after - total, facts=facts))
        total = after
    return Judgement(points=total, reasons=tuple(reasons))


def _accuracy(facts: QualityFacts) -> Iterable[_Points]:
    if facts.basis and facts.basis not in _HANDED_OVER:
        yield Code.STAFF_VOUCHES, 40, {}
    if facts.address is None:
        yield Code.NO_ADDRESS, 0, {}
    else:
        yield from _address(facts.address)
    if facts.phone_wrong:
        yield Code.PHONE_WRONG, -15, {}
    elif facts.phone_plausible is not None:
        yield (Code.PHONE_PLAUSIBLE, 5, {}) if facts.phone_plausible else (Code.PHONE_IMPLAUSIBLE, -10, {})
    if facts.name:
        yield (Code.NAME_MADE_UP, -15, {}) if looks_made_up(facts.name) else (Code.NAME_GIVEN, 5, {})
    if facts.not_me:
        yield Code.NOT_ME, -100, {}


def _address(address: AddressFacts) -> Iterable[_Points]:
    domain = {"domain": address.domain}
    yield Code.ADDRESS_WELL_FORMED, 30, {}
    yield (Code.MAILBOX_PROVEN, 50, {}) if address.proven else (Code.MAILBOX_UNPROVEN, 0, {})
    if address.takes_mail is None:
        yield Code.DOMAIN_UNKNOWN, 0, domain
    else:
        yield (Code.DOMAIN_TAKES_MAIL, 10, domain) if address.takes_mail else (Code.DOMAIN_TAKES_NO_MAIL, -25, domain)
    if address.disposable:
        yield Code.ADDRESS_DISPOSABLE, -30, domain
    if address.role:
        yield Code.ADDRESS_OF_OFFICE, -10, {}
    if address.failed:
        yield Code.MAILBOX_FAILED, -30, {}


def _incentive(facts: QualityFacts) -> Iterable[_Points]:
    if facts.incentive is not None:
        yield *_INCENTIVE[facts.incentive], {}
    elif facts.basis:
        yield *_BASIS[facts.basis], {}
    else:
        yield Code.CAME_WITHOUT_BASIS, 0, {}


def _awareness(facts: QualityFacts) -> Iterable[_Points]:
    if facts.intent is not None:
        yield *_INTENT[facts.intent], {}
    elif facts.basis:
        yield _BASIS[facts.basis][0], _AWARE_BY_BASIS[facts.basis], {}
    if facts.channel in MET_IN_PERSON:
        yield Code.MET_IN_PERSON, 15, {"channel": facts.channel.value}
    elif facts.channel is ChannelType.ADVERTISING:
        # Whoever follows an advertisement knows that somebody wants to sell.
        yield Code.CAME_BY_ADVERTISING, 10, {"channel": facts.channel.value}
    if facts.sign:
        yield Code.WANTS_TO_BUY, 25, {"question": facts.sign}
    if Purpose.OFFERS in facts.asked_for:
        yield Code.ASKED_FOR_OFFERS, 30, {}
    if Purpose.NEWSLETTER in facts.asked_for:
        yield Code.ASKED_FOR_NEWSLETTER, 10, {}
