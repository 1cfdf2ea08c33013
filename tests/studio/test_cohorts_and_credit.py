"""Cohorts, time to buy, credit and the source map: what a small house shows adds up, and few cases are said to be few."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from tests.cast import MONDAY, Guide, ask, confirm
from tests.insights.engine import quick_lake
from tests.insights.test_the_lake import buy, keep
from tests.studio.conftest import Browser
from tests.studio.test_proof import records

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LATER = MONDAY + 70 * DAY


@pytest.fixture
def house(guide: Guide, emil: User, tmp_path: Path) -> Guide:
    """Thirty-two people in one month; four of them buy, two within a month and two after six weeks."""
    for number in range(32):
        who = ask(guide, f"p{number}@example.com", now=MONDAY)
        if number < 4:
            confirm(who, now=MONDAY + DAY)
            buy(who, 10_000, by=emil, at=MONDAY + (10 if number < 2 else 45) * DAY)
    keep(quick_lake(tmp_path / "lake"), now=LATER)
    return guide


def marketer_of(browser_of: Browser) -> Client:
    """Signed in at the time of the test, or the session would be over by then."""
    return browser_of(Role.MARKETER)


@time_machine.travel(LATER, tick=False)
def test_the_screens_of_a_small_house_add_up(house: Guide, browser_of: Browser) -> None:
    marketer = marketer_of(browser_of)
    cohorts = marketer.get("/results/cohorts/").content.decode()
    assert 'title="2 of 32">6%' in cohorts
    assert "Too early" in cohorts

    confirmed = marketer.get(f"/results/cohorts/?step=confirmed&magnet={house.magnet_id}").content.decode()
    assert 'title="4 of 32">12%' in confirmed

    time = marketer.get("/results/time/").content.decode()
    assert "<svg" in time
    assert "6%" in time

    rows = records(marketer.get("/results/credit/export.csv?by=channel"))
    for model in ("First touch", "Last touch", "All alike", "First and last most", "The later the more", "What would be missing"):
        assert sum(float(row[model]) for row in rows) == pytest.approx(4)
    for by in ("campaign", "magnet"):
        assert "4 customers" in marketer.get(f"/results/credit/?by={by}").content.decode()

    assert "<svg" in marketer.get("/results/sources/").content.decode()


@time_machine.travel(MONDAY + 3 * DAY, tick=False)
@pytest.mark.parametrize("page", ["cohorts", "time", "credit", "sources"])
def test_before_anything_happened_each_page_says_what_will_be_there(browser_of: Browser, page: str) -> None:
    marketer = marketer_of(browser_of)
    answer = marketer.get(f"/results/{page}/?step=x&magnet=y&days=z&by=w")

    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()
