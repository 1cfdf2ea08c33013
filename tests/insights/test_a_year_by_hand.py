"""Every figure of the results, of a year that anybody can add up with a pencil: the tables are in `tests/insights/a_year.py`."""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import pypdfium2 as pdfium
import pytest
import time_machine
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights.rules.facts import FactKind, Grouping
from leadstone.domains.privacy import services as privacy
from tests.insights.a_year import NEW_YEARS_EVE, Year, live_a_year
from tests.insights.engine import quick_lake
from tests.insights.test_the_lake import keep
from tests.studio.conftest import Browser, browser_of, company
from tests.studio.test_proof import marketer_of, records

__all__ = ["browser_of", "company"]

pytestmark = pytest.mark.django_db

on_new_years_eve = time_machine.travel(NEW_YEARS_EVE, tick=False)
STEPS = ("Views", "Started", "Forms", "Brought", "Confirmed", "Delivered", "Used", "Qualified", "Met", "Customers")
GROUPINGS = ("magnet", "channel", "campaign", "link", "post", "supplier", "month")
LINK = re.compile(r'href="(/results/proof/(?:rows|sales|looks|costs)\?[^"]+)"')


@pytest.fixture
def year(emil: User, tmp_path: Path) -> Year:
    lived = live_a_year(emil=emil)
    keep(quick_lake(tmp_path / "lake"), now=NEW_YEARS_EVE)
    return lived


def table(marketer: Client, by: str, *, days: int = 365) -> dict[str, dict[str, str]]:
    """Name of a source → its row, as the file of the screen has it."""
    rows = records(marketer.get(f"/results/proof/export.csv?by={by}&days={days}"))
    return {next(iter(row.values())): row for row in rows}


def steps(row: Mapping[str, str]) -> list[int]:
    return [int(row[name]) for name in STEPS]


