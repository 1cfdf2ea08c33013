"""The studio's queue, labels, shelf and card of a parcel, as somebody at the packing table uses them."""

from datetime import timedelta

import pypdfium2
import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.shipments.models import Movement, Parcel, Stock
from tests.cast import staff
from tests.shipments.conftest import SampleHouse


@pytest.fixture
def emil(samples: SampleHouse) -> User:
    return staff("Emil", Role.REP)


@pytest.fixture
def desk(emil: User) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(emil)
    return client


@pytest.fixture
def two(samples: SampleHouse) -> list[int]:
    samples.receive(5)
    for name, street in (("ann", "Polna 1"), ("bob", "=2+5 Lipowa 2")):
        samples.ask(f"{name}@home.example", street=street, name=f"{name.title()} Żółw")
        samples.confirm(f"{name}@home.example")
    return list(Parcel.objects.order_by("pk").values_list("pk", flat=True))


def test_the_queue_shows_what_is_to_be_sent_and_finds_it(desk: Client, two: list[int]) -> None:
    page = desk.get(reverse("parcels")).content.decode()
    assert "Ann Żółw" in page
    assert "Bob Żółw" in page
    found = desk.get(reverse("parcels"), {"q": "lipowa"}).content.decode()
    assert "Bob Żółw" in found
    assert "Ann Żółw" not in found
    assert "Ann Żółw" not in desk.get(reverse("parcels"), {"state": "sent"}).content.decode()


@pytest.mark.parametrize(
    "query", ["?state=nonsense&order=;drop&magnet=x&page=-1", "?page=999999999999&q=%00", "?magnet=9" + "9" * 40]
)
def test_an_address_that_says_nothing_shows_the_queue(desk: Client, two: list[int], query: str) -> None:
    assert desk.get(reverse("parcels") + query).status_code == 200


def test_the_chosen_are_marked_as_sent_once_and_may_be_taken_back(desk: Client, two: list[int]) -> None:
    told = {"parcel": two, "sent_on": timezone.localdate().isoformat(), "carrier": "dpd", "tracking": ""}
    answer = desk.post(reverse("parcels_sent"), told)
    again = desk.post(reverse("parcels_sent"), told)

    assert (answer.status_code, again.status_code) == (302, 302)
    assert set(Parcel.objects.values_list("state", flat=True)) == {"sent"}
    assert Movement.objects.filter(kind="sent").count() == 2
    undo = next(message.extra_tags for message in get_messages(answer.wsgi_request))
    assert desk.post(undo).status_code == 302
    assert set(Parcel.objects.values_list("state", flat=True)) == {"reserved"}


@pytest.mark.parametrize(
    "told",
    [
        {"sent_on": "", "carrier": "dpd"},
        {"sent_on": "2026-02-30", "carrier": "dpd"},
        {"sent_on": (timezone.now() + timedelta(days=3)).date().isoformat(), "carrier": "dpd"},
        {"sent_on": "2026-01-02", "carrier": "pigeon"},
        {"sent_on": "2026-01-02", "carrier": "dpd", "tracking": "'; DROP"},
        {"sent_on": "2026-01-02", "carrier": "dpd", "tracking": "1234"},  # one number for two parcels
    ],
)
def test_what_cannot_be_so_is_said_beside_its_field_and_nothing_leaves(
    desk: Client, two: list[int], told: dict[str, str]
) -> None:
    answer = desk.post(reverse("parcels_sent"), {"parcel": two, **told})

    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert set(Parcel.objects.values_list("state", flat=True)) == {"reserved"}


def test_nothing_chosen_sends_nothing(desk: Client, two: list[int]) -> None:
    assert desk.post(reverse("parcels_sent"), {"sent_on": "2026-01-02", "carrier": "dpd"}).status_code == 422


def test_labels_come_as_a_pdf_and_count_as_packed(desk: Client, two: list[int]) -> None:
    answer = desk.post(reverse("parcel_labels"), {"parcel": two, "sheet": "a4-3x8", "start": "5"})

    assert answer["Content-Type"] == "application/pdf"
    text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_range()
    assert "Ann Żółw" in text
    assert "Polna 1" in text
    assert set(Parcel.objects.values_list("state", flat=True)) == {"packed"}
    assert AuditLine.objects.filter(facts__list="parcel labels").exists()


@pytest.mark.parametrize("start", ["", "0", "-3", "99", "x", "9" * 30])
def test_a_strange_start_still_gives_labels(desk: Client, two: list[int], start: str) -> None:
    answer = desk.post(reverse("parcel_labels"), {"parcel": two, "sheet": "none-such", "start": start})

    assert answer["Content-Type"] == "application/pdf"


def test_the_file_is_safe_from_formulas_and_written_down(desk: Client, two: list[int]) -> None:
    lines = b"".join(desk.get(reverse("parcels_csv")).streaming_content).decode().splitlines()  # type: ignore[attr-defined]

    assert any("'=2+5 Lipowa 2" in line for line in lines)
    assert AuditLine.objects.filter(facts__list="parcels").exists()


def test_the_shelf_takes_what_came_in_and_refuses_what_cannot_be(desk: Client, samples: SampleHouse, two: list[int]) -> None:
    address = reverse("stock", args=[samples.magnet_id])
    assert desk.post(address, {"kind": "received", "quantity": "10", "note": "Box"}).status_code == 302
    assert desk.post(address, {"kind": "corrected", "quantity": "1"}).status_code == 422  # two are set aside
    assert desk.post(address, {"kind": "lost", "quantity": "14"}).status_code == 422
    assert desk.post(address, {"kind": "lost", "quantity": "-2"}).status_code == 422
    assert desk.post(address, {"kind": "corrected", "quantity": "14"}).status_code == 302

    stock = Stock.objects.get()
    assert (stock.on_hand, stock.reserved) == (14, 2)
    page = desk.get(address).content.decode()
    assert "Box" in page
    assert "Emil" in page


def test_a_parcel_that_came_back_waits_for_its_address(desk: Client, two: list[int]) -> None:
    sending = {"parcel": two[:1], "sent_on": timezone.localdate().isoformat(), "carrier": "dpd", "tracking": "00 12-ab"}
    desk.post(reverse("parcels_sent"), sending)
    assert Parcel.objects.get(pk=two[0]).tracking == "0012-AB"
    desk.post(reverse("parcel_returned", args=two[:1]), {"usable": "yes"})
    wrong = {"name": "Ann", "street": "Nowa 1", "postcode": "x", "city": "Kraków"}
    assert desk.post(reverse("parcel_address", args=two[:1]), wrong).status_code == 422
    assert desk.post(reverse("parcel_address", args=two[:1]), wrong | {"postcode": "30001"}).status_code == 302

    parcel = Parcel.objects.get(pk=two[0])
    assert (parcel.state, parcel.postcode) == ("reserved", "30-001")
    assert desk.get(reverse("parcel", args=two[:1])).status_code == 200


def test_who_may_not_ship_sees_no_address(samples: SampleHouse, two: list[int]) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(staff("Fay", Role.PRIVACY_OFFICER))

    for name, args in (("parcels", []), ("parcels_csv", []), ("parcel", two[:1]), ("stocks", [])):
        assert client.get(reverse(name, args=args)).status_code == 403
