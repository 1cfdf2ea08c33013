"""What comes next and why: the order of the queue, the one step, and what to say. Facts in, reasons out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from leadstone.domains.activities.rules import ActivityKind
from leadstone.domains.grants.rules import Rating
from leadstone.domains.leads.rules import QualityBand, Status


class Why(StrEnum):
    """Why somebody stands in the queue of today. A line may have several reasons; the weightiest is named first."""

    ANSWER_LATE = "answer_late"  # the first-response clock has run out
    ANSWER_DUE = "answer_due"  # it runs
    MEETING_SOON = "meeting_soon"
    MEETING_TODAY = "meeting_today"
    MEETING_OVER = "meeting_over"  # nobody said how it went
    CALL_LATE = "call_late"  # promised, and not made
    CALL_TODAY = "call_today"
    TASK_LATE = "task_late"
    TASK_TODAY = "task_today"
    DEAL_ROTTING = "deal_rotting"
    RECYCLED = "recycled"  # put back until today
    QUESTION = "question"  # asked something, and waits
    NEW_STRONG = "new_strong"
    NEW_FAIR = "new_fair"
    NEW_WEAK = "new_weak"
    NOTHING_PLANNED = "nothing_planned"  # tried, and nobody said when to try again


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason and what it weighs. `at`: when something is due, was asked or fell silent."""

    why: Why
    points: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Something that somebody planned with a lead."""

    kind: ActivityKind
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RottingDeal:
    """A deal in which nothing has happened for too long. `amount_minor`: minor units of its currency, None when nobody said."""

    amount_minor: int | None
    quiet_since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFacts:
    """What decides whether and where a lead stands in somebody's queue."""

    lead_id: int
    status: Status
    band: QualityBand
    opened_at: datetime
    respond_by: datetime | None = None
    responded_at: datetime | None = None
    recycle_on: date | None = None
    asked: bool = False  # typed a question
    planned: Planned | None = None  # the next thing that the reader has to do with it
    has_plan: bool = False  # somebody plans something, whenever
    deal: RottingDeal | None = None
    reachable: bool = True  # there is a way that they and the law allow


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The day of one reader: `now` (UTC), and where their day begins and ends."""

    now: datetime
    begins: datetime
    ends: datetime
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A lead in the queue. `reasons`: the weightiest first; never empty.

    `out_of_reach`: it only waits for somebody to speak to them, and nobody may: no work, however much it weighs.
    """

    lead_id: int
    reasons: tuple[Reason, ...] = field(default_factory=tuple)
    out_of_reach: bool = False

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)


# A reason weighs what its neglect costs: a broken word more than a slow answer, a slow answer more than a cold lead.
WEIGHT: Mapping[Why, int] = {
    Why.MEETING_SOON: 130,
    Why.ANSWER_LATE: 100,
    Why.CALL_LATE: 90,
    Why.ANSWER_DUE: 80,
    Why.CALL_TODAY: 75,
    Why.MEETING_OVER: 70,
    Why.MEETING_TODAY: 60,
    Why.TASK_LATE: 58,
    Why.DEAL_ROTTING: 55,
    Why.TASK_TODAY: 50,
    Why.RECYCLED: 45,
    Why.NEW_STRONG: 40,
    Why.NEW_FAIR: 25,
    Why.QUESTION: 20,
    Why.NOTHING_PLANNED: 15,
    Why.NEW_WEAK: 5,
}
MOST_LATENESS = 20  # what waiting may add, so that an old promise does not outweigh everything for ever
MOST_VALUE = 20
SOON = timedelta(hours=2)
FRESH = timedelta(hours=24)  # who asked an hour ago still knows why
# What can only be done by speaking to them. A promise, a plan or a deal is the rep's to settle, with or without a way.
_TO_SPEAK_TO = frozenset(
    {
        Why.ANSWER_LATE,
        Why.ANSWER_DUE,
        Why.QUESTION,
        Why.NEW_STRONG,
        Why.NEW_FAIR,
        Why.NEW_WEAK,
        Why.NOTHING_PLANNED,
    }
)
_MEETINGS = frozenset({Why.MEETING_SOON, Why.MEETING_TODAY, Why.MEETING_OVER})
_NEW = {QualityBand.STRONG: Why.NEW_STRONG, QualityBand.FAIR: Why.NEW_FAIR, QualityBand.WEAK: Why.NEW_WEAK}


def line_of(facts: LeadFacts, *, today: Today) -> Line | None:
    """The lead's place in the queue, or None when nothing asks for it today."""
    found = [reason for each in _ASKED for reason in each(facts, today)]
    if not found:
        return None
    found.sort(key=lambda reason: (-reason.points, reason.why))
    only_waits = all(reason.why in _TO_SPEAK_TO for reason in found)
    return Line(lead_id=facts.lead_id, reasons=tuple(found), out_of_reach=only_waits and not facts.reachable)


