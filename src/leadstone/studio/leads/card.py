"""What the card of a lead shows: facts from the domains, words from `studio.words`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadstone.domains.contacts.rules import PointKind, Said, StatementSource, StatementState
from leadstone.domains.leads.queries import ContactCard, LeadCard, TimelineKind
from leadstone.domains.leads.rules import MOVES, Status
from leadstone.domains.scoring.rules import Factor, Judgement
from leadstone.studio.words.leads import BECAUSE, MOVE, MOVE_KEY, REASONS
from leadstone.studio.words.quality import ASKS, FACTOR, reason_words, summary
from leadstone.studio.words.timeline import PURPOSE, WAY, Line, line
from leadstone.wire.definition import MARKETING, FieldKey

FIELD: dict[str, str | Promise] = {
    FieldKey.NAME: gettext_lazy("Name"),
    FieldKey.EMAIL: gettext_lazy("E-mail"),
    FieldKey.PHONE: gettext_lazy("Phone"),
    FieldKey.COMPANY: gettext_lazy("Company"),
    FieldKey.POSITION: gettext_lazy("Position"),
    FieldKey.QUESTION: gettext_lazy("Question"),
}


# The form says what was promised, and the message says how its mail fared: each is told once.
TOLD_ELSEWHERE = frozenset({TimelineKind.PROMISED, TimelineKind.MAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorShown:
    """One row of the triple: the meter, the telling reasons, and all of them with what each moved."""

    name: str
    asks: str
    value: float
    points: int
    summary: str
    reasons: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownShown:
    """One thing that is known or claimed: who said it, when, and whether it is verified."""

    field: str
    value: str
    source: str
    at: datetime
    verified: bool
    declined: bool
    state: str  # what was proven, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveShown:
    """A button, or a small form when the move takes a reason: `reasons` are then its choices."""

    to: str
    words: str
    key: str
    primary: bool
    reasons: Sequence[tuple[str, str | Promise]] = ()
    comes_back: bool = False  # asks for the day too


def name_of(card: LeadCard) -> str:
    """What to call the person: the name, else the address, but never a number; a company that nobody speaks for, by its name."""
    if card.contact_id is None:
        return card.company
    shown = card.shown.get("name")
    if shown:
        return shown.value
    ways = [point.value for point in card.points if point.kind is PointKind.EMAIL]
    return ways[0] if ways else _("Somebody without a name")


def under_name(card: LeadCard) -> str:
    """ "Facility manager at Młyn Sztuki, Poznań" as far as it is known."""
    if card.contact_id is None:
        return _("A company; nobody there is known in person yet")
    position = card.shown["position"].value if "position" in card.shown else ""
    company = card.shown["company"].value if "company" in card.shown else card.company
    if position and company:
        return _("%(position)s at %(company)s") % {"position": position, "company": company}
    return position or company


def triple(card: LeadCard) -> list[FactorShown]:
    judged = {Factor.ACCURACY: card.accuracy, Factor.INCENTIVE: card.incentive, Factor.AWARENESS: card.awareness}
    return [_factor(factor, judgement) for factor, judgement in judged.items()]


def _factor(factor: Factor, judgement: Judgement) -> FactorShown:
    return FactorShown(
        name=str(FACTOR[factor]),
        asks=str(ASKS[factor]),
        value=judgement.value,
        points=judgement.points,
        summary=summary(judgement),
        reasons=[(reason_words(reason), reason.points) for reason in judgement.reasons],
    )


def known(card: LeadCard | ContactCard, *, with_phone: bool = True) -> list[KnownShown]:
    """Everything that was ever said, what is shown first; a claim stands beside the fact that it would change.

    Without `with_phone` no digit of a number is in it: whoever may not be called is not tempted to be.
    """
    facts = [each for statement in card.statements for each in _said(statement, with_phone=with_phone)]
    order = {str(words): place for place, words in enumerate(FIELD.values())}
    return sorted(facts, key=lambda each: (order.get(each.field, len(order)), each.declined, not each.verified, each.at))


SAID_BY = {
    StatementSource.SUBMISSION: gettext_lazy("the form"),
    StatementSource.STAFF: gettext_lazy("one of us"),
    StatementSource.HANDED_OVER: gettext_lazy("whoever handed them over"),
}


def _said(statement: Said, *, with_phone: bool) -> list[KnownShown]:
    return [
        KnownShown(
            field=str(FIELD.get(key, key)),
            value=value if with_phone or key != FieldKey.PHONE else _("kept, not shown: no call is allowed"),
            source=str(SAID_BY[statement.source]),
            at=statement.said_at,
            verified=statement.state is StatementState.VERIFIED,
            declined=statement.state is StatementState.DECLINED,
            state=_state(statement, key=key),
        )
        for key, value in statement.values.items()
        if value
    ]


def _state(statement: Said, *, key: str) -> str:
    """What exactly was proven. Whoever owns the mailbox said the rest from there; nobody has proven that it is true."""
    if statement.state is StatementState.DECLINED:
        return _("not true")
    if statement.state is StatementState.CLAIMED:
        return _("claimed")
    if statement.source is StatementSource.STAFF:
        return _("one of us vouches")
    return _("mailbox proven") if key == FieldKey.EMAIL else _("said from a proven mailbox")


def moves(status: Status) -> list[MoveShown]:
    """Where the lead may go from here, the way forward first."""
    forward = {Status.NEW: Status.WORKING, Status.DISQUALIFIED: Status.WORKING, Status.NURTURING: Status.WORKING}.get(status)
    targets = [to for to in Status if to in MOVES.get(status, frozenset())]
    targets.sort(key=lambda to: to is not forward)
    return [
        MoveShown(
            to=to.value,
            words=str(MOVE[to]),
            key=MOVE_KEY[to],
            primary=to is forward,
            reasons=[(each.value, BECAUSE[each]) for each in REASONS.get(to, ())],
            comes_back=to is Status.NURTURING,
        )
        for to in targets
    ]


def story(card: LeadCard) -> list[Line]:
    """The timeline in words, the latest first."""
    return [line(entry) for entry in reversed(card.timeline) if entry.kind not in TOLD_ELSEWHERE]


def allowed(card: LeadCard | ContactCard) -> list[tuple[str, str]]:
    """What the person allows now: (words, act)."""
    return [
        (f"{PURPOSE[purpose]} {WAY[channel]}", act.value)
        for (purpose, channel), act in sorted(card.permissions.items())
        if purpose in MARKETING
    ]
