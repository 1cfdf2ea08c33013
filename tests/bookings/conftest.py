"""A house that gives consultations: Emil and Gosia see people on weekdays from nine to four."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from leadstone.domains.access.models import User
from leadstone.domains.bookings.models import Host
from leadstone.domains.bookings.rules.wall import OFFICE_HOURS, stored
from leadstone.domains.magnets import services as magnets
from leadstone.infra.blobs.store import BlobStore
from leadstone.wire.definition import AskedField, Channel, FieldKey, MagnetDefinition, NextStep
from tests.cast import definition
from tests.portal.test_my import Visitor, visitor
from tests.worker.conftest import MONDAY, House, house

__all__ = ["house", "visitor"]

NINE_ON_WEDNESDAY = datetime(2026, 3, 4, 8, 0, tzinfo=UTC)  # in Warsaw; MONDAY is the 2nd, at ten there
SLUG = "consultation"
SETTINGS: dict[str, Any] = {
    "minutes": 30,
    "every_minutes": 30,
    "notice_hours": 24,
    "days_ahead": 14,
    "place": "video",
    "where": "https://rooms.example/warm",
    "prepare": "Have your bills at hand.",
}


def consultation(**settings: Any) -> MagnetDefinition:
    contract = msgspec.structs.replace(
        definition().contract,
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="For the invitation.", required=True),
            AskedField(key=FieldKey.NAME, reason="To greet you."),
        ),
        next_steps=(
            *definition().contract.next_steps,
            NextStep(channel=Channel.EMAIL, text="The invitation, and reminders by mail before we meet."),
            NextStep(channel=Channel.EMAIL, text="A week after it, one question.", asks_after_days=7),
        ),
    )
    return definition(
        contract=contract,
        kind="consultation",
        title="Half an hour with an engineer",
        promise="You describe your house, and hear what we would do.",
        button="Choose a time",
        asset=None,
        settings=SETTINGS | settings,
    )


def host(email: str, name: str, **changes: Any) -> Host:
    user = User.objects.create(email=email, name=name, role="rep", language="en", time_zone="Europe/Warsaw")
    given = {"zone": "Europe/Warsaw", "hours": stored(OFFICE_HOURS)} | changes
    return Host.objects.create(user=user, **given)


def publish(house: House, **settings: Any) -> int:
    made = magnets.create_from_definition(consultation(**settings), slug=SLUG, by=None, now=MONDAY)
    version = magnets.publish_version(magnet_id=made.pk, slug=SLUG, blobs=BlobStore(house.folder.blobs), by=None, now=MONDAY)
    assert version.version_id is not None, version.gaps
    house.work()
    return version.version_id


@pytest.fixture
def emil(house: House) -> Host:
    return host("emil@warm.example", "Emil Nowak")


@pytest.fixture
def gosia(house: House) -> Host:
    return host("gosia@warm.example", "Gosia Lis")


@pytest.fixture
def offered(house: House, emil: Host) -> int:
    """The consultation, published; its version."""
    return publish(house)


@dataclass
class Booker:
    """Somebody who books on the pages, without JavaScript."""

    visitor: Visitor

    def token(self, at: str = "2026-03-04T08:00Z") -> str:
        _, page = self.visitor.get(f"/book/{SLUG}/form?at={at}")
        found = re.search(r'name="token" value="([^"]+)"', page)
        assert found is not None, page
        return found[1]

    def send(
        self, *, at: str = "2026-03-04T08:00Z", email: str = "ann@home.example", token: str = "", **more: str
    ) -> tuple[int, str]:
        data = {"email": email, "token": token or self.token(at), **more}
        return self.visitor.post(f"/book/{SLUG}/form?at={at}&zone=Europe/Warsaw", data)


@pytest.fixture
def booker(offered: int, visitor: Visitor) -> Booker:
    return Booker(visitor)
