"""Members of staff are reminded of what they planned: once, by the one gate, and nobody else is."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.activities import services
from leadstone.domains.activities.models import Activity
from leadstone.domains.activities.rules import About, ActivityKind, Outcome
from leadstone.domains.activities.services import Plan
from leadstone.domains.delivery.models import Message
from leadstone.domains.delivery.rules import State
from leadstone.flows.reminders_sent import send_reminders
from tests.cast import staff
from tests.worker.conftest import MONDAY, House

STUDIO_URL = "https://studio.warm.example"
AT_TEN = MONDAY + timedelta(hours=1)

Planned = Callable[..., int]


@pytest.fixture
def erik(house: House) -> User:
    user = staff("Erik", Role.REP)
    User.objects.filter(pk=user.pk).update(language="pl", time_zone="Europe/Warsaw")
    return user


@pytest.fixture
def planned(erik: User) -> Planned:
    """A call at ten (UTC), with a reminder a quarter of an hour before."""

    def plan(*, title: str = "Ring Ann Nowak", remind_at: datetime = AT_TEN - timedelta(minutes=15)) -> int:
        told = Plan(kind=ActivityKind.CALL, about=About(), owner_id=erik.pk, title=title, due_at=AT_TEN, remind_at=remind_at)
        return services.plan(told, by=erik.pk, now=MONDAY)

    return plan


def test_a_reminder_reaches_its_owner_in_their_language_and_time_and_names_nobody(house: House, planned: Planned) -> None:
    activity_id = planned()
    house.work(MONDAY, studio_url=STUDIO_URL)
    assert house.mails() == []

    house.work(AT_TEN - timedelta(minutes=15), studio_url=STUDIO_URL)

    (mail,) = house.mails()
    assert "erik@leadstone.example" in mail.envelope.to
    assert mail.envelope.subject == "Przypomnienie o rozmowie: poniedziałek, 2 marca, 11:00"
    assert f"{STUDIO_URL}/activities/{activity_id}" in mail.text
    assert "Ann" not in mail.text + mail.html + mail.envelope.subject


def test_it_is_sent_once_however_often_the_worker_looks(house: House, planned: Planned) -> None:
    planned()
    for minutes in range(3):
        house.work(AT_TEN + timedelta(minutes=minutes), studio_url=STUDIO_URL)

    assert len(house.mails()) == 1


def test_several_workers_share_the_reminders_and_send_each_once(house: House, planned: Planned) -> None:
    for number in range(12):
        planned(title=f"Call {number}")
    sent: list[int] = []

    def work() -> None:
        try:
            sent.append(send_reminders(now=AT_TEN))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(sent) == 12
    assert Message.objects.filter(kind="reminder").count() == 12


@pytest.mark.parametrize("end", ["done", "taken back"])
def test_nobody_is_reminded_of_what_is_over(house: House, planned: Planned, end: str) -> None:
    activity_id = planned()
    if end == "done":
        services.finish(activity_id=activity_id, outcome=Outcome.CANCELLED, now=MONDAY)
    else:
        services.take_back(activity_id=activity_id, now=MONDAY)
    house.work(AT_TEN, studio_url=STUDIO_URL)

    assert house.mails() == []


def test_what_is_put_off_reminds_again(house: House, planned: Planned) -> None:
    activity_id = planned()
    house.work(AT_TEN, studio_url=STUDIO_URL)
    services.postpone(activity_id=activity_id, until=AT_TEN + timedelta(days=1), now=AT_TEN)
    house.work(AT_TEN + timedelta(days=1), studio_url=STUDIO_URL)

    assert len(house.mails()) == 2


def test_who_left_the_company_gets_nothing_that_was_queued_before(house: House, planned: Planned, erik: User) -> None:
    planned()
    send_reminders(now=AT_TEN)
    User.objects.filter(pk=erik.pk).update(is_active=False)
    house.work(AT_TEN, studio_url=STUDIO_URL)

    assert house.mails() == []
    assert Message.objects.get(kind="reminder").state == State.EXCLUDED


def test_the_gate_lets_no_reminder_out_to_anybody_but_staff(house: House, planned: Planned) -> None:
    planned()
    send_reminders(now=AT_TEN)
    Message.objects.update(to_address="mallory@mailinator.com")
    house.work(AT_TEN, studio_url=STUDIO_URL)

    assert house.mails() == []
    assert Message.objects.values_list("state", "because").get() == (State.EXCLUDED, "not_staff")


def test_reminders_do_not_use_up_what_visitors_may_get(house: House, planned: Planned) -> None:
    for number in range(6):
        planned(title=f"Call {number}")
    house.work(AT_TEN, studio_url=STUDIO_URL)

    assert len(house.mails()) == 6
    assert not Message.objects.filter(to_unproven=True).exists()
    assert Activity.objects.filter(reminded_at=None).count() == 0