def money(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["Revenue"], row["Cost"], row["Cost of a customer"]


@on_new_years_eve
def test_by_magnet(year: Year, browser_of: Browser) -> None:
    """The Guide bears 2 of 14 of Ads (114.29 and 14.29 EUR; ann and hal), and 1 of 2 of the Fair (900; bob).

    The Trap bears 12 of 14 of Ads. Without a magnet: the other half of the Fair (eve), and all of Compare.
    Of the Guide 9, 10, 30 and 31 days: the median is 20. The Trap has most leads but one, and stands last.
    """
    rows = table(marketer_of(browser_of), "magnet")
    told = {name: (steps(row), money(row), row["Days until they buy (median)"]) for name, row in rows.items()}
    assert list(told) == ["Guide", "Without a magnet", "Trap", "Quiz"]
    guide, nobody, trap, quiz = told.values()
    assert guide == (
        [90, 0, 13, 0, 4, 2, 1, 1, 1, 4],
        ("400.00 EUR; 2350.00 PLN", "14.29 EUR; 1014.29 PLN", "3.57 EUR; 253.57 PLN"),
        "20",
    )
    assert nobody == ([0, 0, 0, 5, 0, 0, 0, 0, 0, 1], ("300.00 PLN", "990.00 PLN", "990.00 PLN"), "90")
    assert trap == ([100, 0, 12, 0, 2, 0, 0, 0, 0, 0], ("", "85.71 EUR; 685.71 PLN", ""), "")
    assert quiz == ([60, 25, 2, 0, 2, 0, 0, 1, 0, 0], ("", "", ""), "")


@on_new_years_eve
def test_by_channel(year: Year, browser_of: Browser) -> None:
    rows = table(marketer_of(browser_of), "channel")
    assert {name: (steps(row), *money(row)[:2]) for name, row in rows.items()} == {
        "Facebook": ([140, 0, 14, 0, 4, 1, 1, 1, 1, 2], "1750.00 PLN", "100.00 EUR; 800.00 PLN"),
        "Trade fair": ([20, 0, 1, 1, 1, 1, 0, 0, 0, 1], "400.00 EUR", "1800.00 PLN"),
        "Third party": ([0, 0, 0, 3, 0, 0, 0, 0, 0, 1], "300.00 PLN", "90.00 PLN"),
        "E-mail": ([0, 0, 1, 0, 1, 0, 0, 0, 0, 1], "600.00 PLN", ""),
        "Straight to the page": ([30, 0, 9, 0, 0, 0, 0, 0, 0, 0], "", ""),
        "Search engine": ([60, 25, 2, 0, 2, 0, 0, 1, 0, 0], "", ""),
        "Chamber of commerce": ([0, 0, 0, 1, 0, 0, 0, 0, 0, 0], "", ""),
    }


@on_new_years_eve
def test_by_campaign_post_and_supplier(year: Year, browser_of: Browser) -> None:
    """Of the posts each bears 1 of 14 of Ads: 57.14, and 7.14 EUR; what no post brought bears the rest of it, and all else."""
    marketer = marketer_of(browser_of)
    campaigns = {name: (steps(row), *money(row)[:2]) for name, row in table(marketer, "campaign").items()}
    assert campaigns == {
        "Ads": ([140, 0, 14, 0, 4, 1, 1, 1, 1, 2], "1750.00 PLN", "100.00 EUR; 800.00 PLN"),
        "Fair": ([20, 0, 1, 1, 1, 1, 0, 0, 0, 1], "400.00 EUR", "1800.00 PLN"),
        "Compare": ([0, 0, 0, 3, 0, 0, 0, 0, 0, 1], "300.00 PLN", "90.00 PLN"),
        "No campaign": ([90, 25, 12, 1, 3, 0, 0, 1, 0, 1], "600.00 PLN", ""),
    }
    posts = records(marketer.get("/results/proof/export.csv?by=post&days=365"))
    assert [(steps(row), *money(row)[:2]) for row in posts] == [
        ([210, 25, 25, 5, 6, 1, 0, 1, 0, 3], "400.00 EUR; 900.00 PLN", "85.72 EUR; 2575.72 PLN"),
        ([40, 0, 1, 0, 1, 1, 1, 1, 1, 1], "1250.00 PLN", "7.14 EUR; 57.14 PLN"),
        ([0, 0, 1, 0, 1, 0, 0, 0, 0, 1], "500.00 PLN", "7.14 EUR; 57.14 PLN"),
    ]
    suppliers = {name: (steps(row), *money(row)) for name, row in table(marketer, "supplier").items()}
    assert suppliers["Compare Ltd."] == ([0, 0, 0, 3, 0, 0, 0, 0, 0, 1], "300.00 PLN", "90.00 PLN", "90.00 PLN")
    assert suppliers["Not bought"][2] == "100.00 EUR; 2600.00 PLN"


@on_new_years_eve
def test_by_month(year: Year, browser_of: Browser) -> None:
    """Days are those of UTC. Ann's second sale is revenue of May, and no customer."""
    rows = table(marketer_of(browser_of), "month")
    told = {
        name.removesuffix(" 2026"): (int(row["Forms"]) + int(row["Brought"]), int(row["Customers"]), row["Revenue"], row["Cost"])
        for name, row in rows.items()
    }
    assert told == {
        "January": (1, 0, "", ""),
        "February": (3, 0, "", "1000.00 PLN"),
        "March": (14, 2, "1600.00 PLN", "1600.00 PLN"),
        "April": (4, 1, "400.00 EUR", "100.00 EUR; 90.00 PLN"),
        "May": (1, 0, "250.00 PLN", ""),
        "June": (9, 1, "500.00 PLN", ""),
        "July": (0, 1, "300.00 PLN", ""),
    }


@on_new_years_eve
def test_every_figure_of_every_table_opens_to_rows_that_compute_it_again(year: Year, browser_of: Browser) -> None:
    marketer = marketer_of(browser_of)
    opened = 0
    for by in GROUPINGS:
        page = marketer.get(f"/results/proof/?by={by}&days=365").content.decode().replace("&amp;", "&")
        told = dict(zip(shown_order(page), records(marketer.get(f"/results/proof/export.csv?by={by}&days=365")), strict=True))
        for row_of_page, row in told.items():
            for address in sorted(set(LINK.findall(row_of_page))):
                assert marketer.get(address).status_code == 200
                again = records(marketer.get(re.sub(r"/(rows|sales|looks|costs)\?", r"/\1.csv?", address)))
                assert_computes(address, again, row)
                opened += 1
    assert opened > 100


def shown_order(page: str) -> list[str]:
    """The rows of the table, as they stand on the page."""
    return re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", page, flags=re.DOTALL)


def assert_computes(address: str, rows: list[dict[str, str]], told: Mapping[str, str]) -> None:
    if "/sales?" in address:
        assert summed(rows, "Amount") == told["Revenue"], address
    elif "/costs?" in address:
        assert summed(rows, "Part") == told["Cost"], address
    elif "/looks?" in address:
        assert sum(int(row["Number"]) for row in rows) == int(told["Views" if "step=view" in address else "Started"]), address
    else:
        assert len({row["Lead"] for row in rows}) == len(rows) == int(told[STEP_NAMES[step_in(address)]]), address
        if step_in(address) == "won":
            assert f"{median(int(row['Days']) for row in rows):g}" == told["Days until they buy (median)"], address


STEP_NAMES = {
    "submit": "Forms",
    "brought": "Brought",
    "confirmed": "Confirmed",
    "delivered": "Delivered",
    "used": "Used",
    "qualified": "Qualified",
    "meeting": "Met",
    "won": "Customers",
}


def step_in(address: str) -> str:
    return re.findall(r"step=([a-z]+)", address)[0]


def summed(rows: list[dict[str, str]], column: str) -> str:
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        sums[row["Currency"]] += float(row[column])
    return "; ".join(f"{sums[currency]:.2f} {currency}" for currency in sorted(sums))


@on_new_years_eve
def test_cohorts_of_the_months_in_which_people_came(year: Year) -> None:
    """Of each month: its leads, and how many had bought after 30, 60, 90 and 180 days."""
    found = insights.cohort_rows(by=Grouping.MONTH, since=date(2026, 1, 1), until=date(2027, 1, 1))
    assert {row.month.month: (row.leads, *row.reached.values()) for row in found} == {
        1: (1, 0, 0, 0, 0),
        2: (3, 1, 2, 2, 2),
        3: (14, 1, 1, 1, 1),
        4: (4, 0, 0, 1, 1),
        5: (1, 1, 1, 1, 1),
        6: (9, 0, 0, 0, 0),
    }
    of_guide = insights.cohort_rows(kind=FactKind.CONFIRMED, since=date(2026, 1, 1), until=date(2027, 1, 1))
    assert {(row.month.month, row.leads, row.reached[30]) for row in of_guide if row.key == year.guide} == {
        (2, 2, 2),
        (3, 1, 1),
        (5, 1, 1),
        (6, 9, 0),
    }


@on_new_years_eve
def test_time_to_buy_is_the_curve_of_kaplan_and_meier(year: Year, browser_of: Browser) -> None:
    """Of 13 of the Guide: 12/13 have not bought after 9 days, 11/13 after 10, 10/13 after 30 and 9/13 after 31.

    So 3/13 = 23 % within 30 days. After 90 days only 9 are still watched: too few to tell (10). Nobody of the 12 of the Trap
    has bought: 0 %.
    """
    page = marketer_of(browser_of).get("/results/time/").content.decode()
    cells = [
        re.sub(r"<[^>]+>|\s+", " ", row).split() for row in re.findall(r"<tr>\s*<th scope=\"row\">.*?</tr>", page, re.DOTALL)
    ]
    shares = [[cell for cell in row if cell.endswith("%")] for row in cells]
    assert shares[0] == ["23%"]
    assert ["0%", "0%", "0%"] in shares


@on_new_years_eve
def test_six_models_divide_the_five_customers(year: Year, browser_of: Browser) -> None:
    """Ann and hal met us on Facebook alone, bob at the fair, s1 through a supplier: theirs in every model.

    Eve's way was fair (50 days before), search (28), letter (9): thirds; 40, 20 and 40 %; by the half-life of a week
    2^(-41/7), 2^(-19/7) and 1, of 1.1696 together.

    The chain: 30 people, of whom 14 began on Facebook (2 bought), 2 at the fair (1 bought, 1 went on to search), 3 with the
    supplier (1 bought), 1 with search, 1 at the chamber, 9 direct. From search half went on to the letter, half were lost.
    5 of 30 buy: 2 by Facebook, 1.5 by the fair, 1 by the supplier, .5 by search. Without Facebook 2 of them would be missing,
    without the fair 1.5 (bob, and half of eve), without the supplier 1, without search or the letter 1 (half of eve, half of
    dan): .4, .3, .2, .2 and .2 of all, together 1.3; of five customers 2, 1.5, 1, 1 and 1 of 6.5 times 5.
    """
    marketer = marketer_of(browser_of)
    rows = {row["Channel"]: row for row in records(marketer.get("/results/credit/export.csv?by=channel"))}
    fair, search, letter = 2 ** (-41 / 7), 2 ** (-19 / 7), 1.0
    eve = fair + search + letter
    by_hand = {
        "First touch": (2, 2, 1, 0, 0),
        "Last touch": (2, 1, 1, 0, 1),
        "All alike": (2, 1 + 1 / 3, 1, 1 / 3, 1 / 3),
        "First and last most": (2, 1.4, 1, 0.2, 0.4),
        "The later the more": (2, 1 + fair / eve, 1, search / eve, letter / eve),
        "What would be missing": (10 / 6.5, 7.5 / 6.5, 5 / 6.5, 5 / 6.5, 5 / 6.5),
    }
    for model, shares in by_hand.items():
        told = [float(rows[channel][model]) for channel in ("Facebook", "Trade fair", "Third party", "Search engine", "E-mail")]
        assert told == pytest.approx(list(shares), abs=1e-4), model
        assert sum(float(row[model]) for row in rows.values()) == pytest.approx(5, abs=1e-3), model
    shown = re.findall(
        r'data-name="What would be missing">([\d.–]+)<', marketer.get("/results/credit/?by=channel").content.decode()
    )
    assert sorted(shown) == ["0.8", "0.8", "0.8", "1.2", "1.5"]


@on_new_years_eve
def test_the_month_as_pdf_says_what_the_table_of_the_month_says(year: Year, browser_of: Browser) -> None:
    """March: 14 leads, 1 prospect, 2 customers for 1,600, which cost 1,600: 800 each."""
    answer = marketer_of(browser_of).get("/results/month.pdf?key=2026-03-01")
    text = "".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(answer.content))
    said = re.sub(r"\s+", " ", text)
    assert "March 2026" in said
    for words in ("PLN 1,600", "PLN 800", "Ads", "Fair", "14"):
        assert words in said, words
    assert "Leads by month 1 Jan 3 Feb 14 Mar Customers by month 0 Jan 0 Feb 2 Mar" in said


