"""What a consent is worth, and who may be written to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from leadstone.kernel.decision import YES, Decision
from leadstone.wire.definition import Channel, Purpose


class Act(StrEnum):
    """What a ledger record says."""

    ASKED = "asked"  # ticked by an unproven mailbox
    GIVEN = "given"  # confirmed from the mailbox, or recorded by staff with a basis
    WITHDRAWN = "withdrawn"


class Method(StrEnum):
    FORM = "form"
    CONFIRM_PAGE = "confirm_page"
    CODE = "code"
    ONE_CLICK = "one_click"
    LEAVE_PAGE = "leave_page"
    PREFERENCES = "preferences"
    STAFF = "staff"
    UNDO = "undo"
    IN_PERSON = "in_person"  # on a device of ours, beside a member of staff
    LEAD_FORM = "lead_form"  # on somebody else's form, beside their words, of which we were told


class Scope(StrEnum):
    """How far a stop reaches."""

    MARKETING = "marketing"
    EVERYTHING = "everything"


class StopReason(StrEnum):
    LEFT = "left"
    NOT_ME = "not_me"
    COMPLAINT = "complaint"
    HARD_BOUNCE = "hard_bounce"
    ERASED = "erased"
    STAFF = "staff"


class MessageKind(StrEnum):
    """What a message is for the law; the values are those of `delivery.rules.MessageClass`."""

    TRANSACTIONAL = "transactional"  # what the person asked for
    MARKETING = "marketing"


class Refusal(StrEnum):
    """Why somebody may not be written to."""

    STOPPED = "stopped"  # a hard no to everything
    LEFT_MARKETING = "left_marketing"  # a hard no to marketing
    NO_PURPOSE = "no_purpose"  # a marketing message must say why it is sent
    NEVER_ASKED = "never_asked"
    NOT_CONFIRMED = "not_confirmed"  # ticked, but the mailbox was never proven
    WITHDRAWN = "withdrawn"
    NOT_SCREENED = "not_screened"  # the register of those who want no calls was not looked into
    NO_NUMBER = "no_number"
    NO_BASIS = "no_basis"  # handed over without a reason that the law accepts
    WRONG_NUMBER = "wrong_number"  # somebody else answered there


class SubjectKind(StrEnum):
    """Whom the law sees: a consumer, or somebody at work."""

    PERSON = "person"
    BUSINESS = "business"


class Ground(StrEnum):
    """Why we know somebody; the values are those of `leads.rules.Basis`, and empty after a form."""

    FORM = ""
    ASKED_US = "asked_us"
    GAVE_CARD = "gave_card"
    CUSTOMER = "customer"
    PUBLIC_ROLE = "public_role"
    AGREED_ELSEWHERE = "agreed_elsewhere"


class Wants(StrEnum):
    """What a law wants before the first sales contact, from the mildest to the strictest."""

    OBJECTION = "objection"  # nothing, until they object
    REGISTER = "register"  # a consent, or a look into the register of those who want no calls
    CONSENT = "consent"  # a consent


@dataclass(frozen=True, slots=True)
class Demand:
    """What one law wants on one channel from one kind of subject. `lifted_by`: grounds on which it wants nothing first."""

    wants: Wants
    article: str
    lifted_by: frozenset[Ground] = frozenset()


@dataclass(frozen=True, slots=True)
class RulePack:
    """What a country's law wants, from a day on; the data files are in `consent.packs`."""

    country: str  # ISO 3166-1; empty: the strictest of all packs
    since: date
    law: str
    demands: Mapping[tuple[SubjectKind, Channel], Demand]


_STRICTNESS = tuple(Wants)


def strictest_of(packs: Sequence[RulePack]) -> RulePack:
    """For countries that nobody looked into: of each demand the strictest."""

    def strictness(demand: Demand) -> tuple[int, int]:
        return _STRICTNESS.index(demand.wants), -len(demand.lifted_by)

    keys = [(kind, channel) for kind in SubjectKind for channel in Channel]
    demands = {key: max((pack.demands[key] for pack in packs), key=strictness) for key in keys}
    return RulePack(country="", since=max(pack.since for pack in packs), law="", demands=demands)


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What is known of one recipient: what the ledger amounts to, and the stops in force."""

    permissions: Mapping[tuple[Purpose, Channel], Act] = field(default_factory=dict)
    stops: Mapping[Channel, frozenset[Scope]] = field(default_factory=dict)
    unfounded: bool = False  # nobody said why we may know this person at all


NOTHING_KNOWN = ConsentFacts()


def may_write_to(
    facts: ConsentFacts,
    *,
    message_class: str,
    purpose: str,
    channel: Channel,
    pack: RulePack,
    kind: SubjectKind = SubjectKind.PERSON,
) -> Decision:
    """Whether a message may leave. `message_class` is a value of `MessageKind`, `purpose` one of `Purpose` or empty.

    Anything else is a mistake (ValueError).
    """
    message_kind = MessageKind(message_class)
    stops = facts.stops.get(channel, frozenset())
    if Scope.EVERYTHING in stops:
        return Decision(False, Refusal.STOPPED)
    if facts.unfounded:
        return Decision(False, Refusal.NO_BASIS)
    if message_kind is MessageKind.TRANSACTIONAL:
        return YES
    if Scope.MARKETING in stops:
        return Decision(False, Refusal.LEFT_MARKETING)
    if not purpose:
        return Decision(False, Refusal.NO_PURPOSE)
    return _may_market(facts.permissions.get((Purpose(purpose), channel)), pack.demands[kind, channel], Ground.FORM)


def may_contact(facts: ConsentFacts, *, channel: Channel, ground: Ground, kind: SubjectKind, pack: RulePack) -> Decision:
    """Whether one of us may turn to somebody about what we sell: call, write by hand, send a letter.

    Any stop on the channel wins, and so does a consent that was taken back. Who asked us to get in touch may be answered.
    """
    stops = facts.stops.get(channel, frozenset())
    if stops:
        return Decision(False, Refusal.STOPPED if Scope.EVERYTHING in stops else Refusal.LEFT_MARKETING)
    if facts.unfounded:
        return Decision(False, Refusal.NO_BASIS)
    act = facts.permissions.get((Purpose.OFFERS, channel))
    if act is Act.WITHDRAWN:
        return Decision(False, Refusal.WITHDRAWN)
    return YES if ground is Ground.ASKED_US else _may_market(act, pack.demands[kind, channel], ground)


def may_call(facts: ConsentFacts, *, ground: Ground, kind: SubjectKind, pack: RulePack) -> Decision:
    """Whether one of us may call about what we sell."""
    return may_contact(facts, channel=Channel.PHONE, ground=ground, kind=kind, pack=pack)


def _may_market(act: Act | None, demand: Demand, ground: Ground) -> Decision:
    if act is Act.GIVEN:
        return YES
    if act is Act.WITHDRAWN:
        return Decision(False, Refusal.WITHDRAWN)
    if demand.wants is Wants.OBJECTION or ground in demand.lifted_by:
        return YES
    if act is Act.ASKED:
        return Decision(False, Refusal.NOT_CONFIRMED)
    return Decision(False, Refusal.NOT_SCREENED if demand.wants is Wants.REGISTER else Refusal.NEVER_ASKED)


def permission_after(now_at: Act | None, act: Act) -> Act:
    """What a purpose and channel amount to after one more record. Asking again takes nothing away from what was given."""
    if act is Act.ASKED and now_at is Act.GIVEN:
        return Act.GIVEN
    return act
