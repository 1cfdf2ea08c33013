"""Kinds of activities, how they end, and when they are due by the clock on somebody's wall."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from leadstone.kernel.decision import YES, Decision


class ActivityKind(StrEnum):
    TASK = "task"
    CALL = "call"
    MEETING = "meeting"
    NOTE = "note"


class Outcome(StrEnum):
    """How a call, a meeting or a task ended."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    CALL_BACK = "call_back"
    WRONG_NUMBER = "wrong_number"
    NOT_INTERESTED = "not_interested"
    NO_MORE_CALLS = "no_more_calls"  # they asked not to be called again
    MEETING_AGREED = "meeting_agreed"
    HELD = "held"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    DONE = "done"


# In the order of the keys 1 to 8.
CALL_OUTCOMES = (
    Outcome.REACHED,
    Outcome.NO_ANSWER,
    Outcome.VOICEMAIL,
    Outcome.CALL_BACK,
    Outcome.WRONG_NUMBER,
    Outcome.NOT_INTERESTED,
    Outcome.MEETING_AGREED,
    Outcome.NO_MORE_CALLS,
)
ENDINGS: Mapping[ActivityKind, tuple[Outcome, ...]] = {
    ActivityKind.TASK: (Outcome.DONE, Outcome.CANCELLED),
    ActivityKind.CALL: (*CALL_OUTCOMES, Outcome.CANCELLED),
    ActivityKind.MEETING: (Outcome.HELD, Outcome.NO_SHOW, Outcome.CANCELLED),
    ActivityKind.NOTE: (),
}
# What a call ends with that says when one goes on.
FOLLOWED_BY: Mapping[Outcome, ActivityKind] = {
    Outcome.CALL_BACK: ActivityKind.CALL,
    Outcome.MEETING_AGREED: ActivityKind.MEETING,
}


class Refusal(StrEnum):
    NOT_THIS_ENDING = "not_this_ending"  # a task is not "held"
    NEEDS_TIME = "needs_time"  # when to call back, when to meet
    TIME_IS_PAST = "time_is_past"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    DONE_ALREADY = "done_already"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an activity is about. To look for: what is about any of these."""

    lead_id: int | None = None
    contact_id: int | None = None
    company_id: int | None = None
    deal_id: int | None = None


class Whose(StrEnum):
    MINE = "mine"
    TEAM = "team"
    ALL = "all"


class Standing(StrEnum):
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFilter:
    """What a list of activities shows."""

    kind: ActivityKind | None = None
    whose: Whose = Whose.MINE
    standing: Standing = Standing.OPEN


def may_end(kind: ActivityKind, outcome: Outcome, *, is_done: bool) -> Decision:
    """Whether an activity may end so."""
    if is_done:
        return Decision(False, Refusal.DONE_ALREADY)
    return YES if outcome in ENDINGS[kind] else Decision(False, Refusal.NOT_THIS_ENDING)


def may_log_call(outcome: Outcome, *, again_at: datetime | None, now: datetime) -> Decision:
    """Whether enough is said about a call. `again_at`: when one calls back, or meets."""
    if outcome not in CALL_OUTCOMES:
        return Decision(False, Refusal.NOT_THIS_ENDING)
    if outcome in FOLLOWED_BY and again_at is None:
        return Decision(False, Refusal.NEEDS_TIME)
    return YES if again_at is None or again_at > now else Decision(False, Refusal.TIME_IS_PAST)


MORNING = time(9, 0)  # of what is due on a day without a time
USUAL_MEETING = timedelta(hours=1)


def at_wall(day: date, clock: time, zone: tzinfo) -> datetime:
    """The moment (UTC) at which clocks in `zone` show `clock` on `day`.

    A time that the clocks skip that night is as much later as they skip; of one that they show twice it is the first.
    """
    return datetime.combine(day, clock.replace(fold=0), zone).astimezone(UTC)


def put_off(due_at: datetime | None, *, now: datetime, zone: tzinfo) -> datetime:
    """Tomorrow, at the time of day at which it was due."""
    clock = due_at.astimezone(zone).time() if due_at else MORNING
    return at_wall(now.astimezone(zone).date() + timedelta(days=1), clock, zone)


class Day(StrEnum):
    """How near a due time is, as the list groups it."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"
    SOME_DAY = "some_day"  # without a due time


def day_of(due_at: datetime | None, *, now: datetime, zone: tzinfo) -> Day:
    """Where it stands in the list. A week ends with Sunday (ISO 8601)."""
    if due_at is None:
        return Day.SOME_DAY
    if due_at < now:
        return Day.OVERDUE
    today, due = now.astimezone(zone).date(), due_at.astimezone(zone).date()
    if due == today:
        return Day.TODAY
    return Day.THIS_WEEK if due <= today + timedelta(days=7 - today.isoweekday()) else Day.LATER