@on_new_years_eve
def test_an_erased_customer_stays_in_every_sum_and_in_no_row(year: Year, browser_of: Browser, tmp_path: Path) -> None:
    marketer = marketer_of(browser_of)
    before = {by: records(marketer.get(f"/results/proof/export.csv?by={by}&days=365")) for by in GROUPINGS}

    privacy.erase_contact(year.hal.contact_id, now=NEW_YEARS_EVE)
    keep(quick_lake(tmp_path / "lake"), now=NEW_YEARS_EVE + timedelta(hours=2))

    assert {by: records(marketer.get(f"/results/proof/export.csv?by={by}&days=365")) for by in GROUPINGS} == before
    won = f"/results/proof/rows?by=post&key={year.second_post}&step=won&days=365"
    assert "1 of them was erased since" in marketer.get(won).content.decode()
    assert records(marketer.get(won.replace("rows?", "rows.csv?"))) == []
    sales = f"/results/proof/sales?by=post&key={year.second_post}&days=365"
    assert "PLN\xa0500 of it was paid by people who were erased" in marketer.get(sales).content.decode()
    rows = records(marketer.get("/results/credit/export.csv?by=channel"))
    assert sum(float(row["First touch"]) for row in rows) == pytest.approx(5)


@on_new_years_eve
@pytest.mark.parametrize(("days", "first"), [(365, date(2026, 1, 1)), (245, date(2026, 5, 1))])
def test_the_screen_that_counts_in_the_database_says_the_same(year: Year, days: int, first: date) -> None:
    """A year to 31 Dec begins on 1 Jan, on either screen. Since May ann has bought again: revenue on both, and no customer."""
    figures = {row.magnet_id: row for row in insights.figures(now=NEW_YEARS_EVE, period=timedelta(days=days))}
    rows = insights.proof_rows(by=Grouping.MAGNET, since=first, until=date(2027, 1, 1))
    by_lake = {row.key: (row.number.get(FactKind.VIEW, 0), row.customers, row.revenue) for row in rows if row.key}
    assert {row.since.date() for row in figures.values()} == {first}
    for pk, row in figures.items():
        assert (row.views, row.customers, dict(row.revenue)) == by_lake.get(pk, (0, 0, {}))
