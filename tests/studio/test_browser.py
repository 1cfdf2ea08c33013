"""The studio in Chromium: axe on every screen, the keyboard alone, and no script but our own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE, Role
from leadstone.domains.grants import services as grants
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.rules import Status
from tests.browser import press
from tests.cast import MONDAY, Visitor, staff

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@dataclass(frozen=True)
class Studio:
    """A running studio with something in it, and whoever is signed in."""

    address: str
    context: BrowserContext
    user: User
    lead_id: int
    magnet_id: int

    def look(self, *, language: str = "en", theme: str = "light", width: int = 1280) -> Page:
        User.objects.filter(pk=self.user.pk).update(language=language, theme=theme)
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        return page

    def paths(self) -> tuple[str, ...]:
        """Every screen, full and empty."""
        return (
            "/",
            "/leads/",
            "/leads/?q=nobody",
            f"/leads/{self.lead_id}",
            "/leads/new",
            "/results/",
            f"/results/{self.magnet_id}",
            "/mailbox/",
            "/magnets/",
            "/settings/",
            "/settings/people",
            f"/settings/people/{self.user.pk}",
            "/settings/teams",
            "/settings/rights",
            "/settings/audit",
            "/settings/audit?what=overridden",
            "/settings/company",
            "/settings/account",
            "/settings/installation",
            "/design",
            "/nowhere",
        )


@pytest.fixture(autouse=True)
def plain_files() -> Iterator[None]:
    """The test server finds built files by their plain names; hashes are looked at elsewhere."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


@pytest.fixture
def broken(bob: Visitor) -> Visitor:
    """Bob's mail came back, so that the first screen has an alarm."""
    grants.mark_failed(grant_id=bob.grant_id, because="mailbox_unknown", now=MONDAY)
    return bob


@pytest.fixture
def studio(live_server: LiveServer, company: None, browser: Browser, ann: Visitor, broken: Visitor) -> Iterator[Studio]:
    user = staff("Ada", Role.ADMIN)
    # Half-way through its appearance a toast is too pale to read, and axe may look just then.
    context = browser.new_context(timezone_id="Europe/Warsaw", reduced_motion="reduce")
    enter(context, user, live_server.url)
    yield Studio(live_server.url, context, user, ann.lead_id, leads.lead_card(ann.lead_id, reader=THE_HOUSE).magnet_id or 0)
    context.close()


def enter(context: BrowserContext, user: User, address: str) -> None:
    """Give a browser the session of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def problems(page: Page) -> list[str]:
    """What axe finds, with the elements it found it on."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {each['id']}: {[node['html'][:160] for node in each['nodes'][:3]]}" for each in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_axe_finds_nothing_on_any_screen(studio: Studio, language: str, theme: str) -> None:
    page = studio.look(language=language, theme=theme)
    found: list[str] = []
    for path in studio.paths():
        page.goto(studio.address + path)
        assert page.get_attribute("html", "lang") == language
        found += problems(page)

    assert found == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_errors_and_after_success(studio: Studio, theme: str) -> None:
    page = studio.look(theme=theme)
    page.goto(f"{studio.address}/leads/new")
    page.fill("input[name=email]", "no address")
    page.click("button.primary")
    expect(page.locator(".error").first).to_be_visible()
    found = problems(page)
    page.goto(f"{studio.address}/leads/{studio.lead_id}")
    page.click("summary[data-key=b]")
    found += problems(page)
    page.click("button[data-key=w]")
    page.wait_for_selector("[data-toast]")
    found += problems(page)

    assert found == []


def test_nothing_scrolls_sideways_on_a_phone(studio: Studio) -> None:
    page = studio.look(width=360)
    wide = []
    for path in studio.paths():
        page.goto(studio.address + path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)

    assert wide == []


def test_the_policy_stops_nothing_of_ours_and_nothing_is_asked_from_elsewhere(studio: Studio) -> None:
    page = studio.look()
    said: list[str] = []
    asked: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "404" not in message.text:
            said.append(message.text)

    page.on("console", listen)
    page.on("request", lambda request: asked.append(request.url))
    for path in studio.paths():
        page.goto(studio.address + path)

    assert said == []
    assert [url for url in asked if not url.startswith((studio.address, "data:"))] == []


def test_the_keyboard_alone_goes_from_the_list_to_a_moved_lead_and_back(studio: Studio) -> None:
    page = studio.look()
    page.goto(studio.address + "/")
    press(page, "g")
    press(page, "l")
    page.wait_for_url("**/leads/")
    press(page, "/")
    page.keyboard.type("ann")
    expect(page).to_have_url(re.compile("q=ann"))
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    press(page, "Escape")
    press(page, "j")
    press(page, "Enter")
    page.wait_for_url(f"**/leads/{studio.lead_id}")
    press(page, "w")
    page.wait_for_selector("[data-toast]")
    assert leads.lead_card(studio.lead_id, reader=THE_HOUSE).status is Status.WORKING

    page.click("[data-toast] form button")
    expect(page.locator("[data-toast]")).to_contain_text("Undone")
    assert leads.lead_card(studio.lead_id, reader=THE_HOUSE).status is Status.NEW


def test_n_adds_a_lead_and_typing_into_a_field_triggers_no_key(studio: Studio) -> None:
    page = studio.look()
    page.goto(studio.address + "/leads/")
    press(page, "n")
    page.wait_for_url("**/leads/new")
    expect(page.locator("input[name=name]")).to_be_focused()
    page.keyboard.type("nina g. lang?/")

    expect(page.locator("input[name=name]")).to_have_value("nina g. lang?/")
    expect(page).to_have_url(f"{studio.address}/leads/new")


def test_the_help_lists_the_keys_and_closes_with_escape(studio: Studio) -> None:
    page = studio.look()
    page.goto(studio.address + "/leads/")
    press(page, "?")
    expect(page.locator("dialog[open]")).to_have_count(1)
    press(page, "Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_filtering_works_the_same_without_a_script(studio: Studio, browser: Browser) -> None:
    plain = browser.new_context(java_script_enabled=False)
    enter(plain, studio.user, studio.address)
    page = plain.new_page()
    page.goto(studio.address + "/leads/")
    page.fill("input[name=q]", "ann")
    page.press("input[name=q]", "Enter")

    expect(page).to_have_url(re.compile("q=ann"))
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    plain.close()


def test_going_back_brings_the_former_view(studio: Studio) -> None:
    page = studio.look()
    page.goto(studio.address + "/leads/")
    before = page.locator("#rows tbody tr").count()
    page.fill("input[name=q]", "ann")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    page.go_back()
    expect(page.locator("#rows tbody tr")).to_have_count(before)
