"""A time is given once, however many want it at the same moment: the database says so (C9)."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection

from leadstone.domains.bookings import services
from leadstone.domains.bookings.models import Booking, Host, TakenGranule
from leadstone.domains.bookings.queries import hosts
from leadstone.domains.bookings.services import Held, Wish
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.consultation import settings_of
from leadstone.flows.booked import time_chosen
from leadstone.infra.blind_index import address_hash
from leadstone.wire.records import SubmissionReceived
from tests.bookings.conftest import NINE_ON_WEDNESDAY
from tests.worker.conftest import MONDAY, House

MANY = 200
AT_ONCE = 20  # connections: PostgreSQL gives out a hundred


def all_at_once(act: Callable[[int], str], *, many: int = MANY) -> Counter[str]:
    """What came of `act` for each number, in many threads that begin together, each with a connection of its own."""
    told: list[str] = []
    address_hash("")  # the key of the installation is there from its start
    begin = threading.Barrier(AT_ONCE)

    def work(first: int) -> None:
        try:
            begin.wait()
            for number in range(first, many, AT_ONCE):
                told.append(_patiently(act, number))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(first,)) for first in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(told)


def _patiently(act: Callable[[int], str], number: int) -> str:
    """SQLite lets one write at a time, and says so to whoever waited five seconds."""
    while True:
        try:
            return act(number)
        except OperationalError as busy:
            if "locked" not in str(busy):
                raise


def form(version_id: int, number: int) -> SubmissionReceived:
    return SubmissionReceived(
        at=int(MONDAY.timestamp() * 1000),
        ref=f"ref-{number}",
        nonce=f"nonce-{number}",
        slug="consultation",
        version_id=version_id,
        language="en",
        answers={"email": f"visitor-{number}@home.example"},
        network=f"203.0.{number}.0/24",
        fill_ms=9000,
    )


def outcome(held: Held) -> str:
    return "created" if held.decision else str(held.decision.because)


@pytest.mark.slow
@pytest.mark.parametrize("number_of_hosts", [1, 2])
def test_of_two_hundred_parallel_bookings_each_host_gets_one(
    house: House, offered: int, request: pytest.FixtureRequest, number_of_hosts: int
) -> None:
    if number_of_hosts == 2:
        request.getfixturevalue("gosia")

    told = all_at_once(
        lambda number: outcome(time_chosen(form(offered, number), begins=NINE_ON_WEDNESDAY, zone="Europe/Warsaw", now=MONDAY))
    )

    assert told == {"created": number_of_hosts, "taken": MANY - number_of_hosts}
    assert Booking.objects.count() == number_of_hosts
    assert TakenGranule.objects.count() == 6 * number_of_hosts


@pytest.mark.slow
def test_without_looking_first_the_constraint_alone_refuses(house: House, offered: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "is_free", lambda *_args, **_facts: True)
    magnet_id = magnets.magnet_ids([offered])[offered]

    def hold(number: int) -> str:
        begins = NINE_ON_WEDNESDAY + number % 3 * timedelta(minutes=10)  # times that only overlap
        wish = Wish(
            magnet_id=magnet_id, version_id=offered, begins=begins, zone="Europe/Warsaw", nonce=f"n{number}", ref=f"r{number}",
            address_hash="", network_hash="",
        )  # fmt: skip
        return outcome(services.hold(wish, now=MONDAY))

    assert all_at_once(hold) == {"created": 1, "taken": MANY - 1}


@pytest.mark.slow
def test_one_form_sent_by_many_threads_is_one_booking_though_two_hosts_are_free(house: House, offered: int, gosia: Host) -> None:
    told = all_at_once(
        lambda _number: time_chosen(form(offered, 1), begins=NINE_ON_WEDNESDAY, zone="Europe/Warsaw", now=MONDAY).ref
    )

    assert told == {"ref-1": MANY}
    assert Booking.objects.count() == 1


@pytest.mark.slow
def test_a_number_of_bookings_a_day_is_kept_however_many_come_at_once(house: House, offered: int, emil: Host) -> None:
    Host.objects.update(daily_limit=3)

    told = all_at_once(
        lambda number: outcome(
            time_chosen(
                form(offered, number),
                begins=NINE_ON_WEDNESDAY + number % 14 * timedelta(minutes=30),
                zone="Europe/Warsaw",
                now=MONDAY,
            )
        ),
        many=60,
    )

    assert told["created"] == 3
    assert Booking.objects.count() == 3


def test_the_database_itself_refuses_the_same_five_minutes_twice(house: House, offered: int, emil: Host) -> None:
    held = time_chosen(form(offered, 1), begins=NINE_ON_WEDNESDAY, zone="Europe/Warsaw", now=MONDAY)
    taken = TakenGranule.objects.first()
    assert taken is not None

    with pytest.raises(IntegrityError):
        TakenGranule.objects.create(host=emil, granule=taken.granule, booking_id=held.booking_id or 0)


def test_buffers_are_kept_between_two_bookings(house: House, offered: int, emil: Host) -> None:
    Host.objects.update(before_minutes=15, after_minutes=10)
    time_chosen(form(offered, 1), begins=NINE_ON_WEDNESDAY + timedelta(hours=1), zone="Europe/Warsaw", now=MONDAY)
    settings = settings_of(magnets.definitions([offered])[offered])

    free = hosts.times_left(settings, since=NINE_ON_WEDNESDAY, until=NINE_ON_WEDNESDAY + timedelta(hours=3), now=MONDAY)

    # Booked 10:00–10:30: before it 25 minutes stay free of meetings, and after it too.
    assert [f"{at:%H:%M}" for at in free] == ["08:00", "10:00", "10:30"]
    assert TakenGranule.objects.count() == (15 + 30 + 10) // 5
