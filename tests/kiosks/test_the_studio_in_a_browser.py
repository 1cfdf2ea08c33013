"""The screens for kiosks in Chromium: axe in both languages, themes and widths, full, empty, refused, and with a link."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.kiosks.models import Kiosk
from leadstone.flows.kiosks_changed import revoke_kiosk
from tests.cast import published, staff
from tests.kiosks.stand import fair, paired
from tests.studio.conftest import company
from tests.studio.test_browser import enter, problems

__all__ = ["company"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = os.environ.get("LEADSTONE_TEST_PICTURES", "")  # a folder, for whoever wants to look


@dataclass(frozen=True)
class Studio:
    """A running studio with a device that collects, one that was revoked and still sent, and one whose link waits."""

    address: str
    context: BrowserContext
    user: User
    kiosk_ids: list[int]


@pytest.fixture
def studio(live_server: LiveServer, company: None, browser: Browser) -> Iterator[Studio]:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        user, now = staff("Ada", Role.ADMIN), timezone.now()
        guide = published("heating")
        for name, revoked in (("Tablet at the door", False), ("Phone that was lost on the way home from Poznań", True)):
            device = paired(guide, user, campaign=fair(name=f"{name[:6]} fair"), now=now - timedelta(hours=5))
            visit = device.visit(guide, f"{device.key.lower()}@example.com", at=now - timedelta(hours=4))
            device.hands_over(visit, device.rating(visit.key, at=now, rating="hot"), at=now - timedelta(hours=3), waiting=12)
            row = Kiosk.objects.get(key=device.key)
            Kiosk.objects.filter(pk=row.pk).update(name=name)
            if revoked:
                revoke_kiosk(row.pk, by=user.pk, now=now - timedelta(hours=2))
                late = device.visit(guide, "late@example.com", at=now - timedelta(hours=4))
                device.hands_over(late, device.sealed({"kind": "party"}), at=now)
        context = browser.new_context(timezone_id="Europe/Warsaw", reduced_motion="reduce")
        enter(context, user, live_server.url)
        yield Studio(live_server.url, context, user, list(Kiosk.objects.order_by("pk").values_list("pk", flat=True)))
        context.close()


def look(page: Page, name: str) -> list[str]:
    """What axe finds; nothing may scroll sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/studio-{name}.png", full_page=True)
    return problems(page)


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("pl", "dark")])
def test_every_screen_can_be_read_by_everybody(studio: Studio, language: str, theme: str) -> None:
    User.objects.filter(pk=studio.user.pk).update(language=language, theme=theme)
    page = studio.context.new_page()
    found: list[str] = []
    paths = ("", "?revoked=all", "?q=nobody", "?revoked=yes&q=", "new", *map(str, studio.kiosk_ids))
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for number, path in enumerate(paths):
            answer = page.goto(f"{studio.address}/kiosks/{path}")
            assert answer is not None
            assert answer.status == 200, path
            assert page.get_attribute("html", "lang") == language
            found += look(page, f"{language}-{theme}-{width}-{number}")
    page.goto(f"{studio.address}/kiosks/new")
    page.locator("form.form button.primary").click()
    expect(page.locator(".error").first).to_be_visible()
    found += look(page, f"{language}-{theme}-refused")
    page.locator("input[name=name]").fill("Counter")
    page.locator("form.form button.primary").click()
    expect(page.locator(".pairing svg.qr")).to_be_visible()
    assert "#pair=" in page.locator("#address").input_value()
    page.set_viewport_size({"width": 390, "height": 900})
    found += look(page, f"{language}-{theme}-link")

    assert found == []
