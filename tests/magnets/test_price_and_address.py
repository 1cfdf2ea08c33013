"""The price tag of a form, and the public address that a title gives."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.magnets.definitions import CONTRACT, complete

from leadstone.domains.magnets.rules import LONGEST_SLUG, Owed, file_name, is_slug, price_of, slug_of
from leadstone.kernel.document import MediaType
from leadstone.wire.definition import AskedField, Channel, FieldKey, MagnetDefinition, NextStep


def asking(*asks: AskedField, steps: tuple[NextStep, ...] = CONTRACT.next_steps) -> MagnetDefinition:
    contract = msgspec.structs.replace(CONTRACT, asks=(CONTRACT.asks[0], *asks), next_steps=steps)
    return msgspec.structs.replace(complete(), contract=contract)


def test_the_tag_lists_every_field_with_the_promise_that_it_would_cost() -> None:
    tag = price_of(complete())

    assert {price.key: price.owes for price in tag.fields} == {
        FieldKey.EMAIL: Owed.ONE_MAIL,
        FieldKey.NAME: Owed.GREETING,
        FieldKey.PHONE: Owed.DECLARED_CALL,
        FieldKey.COMPANY: Owed.COMPANY_KEPT_APART,
        FieldKey.POSITION: Owed.POSITION_OPTIONAL,
        FieldKey.QUESTION: Owed.ANSWER_READ,
    }
    assert (tag.asked, tag.required, tag.unpaid) == (1, 1, 0)


def test_a_field_without_a_reason_is_unpaid() -> None:
    assert price_of(asking(AskedField(key=FieldKey.COMPANY, reason=""))).unpaid == 1


def test_a_phone_number_stays_unpaid_until_the_page_says_who_calls() -> None:
    phone = AskedField(key=FieldKey.PHONE, reason="to call you back", required=True)
    called = (*CONTRACT.next_steps, NextStep(channel=Channel.PHONE, text="One call within two days."))

    assert price_of(asking(phone)).unpaid == 1
    tag = price_of(asking(phone, steps=called))
    assert (tag.asked, tag.required, tag.unpaid) == (2, 2, 0)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Jak czytać ofertę na pompę ciepła?", "jak-czytac-oferte-na-pompe-ciepla"),
        ("Żółć i Łódź", "zolc-i-lodz"),
        ("Straße & Smørrebrød", "strasse-smorrebrod"),
        ("  10 błędów  ", "10-bledow"),
        ("热泵指南", "white-paper"),
        ("🎁🎁", "white-paper"),
        ("", "white-paper"),
    ],
)
def test_a_title_gives_an_address_that_people_can_type(title: str, slug: str) -> None:
    assert slug_of(title, otherwise="white_paper") == slug


@given(st.text(max_size=400))
def test_every_title_gives_a_good_address_with_room_for_a_number(title: str) -> None:
    slug = slug_of(title, otherwise="guide")

    assert is_slug(slug)
    assert len(slug) <= LONGEST_SLUG - 5


@pytest.mark.parametrize("slug", ["", "-a", "a-", "a--b", "Abc", "a b", "a/b", "ł", "a" * 81, "a\n"])
def test_an_address_of_another_shape_is_refused(slug: str) -> None:
    assert not is_slug(slug)


def test_the_visitor_s_disk_sees_the_address_as_a_name() -> None:
    assert file_name("jak-czytac", MediaType.EPUB) == "jak-czytac.epub"
