"""The first screen: whoever deserves an answer first, what is broken, what misleads."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.delivery.models import Message
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.rules import Rating
from leadstone.domains.grants.services import Rated
from leadstone.domains.leads import services as leads
from leadstone.domains.leads.rules import Because
from leadstone.wire.definition import IncentiveClass
from tests.cast import MONDAY, Guide, Visitor, ask, confirm, published
from tests.studio.conftest import Browser


def first_screen(client: Client) -> str:
    return client.get("/").content.decode()


def test_an_empty_house_says_how_to_begin(admin: Client) -> None:
    assert "Begin with something useful" in first_screen(admin)


def first_of(page: str) -> str:
    """The card that opens the day."""
    return page.split('<article class="card person', 1)[1].split("</article>", 1)[0]


def after_this(page: str) -> str:
    return page.split('id="after-this"', 1)[1].split("</section>", 1)[0]


def undo(client: Client, page: str) -> str:
    """Press the undo of the toast."""
    path = page.split("data-toast")[1].split('action="', 1)[1].split('"', 1)[0]
    return client.post(path, follow=True).content.decode()


@pytest.fixture
def ann(guide: Guide) -> Visitor:
    """Ann asked something and proved her mailbox: somebody whom one may answer."""
    who = ask(guide, "ann@zaklad.example.com", name="Ann Nowak", phone="+48 601 234 567", question="How loud is it?")
    confirm(who)
    return who


@pytest.fixture
def jan(guide: Guide) -> Visitor:
    """Jan asked something later."""
    who = ask(guide, "jan@example.org", name="Jan", question="Is 16 kW too much?", now=MONDAY + timedelta(hours=1))
    confirm(who, now=MONDAY + timedelta(hours=2))
    return who


@pytest.fixture
def cleo(guide: Guide) -> Visitor:
    """Cleo proved her mailbox, allowed nothing, and asked nothing."""
    who = ask(guide, "cleo@example.org", name="Cleo Quiet")
    confirm(who)
    return who


def test_whoever_may_not_be_reached_opens_no_day_and_is_folded_into_one_line(
    admin: Client, cleo: Visitor, bob: Visitor, jan: Visitor
) -> None:
    page = first_screen(admin)

    assert "Jan" in first_of(page)
    assert "1 of 1, about" in page
    assert "2 people may not be called or written to" in page
    assert f'href="/leads/{cleo.lead_id}">Cleo Quiet</a>' in page


def test_whoever_gave_no_name_stands_in_the_queue_by_their_address(admin: Client, ann: Visitor, guide: Guide) -> None:
    confirm(ask(guide, "who@example.org", question="Is it worth it?", now=MONDAY + timedelta(hours=2)))

    assert "<b>who@example.org</b>" in after_this(first_screen(admin))


def test_a_day_of_people_whom_nobody_may_reach_is_no_work(admin: Client, cleo: Visitor) -> None:
    page = first_screen(admin)

    assert "card person" not in page
    assert "1 person may not be called or written to" in page


def test_the_better_lead_opens_the_day_and_the_other_stands_in_the_queue_with_its_reason(
    admin: Client, ann: Visitor, guide: Guide
) -> None:
    prize = published("prize", incentive=IncentiveClass.PRIZE)
    confirm(ask(prize, "late@example.com", name="Later", question="When do I win?", now=MONDAY + timedelta(hours=2)))

    page = first_screen(admin)

    assert "Ann Nowak" in first_of(page)
    assert "Later" not in first_of(page)
    assert "Later" in after_this(page)
    assert "new, something is weak" in after_this(page)
    assert "1 of 2, about" in page


def test_putting_somebody_off_brings_the_next_one_and_undo_brings_them_back(admin: Client, ann: Visitor, jan: Visitor) -> None:
    answer = admin.post(f"/today/{ann.lead_id}/later", follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [("/", 302)]
    assert "Jan" in first_of(page)
    assert "Ann Nowak" not in page

    assert "Ann Nowak" in first_of(undo(admin, page))


def test_what_one_puts_off_stays_in_everybody_elses_day(browser_of: Browser, ann: Visitor) -> None:
    browser_of(Role.REP).post(f"/today/{ann.lead_id}/later")

    assert "Everybody has an answer" in first_screen(browser_of(Role.REP))
    assert "Ann Nowak" in first_of(first_screen(browser_of(Role.MANAGER)))


def test_a_call_brings_the_next_one(admin: Client, ann: Visitor, jan: Visitor) -> None:
    answer = admin.post(f"/activities/call/{ann.lead_id}", {"outcome": "reached", "note": "", "next": "/"}, follow=True)

    assert "Jan" in first_of(answer.content.decode())


def test_the_card_says_mail_first_and_shows_no_digit_where_a_call_is_not_allowed(admin: Client, ann: Visitor) -> None:
    page = first_screen(admin)

    assert "No call" in first_of(page)
    assert "601" not in page
    assert "tel:" not in page


def test_the_sentence_opens_with_the_question_that_was_asked(admin: Client, guide: Guide) -> None:
    who = ask(guide, "jan@example.org", name="Jan", question="How loud is it?")
    confirm(who)

    card = first_of(first_screen(admin))

    assert "You asked us: “How loud is it?” May I answer that first?" in card
    assert "Answer the question" in card


def test_the_sentence_is_in_the_language_of_the_person(admin: Client) -> None:
    who = ask(published("ogrzewanie", language="pl"), "ola@example.org", name="Ola", language="pl", question="Czy to hałasuje?")
    confirm(who)

    card = first_of(first_screen(admin))

    assert '<p lang="pl">Zapytano nas: „Czy to hałasuje?”' in card
    assert "Answer the question" in card


def test_a_question_is_answered_from_the_card_and_the_answer_is_taken_back(admin: Client, guide: Guide) -> None:
    who = ask(guide, "jan@example.org", name="Jan", question="How loud is it?")
    confirm(who)

    told = {"subject": "Your question", "text": "As loud as a fridge.", "next": "/"}
    page = admin.post(f"/today/{who.lead_id}/write", told, follow=True).content.decode()
    assert "It leaves in a moment" in page
    assert "Everybody has an answer" in page

    assert "Jan" in first_of(undo(admin, page))


def test_nobody_is_written_to_from_the_card_who_did_not_allow_it(admin: Client, cleo: Visitor) -> None:
    page = admin.post(f"/today/{cleo.lead_id}/write", {"subject": "Hello", "text": "Buy!", "next": "/"}, follow=True)

    assert "They never agreed to offers by e-mail" in page.content.decode()
    assert not Message.objects.filter(kind="personal").exists()


def test_an_empty_mail_is_said_beside_the_field_and_keeps_what_was_typed(admin: Client, guide: Guide) -> None:
    who = ask(guide, "jan@example.org", name="Jan", question="How loud is it?")
    confirm(who)

    answer = admin.post(f"/today/{who.lead_id}/write", {"subject": "Your question", "text": " ", "next": "/"})

    assert answer.status_code == 422
    assert 'value="Your question"' in answer.content.decode()


def test_a_lead_that_comes_back_today_is_in_the_day_again(browser_of: Browser, ann: Visitor) -> None:
    client = browser_of(Role.REP)
    rep = User.objects.get(role=Role.REP.value)
    leads.assign_owner(lead_id=ann.lead_id, owner_id=rep.pk)
    now = datetime.now(UTC)
    leads.put_back(
        lead_id=ann.lead_id,
        on=now.date(),
        because=Because.NOT_NOW,
        note="",
        by=rep.pk,
        today=now.date() - timedelta(days=30),
        now=now - timedelta(days=30),
    )

    assert "put back until today" in first_of(first_screen(client)).lower()


def test_the_privacy_officer_sees_no_queue_and_changes_nothing(browser_of: Browser, ann: Visitor) -> None:
    fay = browser_of(Role.PRIVACY_OFFICER)

    assert "card person" not in first_screen(fay)
    assert fay.post(f"/today/{ann.lead_id}/later").status_code == 403
    assert fay.post(f"/today/{ann.lead_id}/write", {"subject": "x", "text": "y"}).status_code == 403


def test_the_day_is_drawn_in_the_same_number_of_queries_however_long_it_is(
    admin: Client, guide: Guide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ask(guide, "first@example.org", name="First")
    first_screen(admin)
    with CaptureQueriesContext(connection) as short:
        first_screen(admin)
    for number in range(25):
        ask(guide, f"w{number}@example.org", name=f"W{number}")

    with django_assert_max_num_queries(len(short) + 3):
        first_screen(admin)


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
        grants.rate({who.grant_key: Rated(Rating.NO if number % 3 == 0 else Rating.YES, now)})
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
        grants.rate({who.grant_key: Rated(Rating.NO, now)})

    assert "promise was not kept (" not in first_screen(browser_of(Role.MARKETER))
