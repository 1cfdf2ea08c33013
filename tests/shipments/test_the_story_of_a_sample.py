"""A sample, from the form to the doormat: nothing is promised that is not on the shelf, and one goes to each household."""

import json
from datetime import timedelta

import pytest

from leadstone.domains.grants.models import Grant
from leadstone.domains.privacy import services as privacy
from leadstone.domains.shipments import queries
from leadstone.domains.shipments.models import Movement, Parcel, ServedHousehold, Stock
from leadstone.domains.shipments.rules import Carrier, ParcelState
from leadstone.domains.shipments.services.parcels import Sending
from leadstone.flows.parcels_sent import parcel_came_back, send_parcels, take_back_sent
from tests.portal.test_my import Visitor
from tests.shipments.conftest import SampleHouse
from tests.worker.conftest import MONDAY

SENDING = Sending(sent_on=MONDAY.date() + timedelta(days=1), carrier=Carrier.INPOST, tracking="6012345678")


def left(samples: SampleHouse) -> int:
    told = json.loads((samples.house.folder.bundle / "counters.json").read_text())
    return int(told["left"][str(samples.magnet_id)])


def test_an_unproven_form_sets_nothing_aside(samples: SampleHouse) -> None:
    samples.receive(1)
    samples.ask("bob@home.example")

    assert not Parcel.objects.exists()
    assert left(samples) == 1


def test_the_proven_mailbox_sets_one_aside_and_the_counter_says_so(samples: SampleHouse) -> None:
    samples.receive(2)
    samples.ask("ann@home.example")
    samples.confirm("ann@home.example")

    parcel = samples.parcel("ann@home.example")
    assert parcel.state == ParcelState.RESERVED
    assert (parcel.street, parcel.postcode, parcel.name) == ("ul. Piękna 12/3", "00-549", "Ann Żółw")
    assert parcel.due_at == MONDAY + timedelta(days=3)
    assert left(samples) == 1


def test_the_same_household_gets_no_second_one_and_is_told_why(samples: SampleHouse) -> None:
    samples.receive(5)
    samples.ask("ann@home.example")
    samples.confirm("ann@home.example")
    send_parcels({samples.parcel("ann@home.example").pk: SENDING}, by=None, now=MONDAY)
    samples.ask("bob@home.example", street="Piękna 12 m. 3", name="Bob Inny")
    samples.confirm("bob@home.example")

    assert samples.parcel("bob@home.example").state == ParcelState.HOUSEHOLD
    mail = samples.mail_to("bob@home.example", words="3 marca 2026")
    assert "Jedna próbka" in mail.envelope.subject or "jedna na" in mail.envelope.subject.lower()
    assert queries.stock_of(samples.magnet_id).left == 4  # type: ignore[union-attr]


def test_when_the_shelf_is_empty_people_stand_in_line_and_the_first_is_served_first(samples: SampleHouse) -> None:
    samples.receive(1)
    for number, name in enumerate(("ann", "bob", "cleo")):
        samples.ask(f"{name}@home.example", street=f"Polna {number + 1}")
        samples.confirm(f"{name}@home.example")
    assert [samples.parcel(f"{name}@home.example").state for name in ("ann", "bob", "cleo")] == [
        "reserved",
        "waiting",
        "waiting",
    ]
    assert "2" in samples.subjects("cleo@home.example")[0]

    samples.undo("ann@home.example")

    assert samples.parcel("bob@home.example").state == ParcelState.RESERVED
    assert samples.parcel("cleo@home.example").state == ParcelState.WAITING
    samples.house.work(MONDAY + timedelta(hours=2))
    assert len(samples.subjects("bob@home.example")) == 3  # the form, in line, served


def test_whoever_undoes_the_exchange_leaves_no_address_behind(samples: SampleHouse) -> None:
    samples.receive(1)
    samples.ask("ann@home.example")
    samples.confirm("ann@home.example")
    samples.undo("ann@home.example")

    parcel = Parcel.objects.get()
    assert parcel.state == ParcelState.CANCELLED
    assert (parcel.name, parcel.street, parcel.city, parcel.household) == ("", "", "", "")
    stock = Stock.objects.get()
    assert (stock.on_hand, stock.reserved) == (1, 0)
    assert left(samples) == 1


def test_a_parcel_that_leaves_is_told_followed_and_counts_as_delivered(samples: SampleHouse) -> None:
    samples.receive(1)
    samples.ask("ann@home.example")
    samples.confirm("ann@home.example")
    parcel = samples.parcel("ann@home.example")

    assert send_parcels({parcel.pk: SENDING}, by=None, now=MONDAY) == [parcel.pk]
    assert send_parcels({parcel.pk: SENDING}, by=None, now=MONDAY) == []
    samples.house.work(MONDAY + timedelta(minutes=2))

    mail = samples.mail_to("ann@home.example", words="6012345678")
    assert "inpost.pl/sledzenie-przesylek?number=6012345678" in mail.text
    assert "Piękna" not in mail.text
    grant = Grant.objects.get()
    assert grant.state == "delivered"
    assert grant.ask_at is not None
    assert [m.kind for m in Movement.objects.order_by("pk")] == ["received", "reserved", "sent"]
    assert queries.punctuality(now=MONDAY).in_time == 1


