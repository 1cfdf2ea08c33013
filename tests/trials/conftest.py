"""A published trial of the company's app, and somebody who tries it."""

from datetime import datetime, timedelta

import pytest

from leadstone.domains.delivery.services import hosts
from leadstone.domains.webhooks import services as webhooks
from leadstone.domains.webhooks.models import Endpoint
from leadstone.flows.reactions import REACTIONS
from leadstone.infra.host import this_host
from leadstone.infra.outbox import services as outbox
from tests.cast import MONDAY, Guide, Visitor, ask, confirm, published

AT_END = "After 14 days your access ends by itself."


def react(now: datetime) -> None:
    """Let the outbox run until it is empty."""
    while outbox.react(REACTIONS, now=now):
        continue


def trial_magnet(slug: str = "app", **settings: object) -> Guide:
    told = {"days": 14, "remind_days": 3, "at_end": AT_END, "start_url": "https://app.example/start?plan=try"} | settings
    return published(slug, kind="trial", title="Energy app", asset=None, settings=told)


def begin(magnet: Guide, email: str = "ann@zaklad.example.com", *, now: datetime = MONDAY) -> Visitor:
    """Somebody asks, and proves the mailbox."""
    who = ask(magnet, email, now=now)
    confirm(who, now=now + timedelta(minutes=2))
    react(now + timedelta(minutes=2))
    return who


@pytest.fixture
def app(db: None) -> Guide:
    return trial_magnet()


@pytest.fixture
def endpoint(db: None) -> Endpoint:
    """A system that opens accounts."""
    hosts.arrive(this_host(), now=MONDAY)
    endpoint_id = webhooks.add_endpoint(name="App", url="https://app.example/hooks", events=[], by=None, now=MONDAY)
    return Endpoint.objects.get(pk=endpoint_id)
