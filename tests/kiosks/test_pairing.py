"""A link pairs one device, once, and no other."""

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory

from leadstone.domains.access.models import User
from leadstone.domains.kiosks import services as kiosks
from leadstone.domains.kiosks.models import Kiosk
from leadstone.domains.kiosks.rules import PAIRING_LASTS, Standing, standing_of
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.portal import kiosk as portal
from tests.cast import MONDAY, Guide
from tests.kiosks.stand import Device

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(guide: Guide, emil: User) -> str:
    wish = kiosks.Wish(name="Tablet", magnet_id=guide.magnet_id, campaign_id=None, language="en", collector_id=emil.pk)
    return kiosks.make_kiosk(wish, now=MONDAY).secret


def test_the_first_device_gets_the_link_and_may_ask_again(secret: str) -> None:
    first, second = Device(""), Device("")

    key = kiosks.pair(secret, public_key=first.public_key, now=MONDAY)

    assert key
    assert kiosks.pair(secret, public_key=second.public_key, now=MONDAY) is None
    assert kiosks.pair(secret, public_key=first.public_key, now=MONDAY) == key
    assert Kiosk.objects.get().public_key == first.public_key
    assert RecordedEvent.objects.filter(kind="KiosksChanged").count() == 1


def test_a_link_works_for_fifteen_minutes(secret: str) -> None:
    device = Device("")

    assert kiosks.pair(secret, public_key=device.public_key, now=MONDAY + PAIRING_LASTS) is None
    assert kiosks.pair(secret, public_key=device.public_key, now=MONDAY + PAIRING_LASTS - timedelta(seconds=1))


def test_a_link_of_a_device_that_was_revoked_opens_nothing(secret: str, emil: User) -> None:
    kiosks.revoke(Kiosk.objects.get().pk, by=emil.pk, now=MONDAY)

    assert kiosks.pair(secret, public_key=Device("").public_key, now=MONDAY) is None


def test_the_secret_is_kept_nowhere(secret: str) -> None:
    assert secret not in json.dumps(list(Kiosk.objects.values()), default=str)


def asked(body: object, *, origin: str = "") -> HttpRequest:
    headers = {"origin": origin or settings.ENVIRONMENT.public_url}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = RequestFactory(headers=headers).post("/kiosk/pair", content, content_type="application/json")
    request.META["leadstone.now"] = MONDAY
    return request


def test_a_device_introduces_itself_at_the_portal(secret: str) -> None:
    answer = portal.pair(asked({"secret": secret, "public_key": Device("").public_key}))

    assert json.loads(answer.content) == {"device": Kiosk.objects.get().key}
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "because"),
    [
        ({"secret": "x" * 30, "public_key": Device("").public_key}, "dead"),
        ({"secret": "x" * 30, "public_key": "04" + "00" * 64}, "unreadable"),
        ({"secret": "x" * 30, "public_key": "zz"}, "unreadable"),
        ({"secret": "x" * 100, "public_key": Device("").public_key}, "unreadable"),
        (["no", "object"], "unreadable"),
        (b"\xff\x00", "unreadable"),
    ],
)
def test_what_is_no_introduction_is_told_so(secret: str, body: object, because: str) -> None:
    assert json.loads(portal.pair(asked(body)).content) == {"because": because}
    assert not Kiosk.objects.exclude(public_key="").exists()


def test_a_page_of_a_stranger_cannot_introduce_anything(secret: str) -> None:
    answer = portal.pair(asked({"secret": secret, "public_key": Device("").public_key}, origin="https://mallory.example"))

    assert answer.status_code == 403
    assert portal.pair(RequestFactory().get("/kiosk/pair")).status_code == 405


def test_how_a_device_stands_is_told_by_what_it_did_last() -> None:
    def stands(*, seen_ago: int | None = None, paired: bool = True, revoked: bool = False) -> Standing:
        return standing_of(
            paired_at=MONDAY if paired else None,
            pairing_until=MONDAY + PAIRING_LASTS,
            seen_at=MONDAY - timedelta(minutes=seen_ago) if seen_ago is not None else None,
            revoked_at=MONDAY if revoked else None,
            now=MONDAY,
        )

    assert stands(seen_ago=1) is Standing.AWAKE
    assert stands(seen_ago=60) is Standing.QUIET
    assert stands(paired=False) is Standing.UNPAIRED
    assert stands(seen_ago=1, revoked=True) is Standing.REVOKED
