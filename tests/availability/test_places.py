"""A number of places, given once each, whatever happens at the same time; whoever comes later stands in line."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections

from leadstone.domains.grants import queries as grants
from leadstone.domains.grants import services as grant_services
from leadstone.domains.grants.models import Grant
from leadstone.domains.grants.rules import Ending, GrantState
from leadstone.domains.grants.services import places
from leadstone.flows.counters_published import left_of
from leadstone.flows.visitor_acts import mailboxes_proven
from leadstone.wire.definition import Availability
from leadstone.wire.records import MailboxProven
from tests.cast import MONDAY, Guide, Visitor, ask, confirm, form, new_version, published, receive

CAP = Availability(cap=2, waiting=True, shows_left=True)


@pytest.fixture
def limited(db: None) -> Guide:
    return published("limited", availability=CAP)


def states(guide: Guide) -> list[str]:
    return list(Grant.objects.filter(magnet_id=guide.magnet_id).order_by("pk").values_list("state", flat=True))


def three(guide: Guide) -> list[Visitor]:
    return [ask(guide, f"{name}@home.example") for name in ("ann", "bob", "cleo")]


def test_typed_addresses_take_no_place(limited: Guide) -> None:
    three(limited)

    assert left_of()[limited.magnet_id] == 2


def test_the_third_proof_of_two_places_stands_in_line(limited: Guide) -> None:
    for who in three(limited):
        confirm(who)

    assert states(limited) == ["opened", "opened", "waiting"]
    assert left_of()[limited.magnet_id] == 0
    assert grants.place_in_line(Grant.objects.get(state="waiting").pk) == 1


def test_pressing_the_button_again_gives_no_place_and_loses_none(limited: Guide) -> None:
    people = three(limited)
    for who in (*people, *people):
        confirm(who)

    assert states(limited) == ["opened", "opened", "waiting"]


def test_a_place_that_comes_back_goes_to_who_has_waited_longest(limited: Guide) -> None:
    people = [*three(limited), ask(limited, "dan@home.example")]
    for number, who in enumerate(people):
        confirm(who, now=MONDAY + timedelta(minutes=number))
    grant_services.undo(people[0].grant_key, because=Ending.UNDONE, now=MONDAY + timedelta(hours=1))
    places.fill_places([limited.magnet_id], now=MONDAY + timedelta(hours=1))

    assert states(limited) == ["undone", "opened", "opened", "waiting"]
    assert grants.place_in_line(people[3].grant_id) == 1


def test_nobody_who_has_just_come_passes_the_line(limited: Guide) -> None:
    people = [*three(limited), ask(limited, "dan@home.example")]
    for who in people[:3]:
        confirm(who)
    grant_services.undo(people[0].grant_key, because=Ending.UNDONE, now=MONDAY + timedelta(hours=1))
    confirm(people[3], now=MONDAY + timedelta(hours=1))

    assert states(limited) == ["undone", "opened", "opened", "waiting"]


def test_a_higher_number_in_a_new_version_serves_the_line(limited: Guide) -> None:
    for who in three(limited):
        confirm(who)
    new_version(limited, availability=Availability(cap=3))
    places.fill_places([limited.magnet_id], now=MONDAY + timedelta(hours=1))

    assert states(limited) == ["opened", "opened", "opened"]


def test_a_lower_number_takes_nothing_from_anybody(limited: Guide) -> None:
    people = three(limited)
    for who in people[:2]:
        confirm(who)
    new_version(limited, availability=Availability(cap=1))
    confirm(people[2])

    assert states(limited) == ["opened", "opened", "waiting"]
    assert left_of()[limited.magnet_id] == 0


def test_a_magnet_without_a_number_asks_for_no_place_and_costs_one_look(db: None) -> None:
    guide = published("plain")
    who = ask(guide, "ann@home.example")
    confirm(who)

    grant = Grant.objects.get()
    assert (grant.state, grant.place) == (GrantState.OPENED, None)
    assert grants.placed_keys() == frozenset()


@pytest.mark.django_db(transaction=True)
def test_of_three_hundred_proofs_at_once_exactly_a_hundred_get_it() -> None:
    guide = published("many", availability=Availability(cap=100, waiting=True))
    receive(*(form(guide, f"person{number}@home.example") for number in range(300)))
    keys = [str(key) for key in Grant.objects.order_by("pk").values_list("key", flat=True)]
    portions = [keys[start::75] for start in range(75)]

    def prove(portion: list[str]) -> None:
        try:
            mailboxes_proven([MailboxProven(at=int(MONDAY.timestamp() * 1000), grant_key=key) for key in portion], now=MONDAY)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=8 if connection.vendor == "postgresql" else 4) as workers:
        list(workers.map(prove, portions))

    rows = Grant.objects.filter(magnet_id=guide.magnet_id)
    assert rows.filter(state="opened").count() == 100
    assert rows.filter(state="waiting").count() == 200
    assert sorted(rows.filter(place__isnull=False).values_list("place", flat=True)) == list(range(1, 101))
    assert len(grants.placed_keys()) == 100
    assert json.dumps(left_of()) == json.dumps({guide.magnet_id: 0})
