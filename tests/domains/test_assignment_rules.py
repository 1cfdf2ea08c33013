"""Assignment as pure rules: which leads a rule speaks for, whose turn it is, until when they should answer."""

from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leadstone.domains.assignment.rules import AssignedBecause, Unavailable
from leadstone.domains.assignment.rules.fitting import Conditions, LeadFacts, fits, read_conditions, stored_conditions
from leadstone.domains.assignment.rules.giving import ColleagueFacts, RuleFacts, Standing, give_turns
from leadstone.domains.assignment.rules.hours import WorkingTime, due_after, is_at_work, read_hours, stored_hours
from leadstone.domains.assignment.rules.turns import Place, next_turn
from tests.cast import MONDAY

EMIL, GOSIA, HANIA = 1, 2, 3
WARSAW = ZoneInfo("Europe/Warsaw")
ZONES = ("Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Pacific/Chatham", "UTC")


def lead(number: int = 1, **changes: object) -> LeadFacts:
    told: dict[str, object] = {
        "lead_id": number,
        "contact_id": number,
        "company_id": None,
        "opened_at": MONDAY,
        "channel": "trade_fair",
        "magnet_id": 7,
        "language": "pl",
        "countries": frozenset({"PL"}),
        "band": "strong",
    }
    return LeadFacts(**(told | changes))  # type: ignore[arg-type]  # the keys are those of the facts


def rule(number: int = 1, *, weights: dict[int, int], **changes: object) -> RuleFacts:
    told: dict[str, object] = {
        "rule_id": number,
        "conditions": Conditions(),
        "keeps_owner": True,
        "respects_hours": False,
        "answer_within_minutes": None,
        "places": [Place(user_id=user, weight=weight, credit=0) for user, weight in weights.items()],
    }
    return RuleFacts(**(told | changes))  # type: ignore[arg-type]  # the keys are those of the rule


def at_work(**changes: object) -> ColleagueFacts:
    return ColleagueFacts(**({"works_leads": True, "working": WorkingTime()} | changes))  # type: ignore[arg-type]


