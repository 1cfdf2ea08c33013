"""The pages of the forecast: each number opens to its rows, and the rows exported from there give the number again."""

import csv
import io
import itertools
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from statistics import median

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.pipeline.models import Goal
from leadstone.domains.pipeline.rules import StageClass
from leadstone.domains.pipeline.rules.board import Whose
from leadstone.domains.pipeline.rules.deal_filter import Dated, DealFilter, DealOrder
from leadstone.domains.pipeline.rules.forecast import carriers
from leadstone.domains.pipeline.services.goals import set_goal
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.money import Currency
from leadstone.kernel.periods import Days, months_from
from leadstone.studio.forecast.filters import parameters, read_filter
from leadstone.studio.shell.exports import BYTE_ORDER_MARK, unsafe
from tests.pipelines import a_deal, a_lead, many_deals
from tests.studio.conftest import Browser, token_in

LINK = re.compile(r'<a href="(/forecast/deals[^"]*)" data-of="(\w+)"><data value="([^"]+)">')
Row = dict[str, str]


@dataclass(frozen=True)
class Linked:
    url: str
    of: str
    value: str


@pytest.fixture
def now(db: None) -> datetime:
    return datetime.now(UTC)


def page_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def figures_on(page: str) -> list[Linked]:
    return [Linked(unescape(url), of, value) for url, of, value in LINK.findall(page)]


def exported(client: Client, query: str) -> list[Row]:
    answer = client.get(f"/forecast/deals/export.csv{query}")
    text = b"".join(answer.streaming_content).decode().removeprefix(BYTE_ORDER_MARK)  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def minor(cell: str) -> int:
    return int(Decimal(cell or 0).scaleb(2))


def again(of: str, rows: list[Row]) -> str:
    """A figure worked out from exported rows alone."""
    won, values = [row["Open, won or lost"] == "Won" for row in rows], [minor(row["Value"]) for row in rows]
    weighted = [minor(row["Weighted"]) for row in rows]
    days = [int(row["Days from opened to closed"]) for row in rows if row["Days from opened to closed"]]
    answers = {
        "count": lambda: str(len(rows)),
        "amount": lambda: str(sum(values)),
        "weighted": lambda: str(sum(weighted)),
        "win_rate": lambda: f"{sum(won)}/{len(rows)}",
        "win_rate_by_value": lambda: f"{sum(itertools.compress(values, won))}/{sum(values)}",
        "average": lambda: str((Decimal(sum(values)) / len(rows)).quantize(Decimal(1), ROUND_HALF_UP)),
        "median_days": lambda: f"{median(days):g}",
        "carriers": lambda: str(carriers(weighted)),
    }
    return answers[of]()


def open_each(client: Client, page: str) -> set[str]:
    """Open every number of a page, export what is there, and work the number out again. Returns the sorts that were found."""
    found = figures_on(page)
    for figure in found:
        rows = exported(client, figure.url.removeprefix("/forecast/deals"))
        assert again(figure.of, rows) == figure.value, figure
        shown = page_of(client, figure.url)
        assert re.search(rf">{len(rows)} deals?<", shown.replace("\n", "")), figure
    return {figure.of for figure in found}


def test_every_number_of_the_forecast_is_worked_out_again_from_the_rows_behind_it(
    admin: Client, now: datetime, emil: User
) -> None:
    many_deals(now, owner=emil)

    page = page_of(admin, "/forecast/")

    assert open_each(admin, page) >= {"count", "amount", "weighted", "win_rate", "average", "median_days", "carriers"}
    assert len(figures_on(page)) > 30


@pytest.mark.parametrize("query", ["?currency=EUR", "?owner=none", "?whose=mine", "?channel=direct"])
def test_the_numbers_of_a_part_are_those_of_its_rows(admin: Client, now: datetime, query: str) -> None:
    many_deals(now, owner=User.objects.get(role=Role.ADMIN.value))

    assert open_each(admin, page_of(admin, f"/forecast/{query}")) >= {"count"}


def test_every_number_of_wins_and_losses_is_worked_out_again(admin: Client, now: datetime, emil: User) -> None:
    many_deals(now, owner=emil)
    sorts = open_each(admin, page_of(admin, "/forecast/wins-and-losses"))
    assert sorts == {"count", "amount", "win_rate", "win_rate_by_value", "average", "median_days"}

    last = now.date() - timedelta(days=2)
    few = f"/forecast/wins-and-losses?closed={last - timedelta(days=20)}..{last}"
    assert open_each(admin, page_of(admin, few)) == {"count", "amount", "average", "median_days"}


