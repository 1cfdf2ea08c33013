"""A program delivers leads of a supplier: checked as a file is, bought once, and told what became of each."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadstone.api import suppliers
from leadstone.domains.access.models import KeptAnswer, Team, User
from leadstone.domains.access.rules import Scope
from leadstone.domains.consent.models import ConsentRecord
from leadstone.domains.delivery.models import Message
from leadstone.domains.leads.models import Lead
from leadstone.domains.suppliers import services
from leadstone.domains.suppliers.models import Batch, Notice, Purchase
from leadstone.domains.suppliers.rules import Returned, Wants
from tests.api.conftest import Program
from tests.cast import MONDAY, Visitor
from tests.suppliers.cast import one_supplier

PROBLEM = "urn:leadstone:problem:"
AGREED = (timezone.now() - timedelta(days=2)).isoformat()
OLA = {"reference": "C-1", "email": "ola@sold.example", "name": "Ola Żak", "words": "Zgadzam się", "agreed_at": AGREED}
JAN = OLA | {"reference": "C-2", "email": "", "phone": "601 234 567", "name": "Jan Lis"}


@pytest.fixture
def supplier_id(company: None, dora: User) -> int:
    return one_supplier(by=dora.pk)


def deliver(client: Client, supplier_id: int, *leads: dict[str, object], under: str = "", **said: object) -> Any:
    headers = {"idempotency-key": under} if under else None
    body = {"leads": list(leads), **said}
    return client.post(f"/api/v1/suppliers/{supplier_id}/deliveries", body, content_type="application/json", headers=headers)


def test_each_lead_is_bought_or_refused_with_its_reason_and_says_its_price_and_day(program: Program, supplier_id: int) -> None:
    bad = OLA | {"reference": "C-3", "email": "nobody"}
    answer = deliver(program(Scope.BUY_LEADS), supplier_id, OLA, JAN, bad, OLA | {"reference": "C-4"}, name="Friday")

    told = answer.json()
    assert answer.status_code == 201
    assert [(each["row"], each["reference"], each["state"], each["because"]) for each in told["leads"]] == [
        (1, "C-1", "accepted", None),
        (2, "C-2", "accepted", None),
        (3, "C-3", "refused", "not_an_address"),
        (4, "C-4", "refused", "twice"),
    ]
    assert {name: told[name] for name in ("offered", "bought", "refused", "price_minor", "owed_minor", "currency", "known")} == {
        "offered": 4, "bought": 2, "refused": 2, "price_minor": 9_000, "owed_minor": 0, "currency": "PLN", "known": False
    }  # fmt: skip
    due = {notice.lead_id: notice.due_on.isoformat() for notice in Notice.objects.all()}
    assert {each["lead_id"]: each["notice_due_on"] for each in told["leads"][:2]} == due
    assert (told["leads"][2]["lead_id"], told["leads"][2]["price_minor"]) == (None, 0)
    assert Batch.objects.get().name == "Friday"
    assert not Message.objects.exists()
    assert not ConsentRecord.objects.exists()


def test_the_same_delivery_is_bought_once_whether_its_key_is_remembered_forgotten_or_none(
    program: Program, supplier_id: int
) -> None:
    client = program(Scope.BUY_LEADS)
    first = deliver(client, supplier_id, OLA, JAN, under="friday")
    again = deliver(client, supplier_id, OLA, JAN, under="friday")
    KeptAnswer.objects.all().delete()
    later = deliver(client, supplier_id, OLA, JAN, under="friday")

    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.json() == again.json() == later.json() | {"known": False}
    assert later.json()["known"]
    assert Purchase.objects.count() == 2
    assert [deliver(client, supplier_id, JAN).json()["known"] for _time in range(2)] == [False, True]
    assert Lead.objects.count() == 2


def test_what_was_too_much_for_a_day_may_be_delivered_again_under_another_key(program: Program, dora: User) -> None:
    client, supplier_id = program(Scope.BUY_LEADS), one_supplier(by=dora.pk, a_day=1)
    first = deliver(client, supplier_id, OLA, JAN, under="monday").json()
    Purchase.objects.update(at=timezone.now() - timedelta(days=1))
    second = deliver(client, supplier_id, JAN, under="tuesday").json()

    assert [each["because"] for each in first["leads"]] == [None, "over"]
    assert [each["state"] for each in second["leads"]] == ["accepted"]


def test_a_delivery_is_read_as_it_stands_with_what_is_owed_back(program: Program, supplier_id: int, dora: User) -> None:
    bought = deliver(program(Scope.BUY_LEADS), supplier_id, OLA, JAN).json()
    row = Purchase.objects.get(reference="C-1")
    services.give_back(row.pk, because=Returned.WRONG_NUMBER, note="Ola said so", by=dora.pk, now=timezone.now())

    answer = program(Scope.READ_SUPPLIERS).get(f"/api/v1/suppliers/{supplier_id}/deliveries/{bought['id']}")

    told = answer.json()
    assert (told["price_minor"], told["owed_minor"]) == (4_500, 4_500)
    assert [(each["state"], each["because"]) for each in told["leads"]] == [("owed", "wrong_number"), ("accepted", None)]
    assert not any(secret in answer.content.decode() for secret in ("Ola", "sold.example", "601"))


def test_the_answer_tells_nobody_who_bought_from_us_or_said_no(program: Program, supplier_id: int, ann: Visitor) -> None:
    client = program(Scope.BUY_LEADS)
    deliver(client, supplier_id, OLA)

    told = deliver(client, supplier_id, OLA | {"email": ann.email}, OLA | {"name": "Another"}).json()

    assert [each["because"] for each in told["leads"]] == ["known", "known"]


def test_without_words_they_wait_and_a_source_may_be_the_suppliers_own(program: Program, dora: User) -> None:
    supplier_id = one_supplier(by=dora.pk, wants=frozenset({Wants.EMAIL}))
    told = deliver(program(Scope.BUY_LEADS), supplier_id, {"email": "ola@sold.example"}).json()

    assert told["leads"][0]["waits"]
    assert Notice.objects.get().source == "a comparison of boilers on compare.example"


def test_who_is_out_of_the_keys_reach_has_no_number_in_the_answer(program: Program, supplier_id: int, dora: User) -> None:
    bought = deliver(program(Scope.BUY_LEADS), supplier_id, OLA).json()
    Lead.objects.update(owner=dora)
    other = program(Scope.READ_SUPPLIERS, team_id=Team.objects.create(name="North", created_at=MONDAY).pk)

    [told] = other.get(f"/api/v1/suppliers/{supplier_id}/deliveries/{bought['id']}").json()["leads"]

    assert (told["state"], told["lead_id"], told["notice_due_on"]) == ("accepted", None, None)


def test_suppliers_are_listed_with_their_terms_and_what_came_of_them(program: Program, supplier_id: int) -> None:
    deliver(program(Scope.BUY_LEADS), supplier_id, OLA)

    [told] = program(Scope.READ_SUPPLIERS).get("/api/v1/suppliers").json()["items"]

    assert (told["id"], told["price_minor"], told["wants"], told["bought"], told["paid_minor"]) == (
        supplier_id, 4_500, ["words"], 1, 4_500
    )  # fmt: skip


@pytest.mark.parametrize(
    ("leads", "status", "because"),
    [
        ([], 422, "invalid_request"),
        ([OLA | {"consent": True}], 422, "invalid_request"),
        ([OLA | {"agreed_at": "2026-03-04T10:00:00"}], 422, "invalid_request"),  # by whose clock?
        ([OLA | {"name": "a\0b"}], 422, "invalid_request"),
        ([OLA | {"words": "x" * 2_001}], 422, "invalid_request"),
        ([{"email": "a@b.example"}] * 1_001, 422, "invalid_request"),
        ([OLA | {"words": "x" * 2_000}] * 600, 413, "too_large"),
    ],
)
def test_what_does_not_do_is_refused_whole_by_name(
    program: Program, supplier_id: int, leads: list[dict[str, object]], status: int, because: str
) -> None:
    answer = deliver(program(Scope.BUY_LEADS), supplier_id, *leads)

    assert (answer.status_code, answer.json()["type"]) == (status, PROBLEM + because)
    assert not Batch.objects.exists()


def test_a_delivery_may_be_larger_than_other_requests_and_they_may_not(program: Program, supplier_id: int) -> None:
    client = program(Scope.BUY_LEADS, Scope.WRITE_LEADS)
    many = [OLA | {"reference": f"C-{number}", "email": f"ola{number}@sold.example"} for number in range(suppliers.MOST_LEADS)]

    assert deliver(client, supplier_id, *many).json()["bought"] == suppliers.MOST_LEADS
    large = client.post("/api/v1/leads", {"name": "x" * 70_000}, content_type="application/json")
    assert large.status_code == 413


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_day_at_the_edge_of_the_calendar_is_no_day(program: Program, supplier_id: int, moment: str) -> None:
    told = deliver(program(Scope.BUY_LEADS), supplier_id, OLA | {"agreed_at": moment}).json()

    assert [each["because"] for each in told["leads"]] == ["no_day"]


def test_an_ended_supplier_sells_nothing_and_an_unknown_one_is_not_there(program: Program, supplier_id: int) -> None:
    client = program(Scope.BUY_LEADS, Scope.READ_SUPPLIERS)
    services.end_supplier(supplier_id, now=timezone.now())

    assert [each["because"] for each in deliver(client, supplier_id, OLA).json()["leads"]] == ["ended"]
    assert deliver(client, supplier_id + 1, OLA).json()["type"] == PROBLEM + "no_such_supplier"
    assert client.get(f"/api/v1/suppliers/{supplier_id}/deliveries/999").json()["type"] == PROBLEM + "no_such_delivery"
    other = one_supplier(by=User.objects.get().pk, name="Other", campaign_id=services.hold_supplier(supplier_id).campaign_id)
    there = Batch.objects.get()
    assert client.get(f"/api/v1/suppliers/{other}/deliveries/{there.pk}").status_code == 404


@pytest.mark.parametrize("scope", sorted(set(Scope) - {Scope.BUY_LEADS}))
def test_only_the_scope_that_buys_spends_money(program: Program, supplier_id: int, scope: Scope) -> None:
    assert deliver(program(scope), supplier_id, OLA).status_code == 403
    assert not Purchase.objects.exists()
