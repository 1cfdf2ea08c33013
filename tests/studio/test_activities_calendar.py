"""The calendar of a member of staff, as a calendar program reads it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar, Event

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.activities import services
from leadstone.domains.activities.models import Activity
from leadstone.domains.activities.rules import About, ActivityKind, Outcome
from leadstone.domains.activities.services import Plan
from leadstone.infra.stored_tokens.models import StoredToken
from tests.cast import Visitor, staff
from tests.studio.conftest import HOST, Browser

AT = datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)


@pytest.fixture
def rep(browser_of: Browser) -> Client:
    return browser_of(Role.REP)


@pytest.fixture
def owner(rep: Client) -> User:
    return User.objects.get(role=Role.REP)


@pytest.fixture
def address(rep: Client) -> str:
    """The path of the private address."""
    page = rep.post("/activities/calendar", {"act": "make"}).content.decode()
    found = re.search(r'value="[^"]*(/activities/calendar/[\w-]+\.ics)"', page)
    assert found
    return found[1]


@pytest.fixture
def plan(owner: User) -> Callable[..., int]:
    def planned(**changes: object) -> int:
        told: dict[str, object] = {
            "kind": ActivityKind.MEETING,
            "about": About(),
            "owner_id": owner.pk,
            "title": "Look at the boiler",
            "due_at": AT,
            "ends_at": AT + timedelta(minutes=90),
            "place": "Poznań, ul. Młyńska 4",
        }
        return services.plan(Plan(**(told | changes)), by=owner.pk, now=timezone.now())  # type: ignore[arg-type]

    return planned


def read(address: str) -> tuple[Calendar, dict[str, Event]]:
    """What a program without a cookie gets: the calendar, and its entries by UID."""
    answer = Client(headers=HOST).get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(answer.content)
    assert isinstance(calendar, Calendar)
    return calendar, {str(event["uid"]): event for event in calendar.walk("VEVENT") if isinstance(event, Event)}


def key_of(activity_id: int) -> str:
    return str(Activity.objects.get(pk=activity_id).key)


def test_a_meeting_comes_through_with_its_time_place_and_link(address: str, plan: Callable[..., int], ann: Visitor) -> None:
    activity_id = plan(about=About(lead_id=ann.lead_id), remind_at=AT - timedelta(minutes=15))

    calendar, events = read(address)

    event = events[key_of(activity_id)]
    assert calendar["version"] == "2.0"
    assert (event.start, event.end) == (AT, AT + timedelta(minutes=90))
    assert event["summary"] == "Look at the boiler"
    assert event["location"] == "Poznań, ul. Młyńska 4"
    assert event["url"].endswith(f"/leads/{ann.lead_id}")
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt == timedelta(minutes=-15)


def test_nothing_of_the_person_travels(address: str, plan: Callable[..., int], ann: Visitor) -> None:
    plan(about=About(lead_id=ann.lead_id), kind=ActivityKind.CALL, title="", text="Ann's number is 601 234 567", place="")

    file = Client(headers=HOST).get(address).content.decode().replace("\r\n ", "")

    assert "SUMMARY:Call" in file
    for personal in ("Ann", "zaklad", "601"):
        assert personal not in file


def test_a_change_steps_the_sequence_and_keeps_the_uid(address: str, plan: Callable[..., int]) -> None:
    activity_id = plan()
    services.postpone(activity_id=activity_id, until=AT + timedelta(days=1), now=timezone.now())

    event = read(address)[1][key_of(activity_id)]

    assert event["sequence"] == 1
    assert event.start == AT + timedelta(days=1)
    assert event.end == AT + timedelta(days=1, minutes=90)


@pytest.mark.parametrize("end", ["taken back", "called off"])
def test_what_does_not_take_place_is_cancelled_in_the_calendar(address: str, plan: Callable[..., int], end: str) -> None:
    activity_id = plan()
    if end == "taken back":
        services.take_back(activity_id=activity_id, now=timezone.now())
    else:
        services.finish(activity_id=activity_id, outcome=Outcome.CANCELLED, now=timezone.now())

    event = read(address)[1][key_of(activity_id)]

    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)


def test_text_is_escaped_and_long_lines_are_folded(address: str, plan: Callable[..., int]) -> None:
    title = "Żółć, gęś; \\ jaźń\nEND:VEVENT " + "ą" * 120
    activity_id = plan(title=title)

    answer = Client(headers=HOST).get(address)

    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert read(address)[1][key_of(activity_id)]["summary"] == title.strip()


def test_nobody_elses_activities_are_in_it(address: str, plan: Callable[..., int]) -> None:
    plan(owner_id=staff("Olga", Role.REP).pk)

    assert read(address)[1] == {}


def test_a_new_address_ends_the_old_one_and_turning_off_ends_both(address: str, rep: Client) -> None:
    rep.post("/activities/calendar", {"act": "make"})
    assert Client(headers=HOST).get(address).status_code == 404

    rep.post("/activities/calendar", {"act": "off"})

    assert not StoredToken.objects.exists()
    assert "There is none yet" in rep.get("/activities/calendar").content.decode()


def test_the_address_is_kept_as_a_fingerprint_only(address: str, rep: Client) -> None:
    token = address.rpartition("/")[2].removesuffix(".ics")

    assert token not in repr(list(StoredToken.objects.values_list()))
    assert token not in rep.get("/activities/calendar").content.decode()


def test_unknown_addresses_and_those_of_who_left_do_not_exist(address: str, owner: User) -> None:
    stranger = Client(headers=HOST)
    assert stranger.get("/activities/calendar/nonsense.ics").status_code == 404
    assert stranger.post(address).status_code == 405
    User.objects.filter(pk=owner.pk).update(is_active=False)

    assert stranger.get(address).status_code == 404


def test_reading_it_writes_nothing_and_is_cached_nowhere(address: str, plan: Callable[..., int]) -> None:
    plan()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = Client(headers=HOST).get(address)

    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert [query["sql"] for query in asked.captured_queries if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}] == []