def test_what_was_marked_by_mistake_lies_on_the_shelf_again_and_no_letter_leaves(samples: SampleHouse) -> None:
    samples.receive(1)
    samples.ask("ann@home.example")
    samples.confirm("ann@home.example")
    parcel = samples.parcel("ann@home.example")
    send_parcels({parcel.pk: SENDING}, by=None, now=MONDAY)

    assert take_back_sent([parcel.pk], by=None, now=MONDAY) == 1
    samples.house.work(MONDAY + timedelta(minutes=5))

    assert len(samples.subjects("ann@home.example")) == 1
    stock = Stock.objects.get()
    assert (stock.on_hand, stock.reserved) == (1, 1)
    assert Grant.objects.get().state == "opened"
    assert Grant.objects.get().ask_at is None
    # Sent again, it is told again.
    send_parcels({parcel.pk: SENDING}, by=None, now=MONDAY)
    samples.house.work(MONDAY + timedelta(minutes=5))
    assert len(samples.subjects("ann@home.example")) == 2


def test_what_came_back_goes_out_again_to_the_address_that_its_owner_corrects(samples: SampleHouse, visitor: Visitor) -> None:
    samples.receive(1)
    samples.ask("ann@home.example")
    samples.confirm("ann@home.example")
    parcel = samples.parcel("ann@home.example")
    send_parcels({parcel.pk: SENDING}, by=None, now=MONDAY)
    assert parcel_came_back(parcel.pk, usable=True, by=None, now=MONDAY)
    samples.house.work(MONDAY + timedelta(minutes=2))
    link = samples.house.confirm_token(samples.mail_to("ann@home.example")).opens

    status, page = visitor.get(f"/d/{link}")
    assert status == 202
    assert "wróciła" in page
    status, refused = visitor.post(f"/d/{link}/address", {"name": "Ann", "street": "Nowa 1", "postcode": "1", "city": ""})
    assert status == 422
    assert 'id="e-postcode"' in refused
    assert 'id="e-city"' in refused
    said = {"name": "Ann Żółw", "street": "Nowa 1", "postcode": "30001", "city": "Kraków"}
    status, _ = visitor.post(f"/d/{link}/address", said)
    assert status == 303

    parcel.refresh_from_db()
    assert parcel.state == ParcelState.RESERVED
    assert (parcel.street, parcel.postcode, parcel.city) == ("Nowa 1", "30-001", "Kraków")


def test_a_stranger_who_types_anns_mailbox_gets_nothing_sent_to_his_address(samples: SampleHouse) -> None:
    samples.receive(5)
    samples.ask("ann@home.example", street="Złodziejska 13", name="Mallory")
    mallorys = samples.house.confirm_token(samples.mail_to("ann@home.example"))
    samples.ask("ann@home.example", street="Piękna 12/3", name="Ann")
    anns = samples.house.confirm_token(samples.mail_to("ann@home.example"))
    assert mallorys.form != anns.form
    samples.confirm("ann@home.example")

    parcel = samples.parcel("ann@home.example")
    assert parcel.state == ParcelState.ADDRESS
    assert parcel.street == ""
    assert "należy" in samples.subjects("ann@home.example")[0] or "wysłać" in samples.subjects("ann@home.example")[0]


@pytest.mark.parametrize(
    "street",
    ["🏠🏠🏠 12", '=HYPERLINK("http://evil")', "<script>alert(1)</script> 5", "'; DROP TABLE parcels; --", "#set page(1cm) 3"],
)
def test_strange_addresses_are_kept_as_they_are(samples: SampleHouse, street: str) -> None:
    samples.receive(1)
    samples.ask("ann@home.example", street=street)
    samples.confirm("ann@home.example")

    assert samples.parcel("ann@home.example").street == street


def test_an_erased_person_leaves_no_address_and_no_mark_behind(samples: SampleHouse) -> None:
    samples.receive(2)
    samples.ask("ann@home.example")
    samples.confirm("ann@home.example")
    parcel = samples.parcel("ann@home.example")
    send_parcels({parcel.pk: SENDING}, by=None, now=MONDAY)
    privacy.erase_contact(parcel.contact_id or 0, now=MONDAY)
    samples.house.work()

    parcel.refresh_from_db()
    assert (parcel.name, parcel.street, parcel.postcode, parcel.city, parcel.household, parcel.tracking) == ("",) * 6
    assert not ServedHousehold.objects.exists()
    assert parcel.sent_on == SENDING.sent_on  # what happened still adds up