def standing(*rules: RuleFacts, **changes: object) -> Standing:
    everybody = {user: at_work() for user in (EMIL, GOSIA, HANIA)}
    return Standing(**({"rules": rules, "colleagues": everybody} | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("conditions", "speaks"),
    [
        (Conditions(), True),
        (Conditions(channels=frozenset({"trade_fair", "webinar"})), True),
        (Conditions(channels=frozenset({"webinar"})), False),
        (Conditions(magnet_ids=frozenset({7})), True),
        (Conditions(magnet_ids=frozenset({8})), False),
        (Conditions(languages=frozenset({"en"})), False),
        (Conditions(countries=frozenset({"PL", "CZ"})), True),
        (Conditions(countries=frozenset({"DE"})), False),
        (Conditions(postcodes=frozenset({"80", "81-"})), True),
        (Conditions(postcodes=frozenset({"00"})), False),
        (Conditions(bands=frozenset({"strong"})), True),
        (Conditions(company=True), True),
        (Conditions(company=False), False),
        (Conditions(channels=frozenset({"trade_fair"}), countries=frozenset({"DE"})), False),
    ],
)
def test_a_rule_speaks_when_all_its_conditions_hold(conditions: Conditions, speaks: bool) -> None:
    assert fits(conditions, lead(company_id=5, postcode="80-280")) is speaks


def test_a_postcode_that_nobody_knows_lies_in_no_territory() -> None:
    assert not fits(Conditions(postcodes=frozenset({"80"})), lead(postcode=""))


def test_conditions_come_back_as_they_were_kept() -> None:
    conditions = Conditions(channels=frozenset({"webinar"}), magnet_ids=frozenset({3, 4}), company=False)

    assert read_conditions(stored_conditions(conditions)) == conditions


def test_a_condition_that_is_no_longer_known_does_not_open_the_rule_to_everybody() -> None:
    assert not fits(read_conditions({"channels": ["fax"]}), lead())


def test_the_first_rule_that_fits_speaks() -> None:
    narrow = rule(1, weights={EMIL: 1}, conditions=Conditions(channels=frozenset({"webinar"})))
    wide = rule(2, weights={GOSIA: 1})

    turns = give_turns([lead(1), lead(2, channel="webinar")], standing(narrow, wide), now=MONDAY)

    assert [(turn.rule_id, turn.owner_id) for turn in turns] == [(2, GOSIA), (1, EMIL)]


def test_a_lead_that_no_rule_speaks_for_waits_in_the_open_queue() -> None:
    deaf = rule(1, weights={EMIL: 1}, conditions=Conditions(channels=frozenset({"webinar"})))

    (turn,) = give_turns([lead()], standing(deaf), now=MONDAY)

    assert (turn.owner_id, turn.because) == (None, AssignedBecause.NO_RULE)


def test_who_speaks_with_the_person_or_company_already_gets_them() -> None:
    known = standing(rule(weights={EMIL: 1}), owners_of_people={1: GOSIA}, owners_of_companies={9: HANIA})

    turns = give_turns([lead(1, company_id=9), lead(2, company_id=9), lead(3)], known, now=MONDAY)

    assert [turn.owner_id for turn in turns] == [GOSIA, HANIA, EMIL]
    assert turns[0].because is AssignedBecause.EXISTING_OWNER


def test_two_leads_of_one_person_in_one_batch_stay_in_one_hand() -> None:
    turns = give_turns([lead(1, contact_id=5), lead(2, contact_id=5)], standing(rule(weights={EMIL: 1, GOSIA: 1})), now=MONDAY)

    assert turns[0].owner_id == turns[1].owner_id


@pytest.mark.parametrize(
    ("colleague", "why"),
    [
        (at_work(works_leads=False), Unavailable.LEFT),
        (at_work(working=WorkingTime(away_from=date(2026, 11, 10), away_until=date(2026, 11, 16))), Unavailable.AWAY),
        (at_work(working=WorkingTime(hours={1: (time(12), time(16))})), Unavailable.OFF_HOURS),
        (at_work(open_leads=20, most_open_leads=20), Unavailable.FULL),
    ],
)
def test_a_turn_passes_over_who_is_not_free_and_says_why(colleague: ColleagueFacts, why: Unavailable) -> None:
    alone = standing(rule(weights={EMIL: 1}, respects_hours=True), colleagues={EMIL: colleague})

    (turn,) = give_turns([lead()], alone, now=MONDAY)

    assert (turn.owner_id, turn.because, turn.passed_over) == (None, AssignedBecause.NOBODY_FREE, {EMIL: why})


def test_a_known_owner_who_is_away_does_not_keep_a_lead_waiting() -> None:
    away = WorkingTime(away_from=date(2026, 11, 1))
    known = standing(
        rule(weights={EMIL: 1}),
        owners_of_people={1: GOSIA},
        colleagues={EMIL: at_work(), GOSIA: at_work(working=away)},
    )

    (turn,) = give_turns([lead()], known, now=MONDAY)

    assert turn.owner_id == EMIL


def test_capacity_counts_the_leads_of_the_same_batch() -> None:
    small = standing(rule(weights={EMIL: 1}), colleagues={EMIL: at_work(open_leads=1, most_open_leads=3)})

    turns = give_turns([lead(number) for number in range(1, 5)], small, now=MONDAY)

    assert [turn.owner_id for turn in turns] == [EMIL, EMIL, None, None]


@settings(deadline=None, max_examples=25)
# Serving whoever is owed most falls almost one and a half leads behind here.
@example(weights=[1, 50, 1, 1, 25, 2, 1, 50, 25, 1, 50, 3, 50, 1, 25, 3, 3, 3, 1, 1])
@given(weights=st.lists(st.integers(1, 50), min_size=1, max_size=12))
def test_over_a_thousand_leads_nobody_is_ever_a_whole_lead_before_or_behind_their_share(weights: list[int]) -> None:
    """L12, at each moment of the thousand."""
    owed, got, total = dict.fromkeys(range(len(weights)), 0), dict.fromkeys(range(len(weights)), 0), sum(weights)

    for number in range(1, 1001):
        places = [Place(user_id=user, weight=weight, credit=owed[user]) for user, weight in enumerate(weights)]
        turn = next_turn(places, free=owed)
        assert turn is not None
        got[turn[0]] += 1
        owed |= turn[1]
        for user, weight in enumerate(weights):
            assert abs(got[user] - Fraction(number * weight, total)) < 1


@settings(deadline=None)
@given(st.lists(st.sets(st.sampled_from([EMIL, GOSIA, HANIA])), min_size=1, max_size=200))
def test_whoever_was_away_neither_loses_turns_of_their_own_nor_comes_back_to_a_pile(free: list[set[int]]) -> None:
    owed = {EMIL: 0, GOSIA: 0, HANIA: 0}
    share = {user: Fraction(0) for user in owed}
    got = dict.fromkeys(owed, 0)

    for here in free:
        turn = next_turn([Place(user_id=user, weight=1, credit=credit) for user, credit in owed.items()], free=here)
        assert (turn is None) == (not here)
        if turn:
            assert turn[0] in here
            got[turn[0]] += 1
            owed |= turn[1]
            share |= {user: share[user] + Fraction(1, len(here)) for user in here}

    assert all(abs(got[user] - share[user]) <= 2 for user in owed)


def test_a_thousand_leads_by_a_rule_are_two_to_one() -> None:
    turns = give_turns([lead(number) for number in range(1, 1001)], standing(rule(weights={EMIL: 2, GOSIA: 1})), now=MONDAY)

    assert len(turns) == 1000
    assert {user: sum(turn.owner_id == user for turn in turns) for user in (EMIL, GOSIA)} == {EMIL: 667, GOSIA: 333}


def test_the_clock_counts_working_time_over_a_weekend() -> None:
    friday = datetime(2026, 11, 20, 15, 0, tzinfo=WARSAW)

    assert due_after(WorkingTime(), friday, minutes=120) == datetime(2026, 11, 23, 9, 0, tzinfo=WARSAW)


def test_the_clock_leaves_out_days_away_and_gives_up_when_nobody_ever_works() -> None:
    away = WorkingTime(away_from=date(2026, 11, 16), away_until=date(2026, 11, 18))

    assert due_after(away, MONDAY, minutes=30) == datetime(2026, 11, 19, 8, 30, tzinfo=WARSAW)
    assert due_after(WorkingTime(away_from=date(2026, 11, 16)), MONDAY, minutes=30) is None


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_the_night_of_the_clocks_is_as_long_as_it_really_is(day: date) -> None:
    """A night watch from midnight to six: five hours in spring, seven in autumn."""
    night = WorkingTime(hours={7: (time(0), time(6)), 1: (time(0), time(6))})
    begin = datetime.combine(day, time(0), WARSAW)
    real = (datetime.combine(day, time(6), WARSAW).astimezone(UTC) - begin.astimezone(UTC)) // timedelta(minutes=1)

    assert real in (300, 420)
    assert due_after(night, begin, minutes=real) == datetime.combine(day, time(6), WARSAW)


@settings(deadline=None, max_examples=60)
@given(
    start=st.integers(0, 2 * 365 * 24 * 60),
    minutes=st.integers(1, 1200),
    zone=st.sampled_from(ZONES),
    begin=st.integers(0, 20),
    long=st.integers(1, 3),
)
def test_between_the_start_and_the_end_of_the_clock_lie_exactly_its_minutes_of_work(
    start: int, minutes: int, zone: str, begin: int, long: int
) -> None:
    working = WorkingTime(hours={day: (time(begin), time(begin + long)) for day in (1, 3, 4, 7)}, zone=zone)
    since = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=start)

    due = due_after(working, since, minutes=minutes)

    assert due is not None
    spans = range(int((due - since) / timedelta(minutes=1)))
    assert sum(is_at_work(working, since + timedelta(minutes=each)) for each in spans) == minutes


def test_hours_come_back_as_they_were_kept_and_nothing_kept_means_office_hours() -> None:
    hours = {1: (time(9), time(17, 30)), 6: (time(10), time(13))}

    assert read_hours(stored_hours(hours)) == hours
    assert set(read_hours({})) == {1, 2, 3, 4, 5}