def test_a_weighted_value_in_the_file_is_value_times_probability_rounded_half_up(admin: Client, now: datetime) -> None:
    many_deals(now)
    rows = exported(admin, "?class=open")

    assert len(rows) == 14
    for row in rows:
        exact = Decimal(minor(row["Value"])) * int(row["Probability, %"]) / 100
        assert minor(row["Weighted"]) == exact.quantize(Decimal(1), ROUND_HALF_UP)


def test_the_sentence_says_what_the_quarter_brings_and_who_carries_it(admin: Client, now: datetime) -> None:
    for amount in (6_000_000, 1_000_000, 1_000_000):
        a_deal(("need", now), amount=amount, close=now.date())
    sentence = re.search(r'<h2 id="outlook">(.*?)</h2>', page_of(admin, "/forecast/"), re.S)
    assert sentence
    told = " ".join(re.sub(r"<[^>]+>", "", sentence[1]).split())

    assert told == "Likely PLN 32,000 by the end of the quarter; 1 of 3 deals carries half of what is still open."


def test_before_ten_closed_deals_nobody_is_told_a_rate(admin: Client, now: datetime) -> None:
    for number in range(9):
        a_deal(("need", now - timedelta(days=9 + number)), ("won", now - timedelta(days=1)))

    assert "Not enough data" in page_of(admin, "/forecast/")
    page = page_of(admin, "/forecast/wins-and-losses")
    assert "not enough data for a rate" in page
    assert "win_rate" not in {figure.of for figure in figures_on(page)}


def test_without_a_deal_the_pages_say_what_will_be_here(admin: Client) -> None:
    assert "Here the next six months will stand" in page_of(admin, "/forecast/")
    assert "Nothing was won or lost in these days" in page_of(admin, "/forecast/wins-and-losses")
    assert "Here every deal will stand" in page_of(admin, "/forecast/deals")
    assert "No deal matches" in page_of(admin, "/forecast/deals?q=nobody")


def test_a_rep_sees_no_others_deals_in_any_figure_list_or_file(browser_of: Browser, now: datetime, dora: User) -> None:
    rep = browser_of(Role.REP)
    a_deal(("need", now), owner=dora, close=now.date(), title="Secret")
    mine = User.objects.get(role=Role.REP.value)
    a_deal(("need", now), owner=mine, close=now.date(), title="Own", lead=a_lead(at=now, name="Ann"))

    assert {figure.value for figure in figures_on(page_of(rep, "/forecast/")) if figure.of == "count"} == {"1"}
    page = page_of(rep, f"/forecast/deals?owner={dora.pk}")
    assert "Secret" not in page
    assert "Own" in page_of(rep, "/forecast/deals")
    assert rep.get("/forecast/deals/export.csv").status_code == 403
    assert rep.get("/forecast/goals").status_code == 403


def test_the_export_is_formula_safe_and_noted_with_its_rows(admin: Client, now: datetime) -> None:
    a_deal(("need", now), title='=HYPERLINK("http://evil.example")')
    a_deal(("need", now), title="Other", currency="EUR")

    [row] = exported(admin, "?currency=PLN")

    assert row["Title"].startswith("'=")
    assert unsafe(row["Title"]) == '=HYPERLINK("http://evil.example")'
    line = AuditLine.objects.get(action="exported")
    assert line.facts == {"list": "deals", "rows": 1}


def test_the_list_filters_sorts_and_pages_by_its_address(admin: Client, now: datetime) -> None:
    lead = a_lead(at=now, name="Ann")
    for number in range(52):
        a_deal(("need", now), lead=lead, amount=1000 * (number + 1), title=f"T{number:02}")

    first = page_of(admin, "/forecast/deals?order=value")
    assert re.findall(r">(T\d\d)<", first)[:2] == ["T51", "T50"]
    assert 'rel="next"' in first
    second = page_of(admin, "/forecast/deals?order=value&page=2")
    assert re.findall(r">(T\d\d)<", second) == ["T01", "T00"]
    fragment = admin.get("/forecast/deals?q=T07", headers={"HX-Target": "rows"}).content.decode()
    assert fragment.lstrip().startswith("<section")
    assert re.findall(r">(T\d\d)<", fragment) == ["T07"]