def queue(leads: Iterable[LeadFacts], *, today: Today) -> list[Line]:
    """Everybody whom the day asks for, in order: whoever may be reached, then whoever may not, last those who are no work.

    Equal weights go by age, then by id: the order is total and repeatable.
    """
    facts = {each.lead_id: each for each in leads}
    lines = [line for each in facts.values() if (line := line_of(each, today=today)) is not None]

    def place(line: Line) -> tuple[bool, bool, int, datetime, int]:
        each = facts[line.lead_id]
        # A meeting is held at its hour, whether or not one may call before it.
        stuck = not each.reachable and not any(reason.why in _MEETINGS for reason in line.reasons)
        return line.out_of_reach, stuck, -line.points, each.opened_at, line.lead_id

    return sorted(lines, key=place)


def _waits(facts: LeadFacts, today: Today) -> Iterable[Reason]:
    """Somebody new whom nobody has answered."""
    if facts.status is not Status.NEW or facts.responded_at is not None:
        return
    yield Reason(why=_NEW[facts.band], points=WEIGHT[_NEW[facts.band]] + _freshness(facts, today), at=facts.opened_at)
    if facts.asked:
        yield Reason(why=Why.QUESTION, points=WEIGHT[Why.QUESTION], at=facts.opened_at)
    if facts.respond_by is not None and facts.respond_by <= today.now:
        yield _late(Why.ANSWER_LATE, facts.respond_by, today, an_hour=1)
    elif facts.respond_by is not None and facts.respond_by < today.ends:
        closeness = max(0, MOST_LATENESS - int((facts.respond_by - today.now) / timedelta(hours=1)))
        yield Reason(why=Why.ANSWER_DUE, points=WEIGHT[Why.ANSWER_DUE] + closeness, at=facts.respond_by)


def _freshness(facts: LeadFacts, today: Today) -> int:
    """Up to ten points for somebody who came within a day."""
    age = today.now - facts.opened_at
    return 0 if age >= FRESH else 10 - int(10 * max(age, timedelta()) / FRESH)


def _planned(facts: LeadFacts, today: Today) -> Iterable[Reason]:
    if facts.planned is None or facts.planned.due_at >= today.ends:
        return
    due_at, late = facts.planned.due_at, facts.planned.due_at <= today.now
    if facts.planned.kind is ActivityKind.CALL:
        yield (
            _late(Why.CALL_LATE, due_at, today) if late else Reason(why=Why.CALL_TODAY, points=WEIGHT[Why.CALL_TODAY], at=due_at)
        )
    elif facts.planned.kind is ActivityKind.MEETING:
        why = Why.MEETING_OVER if late else Why.MEETING_SOON if due_at - today.now <= SOON else Why.MEETING_TODAY
        yield Reason(why=why, points=WEIGHT[why], at=due_at)
    else:
        yield (
            _late(Why.TASK_LATE, due_at, today) if late else Reason(why=Why.TASK_TODAY, points=WEIGHT[Why.TASK_TODAY], at=due_at)
        )


def _late(why: Why, due_at: datetime, today: Today, *, an_hour: int = 0) -> Reason:
    """Lateness adds two points a day, and `an_hour` for each hour, up to `MOST_LATENESS`."""
    late = today.now - due_at
    added = 2 * late.days + an_hour * int(late / timedelta(hours=1))
    return Reason(why=why, points=WEIGHT[why] + min(added, MOST_LATENESS), at=due_at)


def _rots(facts: LeadFacts, today: Today) -> Iterable[Reason]:
    if facts.deal is not None:
        points = WEIGHT[Why.DEAL_ROTTING] + worth(facts.deal.amount_minor)
        yield Reason(why=Why.DEAL_ROTTING, points=points, at=facts.deal.quiet_since)


def _comes_back(facts: LeadFacts, today: Today) -> Iterable[Reason]:
    if facts.status is Status.NURTURING and facts.recycle_on is not None and facts.recycle_on <= today.day:
        late = (today.day - facts.recycle_on).days
        yield Reason(why=Why.RECYCLED, points=WEIGHT[Why.RECYCLED] + min(late, MOST_LATENESS))


def _hangs(facts: LeadFacts, today: Today) -> Iterable[Reason]:
    """Somebody tried on an earlier day, and nothing follows."""
    tried = facts.responded_at is not None and facts.responded_at < today.begins
    if facts.status is Status.NEW and tried and not facts.has_plan:
        yield Reason(why=Why.NOTHING_PLANNED, points=WEIGHT[Why.NOTHING_PLANNED], at=facts.responded_at)


_ASKED: tuple[Callable[[LeadFacts, Today], Iterable[Reason]], ...] = (_waits, _planned, _rots, _comes_back, _hangs)


def worth(amount_minor: int | None) -> int:
    """What the value of a deal adds: four points for each digit beyond a hundred, whatever the currency."""
    if not amount_minor or amount_minor < 10_000:
        return 0
    return min(MOST_VALUE, 4 * (len(str(amount_minor)) - 4))


class Step(StrEnum):
    """The one thing to do next."""

    PREPARE = "prepare"  # a meeting is near
    TELL = "tell"  # how a meeting went
    ANSWER = "answer"  # the question that was asked
    CALL = "call"
    MAIL = "mail"  # no call is allowed, or no number is known
    PROMOTE = "promote"  # everything that is needed has a receipt
    QUALIFY = "qualify"
    REVIVE = "revive"  # a deal fell silent
    FIND = "find"  # no way to reach them is known or allowed


