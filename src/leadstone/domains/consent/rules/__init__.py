"""What a consent is worth, and who may be written to."""

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class CountryRules:
    """For which channels a country's law wants consent before the first marketing contact; the others go by objection."""

    country: str  # ISO 3166-1
    since: date
    source: str
    prior_consent: frozenset[Channel]


POLAND = CountryRules(
    country="PL",
    since=date(2024, 11, 10),
    source="Prawo komunikacji elektronicznej (Dz.U. 2024 poz. 1221), art. 398; businesses too",
    prior_consent=frozenset({Channel.EMAIL, Channel.SMS, Channel.PHONE}),
)


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """What is known of one recipient: what the ledger amounts to, and the stops in force."""

    permissions: Mapping[tuple[Purpose, Channel], Act] = field(default_factory=dict)
    stops: Mapping[Channel, frozenset[Scope]] = field(default_factory=dict)


NOTHING_KNOWN = ConsentFacts()


def may_write_to(
    facts: ConsentFacts,
    *,
    message_class: str,
    purpose: str,
    channel: Channel,
    country: CountryRules = POLAND,
) -> Decision:
    """Whether a message may leave. `message_class` is a value of `MessageKind`, `purpose` one of `Purpose` or empty.

    Anything else is a mistake (ValueError).
    """
    kind = MessageKind(message_class)
    stops = facts.stops.get(channel, frozenset())
    if Scope.EVERYTHING in stops:
        return Decision(False, Refusal.STOPPED)
    if kind is MessageKind.TRANSACTIONAL:
        return YES
    if Scope.MARKETING in stops:
        return Decision(False, Refusal.LEFT_MARKETING)
    if not purpose:
        return Decision(False, Refusal.NO_PURPOSE)
    return _may_market(facts.permissions.get((Purpose(purpose), channel)), asked_first=channel in country.prior_consent)


def _may_market(act: Act | None, *, asked_first: bool) -> Decision:
    if act is Act.GIVEN:
        return YES
    if act is Act.WITHDRAWN:
        return Decision(False, Refusal.WITHDRAWN)
    if not asked_first:
        return YES
    return Decision(False, Refusal.NEVER_ASKED if act is None else Refusal.NOT_CONFIRMED)


def permission_after(now_at: Act | None, act: Act) -> Act:
    """What a purpose and channel amount to after one more record. Asking again takes nothing away from what was given."""
    if act is Act.ASKED and now_at is Act.GIVEN:
        return Act.GIVEN
    return act
