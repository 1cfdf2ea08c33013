"""Dora's browser: a marketer, signed in, on any screen of a studio whose brand is set up."""

from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from django.conf import settings as installed
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.brand.models import Brand
from tests.cast import MONDAY

Theme = Literal["light", "dark"]
Open = Callable[..., Page]


@pytest.fixture
def plain_static(settings: Any) -> None:
    """The server of the tests finds assets by their plain names, not by those that carry a digest."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def open_studio(browser: Browser, plain_static: None, live_server: LiveServer, transactional_db: None) -> Iterator[Open]:
    """Opens the marketer's browser, signed in, on an address of the studio."""
    Brand.objects.create(
        pk=1,
        company="Ciepło Polskie",
        language="pl",
        sender_email="guides@cieplo.example",
        postal_address="ul. Prosta 1, 00-001 Warszawa",
        set_up_at=MONDAY,
    )
    user = User.objects.create(email="dora@example.com", name="Dora Maj", role="marketer", language="en")
    contexts = []

    def open_at(address: str, *, language: str = "en", theme: Theme = "light", width: int = 1440, scripts: bool = True) -> Page:
        User.objects.filter(pk=user.pk).update(language=language)
        client = Client()
        client.force_login(user)
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, java_script_enabled=scripts, reduced_motion="reduce"
        )
        contexts.append(context)
        session = client.cookies[installed.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": installed.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(live_server.url + address)
        return page

    yield open_at
    for context in contexts:
        context.close()
