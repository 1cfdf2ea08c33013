"""The studio at its door: a set-up company, a browser of each member of staff."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.brand.services import set_up_brand
from tests.cast import MONDAY, staff

HOST = {"host": "127.0.0.1"}
PASSWORD = "a sentence nobody guesses"

Browser = Callable[[Role], Client]


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def company(db: None) -> None:
    """Somebody has set the installation up."""
    set_up_brand(
        company="Ciepło Polskie",
        language="pl",
        sender_email="biuro@cieplo.example",
        postal_address="ul. Prosta 1, 00-001 Warszawa",
        now=MONDAY,
    )


@pytest.fixture
def browser_of(company: None) -> Browser:
    """A signed-in browser for a role."""

    def browser(role: Role) -> Client:
        client = Client(headers=HOST)
        client.force_login(User.objects.filter(role=role.value).first() or staff(role.value.title(), role))
        return client

    return browser


@pytest.fixture
def admin(browser_of: Browser) -> Client:
    return browser_of(Role.ADMIN)


@pytest.fixture
def stranger(company: None) -> Client:
    """A browser that is not signed in."""
    return Client(headers=HOST)


def token_in(page: str) -> str:
    """The CSRF token that a form of the page carries."""
    found = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return found[1]
