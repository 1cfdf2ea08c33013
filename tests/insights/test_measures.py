"""Each measure is written once, as an expression; what it means is written here again, in plain Python."""

import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadstone.domains.insights.rules.facts import ARRIVALS, Fact, FactKind, Source
from tests.insights.engine import answer, make_file

MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
OF_LEADS = [FactKind.SUBMIT, FactKind.BROUGHT, FactKind.CONFIRMED, FactKind.QUALIFIED, FactKind.WON, FactKind.LOST]
OF_NOBODY = [FactKind.VIEW, FactKind.START, FactKind.COST]

Steps = dict[tuple[int, str], date]


def source_of_lead(lead: int) -> Source:
    """A lead has one source, whatever happens to it."""
    return Source(magnet_id=lead % 3, campaign_id=lead % 2, channel=("", "facebook", "trade_fair")[lead % 3])


def facts_of_leads() -> st.SearchStrategy[Fact]:
    return st.builds(
        lambda lead, kind, day, number, amount, currency, machine: Fact(
            at=MARCH + timedelta(days=day),
            kind=kind,
            source=source_of_lead(lead),
            lead=lead,
            person=lead // 2 + 1,
            is_machine=machine,
            number=number,
            amount_minor=number * amount if kind is FactKind.WON else 0,
            currency=currency if kind is FactKind.WON else "",
        ),
        st.integers(1, 6),
        st.sampled_from(OF_LEADS),
        st.integers(0, 6),
        st.sampled_from([1, 1, 1, -1]),
        st.integers(0, 10_000),
        st.sampled_from(["PLN", "EUR"]),
        st.sampled_from([False, False, False, True]),
    )


def facts_of_nobody() -> st.SearchStrategy[Fact]:
    return st.builds(
        lambda kind, day, number, magnet, machine: Fact(
            at=MARCH + timedelta(days=day),
            kind=kind,
            source=Source(magnet_id=magnet),
            number=number,
            amount_minor=number * 100 if kind is FactKind.COST else 0,
            currency="PLN" if kind is FactKind.COST else "",
            is_machine=machine,
        ),
        st.sampled_from(OF_NOBODY),
        st.integers(0, 6),
        st.integers(1, 50),
        st.integers(0, 2),
        st.booleans(),
    )


def touches() -> st.SearchStrategy[Fact]:
    return st.builds(
        lambda person, minute, kind, channel, number: Fact(
            at=MARCH + timedelta(minutes=minute * 700), kind=kind, source=Source(channel=channel), person=person, number=number
        ),
        st.integers(1, 4),
        st.integers(0, 12),
        st.sampled_from([FactKind.TOUCH, FactKind.TOUCH_OFFLINE]),
        st.sampled_from(["facebook", "search", "trade_fair"]),
        st.sampled_from([1, 1, 1, -1]),
    )


lakes = st.lists(st.one_of(facts_of_leads(), facts_of_nobody(), touches()), min_size=1, max_size=50)
many = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def steps_by_hand(facts: Sequence[Fact]) -> Steps:
    """(lead, kind) → the first day on which more was told than taken back."""
    net: Counter[tuple[int, str, date]] = Counter()
    for fact in facts:
        if fact.lead and not fact.is_machine:
            net[fact.lead, fact.kind.value, fact.at.date()] += fact.number
    first: Steps = {}
    for (lead, kind, day), number in sorted(net.items(), key=lambda each: each[0][2]):
        if number > 0:
            first.setdefault((lead, kind), day)
    return first


def cell(day: date, kind: str, source: Source) -> tuple[object, ...]:
    return (str(day), kind, source.magnet_id, 0, source.campaign_id, 0, 0, 0, source.channel)


def as_cells(rows: list[list[object]]) -> dict[tuple[object, ...], object]:
    return {tuple(row[:-1]): row[-1] for row in rows}


@given(lakes)
@many
def test_the_funnel_counts_each_lead_once_a_step_on_the_first_day_that_stands(facts: list[Fact]) -> None:
    by_hand = Counter(cell(day, kind, source_of_lead(lead)) for (lead, kind), day in steps_by_hand(facts).items())

    with tempfile.TemporaryDirectory() as folder:
        file = make_file(Path(folder), "all", facts)
        assert as_cells(answer(Path(folder), [file], "people")) == by_hand


