"""A program with a key, at the machine door."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from leadstone.api import door
from leadstone.api.limits import Limiter
from leadstone.domains.access.rules import KeyReach, Scope
from leadstone.domains.brand.services import set_up_brand
from leadstone.flows.keys_changed import make_key
from tests.cast import MONDAY

HOST = {"host": "127.0.0.1"}

Program = Callable[..., Client]


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "limiter", Limiter())


@pytest.fixture
def company(db: None) -> None:
    set_up_brand(
        company="Ciepło Polskie",
        language="pl",
        sender_email="biuro@cieplo.example",
        postal_address="ul. Prosta 1, 00-001 Warszawa",
        now=MONDAY,
    )


@pytest.fixture
def program(company: None) -> Program:
    """A program whose key has these scopes."""

    def with_key(*scopes: Scope, team_id: int | None = None, **made: Any) -> Client:
        reach = KeyReach.TEAM if team_id else KeyReach.ALL
        told = {"name": "Shop", "expires_at": None, "by": None, "now": MONDAY} | made
        secret = make_key(scopes=scopes, reach=reach, team_id=team_id, **told)
        return Client(headers=HOST | {"authorization": f"Bearer {secret}"})

    return with_key
