"""What is bought from a supplier and what not, what may be given back, and by when a person has to be told."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.suppliers.rules import (
    Known,
    NotReturned,
    Offered,
    Refused,
    Returned,
    State,
    Terms,
    Wants,
    latest_notice,
    may_give_back,
    notice_due,
    refusal,
    told_to_supplier,
)
from leadstone.kernel.address import read_address
from leadstone.kernel.phone import read_phone

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TERMS = Terms(ended=False, wants=frozenset({Wants.EMAIL, Wants.WORDS}), oldest_days=90, a_day=100)
OLA = Offered(
    reference="A-1",
    email="ola@sold.example",
    phone="",
    address=read_address("ola@sold.example"),
    number=None,
    name="Ola Nowak",
    company="",
    source="A comparison of boilers on compare.example",
    words="I agree that Warm Ltd. calls me about heat pumps.",
    agreed_at=NOW - timedelta(days=3),
)


STRANGER = Known()


def judged(offered: Offered = OLA, *, terms: Terms = TERMS, known: Known = STRANGER, taken: int = 0) -> Refused | None:
    return refusal(offered, terms=terms, known=known, taken_today=taken, now=NOW)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({}, None),
        ({"email": "ola@", "address": None}, Refused.NOT_AN_ADDRESS),
        ({"phone": "12"}, Refused.NOT_A_PHONE),
        ({"email": "", "address": None}, Refused.NOBODY_TO_REACH),
        ({"email": "", "address": None, "phone": "+48601234567", "number": read_phone("+48601234567")}, Refused.NO_EMAIL),
        ({"email": "a@mailinator.com", "address": read_address("a@mailinator.com")}, Refused.THROWAWAY),
        ({"source": "  "}, Refused.NO_SOURCE),
        ({"words": ""}, Refused.NO_WORDS),
        ({"agreed_at": None}, Refused.NO_DAY),
        ({"agreed_at": NOW + timedelta(days=1)}, Refused.DAY_AHEAD),
        ({"agreed_at": NOW - timedelta(days=91)}, Refused.TOO_OLD),
        ({"agreed_at": NOW - timedelta(days=90)}, None),
    ],
)
def test_a_lead_is_bought_only_with_a_way_to_reach_the_person_a_source_and_the_words(
    changes: dict[str, object], because: Refused | None
) -> None:
    assert judged(replace(OLA, **changes)) is because  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "because"),
    [
        (Known(known=True), Refused.KNOWN),
        (Known(known=True, bought=True), Refused.BOUGHT),
        (Known(known=True, bought=True, stopped=True), Refused.STOPPED),
    ],
)
def test_nobody_is_bought_whom_we_know_and_the_supplier_does_not_learn_why(known: Known, because: Refused) -> None:
    assert judged(known=known) is because
    assert told_to_supplier(because) is Refused.KNOWN


def test_no_more_are_taken_in_a_day_than_was_agreed_and_none_after_the_end() -> None:
    assert judged(taken=99) is None
    assert judged(taken=100) is Refused.OVER
    assert judged(terms=replace(TERMS, ended=True)) is Refused.ENDED


@pytest.mark.parametrize(
    ("received", "latest"),
    [
        (date(2026, 1, 15), date(2026, 2, 15)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_person_is_told_within_a_month_as_the_law_counts_months(received: date, latest: date) -> None:
    assert latest_notice(received) == latest


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(0, 31))
def test_no_promise_of_ours_is_later_than_the_law(received: date, days: int) -> None:
    due = notice_due(received, within_days=days)

    assert received <= due <= latest_notice(received)
    assert due <= received + timedelta(days=days)


@pytest.mark.parametrize(
    ("state", "age", "because", "note", "objection"),
    [
        (State.ACCEPTED, 30, Returned.WRONG_NUMBER, "", None),
        (State.ACCEPTED, 31, Returned.WRONG_NUMBER, "", NotReturned.TOO_LATE),
        (State.REFUSED, 1, Returned.WRONG_NUMBER, "", NotReturned.NOT_BOUGHT),
        (State.OWED, 1, Returned.WRONG_NUMBER, "", NotReturned.GIVEN_BACK),
        (State.CREDITED, 1, Returned.WRONG_NUMBER, "", NotReturned.GIVEN_BACK),
        (State.ACCEPTED, 1, Returned.OTHER, " ", NotReturned.NO_WORDS),
        (State.ACCEPTED, 1, Returned.OTHER, "the company closed", None),
    ],
)
def test_what_was_bought_is_given_back_once_in_time_and_with_a_reason(
    state: State, age: int, because: Returned, note: str, objection: NotReturned | None
) -> None:
    found = may_give_back(
        state, bought_at=NOW - timedelta(days=age), because=because, note=note, within=timedelta(days=30), now=NOW
    )

    assert found is objection
