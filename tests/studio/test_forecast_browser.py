"""The forecast in Chromium: axe in both languages and themes, nothing sideways on a phone, the keyboard, and plain forms."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.pipeline.services.goals import set_goal
from leadstone.kernel.money import Currency
from tests.browser import press
from tests.cast import staff
from tests.pipelines import many_deals
from tests.studio.test_browser import enter, problems

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PATHS = (
    "/forecast/",
    "/forecast/?owner=none",
    "/forecast/wins-and-losses",
    "/forecast/wins-and-losses?closed=1999-01",
    "/forecast/deals",
    "/forecast/deals?closed=..2099-12-31&worked=yes&ageing=no&date=timely",
    "/forecast/deals?q=nobody",
    "/forecast/goals",
)


@pytest.fixture(autouse=True)
def plain_files() -> Iterator[None]:
    """The test server finds built files by their plain names; hashes are looked at elsewhere."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


@pytest.fixture
def ada(company: None) -> User:
    return staff("Ada", Role.ADMIN)


@pytest.fixture
def studio(live_server: LiveServer, browser: Browser, ada: User) -> Iterator[BrowserContext]:
    now = datetime.now(UTC)
    many_deals(now, owner=ada)
    for month in range(6):
        set_goal(month=now.date() + timedelta(days=28 * month), currency=Currency.PLN, amount_minor=4_000_000)
    context = browser.new_context(base_url=live_server.url, timezone_id="Europe/Warsaw", reduced_motion="reduce")
    enter(context, ada, live_server.url)
    yield context
    context.close()


def look(studio: BrowserContext, ada: User, *, language: str = "en", theme: str = "light", width: int = 1280) -> Page:
    User.objects.filter(pk=ada.pk).update(language=language, theme=theme)
    page = studio.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    return page


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_axe_finds_nothing_on_the_forecast(studio: BrowserContext, ada: User, language: str, theme: str) -> None:
    page = look(studio, ada, language=language, theme=theme)
    found: list[str] = []
    for path in PATHS:
        page.goto(path)
        assert page.get_attribute("html", "lang") == language
        found += problems(page)
    page.goto("/forecast/goals")
    page.locator("form.goals input[name^=goal]").first.fill("a lot")
    page.click("form.goals button.primary")
    page.wait_for_selector(".error")
    found += problems(page)

    assert found == []


@pytest.mark.parametrize("language", ["en", "pl"])
def test_nothing_of_the_forecast_scrolls_sideways_on_a_phone(studio: BrowserContext, ada: User, language: str) -> None:
    page = look(studio, ada, language=language, width=360)
    wide = []
    for path in PATHS:
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
        cut = "[...document.querySelectorAll('.table-frame')].some(frame => frame.scrollWidth > frame.clientWidth)"
        if page.evaluate(cut):
            wide.append(f"a table of {path}")

    assert wide == []


def test_the_labels_of_the_picture_stand_apart_on_a_phone(studio: BrowserContext, ada: User) -> None:
    page = look(studio, ada, language="pl", width=360)
    page.goto("/forecast/")
    boxes = [
        box
        for box in (each.bounding_box() for each in page.locator(".forecast-picture text.likely").all())
        if box and box["width"]
    ]

    assert len(boxes) >= 4
    for left, right in pairwise(boxes):
        assert left["x"] + left["width"] <= right["x"] or abs(left["y"] - right["y"]) >= left["height"]


def test_the_keyboard_goes_from_the_forecast_to_the_deal_behind_a_figure(studio: BrowserContext, ada: User) -> None:
    page = look(studio, ada)
    page.goto("/")
    press(page, "g")
    press(page, "f")
    page.wait_for_url("**/forecast/")
    press(page, "o")
    page.wait_for_url("**/forecast/deals?class=open**")
    press(page, "j")
    press(page, "Enter")
    page.wait_for_url("**/board/*")


def test_filters_of_the_list_ask_at_once_and_keep_what_came_by_a_link(studio: BrowserContext, ada: User) -> None:
    page = look(studio, ada)
    page.goto("/forecast/deals?closed=..2099-12-31")
    expect(page.locator("#rows tbody tr")).to_have_count(15)
    page.select_option("#class", "lost")
    expect(page.locator("#rows tbody tr")).to_have_count(6)
    expect(page).to_have_url(re.compile("closed=.*class=lost|class=lost.*closed="))
    page.click(".chips a")
    page.wait_for_url("**/forecast/deals?class=lost")


def test_the_list_is_filtered_without_a_script_too(
    studio: BrowserContext, ada: User, browser: Browser, live_server: LiveServer
) -> None:
    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    enter(plain, ada, live_server.url)
    page = plain.new_page()
    page.goto("/forecast/deals")
    page.select_option("#class", "lost")
    page.click("form.filters button.btn")

    expect(page.locator("#rows tbody tr")).to_have_count(6)
    plain.close()
