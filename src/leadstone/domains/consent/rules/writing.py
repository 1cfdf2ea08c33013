"""Whether one of us may write to one person by hand, and as what the mail counts."""

from dataclasses import dataclass
from enum import StrEnum

from leadstone.domains.consent.rules import ConsentFacts, Ground, MessageKind, Refusal, RulePack, Scope, SubjectKind, may_write_to
from leadstone.kernel.decision import Decision
from leadstone.wire.definition import Channel, Purpose


class Unreachable(StrEnum):
    """Why there is no mailbox to write to, beside the reasons of consent."""

    NO_ADDRESS = "no_address"
    ADDRESS_FAILED = "address_failed"
    NOT_PROVEN = "not_proven"  # typed on a form by whomever; its owner never answered


@dataclass(frozen=True, slots=True, kw_only=True)
class WritingFacts:
    """What is known of the person.

    `asked`: they typed a question that nobody has answered by mail yet. `in_talks`: they are a prospect by receipts, so that
    a mail goes on with a conversation that they take part in.
    """

    consent: ConsentFacts
    ground: Ground
    kind: SubjectKind
    has_address: bool
    failed: bool
    proven: bool
    asked: bool
    in_talks: bool = False


@dataclass(frozen=True, slots=True)
class WritingDecision(Decision):
    """`message_kind` says as what the mail leaves: an answer to what was asked, or marketing that was agreed to."""

    message_kind: MessageKind | None = None


def may_write_by_hand(facts: WritingFacts, *, pack: RulePack) -> WritingDecision:
    """Whether one of us may write now. The gateway asks again, by the same rules, when the mail leaves."""
    stops = facts.consent.stops.get(Channel.EMAIL, frozenset())
    refused = Refusal.NO_BASIS if facts.consent.unfounded else _unreachable(facts)
    if refused is not None:
        return WritingDecision(False, refused)
    # Whoever said no to marketing is still answered what they ask, but nothing more: neither because they are in talks.
    talks = (facts.ground is Ground.ASKED_US or facts.in_talks) and Scope.MARKETING not in stops
    kind = MessageKind.TRANSACTIONAL if facts.asked or talks else MessageKind.MARKETING
    decision = may_write_to(
        facts.consent,
        message_class=kind.value,
        purpose="" if kind is MessageKind.TRANSACTIONAL else Purpose.OFFERS.value,
        channel=Channel.EMAIL,
        pack=pack,
        kind=facts.kind,
    )
    return WritingDecision(decision.allowed, decision.because, kind if decision else None)


def _unreachable(facts: WritingFacts) -> Unreachable | None:
    if not facts.has_address:
        return Unreachable.NO_ADDRESS
    if facts.failed:
        return Unreachable.ADDRESS_FAILED
    # Whom one of us entered by hand is vouched for; a form may have been filled in by anybody.
    return Unreachable.NOT_PROVEN if facts.ground is Ground.FORM and not facts.proven else None
