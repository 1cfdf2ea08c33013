"""The order of the day: lateness and value with reasons, one step, one opening."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.activities.rules import ActivityKind
from leadstone.domains.agenda.rules import (
    MINUTES,
    WEIGHT,
    LeadFacts,
    Opening,
    OpeningFacts,
    Planned,
    RottingDeal,
    Step,
    StepFacts,
    Today,
    Why,
    line_of,
    next_morning,
    next_step,
    opening,
    queue,
    worth,
)
from leadstone.domains.grants.rules import Rating
from leadstone.domains.leads.rules import QualityBand, Status

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
TODAY = Today(now=NOW, begins=NOW.replace(hour=0), ends=NOW.replace(hour=0) + timedelta(days=1), day=date(2026, 11, 16))
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def lead(lead_id: int = 1, **told: object) -> LeadFacts:
    given: dict[str, object] = {
        "lead_id": lead_id,
        "status": Status.WORKING,
        "band": QualityBand.FAIR,
        "opened_at": NOW - 3 * DAY,
    }
    return LeadFacts(**(given | told))  # type: ignore[arg-type]


def new(lead_id: int = 1, **told: object) -> LeadFacts:
    return lead(lead_id, status=Status.NEW, **told)


def call(due_at: datetime) -> Planned:
    return Planned(kind=ActivityKind.CALL, due_at=due_at)


def meeting(due_at: datetime) -> Planned:
    return Planned(kind=ActivityKind.MEETING, due_at=due_at)


def order(*leads: LeadFacts) -> list[int]:
    return [line.lead_id for line in queue(leads, today=TODAY)]


def whys(facts: LeadFacts) -> list[Why]:
    line = line_of(facts, today=TODAY)
    return [reason.why for reason in line.reasons] if line else []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (new(), [Why.NEW_FAIR]),
        (new(asked=True, band=QualityBand.STRONG), [Why.NEW_STRONG, Why.QUESTION]),
        (new(respond_by=NOW + HOUR), [Why.ANSWER_DUE, Why.NEW_FAIR]),
        (new(respond_by=NOW - HOUR), [Why.ANSWER_LATE, Why.NEW_FAIR]),
        (new(respond_by=NOW + 2 * DAY), [Why.NEW_FAIR]),
        (new(responded_at=NOW - HOUR), []),
        (new(responded_at=NOW - DAY), [Why.NOTHING_PLANNED]),
        (new(responded_at=NOW - DAY, has_plan=True), []),
        (lead(planned=call(NOW - HOUR)), [Why.CALL_LATE]),
        (lead(planned=call(NOW + HOUR)), [Why.CALL_TODAY]),
        (lead(planned=call(NOW + DAY)), []),
        (lead(planned=meeting(NOW + HOUR)), [Why.MEETING_SOON]),
        (lead(planned=meeting(NOW + 6 * HOUR)), [Why.MEETING_TODAY]),
        (lead(planned=meeting(NOW - HOUR)), [Why.MEETING_OVER]),
        (lead(planned=Planned(kind=ActivityKind.TASK, due_at=NOW - HOUR)), [Why.TASK_LATE]),
        (lead(status=Status.NURTURING, recycle_on=date(2026, 11, 16)), [Why.RECYCLED]),
        (lead(status=Status.NURTURING, recycle_on=date(2026, 11, 17)), []),
        (lead(status=Status.WORKING, recycle_on=date(2026, 11, 1)), []),
        (lead(status=Status.QUALIFIED, deal=RottingDeal(amount_minor=6_200_000, quiet_since=NOW - 34 * DAY)), [Why.DEAL_ROTTING]),
        (lead(), []),
    ],
)
def test_every_place_in_the_queue_has_its_reasons_the_weightiest_first(facts: LeadFacts, expected: list[Why]) -> None:
    assert whys(facts) == expected


def test_a_meeting_that_begins_soon_comes_before_a_late_answer_and_that_before_a_late_call() -> None:
    soon = lead(1, planned=meeting(NOW + HOUR))
    late_answer = new(2, respond_by=NOW - HOUR)
    late_call = lead(3, planned=call(NOW - HOUR))
    strong = new(4, band=QualityBand.STRONG)
    weak = new(5, band=QualityBand.WEAK)

    assert order(weak, strong, late_call, late_answer, soon) == [1, 2, 3, 4, 5]


def test_whoever_nobody_may_reach_comes_last_however_much_they_weigh() -> None:
    late = new(1, band=QualityBand.STRONG, asked=True, respond_by=NOW - HOUR, reachable=False)
    weak = new(2, band=QualityBand.WEAK)

    assert order(late, weak) == [2, 1]
    assert [line.out_of_reach for line in queue([late, weak], today=TODAY)] == [False, True]


def test_a_promise_to_somebody_without_a_way_stays_the_work_of_whoever_gave_it() -> None:
    promised = new(1, planned=call(NOW - HOUR), reachable=False)
    weak = new(2, band=QualityBand.WEAK)
    met = new(3, planned=meeting(NOW - HOUR), reachable=False)

    assert order(promised, weak, met) == [3, 2, 1]
    assert not any(line.out_of_reach for line in queue([promised, weak, met], today=TODAY))


def test_the_silent_deal_that_is_worth_more_comes_first() -> None:
    small = lead(1, deal=RottingDeal(amount_minor=490_000, quiet_since=NOW - 30 * DAY))
    large = lead(2, deal=RottingDeal(amount_minor=24_000_000, quiet_since=NOW - 30 * DAY))

    assert order(small, large) == [2, 1]


def test_whoever_came_an_hour_ago_comes_before_whoever_came_last_month() -> None:
    assert order(new(1, opened_at=NOW - 30 * DAY), new(2, opened_at=NOW - HOUR)) == [2, 1]


moments = st.integers(-60 * 24, 60 * 24).map(lambda hours: NOW + timedelta(hours=hours))
facts_of_leads = st.builds(
    LeadFacts,
    lead_id=st.integers(1, 10_000),
    status=st.sampled_from(Status),
    band=st.sampled_from(QualityBand),
    opened_at=moments,
    respond_by=st.none() | moments,
    responded_at=st.none() | moments,
    recycle_on=st.none() | moments.map(lambda at: at.date()),
    asked=st.booleans(),
    planned=st.none() | st.builds(Planned, kind=st.sampled_from(ActivityKind), due_at=moments),
    deal=st.none() | st.builds(RottingDeal, amount_minor=st.none() | st.integers(0, 10**12), quiet_since=moments),
)
queues = st.lists(facts_of_leads, max_size=12, unique_by=lambda facts: facts.lead_id)


@given(leads=queues, seed=st.integers())
def test_the_order_does_not_depend_on_the_order_in_which_the_leads_were_read(leads: list[LeadFacts], seed: int) -> None:
    shuffled = leads.copy()
    Random(seed).shuffle(shuffled)

    assert queue(shuffled, today=TODAY) == queue(leads, today=TODAY)


@given(leads=queues, newcomer=facts_of_leads.map(lambda facts: facts))
def test_one_more_lead_never_changes_who_of_the_others_comes_first(leads: list[LeadFacts], newcomer: LeadFacts) -> None:
    before = [line.lead_id for line in queue(leads, today=TODAY) if line.lead_id != newcomer.lead_id]
    others = [facts for facts in leads if facts.lead_id != newcomer.lead_id]

    after = [line.lead_id for line in queue([*others, newcomer], today=TODAY) if line.lead_id != newcomer.lead_id]

    assert after == before


@given(facts=facts_of_leads, minutes=st.integers(1, 60 * 24 * 30))
def test_a_promise_that_is_later_never_weighs_less(facts: LeadFacts, minutes: int) -> None:
    due, later = NOW - timedelta(minutes=1), NOW - timedelta(minutes=1 + minutes)
    for planned, worse in ((call(due), call(later)),):
        a = line_of(lead(planned=planned, band=facts.band), today=TODAY)
        b = line_of(lead(planned=worse, band=facts.band), today=TODAY)
        assert a is not None
        assert b is not None
        assert b.points >= a.points


@given(amount=st.integers(0, 10**15), more=st.integers(0, 10**15))
def test_a_larger_deal_never_weighs_less_and_value_alone_never_beats_a_broken_promise(amount: int, more: int) -> None:
    assert 0 <= worth(amount) <= worth(amount + more)
    assert WEIGHT[Why.DEAL_ROTTING] + worth(amount) < WEIGHT[Why.CALL_LATE]


@given(leads=queues)
def test_every_line_says_why_and_its_weight_is_the_sum_of_its_reasons(leads: list[LeadFacts]) -> None:
    for line in queue(leads, today=TODAY):
        assert line.reasons
        assert line.points == sum(reason.points for reason in line.reasons)
        assert [reason.points for reason in line.reasons] == sorted((r.points for r in line.reasons), reverse=True)


def step(**told: object) -> Step:
    given: dict[str, object] = {
        "why": Why.NEW_FAIR,
        "asked": False,
        "answered": False,
        "may_call": True,
        "may_write": True,
        "may_promote": False,
        "is_prospect": False,
    }
    return next_step(StepFacts(**(given | told)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({}, Step.CALL),
        ({"may_call": False}, Step.MAIL),
        ({"may_call": False, "may_write": False}, Step.FIND),
        ({"asked": True}, Step.ANSWER),
        ({"asked": True, "answered": True}, Step.QUALIFY),
        ({"asked": True, "may_call": False, "may_write": False}, Step.FIND),
        ({"may_promote": True}, Step.PROMOTE),
        ({"why": Why.MEETING_SOON, "asked": True}, Step.PREPARE),
        ({"why": Why.MEETING_OVER}, Step.TELL),
        ({"why": Why.CALL_LATE, "answered": True}, Step.CALL),
        ({"why": Why.CALL_LATE, "answered": True, "may_call": False}, Step.MAIL),
        ({"why": Why.DEAL_ROTTING, "is_prospect": True}, Step.REVIVE),
        ({"why": Why.TASK_LATE, "answered": True}, Step.QUALIFY),
        ({"why": Why.TASK_LATE, "answered": True, "is_prospect": True}, Step.CALL),
    ],
)
def test_there_is_exactly_one_next_step(told: dict[str, object], expected: Step) -> None:
    assert step(**told) is expected
    assert MINUTES[expected] > 0


@given(st.builds(StepFacts, why=st.sampled_from(Why)))
def test_nobody_is_sent_to_call_or_write_where_they_may_not(facts: StepFacts) -> None:
    found = next_step(facts)
    assert found is not Step.CALL or facts.may_call
    assert found is not Step.MAIL or facts.may_write
    assert found not in {Step.ANSWER, Step.REVIVE} or facts.may_call or facts.may_write


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (OpeningFacts(why=Why.NEW_FAIR, question="How loud is it?", magnet="Guide"), Opening.QUESTION),
        (OpeningFacts(why=Why.CALL_LATE, question="How loud is it?"), Opening.PROMISED_CALL),
        (OpeningFacts(why=Why.CALL_LATE, may_call=False), Opening.ASKS_FOR_CALL),
        (OpeningFacts(why=Why.NEW_FAIR, rating=Rating.NO, magnet="Guide"), Opening.RATED_NO),
        (OpeningFacts(why=Why.NEW_FAIR, magnet="Guide", used=True), Opening.USED),
        (OpeningFacts(why=Why.NEW_FAIR, magnet="Guide"), Opening.TOOK),
        (OpeningFacts(why=Why.RECYCLED, magnet="Guide"), Opening.CAME_BACK),
        (OpeningFacts(why=Why.NEW_FAIR, where_met="At the fair"), Opening.MET),
        (OpeningFacts(why=Why.NEW_FAIR), Opening.PLAIN),
    ],
)
def test_a_conversation_opens_with_the_nearest_thing_that_both_know(facts: OpeningFacts, expected: Opening) -> None:
    assert opening(facts) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 16), date(2026, 11, 17)),
        (date(2026, 11, 20), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 11, 23)),
    ],
)
def test_nobody_is_put_off_to_a_weekend(day: date, expected: date) -> None:
    assert next_morning(day) == expected
