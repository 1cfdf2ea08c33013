"""The editor of a quiz with eyes: on a desk and on a phone, in both languages and themes."""

import os
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer
from tests.browser import browser
from tests.magnets.conftest import MONDAY

from leadstone.domains.access.models import User
from leadstone.domains.magnets import services
from leadstone.project.demo.quiz import QUIZ

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("brand", "plain_static")]


@pytest.fixture
def plain_static(settings: Any) -> None:
    """The server of the tests finds assets by their plain names, not by those that carry a digest."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "pl"), (390, "dark", "en"), (390, "light", "pl")])
def test_axe_finds_nothing_in_the_editor_and_it_fits(
    browser: Browser, live_server: LiveServer, width: int, theme: str, language: str
) -> None:
    made = services.create_from_definition(QUIZ, slug="quiz", by=None, now=MONDAY)
    client = Client()
    client.force_login(User.objects.create(email="dora@example.com", name="Dora", role="marketer", language=language))
    shown = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark" if theme == "dark" else "light")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    shown.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = shown.new_page()

    page.goto(f"{live_server.url}/magnets/{made.pk}/")

    if folder := os.environ.get("LEADSTONE_PICTURES"):
        page.screenshot(path=f"{folder}/quiz-{width}-{theme}-{language}.png", full_page=True)
    found = Axe().run(page, options={"exclude": [["iframe"]]}).response["violations"]
    assert [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown.close()