@pytest.mark.parametrize(
    "query",
    [
        "?due=2026-99&stage=x&owner=-1&order=;drop",
        "?page=0",
        "?closed=..&reason=99999999999999999999",
        "?q=%00",
        "?due=..9999-12-31",
    ],
)
@pytest.mark.parametrize("path", ["/forecast/", "/forecast/deals", "/forecast/wins-and-losses", "/forecast/deals/export.csv"])
def test_nonsense_in_an_address_is_left_out(admin: Client, now: datetime, path: str, query: str) -> None:
    a_deal(("need", now))
    assert admin.get(path + query).status_code == 200


IDS = st.none() | st.integers(0, 10**9)
YES_NO = st.none() | st.booleans()
SPANS = st.none() | st.builds(Days, st.dates(), st.dates()) | st.dates().map(lambda day: months_from(day, count=1)[0])
FILTERS = st.builds(
    DealFilter,
    whose=st.sampled_from(Whose),
    owner_id=IDS,
    stage_class=st.none() | st.sampled_from(StageClass),
    stage_id=IDS,
    left_stage_id=IDS,
    currency=st.none() | st.sampled_from(Currency),
    due=SPANS,
    dated=st.none() | st.sampled_from(Dated),
    closed=SPANS,
    reason_id=IDS,
    channel=st.none() | st.sampled_from(ChannelType),
    magnet_id=IDS,
    committed=YES_NO,
    valued=YES_NO,
    worked=YES_NO,
    rotting=YES_NO,
    ageing=YES_NO,
    search=st.text(max_size=50).map(str.strip),
    order=st.sampled_from(DealOrder),
)


@given(FILTERS)
def test_an_address_says_the_whole_filter(chosen: DealFilter) -> None:
    assert read_filter(parameters(chosen)) == chosen
    closed = replace(chosen, stage_class=None, is_closed=True)
    assert read_filter(parameters(closed)) == closed


def test_a_manager_types_goals_and_the_forecast_draws_and_covers_them(admin: Client, now: datetime) -> None:
    a_deal(("need", now), amount=10_000_000, close=now.date())
    page = page_of(admin, "/forecast/goals?currency=PLN")
    names = re.findall(r'name="(goal-[\d-]+)"', page)
    told = dict.fromkeys(names, "120 000") | {"csrfmiddlewaretoken": token_in(page)}

    answer = admin.post("/forecast/goals?currency=PLN", told)

    assert answer.status_code == 302
    assert set(Goal.objects.values_list("amount_minor", "currency")) == {(12_000_000, "PLN")}
    after = page_of(admin, "/forecast/")
    assert 'class="goal"' in after
    assert "The goal is" in after
    assert "Not enough, even if the probabilities hold." in after


def test_a_goal_that_is_no_amount_is_refused_beside_its_field_and_nothing_is_kept(admin: Client) -> None:
    names = re.findall(r'name="(goal-[\d-]+)"', page_of(admin, "/forecast/goals"))
    answer = admin.post("/forecast/goals", dict.fromkeys(names, "5") | {names[-1]: "a lot"})

    assert answer.status_code == 422
    assert answer.content.decode().count('class="error"') == 1
    assert 'value="a lot"' in answer.content.decode()
    assert Goal.objects.count() == 0


def test_an_emptied_goal_is_gone(admin: Client, now: datetime) -> None:
    set_goal(month=now.date(), currency=Currency.PLN, amount_minor=500)
    names = re.findall(r'name="(goal-[\d-]+)"', page_of(admin, "/forecast/goals"))
    admin.post("/forecast/goals", dict.fromkeys(names, ""))

    assert Goal.objects.count() == 0


def test_the_goal_of_the_company_is_not_held_against_a_part_of_it(admin: Client, now: datetime) -> None:
    for month in range(3):
        set_goal(month=now.date() + timedelta(days=31 * month), currency=Currency.PLN, amount_minor=500_000)
    a_deal(("need", now), close=now.date())

    assert 'class="goal"' in page_of(admin, "/forecast/")
    assert 'class="goal"' not in page_of(admin, "/forecast/?owner=none")


def test_the_forecast_is_read_in_polish(admin: Client, now: datetime) -> None:
    many_deals(now)
    User.objects.filter(role=Role.ADMIN.value).update(language="pl")
    for path in ("/forecast/", "/forecast/wins-and-losses", "/forecast/deals"):
        page = page_of(admin, path)
        assert 'lang="pl"' in page
        assert "zł" in page
