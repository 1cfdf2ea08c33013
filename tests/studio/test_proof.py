"""What brings customers: sorted by customers, each number open to its rows, and a file of the rows adds up to it."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import time_machine
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.campaigns.models import Campaign
from leadstone.domains.insights.models import FunnelDay
from leadstone.domains.insights.rules.facts import FactKind
from leadstone.domains.sources.rules import ChannelType
from tests.cast import MONDAY, Guide, ask, confirm, published
from tests.insights.engine import quick_lake
from tests.insights.test_the_lake import buy, keep

pytestmark = pytest.mark.django_db

Browser = Callable[[Role], Client]
DAY = timedelta(days=1)
SALES = [("ann", 12_000), ("bob", 5_000)]


@pytest.fixture
def year(guide: Guide, emil: User, tmp_path: Path) -> Guide:
    """A guide with three leads and two customers, beside a prize draw with twelve leads and none."""
    prize = published("prize")
    for number in range(12):
        ask(prize, f"p{number}@example.com", now=MONDAY)
    for name in ("ann", "bob", "eve"):
        who = ask(guide, f"{name}@example.com", now=MONDAY)
        confirm(who, now=MONDAY + DAY)
        if name in dict(SALES):
            buy(who, dict(SALES)[name], by=emil, at=MONDAY + 10 * DAY)
    keep(quick_lake(tmp_path / "lake"))
    return guide


def marketer_of(browser_of: Browser) -> Client:
    """Signed in at the time of the test, or the session would be over by then."""
    return browser_of(Role.MARKETER)


def names_in_order(page: str) -> list[str]:
    return re.findall(r'<th scope="row">([^<]+)<', page)


def records(response: object) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


@time_machine.travel(MONDAY + 20 * DAY, tick=False)
def test_the_magnet_with_the_customers_stands_above_the_one_with_the_leads(year: Guide, browser_of: Browser) -> None:
    marketer = marketer_of(browser_of)
    page = marketer.get("/results/proof/").content.decode()

    assert len(names_in_order(page)) == 2
    assert FunnelDay.objects.filter(kind=FactKind.SUBMIT.value, magnet_id=year.magnet_id).exists()
    rows = records(marketer.get("/results/proof/export.csv"))
    assert [(row["Forms"], row["Customers"]) for row in rows] == [("3", "2"), ("12", "0")]


@time_machine.travel(MONDAY + 20 * DAY, tick=False)
def test_a_number_opens_to_as_many_rows_and_their_file_adds_up_to_it(year: Guide, browser_of: Browser) -> None:
    marketer = marketer_of(browser_of)
    page = marketer.get("/results/proof/").content.decode()
    address = next(each for each in re.findall(r'href="(/results/proof/rows\?[^"]+)"', page) if "step=won" in each)

    opened = marketer.get(address.replace("&amp;", "&"))
    assert opened.status_code == 200
    assert "2 leads" in opened.content.decode()
    rows = records(marketer.get(address.replace("&amp;", "&").replace("rows?", "rows.csv?")))
    assert len({row["Lead"] for row in rows}) == 2
    assert [row["Days"] for row in rows] == ["10", "10"]


@time_machine.travel(MONDAY + 20 * DAY, tick=False)
def test_revenue_opens_to_its_sales_and_views_to_their_days(year: Guide, browser_of: Browser) -> None:
    marketer = marketer_of(browser_of)
    page = marketer.get("/results/proof/").content.decode().replace("&amp;", "&")
    address = next(iter(re.findall(r'href="(/results/proof/sales\?[^"]+)"', page)))

    assert "PLN 170" in marketer.get(address).content.decode().replace("\xa0", " ")
    rows = records(marketer.get(address.replace("sales?", "sales.csv?")))
    assert sum(float(row["Amount"]) for row in rows) == sum(amount for _, amount in SALES) / 100

    FunnelDay.objects.create(
        day=MONDAY.date(), kind=FactKind.VIEW.value, magnet_id=year.magnet_id, people=0, number=7, amount_minor=0
    )
    looks = f"/results/proof/looks?by=magnet&key={year.magnet_id}&step=view"
    assert looks in marketer.get("/results/proof/").content.decode().replace("&amp;", "&")
    assert "7. Looks at a page" in marketer.get(looks).content.decode()
    assert [row["Number"] for row in records(marketer.get(looks.replace("looks?", "looks.csv?")))] == ["7"]


@time_machine.travel(MONDAY + 20 * DAY, tick=False)
def test_every_way_to_put_sources_together_has_the_same_customers_in_all(year: Guide, browser_of: Browser) -> None:
    marketer = marketer_of(browser_of)
    for by in ("magnet", "channel", "campaign", "link", "post", "supplier", "month"):
        rows = records(marketer.get(f"/results/proof/export.csv?by={by}"))

        assert sum(int(row["Customers"]) for row in rows) == 2, by
        assert sum(int(row["Forms"]) for row in rows) == 15, by


@time_machine.travel(MONDAY + 20 * DAY, tick=False)
def test_a_month_opens_to_its_rows_too(year: Guide, browser_of: Browser) -> None:
    marketer = marketer_of(browser_of)
    page = marketer.get("/results/proof/?by=month").content.decode()
    address = next(each for each in re.findall(r'href="(/results/proof/rows\?[^"]+)"', page) if "step=won" in each)

    assert "2 leads" in marketer.get(address.replace("&amp;", "&")).content.decode()


@time_machine.travel(MONDAY + 20 * DAY, tick=False)
def test_a_campaign_s_cost_is_borne_by_what_its_leads_came_for(year: Guide, browser_of: Browser) -> None:
    marketer = marketer_of(browser_of)
    campaign = Campaign.objects.create(
        key="fair", name="Fair", channel=ChannelType.TRADE_FAIR.value, starts_on=MONDAY.date(), created_at=MONDAY
    )
    day = {"day": MONDAY.date(), "campaign_id": campaign.pk}
    FunnelDay.objects.create(**day, kind=FactKind.COST.value, people=0, number=1, amount_minor=30_000, currency="PLN")
    FunnelDay.objects.create(**day, kind=FactKind.SUBMIT.value, people=5, number=5, amount_minor=0, magnet_id=year.magnet_id)
    rows = records(marketer.get("/results/proof/export.csv"))

    assert rows[0]["Cost"] == "300.00 PLN"
    assert rows[0]["Cost of a customer"] == "150.00 PLN"
    page = marketer.get("/results/proof/").content.decode().replace("&amp;", "&")
    address = next(iter(re.findall(r'href="(/results/proof/costs\?[^"]+)"', page)))
    assert "Fair" in marketer.get(address).content.decode()
    [part] = records(marketer.get(address.replace("costs?", "costs.csv?")))
    assert (part["Cost of all"], part["Leads from here"], part["Leads in all"], part["Part"]) == ("300.00", "5", "5", "300.00")
    [bill] = records(marketer.get(f"/results/proof/costs.csv?by=campaign&key={campaign.pk}"))
    assert (bill["Day"], bill["Part"], bill["Currency"]) == (MONDAY.date().isoformat(), "300.00", "PLN")


@pytest.mark.parametrize(
    "address",
    [
        "rows",
        "rows?step=view&by=magnet&key=1",
        "rows?step=won&by=magnet&key=x",
        "rows?step=won&by=month&key=99999-01-01",
        "looks?step=won&by=magnet&key=1",
        "looks.csv",
        "sales?by=post&key=-1",
        "sales.csv?by=month&key=x",
        "costs?by=supplier&key=",
    ],
)
def test_what_names_no_number_does_not_exist(browser_of: Browser, address: str) -> None:
    marketer = marketer_of(browser_of)
    assert marketer.get(f"/results/proof/{address}").status_code == 404


@time_machine.travel(MONDAY + 20 * DAY, tick=False)
def test_before_anything_happened_the_page_says_what_will_be_there(browser_of: Browser) -> None:
    marketer = marketer_of(browser_of)
    assert "Here each source will show the customers" in marketer.get("/results/proof/").content.decode()


@time_machine.travel(MONDAY + 20 * DAY, tick=False)
def test_the_month_is_a_tagged_pdf_with_the_figures_of_the_whole_house(year: Guide, browser_of: Browser) -> None:
    answer = marketer_of(browser_of).get(f"/results/month.pdf?key={MONDAY.date().isoformat()}")
    document = pdfium.PdfDocument(answer.content)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)

    assert answer["Content-Type"] == "application/pdf"
    assert "November 2026" in text
    assert "PLN 170" in text.replace("\xa0", " ")  # what two people paid
    assert document.is_tagged()