# What it usually takes, in minutes; the sum is said above the day.
MINUTES: Mapping[Step, int] = {
    Step.PREPARE: 15,
    Step.TELL: 3,
    Step.ANSWER: 8,
    Step.CALL: 6,
    Step.MAIL: 5,
    Step.PROMOTE: 2,
    Step.QUALIFY: 4,
    Step.REVIVE: 8,
    Step.FIND: 5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """What decides the next step with one lead."""

    why: Why  # the weightiest reason
    asked: bool
    answered: bool
    may_call: bool
    may_write: bool
    may_promote: bool
    is_prospect: bool


def next_step(facts: StepFacts) -> Step:
    """Exactly one step: what was promised first, then what was asked, then the nearest way to talk."""
    reachable = facts.may_write or facts.may_call
    in_order = (
        (Step.PREPARE, facts.why in (Why.MEETING_SOON, Why.MEETING_TODAY)),
        (Step.TELL, facts.why is Why.MEETING_OVER),
        (Step.ANSWER, facts.asked and not facts.answered and reachable),
        (Step.PROMOTE, facts.may_promote),
        (Step.REVIVE, facts.why is Why.DEAL_ROTTING and reachable),
        (Step.QUALIFY, facts.answered and not facts.is_prospect and facts.why not in _CALLS),
        (Step.CALL, facts.may_call),
        (Step.MAIL, facts.may_write),
        (Step.FIND, True),
    )
    return next(step for step, holds in in_order if holds)


_CALLS = (Why.CALL_LATE, Why.CALL_TODAY, Why.RECYCLED, Why.NOTHING_PLANNED)


class Opening(StrEnum):
    """What a conversation opens with: the nearest thing that both sides know."""

    QUESTION = "question"  # quotes what they asked
    PROMISED_CALL = "promised_call"
    ASKS_FOR_CALL = "asks_for_call"  # a call was promised, and none is allowed or no number known
    MEETING = "meeting"
    AFTER_MEETING = "after_meeting"
    RATED_NO = "rated_no"
    RATED_PARTLY = "rated_partly"
    RATED_YES = "rated_yes"
    QUIET_DEAL = "quiet_deal"
    CAME_BACK = "came_back"  # put back until today
    MET = "met"  # a member of staff met them
    USED = "used"  # opened what they took
    TOOK = "took"  # asked for it, and has not opened it
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningFacts:
    """What may be spoken of with one lead."""

    why: Why
    question: str = ""
    rating: Rating | None = None
    used: bool = False
    magnet: str = ""
    where_met: str = ""
    may_call: bool = True


def opening(facts: OpeningFacts) -> Opening:
    """What to open with. A word that was given comes before everything; then whatever they said themselves."""
    in_order = (
        (Opening.PROMISED_CALL if facts.may_call else Opening.ASKS_FOR_CALL, facts.why in (Why.CALL_LATE, Why.CALL_TODAY)),
        (Opening.MEETING, facts.why in (Why.MEETING_SOON, Why.MEETING_TODAY)),
        (Opening.AFTER_MEETING, facts.why is Why.MEETING_OVER),
        (Opening.QUIET_DEAL, facts.why is Why.DEAL_ROTTING),
        (Opening.QUESTION, bool(facts.question)),
        (_RATED.get(facts.rating, Opening.PLAIN), facts.rating is not None),
        (Opening.CAME_BACK, facts.why is Why.RECYCLED),
        (Opening.USED if facts.used else Opening.TOOK, bool(facts.magnet)),
        (Opening.MET, bool(facts.where_met)),
        (Opening.PLAIN, True),
    )
    return next(each for each, holds in in_order if holds)


_RATED: Mapping[Rating | None, Opening] = {
    Rating.NO: Opening.RATED_NO,
    Rating.PARTLY: Opening.RATED_PARTLY,
    Rating.YES: Opening.RATED_YES,
}


def next_morning(day: date) -> date:
    """The next working day: nobody is put off to a Sunday. (Weekdays as ISO 8601 counts them: 6 and 7 are the weekend.)"""
    following = day + timedelta(days=1)
    while following.isoweekday() > 5:
        following += timedelta(days=1)
    return following


# The step that a reason usually asks for, to say how long a day will take before anybody looks at each line.
USUAL: Mapping[Why, Step] = {
    Why.MEETING_SOON: Step.PREPARE,
    Why.MEETING_TODAY: Step.PREPARE,
    Why.MEETING_OVER: Step.TELL,
    Why.QUESTION: Step.ANSWER,
    Why.DEAL_ROTTING: Step.REVIVE,
}


def minutes_for(lines: Iterable[Line]) -> int:
    """About how many minutes of work these lines are; five at a time above ten, because nobody knows better."""
    total = sum(MINUTES[USUAL.get(line.reasons[0].why, Step.CALL)] for line in lines)
    return total if total <= 10 else round(total / 5) * 5
