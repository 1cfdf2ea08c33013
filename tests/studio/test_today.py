"""The first screen: whoever deserves an answer first, what is broken, what misleads."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from leadstone.domains.access.rules import Role
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.rules import Rating
from leadstone.wire.definition import IncentiveClass
from tests.cast import MONDAY, Guide, Visitor, ask, confirm, published
from tests.studio.conftest import Browser


def first_screen(client: Client) -> str:
    return client.get("/").content.decode()


def test_an_empty_house_says_how_to_begin(admin: Client) -> None:
    assert "Begin with something useful" in first_screen(admin)


def test_the_better_lead_opens_the_day(admin: Client, ann: Visitor, guide: Guide) -> None:
    later = ask(
        published("prize", incentive=IncentiveClass.PRIZE), "late@example.com", name="Later", now=MONDAY + timedelta(hours=2)
    )

    page = first_screen(admin)

    assert page.index("Ann Nowak") < page.index("Later")
    assert f'action="/leads/{ann.lead_id}/move"' in page
    assert f'action="/leads/{later.lead_id}/move"' not in page


def test_taking_somebody_up_brings_the_next_one(admin: Client, ann: Visitor, bob: Visitor) -> None:
    answer = admin.post(f"/leads/{ann.lead_id}/move", {"to": "working", "next": "today"}, follow=True)

    assert answer.redirect_chain == [("/", 302)]
    assert f'action="/leads/{bob.lead_id}/move"' in answer.content.decode()


def test_when_everybody_has_an_answer_it_says_so(admin: Client, ann: Visitor) -> None:
    admin.post(f"/leads/{ann.lead_id}/move", {"to": "working"})

    assert "Everybody has an answer" in first_screen(admin)


def test_a_broken_promise_is_an_alarm(admin: Client, bob: Visitor) -> None:
    assert "promise was broken" not in first_screen(admin)

    grants.mark_failed(grant_id=bob.grant_id, because="mailbox_unknown", now=MONDAY)

    assert "1 promise was broken" in first_screen(admin)


@pytest.fixture
def misleading(company: None) -> Guide:
    """Sixty answers, a third of which say that the promise was not kept."""
    now = datetime.now(UTC) - timedelta(days=2)
    guide = published("triple", title="Triple your savings", at=now)
    for number in range(60):
        who = ask(guide, f"w{number}@example.com", now=now)
        confirm(who, now=now)
        grants.rate({who.grant_key: (Rating.NO if number % 3 == 0 else Rating.YES, now)})
    return guide


def test_the_dishonest_magnet_is_pointed_at_with_the_size_of_the_sample(browser_of: Browser, misleading: Guide) -> None:
    page = first_screen(browser_of(Role.MARKETER))

    assert "1 in 3 said the promise was not kept (60 answers)" in page
    assert f"/results/{misleading.magnet_id}" in page


def test_two_bad_answers_point_at_nobody(browser_of: Browser, guide: Guide) -> None:
    now = datetime.now(UTC) - timedelta(days=2)
    for number in range(2):
        who = ask(guide, f"w{number}@example.com", now=now)
        confirm(who, now=now)
        grants.rate({who.grant_key: (Rating.NO, now)})

    assert "promise was not kept (" not in first_screen(browser_of(Role.MARKETER))
