"""A door of each provider, and what its provider sends."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from leadstone.api import inbound
from leadstone.api.limits import Limiter
from leadstone.domains.inbound.models import Door
from leadstone.domains.inbound.rules import Knock, Provider, ProviderName
from leadstone.domains.inbound.services import doors
from leadstone.domains.inbound.services.doors import Wish
from leadstone.flows.handed_over import take_in_due
from leadstone.infra.outbound import Outbound
from leadstone.project.providers import PROVIDERS
from tests.cast import MONDAY

HOST = {"host": "127.0.0.1"}


@dataclass
class Stand:
    """A door as its provider knows it."""

    door: Door
    secret: str

    @property
    def address(self) -> str:
        return f"/api/in/{self.door.key}"

    @property
    def provider(self) -> Provider:
        return PROVIDERS[ProviderName(self.door.provider)]

    def sample(self, provider_id: str = "4711") -> Knock:
        return self.provider.sample(secret=self.secret, provider_id=provider_id, now=timezone.now())

    def send(self, knock: Knock) -> HttpResponse:
        headers = HOST | dict(knock.headers)
        answer: HttpResponse = Client(headers=headers).post(self.address, knock.body, content_type="application/json")  # type: ignore[assignment]  # the test client's own kind of answer
        return answer

    def hand_over(self, provider_id: str = "4711") -> HttpResponse:
        return self.send(self.sample(provider_id))


Opened = Callable[..., Stand]


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbound, "limiter", Limiter(a_minute=600, burst=120))


@pytest.fixture
def opened(db: None) -> Opened:
    def door(provider: ProviderName = ProviderName.GENERIC, **wish: object) -> Stand:
        wanted = Wish(**({"provider": provider, "name": "Ogrzewanie", "language": "pl", "basis": "asked_us"} | wish))  # type: ignore[arg-type]  # the keys are those of a wish
        made = doors.make_door(wanted, by=None, now=MONDAY)
        return Stand(Door.objects.get(pk=made.door_id), made.secret)

    return door


def work(outbound: Outbound | None = None) -> None:
    """The worker's turn."""
    while take_in_due(PROVIDERS, outbound, now=timezone.now()):
        pass
