"""Codes at a shop's own till: checked, redeemed once, given back; never in an address."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.rules import Scope
from leadstone.domains.codes.models import Redemption
from leadstone.domains.pipeline.models import Deal
from tests.api.conftest import Program
from tests.codes.cast import club, holder, shipping

pytestmark = pytest.mark.django_db


@pytest.fixture
def till(program: Program) -> Client:
    return program(Scope.REDEEM_CODES)


def post(client: Client, place: str = "", **headers: str) -> Any:
    def send(**body: Any) -> Any:
        return client.post(f"/api/v1/redemptions{place}", body, content_type="application/json", headers=headers)

    return send


def test_a_check_says_what_a_code_is_worth_and_takes_nothing(till: Client) -> None:
    _who, code = holder(club(minimum_minor=10_000))

    said = post(till, "/check")(code=code.text.lower().replace("-", " ")).json()

    assert (said["counts"], said["because"], said["used"]) == (True, None, 0)
    assert (said["terms"]["benefit"], said["terms"]["percent"], said["terms"]["minimum_minor"]) == ("percent", 10, 10_000)
    assert post(till, "/check")(code=code.text, amount_minor=9_999).json()["because"] == "too_small"
    assert not Redemption.objects.exists()


def test_a_redemption_with_an_amount_is_a_won_deal_of_the_lead_behind_the_code(till: Client) -> None:
    who, code = holder(club())

    answer = post(till)(code=code.text, amount_minor=25_990, currency="PLN")

    deal = Deal.objects.get()
    assert answer.status_code == 201
    assert (answer.json()["deal_id"], answer.json()["lead_id"]) == (deal.pk, who.lead_id)
    assert (deal.lead_id, deal.amount_minor, deal.recorded_by_id) == (who.lead_id, 25_990, None)
    assert deal.won_at is not None


def test_the_same_order_sent_twice_under_one_name_is_redeemed_once(till: Client) -> None:
    _who, code = holder(club())

    first = post(till, **{"idempotency-key": "order-1"})(code=code.text, amount_minor=1_000)
    again = post(till, **{"idempotency-key": "order-1"})(code=code.text, amount_minor=1_000)

    assert again.json() == first.json()
    assert Redemption.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "status", "problem"),
    [("NOBODY-1", 404, "no_such_code"), ("0123-4567-89AB-CDEF0", 422, "code_mistyped"), ("FREE-2", 422, "code_not_given_out")],
)
def test_a_code_that_does_not_count_is_a_problem_with_a_stable_name(till: Client, typed: str, status: int, problem: str) -> None:
    holder(shipping(codes=["FIRST-1", "FREE-2"]))

    answer = post(till)(code=typed)

    assert (answer.status_code, answer.json()["type"]) == (status, f"urn:leadstone:problem:{problem}")
    assert typed not in answer.content.decode()


def test_a_code_for_one_order_is_used_up_after_it_and_counts_again_when_the_order_is_given_back(till: Client) -> None:
    _who, code = holder(shipping(codes=["FIRST-1"]))
    first = post(till)(code=code.text, amount_minor=5_000).json()

    assert post(till)(code=code.text).status_code == 409
    given_back = post(till, f"/{first['id']}/take-back")()

    assert given_back.json()["taken_back_at"] is not None
    assert not Deal.objects.exists()
    assert post(till)(code=code.text).status_code == 201


def test_what_was_redeemed_long_ago_is_not_given_back(till: Client) -> None:
    _who, code = holder(shipping(codes=["FIRST-1"]))
    first = post(till)(code=code.text).json()
    Redemption.objects.update(at=timezone.now() - timedelta(hours=1))

    answer = post(till, f"/{first['id']}/take-back")()

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:leadstone:problem:redemption_too_old")


def test_an_order_in_another_currency_is_refused_and_not_converted(till: Client) -> None:
    _who, code = holder(club())

    answer = post(till)(code=code.text, amount_minor=100, currency="EUR")

    assert (answer.status_code, answer.json()["type"]) == (422, "urn:leadstone:problem:code_other_currency")


def test_a_code_in_the_address_leads_nowhere(till: Client) -> None:
    _who, code = holder(club())

    assert till.get(f"/api/v1/redemptions/{code.text}").status_code == 404
    assert till.get("/api/v1/redemptions/check", {"code": code.text}).status_code == 405
