"""Many proofs at once: the shelf is never oversold, and one household never gets two."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from leadstone.domains.grants.models import Grant
from leadstone.domains.shipments.models import Movement, Parcel, Stock
from leadstone.domains.shipments.rules import Address, Carrier, MovementKind
from leadstone.domains.shipments.services.parcels import Sending, Wanted, cancel_parcels, mark_sent, open_parcels
from leadstone.domains.shipments.services.shelf import note_by_hand
from leadstone.project.demo.sample import SAMPLE
from tests.cast import MONDAY, Guide, form, published, receive

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(story: Callable[[Any], None], each: Sequence[Any]) -> None:
    def told(one: Any) -> None:
        try:
            story(one)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=6) as workers:
        list(workers.map(told, each))


@pytest.fixture
def sample() -> Guide:
    return published("sample", kind="sample", settings=SAMPLE.settings, asset=None)


def wanted(sample: Guide, count: int, street: str = "Polna {}") -> list[Wanted]:
    receive(*(form(sample, f"person{number}@home.example") for number in range(count)))
    rows = Grant.objects.order_by("pk").values_list("pk", "contact_id")
    return [
        Wanted(
            grant_id=pk,
            contact_id=contact_id or 0,
            magnet_id=sample.magnet_id,
            address=Address(name="Ann", street=street.format(number), postcode="00-549", city="Warszawa"),
        )
        for number, (pk, contact_id) in enumerate(rows, start=1)
    ]


def received(sample: Guide, quantity: int) -> None:
    assert note_by_hand(
        magnet_id=sample.magnet_id, kind=MovementKind.RECEIVED, quantity=quantity, note="", by=None, now=MONDAY
    ).allowed


def test_of_sixty_proofs_at_once_for_twenty_pieces_twenty_are_set_aside(sample: Guide) -> None:
    people = wanted(sample, 60)
    received(sample, 20)
    at_once(lambda one: open_parcels([one], now=MONDAY), people)

    assert Parcel.objects.filter(state="reserved").count() == 20
    assert Parcel.objects.filter(state="waiting").count() == 40
    stock = Stock.objects.get()
    assert (stock.on_hand, stock.reserved) == (20, 20)


def test_of_twenty_proofs_at_once_from_one_household_one_is_set_aside(sample: Guide) -> None:
    people = wanted(sample, 20, street="ul. Piękna 12 m. 3")
    received(sample, 20)
    at_once(lambda one: open_parcels([one], now=MONDAY), people)

    assert Parcel.objects.filter(state="reserved").count() == 1
    assert Parcel.objects.filter(state="household").count() == 19


def test_opening_the_same_parcels_twice_at_once_opens_them_once(sample: Guide) -> None:
    people = wanted(sample, 10)
    received(sample, 10)
    at_once(lambda portion: open_parcels(portion, now=MONDAY), [people] * 6)

    assert Parcel.objects.count() == 10
    assert Stock.objects.get().reserved == 10


def test_sending_cancelling_and_receiving_at_once_keep_the_books_balanced(sample: Guide) -> None:
    people = wanted(sample, 30)
    received(sample, 10)
    open_parcels(people, now=MONDAY)
    ids = list(Parcel.objects.order_by("pk").values_list("pk", flat=True))
    sending = Sending(sent_on=MONDAY.date(), carrier=Carrier.DPD)

    def story(number: int) -> None:
        if number % 3 == 0:
            mark_sent({ids[number]: sending}, by=None, now=MONDAY)
        elif number % 3 == 1:
            cancel_parcels([people[number].grant_id], now=MONDAY)
        else:
            received(sample, 1)

    at_once(story, range(30))

    stock = Stock.objects.get()
    sent, held = Parcel.objects.filter(state="sent").count(), Parcel.objects.filter(state__in=["reserved", "packed"]).count()
    assert stock.on_hand == 20 - sent
    assert stock.reserved == held
    assert Movement.objects.filter(kind="sent").count() == sent
    # Whoever waits does so because nothing is free.
    assert stock.on_hand == stock.reserved or not Parcel.objects.filter(state="waiting").exists()
