"""The screens for other programs in Chromium: axe in both languages, themes and widths, and the keyboard alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.delivery.services import hosts
from leadstone.domains.webhooks import services
from leadstone.domains.webhooks.rules import Attempt, EventKind
from leadstone.domains.webhooks.services import Occasion
from leadstone.infra.host import this_host
from tests.cast import MONDAY, staff
from tests.studio.rows import make_one_key
from tests.studio.test_browser import enter, problems
from tests.trials.conftest import begin, trial_magnet

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True)
class Studio:
    """A running studio with a key, an endpoint that is gone, what it was told, and a trial."""

    address: str
    context: BrowserContext
    user: User
    endpoint_id: int
    delivery_id: int
    magnet_id: int

    def look(self, *, language: str = "en", theme: str = "light", width: int = 1440) -> Page:
        User.objects.filter(pk=self.user.pk).update(language=language, theme=theme)
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        return page

    def paths(self) -> tuple[str, ...]:
        """Every screen, full and empty."""
        return (
            "/machines/",
            "/machines/webhooks",
            f"/machines/webhooks/{self.endpoint_id}",
            "/machines/deliveries",
            "/machines/deliveries?state=dead",
            "/machines/deliveries?state=dropped",
            f"/machines/deliveries/{self.delivery_id}",
            "/trials/",
            "/trials/?state=undone",
        )


@pytest.fixture
def studio(live_server: LiveServer, company: None, browser: Browser) -> Iterator[Studio]:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        user = staff("Ada", Role.ADMIN)
        make_one_key()
        endpoint_id = services.add_endpoint(
            name="App", url="https://app.example/" + "hooks/" * 30, events=list(EventKind), by=None, now=MONDAY
        )
        hosts.arrive(this_host(), now=MONDAY)
        services.queue([Occasion(kind=EventKind.TEST, key="test:1", at=MONDAY)], now=MONDAY)
        [delivery_id] = services.claim(worker="w", busy=(), limit=1, now=MONDAY)
        services.settle(delivery_id, Attempt(410), worker="w", now=MONDAY)
        magnet = trial_magnet()
        begin(magnet)
        context = browser.new_context(timezone_id="Europe/Warsaw", reduced_motion="reduce")
        enter(context, user, live_server.url)
        yield Studio(live_server.url, context, user, endpoint_id, delivery_id, magnet.magnet_id)
        context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_axe_finds_nothing_and_nothing_scrolls_sideways_at_either_width(studio: Studio, language: str, theme: str) -> None:
    page = studio.look(language=language, theme=theme)
    found: list[str] = []
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for path in studio.paths():
            answer = page.goto(studio.address + path)
            assert answer is not None
            assert answer.status == 200, path
            assert page.get_attribute("html", "lang") == language
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, path)
            found += problems(page)

    assert found == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_refusals_and_where_a_secret_is_shown(studio: Studio, theme: str) -> None:
    page = studio.look(theme=theme, width=390)
    found: list[str] = []
    for path in ("/machines/", "/machines/webhooks"):
        page.goto(studio.address + path)
        page.click("form.form button.primary")
        expect(page.locator(".error").first).to_be_visible()
        found += problems(page)
    page.goto(f"{studio.address}/machines/webhooks/{studio.endpoint_id}")
    page.get_by_role("button", name="Show the secret").click()
    expect(page.get_by_label("Secret")).to_have_value(re.compile("^whsec_"))
    found += problems(page)

    assert found == []


def test_by_keyboard_alone_a_key_is_made_revoked_and_brought_back(studio: Studio) -> None:
    page = studio.look()
    page.goto(f"{studio.address}/machines/")
    page.get_by_label("Name").focus()
    page.keyboard.type("Our app")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Key", exact=True)).to_have_value(re.compile("^lsk_"))
    page.get_by_role("link", name="Done").press("Enter")
    page.get_by_role("button", name="Revoke the key of Our app").press("Enter")
    expect(page.locator("[data-toast]")).to_contain_text("The key opens nothing any more.")
    page.get_by_role("button", name="Undo").first.press("Enter")

    expect(page.get_by_role("button", name="Revoke the key of Our app")).to_be_visible()


def test_without_scripts_an_address_is_refused_in_words_and_mended(studio: Studio, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    enter(context, studio.user, studio.address)
    page = context.new_page()
    page.goto(f"{studio.address}/machines/webhooks")
    page.get_by_label("Name").fill("Shop")
    page.get_by_label("Address").fill("http://shop.example/hooks")
    page.get_by_role("button", name="Add, and show the secret").click()
    expect(page.locator(".error")).to_contain_text("An address begins with https://")
    expect(page.get_by_label("Name")).to_have_value("Shop")
    page.get_by_label("Address").fill("https://shop.example/hooks")
    page.get_by_role("button", name="Add, and show the secret").click()

    expect(page.get_by_label("Secret")).to_have_value(re.compile("^whsec_"))
    context.close()
