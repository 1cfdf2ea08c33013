"""The six digits of a mail, typed into the page that was open all the time."""

from datetime import timedelta

import pytest

from leadstone.domains.grants.models import Grant
from leadstone.wire.tokens import TokenPurpose, read_token
from tests.portal.test_my import Visitor, visitor
from tests.worker.conftest import MONDAY, House

__all__ = ["visitor"]


@pytest.fixture
def mailed(house: House) -> str:
    """Ann's form, whose mail was handed over; returns the code."""
    house.journal(house.form("ann@home.example", ticked=True))
    house.work()
    return house.code(house.mails()[0])


def path(ref: str = "ref-1") -> str:
    return f"/m/guide/thanks/{ref}"


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_right_digits_prove_the_mailbox_and_lead_to_the_file(house: House, visitor: Visitor, mailed: str) -> None:
    status, location = visitor.post(path(), {"code": f" {mailed[:3]} {mailed[3:]} "})

    assert status == 303
    token = read_token(location.removeprefix("/d/"), TokenPurpose.DELIVER, verify_key=house.keys.token_verify_key, now=MONDAY)
    assert token is not None
    assert token.key == Grant.objects.get().key
    assert Grant.objects.get().state == "opened"


def test_a_code_works_once(visitor: Visitor, mailed: str) -> None:
    assert visitor.post(path(), {"code": mailed})[0] == 303
    assert visitor.post(path(), {"code": mailed})[0] == 422


def test_a_code_lasts_half_an_hour(visitor: Visitor, mailed: str) -> None:
    visitor.now = MONDAY + timedelta(minutes=31)

    assert visitor.post(path(), {"code": mailed})[0] == 422


def test_after_five_wrong_tries_the_right_one_is_too_late(house: House, visitor: Visitor, mailed: str) -> None:
    house.journal(house.form("ann@home.example"))
    house.work()
    # Over all pages of the address, not five for each.
    for number in range(5):
        status, page = visitor.post(path(f"ref-{number % 2 + 1}"), {"code": wrong(mailed)})
        assert status == 422
        assert "not the digits" in page

    status, page = visitor.post(path(), {"code": mailed})

    assert status == 422
    assert "fifth try" in page
    assert Grant.objects.get().state == "mailed"


def test_the_next_day_brings_new_tries(house: House, visitor: Visitor, mailed: str) -> None:
    for _ in range(6):
        visitor.post(path(), {"code": wrong(mailed)})
    tomorrow = MONDAY + timedelta(days=1)
    house.journal(house.form("ann@home.example", at=tomorrow))
    house.work(tomorrow)
    visitor.now = tomorrow

    assert visitor.post(path("ref-2"), {"code": house.code(house.mails()[0])})[0] == 303


def test_a_known_and_an_unknown_page_answer_alike(visitor: Visitor, mailed: str) -> None:
    known = [visitor.post(path("ref-1"), {"code": wrong(mailed)}) for _ in range(7)]
    unknown = [visitor.post(path("ref-9"), {"code": wrong(mailed)}) for _ in range(7)]

    assert [status for status, _ in known] == [status for status, _ in unknown]
    assert [page.replace("ref-1", "ref-9") for _, page in known] == [page for _, page in unknown]


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "½½½½½½", "0" * 100_000, "١٢٣٤٥٦", "\0\0"])
def test_odd_codes_are_wrong_and_nothing_more(visitor: Visitor, mailed: str, code: str) -> None:
    assert visitor.post(path(), {"code": code})[0] == 422


def test_a_page_that_was_never_published_is_not_found(visitor: Visitor, mailed: str) -> None:
    assert visitor.post("/m/nothing/thanks/ref-1", {"code": mailed})[0] == 404


def test_a_code_of_one_person_opens_nothing_of_another(house: House, visitor: Visitor, mailed: str) -> None:
    house.journal(house.form("bob@home.example"))
    house.work(MONDAY + timedelta(minutes=1))

    assert visitor.post(path("ref-2"), {"code": mailed})[0] == 422


def test_a_form_of_thousands_of_fields_is_refused_and_costs_no_try(visitor: Visitor, mailed: str) -> None:
    flood = {f"field{number}": "1" for number in range(1000)}
    assert [visitor.post(path(), flood)[0] for _ in range(5)] == [400] * 5
    assert visitor.post(path(), {"code": mailed})[0] == 303
