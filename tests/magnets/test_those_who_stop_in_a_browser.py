"""The editor of what the law protects, and the figures of those who stop half way, with eyes: on a desk and on a phone."""

import os
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import browser
from tests.cast import Guide, published
from tests.magnets.keeping import keeping
from tests.magnets.test_quiz_editor_in_a_browser import plain_static

from leadstone.domains.access.models import User
from leadstone.domains.tracking.services import Stopped, keep_stopped

__all__ = ["browser", "plain_static"]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("brand", "plain_static")]


def stopped() -> Guide:
    """The quiz, published, with two dozen people who stopped half way today."""
    definition = keeping()
    told = ("kind", "language", "title", "settings", "contract")
    quiz = published("quiz", **{name: getattr(definition, name) for name in told})
    today = datetime.now(UTC).date()
    ways = [{"stage": "new", "walls": "walls roof"}, {"stage": "old"}, {"stage": "old", "walls": "windows", "warm": "4"}]
    keep_stopped(
        [Stopped(run=f"{n:016x}", version_id=quiz.version_id, day=today, answers=ways[n % len(ways)]) for n in range(24)]
    )
    return quiz


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "pl"), (390, "dark", "en")])
def test_what_those_chose_who_stopped_is_read_at_a_glance(
    browser: Browser, live_server: LiveServer, width: int, theme: str, language: str
) -> None:
    quiz = stopped()
    client = Client()
    client.force_login(User.objects.create(email="dora@example.com", name="Dora", role="marketer", language=language))
    shown = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark" if theme == "dark" else "light")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    shown.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = shown.new_page()

    page.goto(f"{live_server.url}/magnets/{quiz.magnet_id}/questions")

    expect(page.locator(".stopped-answers").first).to_be_visible()
    if folder := os.environ.get("LEADSTONE_PICTURES"):
        page.screenshot(path=f"{folder}/stopped-{width}-{theme}-{language}.png", full_page=True)
    found = Axe().run(page).response["violations"]
    assert [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown.close()
