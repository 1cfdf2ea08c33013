"""From what happened to a figure on a screen: staged, written, summed up, and opened to its rows."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from leadstone.domains.access.models import User
from leadstone.domains.campaigns.rules import CostKind, SpelledField
from leadstone.domains.campaigns.rules.costs import Spent
from leadstone.domains.campaigns.rules.placing import Meaning
from leadstone.domains.campaigns.services import campaigns, costs
from leadstone.domains.campaigns.services.campaigns import CampaignWords
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights import services
from leadstone.domains.insights.models import LakeFile, LeadTrail, StagedFacts, Standing
from leadstone.domains.insights.queries import Cell, ProofFilter, ProofRow
from leadstone.domains.insights.rules.facts import FactKind, Grouping
from leadstone.domains.insights.services import Lake
from leadstone.domains.leads.rules import Basis
from leadstone.domains.pipeline import services as pipeline
from leadstone.domains.privacy import services as privacy
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.facts_gathered import gather_facts
from leadstone.flows.lead_added import add_lead
from leadstone.flows.reactions import REACTIONS
from leadstone.flows.visitor_acts import files_served, promises_rated
from leadstone.flows.visits_counted import pages_viewed
from leadstone.flows.words_said import say, unsay
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.money import Currency
from leadstone.wire.records import FileServed, Origin, PagesViewed, PromiseRated, ViewCount
from tests.cast import MONDAY, Guide, Visitor, ask, confirm, form, leave, published, receive, visitor
from tests.insights.engine import quick_lake

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TODAY = MONDAY.date()
FROM, UNTIL = TODAY - timedelta(days=200), TODAY + timedelta(days=200)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return quick_lake(tmp_path / "lake")


def answer_events(now: datetime = MONDAY + 100 * DAY) -> None:
    while outbox.react(REACTIONS, now=now):
        pass


def keep(lake: Lake, *, now: datetime = MONDAY + 100 * DAY) -> None:
    answer_events(now)
    while gather_facts(now=now):
        pass
    while services.keep_lake(lake, now=now):
        pass


def row_of(guide: Guide, *, since: date = FROM, until: date = UNTIL) -> ProofRow:
    rows = insights.proof_rows(by=Grouping.MAGNET, since=since, until=until)
    return next(row for row in rows if row.key == guide.magnet_id)


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def views(guide: Guide, *, people: int, machines: int) -> None:
    count = ViewCount(version_id=guide.version_id, source="facebook", medium="social", people=people, machines=machines)
    pages_viewed([PagesViewed(at=milliseconds(MONDAY), counts=(count,))], now=MONDAY)


def take_file(who: Visitor, *, at: datetime) -> None:
    files_served([FileServed(at=milliseconds(at), grant_key=str(who.grant_key))], now=at)


def rate(who: Visitor, answer: str, *, at: datetime) -> None:
    promises_rated([PromiseRated(at=milliseconds(at), grant_key=str(who.grant_key), answer=answer)], now=at)


def buy(who: Visitor, amount: int, *, by: User, at: datetime, currency: Currency = Currency.PLN) -> int:
    return pipeline.record_deal(lead_id=who.lead_id, amount_minor=amount, currency=currency, title="", by=by.pk, now=at)


def test_a_small_house_adds_up_as_one_would_by_hand(guide: Guide, emil: User, lake: Lake) -> None:
    views(guide, people=40, machines=7)
    ann, bob, eve = (ask(guide, f"{name}@example.com", now=MONDAY) for name in ("ann", "bob", "eve"))
    ask(guide, "ann@example.com", now=MONDAY + DAY)  # the same lead
    receive(form(guide, "robot@example.com", suspicion="honeypot"))
    confirm(ann, now=MONDAY + DAY)
    confirm(bob, now=MONDAY + DAY)
    take_file(ann, at=MONDAY + DAY)
    take_file(ann, at=MONDAY + 2 * DAY)
    rate(ann, "yes", at=MONDAY + 3 * DAY)
    rate(bob, "no", at=MONDAY + 3 * DAY)
    leave(eve, now=MONDAY + DAY)
    buy(ann, 120_00, by=emil, at=MONDAY + 10 * DAY)
    buy(ann, 30_00, by=emil, at=MONDAY + 40 * DAY, currency=Currency.EUR)
    buy(bob, 50_00, by=emil, at=MONDAY + 21 * DAY)

    keep(lake)

    row = row_of(guide)
    assert row.number[FactKind.VIEW] == 40
    assert row.people == {
        FactKind.SUBMIT: 3,
        FactKind.CONFIRMED: 2,
        FactKind.DELIVERED: 1,
        FactKind.RATED_YES: 1,
        FactKind.RATED_NO: 1,
        FactKind.UNSUBSCRIBED: 1,
        FactKind.WON: 2,
    }
    assert (row.leads, row.customers) == (3, 2)
    assert row.revenue == {"PLN": 170_00, "EUR": 30_00}
    assert row.median_days == (10 + 21) / 2


def test_proof_agrees_with_the_figures_that_are_counted_in_the_database(guide: Guide, emil: User, lake: Lake) -> None:
    other = published()
    people = [ask(guide, f"p{number}@example.com", now=MONDAY) for number in range(5)]
    people += [ask(other, f"o{number}@example.com", now=MONDAY) for number in range(2)]
    for who in people[:4]:
        confirm(who)
    take_file(people[0], at=MONDAY + DAY)
    buy(people[0], 10_00, by=emil, at=MONDAY + DAY)
    buy(people[5], 20_00, by=emil, at=MONDAY + DAY)
    views(guide, people=11, machines=3)
    now = MONDAY + 30 * DAY

    keep(lake, now=now)

    for counted in insights.figures(now=now):
        row = next(r for r in insights.proof_rows(by=Grouping.MAGNET, since=FROM, until=UNTIL) if r.key == counted.magnet_id)
        told = (counted.views, counted.submissions, counted.proven, counted.delivered, counted.customers, dict(counted.revenue))
        steps = (FactKind.SUBMIT, FactKind.CONFIRMED, FactKind.DELIVERED, FactKind.WON)
        assert told == (row.number.get(FactKind.VIEW, 0), *(row.people.get(kind, 0) for kind in steps), row.revenue)


def test_a_sale_that_was_a_slip_is_in_no_figure(ann: Visitor, guide: Guide, emil: User, lake: Lake) -> None:
    deal_id = buy(ann, 99_00, by=emil, at=MONDAY)
    keep(lake)
    assert row_of(guide).customers == 1

    pipeline.take_back_deal(deal_id=deal_id, lead_id=ann.lead_id, now=MONDAY)
    keep(lake)

    row = row_of(guide)
    assert (row.customers, row.revenue, row.number.get(FactKind.WON, 0)) == (0, {}, 0)


def test_a_rating_that_was_changed_counts_as_what_it_is_now(ann: Visitor, guide: Guide, lake: Lake) -> None:
    rate(ann, "no", at=MONDAY + DAY)
    keep(lake)
    rate(ann, "yes", at=MONDAY + DAY + timedelta(hours=1))
    keep(lake)

    assert (row_of(guide).people.get(FactKind.RATED_NO), row_of(guide).people[FactKind.RATED_YES]) == (None, 1)


def test_somebody_met_is_brought_and_not_a_form(emil: User, lake: Lake) -> None:
    meet("Fay Met", emil)
    keep(lake)

    (row,) = insights.proof_rows(by=Grouping.CHANNEL, since=FROM, until=UNTIL)
    assert (row.key, row.leads, row.people) == ("trade_fair", 1, {FactKind.BROUGHT: 1})
    ((touch,),) = [path.touches for path in insights.touch_paths(since=FROM, until=UNTIL)]
    assert touch.channel == "trade_fair"


def meet(name: str, by: User) -> None:
    add_lead(
        name=name,
        email="met@example.com",
        phone="",
        company="",
        channel=ChannelType.TRADE_FAIR,
        where_met="",
        basis=Basis.GAVE_CARD,
        by=by.pk,
        language="en",
        now=MONDAY,
    )


def test_what_a_campaign_cost_stands_beside_what_it_brought_and_a_slip_does_not(guide: Guide, lake: Lake) -> None:
    words = CampaignWords(name="Autumn", channel=ChannelType.FACEBOOK, starts_on=TODAY)
    campaign_id = campaigns.open_campaign(words, key="autumn", by=None, now=MONDAY)
    receive(form(guide, "ann@example.com", origin=Origin(source="facebook", campaign="autumn")))
    for currency, amount in ((Currency.PLN, 300_00), (Currency.EUR, 40_00)):
        spent = Spent(kind=CostKind.MONEY, currency=currency, amount_minor=amount)
        cost_id = costs.record_cost(spent, campaign_id=campaign_id, on=TODAY, by=None, now=MONDAY)
    costs.take_back_cost(campaign_id=campaign_id, cost_id=cost_id, now=MONDAY)
    keep(lake)

    (row,) = insights.proof_rows(by=Grouping.CAMPAIGN, since=FROM, until=UNTIL)
    assert (row.key, row.leads, row.cost) == (campaign_id, 1, {"PLN": 300_00})


def test_a_word_that_gets_its_meaning_later_moves_what_came_before(guide: Guide, dora: User, emil: User, lake: Lake) -> None:
    receive(form(guide, "ann@example.com", origin=Origin(source="facebook", campaign="jesien26")))
    count = ViewCount(version_id=guide.version_id, source="facebook", medium="", campaign="jesien26", people=9, machines=0)
    pages_viewed([PagesViewed(at=milliseconds(MONDAY), counts=(count,))], now=MONDAY)
    buy(visitor(guide, "ann@example.com"), 700, by=emil, at=MONDAY + DAY)
    keep(lake)
    words = CampaignWords(name="Autumn", channel=ChannelType.FACEBOOK, starts_on=TODAY)
    campaign_id = campaigns.open_campaign(words, key="autumn", by=None, now=MONDAY)
    assert [row.key for row in insights.proof_rows(by=Grouping.CAMPAIGN, since=FROM, until=UNTIL)] == [0]

    say(Meaning(campaign_id=campaign_id), field=SpelledField.CAMPAIGN, word="jesien26", by=dora.pk, now=MONDAY)
    keep(lake)

    (row,) = insights.proof_rows(by=Grouping.CAMPAIGN, since=FROM, until=UNTIL)
    assert (row.key, row.leads, row.customers, row.revenue) == (campaign_id, 1, 1, {"PLN": 700})
    assert row.number[FactKind.VIEW] == 9


def test_a_meaning_moves_the_touches_of_journeys_too_and_back_again(guide: Guide, dora: User, emil: User, lake: Lake) -> None:
    other = published()
    receive(form(guide, "ann@example.com", origin=Origin(source="facebook", campaign="jesien26")))
    second = form(other, "ann@example.com", at=MONDAY + DAY, origin=Origin(source="google", medium="cpc", campaign="jesien26"))
    receive(second, now=MONDAY + DAY)
    leave(visitor(guide, "ann@example.com"), now=MONDAY + DAY)
    buy(visitor(guide, "ann@example.com"), 700, by=emil, at=MONDAY + 3 * DAY)
    words = CampaignWords(name="Autumn", channel=ChannelType.LINKEDIN, starts_on=TODAY)
    campaign_id = campaigns.open_campaign(words, key="autumn", by=None, now=MONDAY)
    keep(lake)
    told_at_first = touches_before_the_sale()
    assert [campaign for _channel, campaign in told_at_first] == [0, 0]

    said, _ = say(Meaning(campaign_id=campaign_id), field=SpelledField.CAMPAIGN, word="jesien26", by=dora.pk, now=MONDAY)
    keep(lake, now=MONDAY + 101 * DAY)

    assert touches_before_the_sale() == [("linkedin", campaign_id)] * 2
    left = insights.proof_rows(by=Grouping.CAMPAIGN, since=FROM, until=UNTIL)
    assert [row.key for row in left if row.number.get(FactKind.UNSUBSCRIBED)] == [campaign_id]

    unsay(said)
    keep(lake, now=MONDAY + 102 * DAY)
    assert touches_before_the_sale() == told_at_first


def touches_before_the_sale() -> list[tuple[str, int]]:
    (path,) = [path for path in insights.touch_paths(since=FROM, until=UNTIL) if path.won_on]
    return [(touch.channel, touch.campaign_id) for touch in path.touches]


def test_a_figure_opens_to_the_leads_that_it_counts_and_they_compute_it_again(guide: Guide, emil: User, lake: Lake) -> None:
    people = [ask(guide, f"p{number}@example.com", now=MONDAY + number * DAY) for number in range(4)]
    for who in people[:3]:
        confirm(who, now=MONDAY + 5 * DAY)
    for who, amount in zip(people, (100, 250), strict=False):
        buy(who, amount, by=emil, at=MONDAY + 6 * DAY)
    keep(lake)

    only, row = ProofFilter(magnet_id=guide.magnet_id), row_of(guide)
    for kind, expected in ((FactKind.SUBMIT, people), (FactKind.CONFIRMED, people[:3]), (FactKind.WON, people[:2])):
        opened = insights.rows_of(Cell(kind=kind, since=FROM, until=UNTIL, only=only))
        assert [each.lead_id for each in opened.rows] == [who.lead_id for who in expected]
        assert (opened.counted, opened.forgotten) == (row.people[kind], 0)
    sold = insights.sales_of(Cell(kind=FactKind.WON, since=FROM, until=UNTIL, only=only))
    assert sum(each.amount_minor for each in sold.rows) == row.revenue["PLN"] == sold.counted["PLN"]
    first_two_days = insights.rows_of(Cell(kind=FactKind.SUBMIT, since=TODAY, until=TODAY + 2 * DAY, only=only))
    assert len(first_two_days.rows) == first_two_days.counted == 2


def test_cohorts_and_durations_tell_how_long_it_took(guide: Guide, emil: User, lake: Lake) -> None:
    ann, bob, _eve = (ask(guide, f"{name}@example.com", now=MONDAY) for name in ("ann", "bob", "eve"))
    buy(ann, 100, by=emil, at=MONDAY + 10 * DAY)
    buy(bob, 100, by=emil, at=MONDAY + 70 * DAY)
    keep(lake)

    (cohort,) = insights.cohort_rows(since=FROM, until=UNTIL)
    assert (cohort.month, cohort.key, cohort.leads) == (TODAY.replace(day=1), guide.magnet_id, 3)
    assert cohort.reached == {30: 1, 60: 1, 90: 2, 180: 2}
    lasted = insights.durations(since=FROM, until=UNTIL, today=TODAY + timedelta(days=100))
    assert [(each.days, each.happened, each.leads) for each in lasted] == [(10, True, 1), (70, True, 1), (100, False, 1)]


def test_a_path_holds_every_touch_with_its_own_source_up_to_the_sale(guide: Guide, emil: User, lake: Lake) -> None:
    other = published()
    receive(form(guide, "ann@example.com", at=MONDAY, origin=Origin(source="facebook", medium="social")))
    receive(form(other, "ann@example.com", at=MONDAY + 5 * DAY, origin=Origin(medium="email")), now=MONDAY + 5 * DAY)
    receive(form(guide, "eve@example.com", at=MONDAY, origin=Origin(medium="email")))
    ann = visitor(guide, "ann@example.com")
    buy(ann, 500, by=emil, at=MONDAY + 8 * DAY)
    receive(form(published(), "ann@example.com", at=MONDAY + 9 * DAY), now=MONDAY + 9 * DAY)
    keep(lake)

    bought, never = sorted(insights.touch_paths(since=FROM, until=UNTIL), key=lambda path: path.won_on is None)
    assert [(touch.channel, touch.magnet_id, touch.days_before) for touch in bought.touches] == [
        ("facebook", guide.magnet_id, 8),
        ("email", other.magnet_id, 3),
    ]
    assert (bought.people, bought.won_on, bought.amount_minor, bought.currency) == (1, TODAY + 8 * DAY, 500, "PLN")
    assert ([touch.channel for touch in never.touches], never.people, never.won_on) == (["email"], 1, None)


def test_what_was_told_twice_is_in_the_lake_once(ann: Visitor, guide: Guide, lake: Lake) -> None:
    """A reaction is unique by its event; another event about the same row changes nothing either."""
    answer_events()
    before = facts_staged()
    confirm(ann)
    confirm(ann)
    answer_events()
    assert facts_staged() == before
    keep(lake)
    assert row_of(guide).number[FactKind.CONFIRMED] == 1


def facts_staged() -> int:
    return sum(StagedFacts.objects.values_list("facts", flat=True))


def test_facts_are_either_staged_or_in_a_recorded_file(ann: Visitor, lake: Lake) -> None:
    answer_events()
    staged = facts_staged()
    assert staged > 0
    keep(lake)
    assert facts_staged() == 0
    assert sum(LakeFile.objects.values_list("facts", flat=True)) == staged


def test_another_worker_that_is_at_it_is_left_alone(ann: Visitor, lake: Lake) -> None:
    answer_events()
    with lake.folder.held() as alone:
        assert alone
        assert not services.keep_lake(lake, now=MONDAY)
    assert services.keep_lake(lake, now=MONDAY)


def test_small_files_of_a_month_become_one_and_the_figures_stay(guide: Guide, lake: Lake) -> None:
    for number in range(9):
        ask(guide, f"p{number}@example.com", now=MONDAY)
        answer_events(MONDAY)
        while services.keep_lake(lake, now=MONDAY + timedelta(seconds=number)):
            pass
    standing = LakeFile.objects.filter(replaced_at=None)
    assert standing.count() == 1
    assert LakeFile.objects.exclude(replaced_at=None).count() == 9
    assert row_of(guide).leads == 9

    services.tidy_lake(lake, months=36, now=MONDAY + 3 * DAY)

    assert [path.name for path in lake.folder.root.glob("*/*.parquet")] == [standing.get().name.rpartition("/")[2]]
    ask(guide, "later@example.com", now=MONDAY + DAY)
    keep(lake)
    assert row_of(guide).leads == 10


def test_what_a_crash_left_behind_is_swept_away_and_nothing_else(ann: Visitor, lake: Lake) -> None:
    keep(lake)
    (month,) = {path.parent for path in lake.folder.root.glob("*/*.parquet")}
    for name in ("orphan.parquet", "half.parquet.part"):
        (month / name).write_bytes(b"PAR1")
    (lake.folder.root / "staging").mkdir(exist_ok=True)
    (lake.folder.root / "staging" / "lines.csv").write_text("x")

    services.tidy_lake(lake, months=36, now=MONDAY)

    left = {f"{path.parent.name}/{path.name}" for path in lake.folder.root.glob("*/*")}
    assert left == set(LakeFile.objects.values_list("name", flat=True))


def test_months_past_keeping_are_forgotten_and_the_sums_stay(guide: Guide, lake: Lake) -> None:
    ask(guide, "ann@example.com", now=MONDAY)
    keep(lake)

    services.tidy_lake(lake, months=12, now=MONDAY + timedelta(days=300))
    assert LakeFile.objects.exists()
    services.tidy_lake(lake, months=12, now=MONDAY + timedelta(days=430))

    assert not LakeFile.objects.exists()
    assert not list(lake.folder.root.glob("*/*.parquet"))
    assert row_of(guide).leads == 1


def test_what_is_told_of_a_forgotten_month_does_not_wipe_its_sums_out(guide: Guide, emil: User, lake: Lake) -> None:
    """A sale of years ago that was a slip: its day is no longer in the files, and what is left of it is not all of it."""
    ann, bob = (ask(guide, f"{name}@example.com", now=MONDAY) for name in ("ann", "bob"))
    deal_id = buy(ann, 70_00, by=emil, at=MONDAY)
    buy(bob, 30_00, by=emil, at=MONDAY)
    keep(lake)
    services.tidy_lake(lake, months=12, now=MONDAY + timedelta(days=430))

    pipeline.take_back_deal(deal_id=deal_id, lead_id=ann.lead_id, now=MONDAY + timedelta(days=430))
    keep(lake, now=MONDAY + timedelta(days=430))

    row = row_of(guide)
    assert (row.leads, row.customers, row.revenue) == (2, 2, {"PLN": 100_00})
    assert not StagedFacts.objects.exists()


def test_an_erasure_leaves_no_way_from_the_person_to_their_facts(
    ann: Visitor, guide: Guide, emil: User, lake: Lake, files_of: Callable[[Path], bytes]
) -> None:
    buy(ann, 100, by=emil, at=MONDAY + DAY)
    keep(lake)
    trail = LeadTrail.objects.get(lead_id=ann.lead_id)
    marks = (str(ann.contact_key), ann.contact_key.hex, ann.email)

    privacy.erase_contact(ann.contact_id, now=MONDAY + 2 * DAY)
    keep(lake)

    assert not LeadTrail.objects.filter(alias=trail.alias).exists()
    assert not Standing.objects.filter(trail_id=trail.pk).exists()
    assert not alias_anywhere(trail.alias)
    content = files_of(lake.folder.root)
    assert not [mark for mark in marks if mark.encode() in content]
    row = row_of(guide)
    assert (row.leads, row.customers, row.revenue) == (1, 1, {"PLN": 100})
    opened = insights.rows_of(Cell(kind=FactKind.WON, since=FROM, until=UNTIL))
    assert (opened.rows, opened.counted, opened.forgotten) == ([], 1, 1)
    sold = insights.sales_of(Cell(kind=FactKind.WON, since=FROM, until=UNTIL))
    assert (sold.rows, sold.counted, sold.forgotten) == ([], {"PLN": 100}, {"PLN": 100})


def alias_anywhere(alias: int) -> bool:
    """Whether any column of the database still holds the number of a lead."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                quoted = connection.ops.quote_name(column.name)
                cursor.execute(f"SELECT count(*) FROM {table} WHERE CAST({quoted} AS text) LIKE %s", [f"%{alias}%"])
                if cursor.fetchone()[0]:
                    return True
    return False


@pytest.fixture
def files_of() -> Callable[[Path], bytes]:
    return lambda folder: b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_lead_that_was_undone_before_anybody_counted_it_does_not_come_back(guide: Guide, lake: Lake) -> None:
    ann = ask(guide, "ann@example.com", now=MONDAY)
    privacy.erase_contact(ann.contact_id, now=MONDAY)
    keep(lake)
    assert not LeadTrail.objects.exists()


def test_the_summaries_say_when_they_were_brought_in_step(ann: Visitor, lake: Lake) -> None:
    assert insights.lake_state().summed_at is None
    at = MONDAY + timedelta(hours=1)
    keep(lake, now=at)
    told = insights.lake_state()
    assert (told.summed_at, told.walked_at, told.broken) == (at, at, [])
