"""The figures of the pipeline from the database: the same as the rules say, within reach, in a fixed number of statements."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from leadstone.domains.access.models import Team, User
from leadstone.domains.access.queries import reader_of
from leadstone.domains.access.rules import THE_HOUSE, Reader, Role
from leadstone.domains.pipeline.models import Goal, Stage
from leadstone.domains.pipeline.queries import deal_list, forecast
from leadstone.domains.pipeline.queries.deal_matching import deals_matching
from leadstone.domains.pipeline.queries.wins_losses import wins_and_losses
from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.rules.board import Whose
from leadstone.domains.pipeline.rules.deal_filter import NONE, Dated, DealFilter, DealOrder
from leadstone.domains.pipeline.rules.forecast import weighted
from leadstone.domains.pipeline.services import NotAnAmount
from leadstone.domains.pipeline.services.goals import set_goal
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.money import Currency
from leadstone.kernel.periods import Days, days_until, month_of
from tests.cast import staff
from tests.pipelines import a_deal, a_lead, many_deals

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
ALL = DealFilter()


def titles(chosen: DealFilter, *, now: datetime = NOW, reader: Reader = THE_HOUSE) -> list[str]:
    return [line.title for line in deal_list.deal_page(chosen, reader=reader, now=now).lines]


def test_a_row_knows_what_it_is_worth_as_the_rule_says() -> None:
    for amount, manual in ((1, None), (99, 50), (333, 50), (10**14, 99), (None, 70), (101, 0)):
        a_deal(("need", NOW), amount=amount, probability=manual)

    for row in deals_matching(ALL, reader=THE_HOUSE, now=NOW):
        wanted = 40 if row.manual_probability is None else row.manual_probability
        assert row.probable == wanted
        assert row.weighted == weighted(row.amount_minor or 0, probability=wanted)


def test_a_won_deal_is_certain_and_a_lost_one_is_nothing_whatever_somebody_guessed() -> None:
    a_deal(("won", NOW), amount=500, probability=30, title="won")
    a_deal(("lost", NOW), amount=500, probability=30, title="lost")

    lines = {line.title: line for line in deal_list.deal_page(ALL, reader=THE_HOUSE, now=NOW).lines}
    assert [(lines[one].probability, lines[one].weighted, lines[one].by_hand) for one in ("won", "lost")] == [
        (100, 500, False),
        (0, 0, False),
    ]


def test_each_filter_shows_what_it_names(emil: User) -> None:
    lead = a_lead(at=NOW, name="Ann Nowak", company="Młyn Sztuki")
    a_deal(("need", NOW), title="mine", owner=emil, close=TODAY)
    a_deal(("offer", NOW - timedelta(days=30)), title="late", close=TODAY - timedelta(days=1), probability=80, lead=lead)
    a_deal(("prospect", NOW), title="bare", amount=None, currency="EUR")
    a_deal(("offer", NOW - timedelta(days=9)), ("lost", NOW), title="lost", reason="too_dear")
    a_deal(("won", NOW - timedelta(days=60)), title="won")
    stage = {one.key: one.pk for one in Stage.objects.all()}

    assert titles(replace(ALL, owner_id=emil.pk)) == ["mine"]
    assert set(titles(replace(ALL, owner_id=NONE))) == {"late", "bare", "lost", "won"}
    assert titles(replace(ALL, stage_class=StageClass.WON)) == ["won"]
    assert set(titles(replace(ALL, is_closed=True))) == {"lost", "won"}
    assert set(titles(replace(ALL, is_closed=False))) == {"mine", "late", "bare"}
    assert titles(replace(ALL, stage_id=stage["need"])) == ["mine"]
    assert titles(replace(ALL, left_stage_id=stage["offer"])) == ["lost"]
    assert set(titles(replace(ALL, left_stage_id=NONE, is_closed=True))) == {"won"}
    assert titles(replace(ALL, currency=Currency.EUR)) == ["bare"]
    assert titles(replace(ALL, dated=Dated.OVERDUE)) == ["late"]
    assert titles(replace(ALL, dated=Dated.UNDATED)) == ["bare"]
    assert titles(replace(ALL, dated=Dated.TIMELY, is_closed=False)) == ["mine"]
    assert set(titles(replace(ALL, due=month_of(TODAY)))) == {"mine", "late"}
    assert titles(replace(ALL, due=Days(None, TODAY - timedelta(days=40)))) == ["won"]
    assert titles(replace(ALL, closed=days_until(TODAY, count=2))) == ["lost"]
    assert len(titles(replace(ALL, reason_id=NONE))) == 4
    assert titles(replace(ALL, committed=True, is_closed=False)) == ["late"]
    assert titles(replace(ALL, valued=False)) == ["bare"]
    assert titles(replace(ALL, worked=False)) == ["won"]
    assert titles(replace(ALL, rotting=True)) == ["late"]
    assert set(titles(replace(ALL, rotting=False, is_closed=False))) == {"mine", "bare"}
    assert titles(replace(ALL, channel=ChannelType(lead.channel), search="sztuki MLYN nowak")) == ["late"]
    assert titles(replace(ALL, channel=ChannelType.TRADE_FAIR)) == []
    assert titles(replace(ALL, magnet_id=lead.magnet_id)) == ["late"]


@pytest.mark.parametrize("search", ["%", "_", "'; DROP TABLE pipeline_deal; --", "\\", "\x00", "a" * 5000])
def test_a_search_is_only_ever_compared(search: str) -> None:
    a_deal(("need", NOW), title="Audit")
    assert titles(replace(ALL, search=search)) in ([], ["Audit"])
    assert titles(replace(ALL, search="%")) == []
    assert titles(replace(ALL, search="audi")) == ["Audit"]


def test_a_rep_sees_the_own_and_the_teams_deals_and_those_of_nobody(emil: User) -> None:
    team, zoe, max_ = Team.objects.create(name="North", created_at=NOW), staff("Zoe", Role.REP), staff("Max", Role.REP)
    User.objects.filter(pk__in=(emil.pk, zoe.pk)).update(team=team)
    for owner in (emil, zoe, max_, None):
        a_deal(("need", NOW), title=owner.name if owner else "nobody", owner=owner, close=TODAY)
    reader = reader_of(User.objects.get(pk=emil.pk))

    assert set(titles(ALL, reader=reader)) == {"Emil", "Zoe", "nobody"}
    assert titles(replace(ALL, whose=Whose.MINE), reader=reader) == ["Emil"]
    assert set(titles(replace(ALL, whose=Whose.TEAM), reader=reader)) == {"Emil", "Zoe"}
    assert titles(replace(ALL, owner_id=max_.pk), reader=reader) == []
    assert forecast.outlook(ALL, reader=reader, now=NOW).forecast.months[0].expected.count == 3
    assert forecast.outlook(ALL, reader=reader, now=NOW).goals_apply is False


@pytest.mark.parametrize("order", DealOrder)
def test_every_order_shows_every_deal_once(order: DealOrder) -> None:
    many_deals(NOW)
    lines = [
        line.deal_id
        for page in (1, 2, 3, 4)
        for line in deal_list.deal_page(replace(ALL, order=order), reader=THE_HOUSE, now=NOW, page=page, size=9).lines
    ]
    assert len(lines) == len(set(lines)) == 29
    assert lines == [line.deal_id for line in deal_list.each_deal(replace(ALL, order=order), reader=THE_HOUSE, now=NOW, chunk=4)]


def test_totals_never_add_two_currencies() -> None:
    many_deals(NOW)
    totals = deal_list.deal_page(ALL, reader=THE_HOUSE, now=NOW, size=1).totals

    assert [(one.currency, one.count) for one in totals.by_currency] == [("PLN", 27), ("EUR", 2)]
    assert (totals.count, totals.open, totals.won, totals.lost) == (29, 14, 9, 6)
    assert totals.by_currency[1].total == 70_000


def test_a_deal_is_won_on_the_day_that_the_readers_calendar_shows() -> None:
    a_deal(("need", NOW - timedelta(days=90)), ("won", datetime(2026, 10, 31, 23, 30, tzinfo=UTC)), title="midnight")
    warsaw, november = NOW.astimezone(ZoneInfo("Europe/Warsaw")), replace(ALL, due=month_of(TODAY))

    assert titles(november, now=warsaw) == ["midnight"]
    assert titles(november) == []
    assert forecast.outlook(ALL, reader=THE_HOUSE, now=warsaw).forecast.months[0].won == 100_000
    assert forecast.outlook(ALL, reader=THE_HOUSE, now=NOW).forecast.months[0].won == 0


def test_the_outlook_shows_the_currency_of_most_deals_and_names_the_others() -> None:
    many_deals(NOW)

    found = forecast.outlook(ALL, reader=THE_HOUSE, now=NOW)
    assert (found.currency, found.others) == (Currency.PLN, {Currency.EUR: 1})
    euro = forecast.outlook(replace(ALL, currency=Currency.EUR), reader=THE_HOUSE, now=NOW)
    assert (euro.quarter.won, euro.quarter.best) == (30_000, 70_000)


def test_health_leaves_out_what_never_stood_on_the_board() -> None:
    many_deals(NOW)
    health = forecast.outlook(ALL, reader=THE_HOUSE, now=NOW).health

    assert (health.open_count, health.record.won, health.record.lost) == (13, 7, 6)
    assert health.record.cycle_days == 21.0
    assert health.velocity == round(13 * 7 / 13 * (sum(120_001 + 10_000 * n for n in range(7)) / 7) / 21)


def test_usual_stays_are_those_of_won_deals_and_ageing_is_longer() -> None:
    for days in (4, 6, 8, 10, 12):
        a_deal(("need", NOW - timedelta(days=days)), ("won", NOW), title="done")
    a_deal(("need", NOW - timedelta(days=8, hours=23)), title="usual")
    a_deal(("need", NOW - timedelta(days=9)), title="old")
    a_deal(("offer", NOW - timedelta(days=99)), title="unknown")

    assert titles(replace(ALL, ageing=True)) == ["old"]
    assert set(titles(replace(ALL, ageing=False, is_closed=False))) == {"usual", "unknown"}
    assert forecast.outlook(ALL, reader=THE_HOUSE, now=NOW).health.ageing == 1


def test_the_history_and_not_the_row_says_how_long_a_deal_stands() -> None:
    deal = a_deal(("need", NOW - timedelta(days=20)), ("offer", NOW - timedelta(days=3)))
    type(deal).objects.filter(pk=deal.pk).update(entered_stage_at=NOW)

    [line] = deal_list.deal_page(ALL, reader=THE_HOUSE, now=NOW).lines
    assert line.days_in_stage == 3


@pytest.mark.parametrize("copies", [1, 3])
def test_figures_cost_the_same_however_many_deals(copies: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _copy in range(copies):
        many_deals(NOW)
    with django_assert_num_queries(4):
        forecast.outlook(ALL, reader=THE_HOUSE, now=NOW)
    with django_assert_num_queries(1):
        wins_and_losses(ALL, reader=THE_HOUSE, now=NOW)
    with django_assert_num_queries(3):
        assert deal_list.deal_page(ALL, reader=THE_HOUSE, now=NOW).lines
    with django_assert_num_queries(5):
        deal_list.deal_page(replace(ALL, rotting=True, ageing=True), reader=THE_HOUSE, now=NOW)


def test_every_table_of_wins_and_losses_adds_up_to_all() -> None:
    many_deals(NOW)
    report = wins_and_losses(replace(ALL, currency=Currency.PLN), reader=THE_HOUSE, now=NOW)

    assert (report.total.won, report.total.lost, report.straight) == (8, 6, 1)
    for table in (report.owners, report.channels, report.magnets):
        assert sum(group.won for group in table) == 8
        assert sum(group.lost_minor for group in table) == report.total.lost_minor
    assert sum(group.lost for group in report.lost_reasons) == sum(group.lost for group in report.lost_from) == 6
    assert sum(group.won for group in report.won_reasons) == 8
    assert (report.record.won, report.record.lost) == (7, 6)


def test_a_goal_is_set_changed_and_taken_away() -> None:
    set_goal(month=date(2026, 11, 16), currency=Currency.PLN, amount_minor=100)
    set_goal(month=date(2026, 11, 1), currency=Currency.PLN, amount_minor=250)
    set_goal(month=date(2026, 11, 1), currency=Currency.EUR, amount_minor=9)
    assert forecast.goals_of(Currency.PLN, now=NOW) == {date(2026, 11, 1): 250}
    assert forecast.outlook(ALL, reader=THE_HOUSE, now=NOW).forecast.months[0].goal == 250

    set_goal(month=date(2026, 11, 1), currency=Currency.PLN, amount_minor=None)
    assert forecast.goals_of(Currency.PLN, now=NOW) == {}


@pytest.mark.parametrize("amount", [0, -1, 10**15])
def test_nothing_and_nonsense_are_no_goal(amount: int) -> None:
    with pytest.raises(NotAnAmount):
        set_goal(month=TODAY, currency=Currency.PLN, amount_minor=amount)
    assert Goal.objects.count() == 0
