"""Busy times from a host's own calendar: recurring ones by the wall, moved ones once; a silent one keeps what it said."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadstone.domains.bookings.models import BusyTime, Feed, Host
from leadstone.domains.bookings.queries import hosts
from leadstone.domains.bookings.services import hosts as host_services
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.consultation import settings_of
from leadstone.flows.calendars_read import keep_calendar_file, read_calendars
from leadstone.infra.calendars.reading import CalendarUnreadable, busy_times
from leadstone.infra.outbound import Answered, Failed, Trouble
from tests.bookings.conftest import NINE_ON_WEDNESDAY
from tests.worker.conftest import MONDAY, House

OCTOBER = (datetime(2026, 10, 20, tzinfo=UTC), datetime(2026, 11, 5, tzinfo=UTC))


def calendar(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.strip().split("\n"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def told(data: bytes, since: datetime = OCTOBER[0], until: datetime = OCTOBER[1]) -> list[str]:
    return [
        f"{begins:%d %H:%M}-{ends:%H:%M}" for begins, ends in busy_times(data, zone="Europe/Warsaw", since=since, until=until)
    ]


def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change() -> None:
    weekly = "UID:a\nDTSTART;TZID=Europe/Warsaw:20261008T090000\nDTEND;TZID=Europe/Warsaw:20261008T100000\nRRULE:FREQ=WEEKLY"

    assert told(calendar(weekly)) == ["22 07:00-08:00", "29 08:00-09:00"]


def test_count_until_exceptions_extra_dates_and_moved_ones_hold() -> None:
    daily = (
        "UID:a\nDTSTART:20261020T080000Z\nDURATION:PT30M\nRRULE:FREQ=DAILY;COUNT=4\nEX"
        "DATE:20261021T080000Z\nRDATE:20261030T120000Z"
    )
    moved = "UID:a\nRECURRENCE-ID:20261022T080000Z\nDTSTART:20261022T150000Z\nDURATION:PT1H"
    until = "UID:b\nDTSTART:20261101T100000Z\nDTEND:20261101T110000Z\nRRULE:FREQ=DAILY;UNTIL=20261102T100000Z"

    assert told(calendar(daily, moved, until)) == [
        "20 08:00-08:30", "22 15:00-16:00", "23 08:00-08:30", "30 12:00-12:30", "01 10:00-11:00", "02 10:00-11:00",
    ]  # fmt: skip


def test_whole_days_are_the_hosts_days_and_what_is_free_or_cancelled_does_not_count() -> None:
    day = "UID:a\nDTSTART;VALUE=DATE:20261025\nDTEND;VALUE=DATE:20261026"
    free = "UID:b\nDTSTART:20261026T080000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT"
    off = "UID:c\nDTSTART:20261026T080000Z\nDURATION:PT1H\nSTATUS:CANCELLED"

    spans = busy_times(calendar(day, free, off), zone="Europe/Warsaw", since=OCTOBER[0], until=OCTOBER[1])

    assert spans == [(datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))]  # 25 hours long


@pytest.mark.parametrize(
    "event",
    [
        "UID:x\nDTSTART:20260101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY",
        "UID:x\nDTSTART:20260101T000000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
        "UID:x\nDTSTART:nonsense",
        "UID:x",
        "UID:x\nDTSTART:20261020T080000Z\nDTEND:20251020T080000Z",
        "UID:x\nDTSTART:20261020T080000Z\nDURATION:PT1H\nRRULE:FREQ=NEVER",
    ],
)
def test_an_event_that_makes_no_sense_does_not_hide_its_neighbour(event: str) -> None:
    assert told(calendar(event, "UID:y\nDTSTART:20261021T080000Z\nDURATION:PT1H")) == ["21 08:00-09:00"]


@pytest.mark.parametrize("data", [b"", b"<html>Sign in</html>", b"\x00\xff", b"BEGIN:VCALENDAR"])
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(CalendarUnreadable):
        told(data)


class Elsewhere:
    """A server that answers what it is told to."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def send(self, method: str, address: str, **_more: Any) -> Any:
        self.asked.append(address)
        return self.answers.pop(0)


BUSY = calendar("UID:a\nDTSTART:20260304T073000Z\nDTEND:20260304T083000Z")


def free_at(version_id: int, at: datetime) -> bool:
    settings = settings_of(magnets.definitions([version_id])[version_id])
    return at in hosts.times_left(settings, since=at, until=at + timedelta(minutes=1), now=MONDAY)


def test_what_is_busy_elsewhere_is_not_offered_and_stays_so_while_the_calendar_is_silent(
    house: House, offered: int, emil: Host
) -> None:
    feed_id = host_services.add_feed(emil.pk, url="https://calendar.example/emil.ics")
    assert free_at(offered, NINE_ON_WEDNESDAY)
    elsewhere = Elsewhere(
        Answered(200, {}, BUSY),
        Failed(Trouble.TIME_OVER),
        Answered(200, {}, b"<html>"),
        Answered(500, {}, b""),
        Answered(200, {}, calendar()),
    )

    read_calendars(elsewhere, clock=lambda: MONDAY)  # type: ignore[arg-type]

    assert not free_at(offered, NINE_ON_WEDNESDAY)
    assert read_calendars(elsewhere, clock=lambda: MONDAY + timedelta(minutes=5)) == 0  # type: ignore[arg-type]
    for minutes, problem in ((16, "silent"), (32, "unreadable"), (48, "status")):
        at = MONDAY + timedelta(minutes=minutes)
        assert read_calendars(elsewhere, clock=lambda at=at: at) == 1  # type: ignore[arg-type, misc]
        assert Feed.objects.get(pk=feed_id).problem == problem
        assert not free_at(offered, NINE_ON_WEDNESDAY)
    read_calendars(elsewhere, clock=lambda: MONDAY + timedelta(hours=2))  # type: ignore[arg-type]
    assert free_at(offered, NINE_ON_WEDNESDAY)
    assert Feed.objects.get(pk=feed_id).problem == ""


def test_a_file_given_by_hand_counts_until_it_is_removed(house: House, offered: int, emil: Host) -> None:
    feed_id = keep_calendar_file(emil.pk, BUSY, name="mine.ics", now=MONDAY)
    assert not free_at(offered, NINE_ON_WEDNESDAY)

    host_services.remove_feed(feed_id, host_id=emil.pk)

    assert free_at(offered, NINE_ON_WEDNESDAY)
    assert not BusyTime.objects.exists()