@given(lakes)
@many
def test_sums_add_up_what_people_did_and_leave_machines_and_touches_out(facts: list[Fact]) -> None:
    number: Counter[tuple[object, ...]] = Counter()
    amount: Counter[tuple[object, ...]] = Counter()
    for fact in facts:
        if not fact.is_machine and fact.kind not in (FactKind.TOUCH, FactKind.TOUCH_OFFLINE):
            key = (*cell(fact.at.date(), fact.kind.value, fact.source), fact.currency)
            number[key] += fact.number
            amount[key] += fact.amount_minor

    with tempfile.TemporaryDirectory() as folder:
        rows = answer(Path(folder), [make_file(Path(folder), "all", facts)], "sums")
    assert {tuple(row[:-2]): row[-2:] for row in rows} == {key: [number[key], amount[key]] for key in number}


@given(lakes, st.sampled_from([FactKind.CONFIRMED, FactKind.QUALIFIED, FactKind.WON]))
@many
def test_lifetimes_count_who_took_the_step_and_who_has_not_yet(facts: list[Fact], kind: FactKind) -> None:
    steps = steps_by_hand(facts)
    by_hand: Counter[tuple[object, ...]] = Counter()
    for lead in {lead for lead, _ in steps}:
        came = [steps[lead, by.value] for by in ARRIVALS if (lead, by.value) in steps]
        if came:
            taken = steps.get((lead, kind.value))
            after = max(0, (taken - min(came)).days) if taken else None
            source = source_of_lead(lead)
            by_hand[str(min(came)), source.magnet_id, 0, source.campaign_id, 0, 0, 0, source.channel, after] += 1

    with tempfile.TemporaryDirectory() as folder:
        rows = answer(Path(folder), [make_file(Path(folder), "all", facts)], "lifetimes", kind=kind.value)
    assert as_cells(rows) == by_hand


@given(lakes)
@many
def test_a_journey_is_every_touch_up_to_the_first_sale_that_stands(facts: list[Fact]) -> None:
    sold: dict[int, date] = {}
    net: Counter[tuple[int, date]] = Counter()
    for fact in facts:
        if fact.kind is FactKind.WON and not fact.is_machine:
            net[fact.person, fact.at.date()] += fact.number
    for (person, day), number in sorted(net.items(), key=lambda each: each[0][1]):
        if number > 0:
            sold.setdefault(person, day)
    told: Counter[tuple[int, datetime, FactKind, str]] = Counter()
    for fact in facts:
        if fact.kind in (FactKind.TOUCH, FactKind.TOUCH_OFFLINE):
            told[fact.person, fact.at, fact.kind, fact.source.channel] += fact.number
    walked: dict[int, list[tuple[datetime, str, int]]] = defaultdict(list)
    for (person, at, _kind, channel), number in told.items():
        if number > 0 and (person not in sold or at.date() <= sold[person]):
            walked[person].append((at, channel, (sold[person] - at.date()).days if person in sold else 0))
    by_hand: Counter[tuple[object, ...]] = Counter()
    for person, steps in walked.items():
        way = tuple((channel, 0, 0, before) for _, channel, before in sorted(steps))
        by_hand[person if person in sold else 0, str(sold[person]) if person in sold else None, way] += 1

    with tempfile.TemporaryDirectory() as folder:
        rows = answer(Path(folder), [make_file(Path(folder), "all", facts)], "journeys")
    assert {(person, won_on, tuple(map(tuple, way))): people for person, won_on, way, people in rows} == by_hand


@given(lakes, lakes)
@many
def test_refreshing_only_the_days_that_new_facts_touch_gives_what_counting_everything_gives(
    old: list[Fact], new: list[Fact]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, after = make_file(folder, "old", old), make_file(folder, "new", new)
        both = [before, after]
        for measure, changed, told in (("people", "changed_days", {}), ("lifetimes", "arrival_days", {"kind": "won"})):
            day_at = 0
            kept = answer(folder, [before], measure, **told)
            days = [row[0] for row in answer(folder, both, changed, fresh=[after])]
            again = answer(folder, both, measure, days=days, **told)
            merged = [row for row in kept if row[day_at] not in days] + again
            assert as_cells(merged) == as_cells(answer(folder, both, measure, **told))
