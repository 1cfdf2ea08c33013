"""A supplier's file: columns are known by their names, and each line is what it says."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from leadstone.domains.suppliers.rules.reading import Column, Usual, offers, read_moment, suggest

WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.mark.parametrize(
    ("names", "holds"),
    [
        (
            ("Lead ID", "First name", "Last name", "E-mail", "Phone number", "Consent", "Consent date"),
            (Column.REFERENCE, Column.FIRST_NAME, Column.LAST_NAME, Column.EMAIL, Column.PHONE, Column.WORDS, Column.AGREED_AT),
        ),
        (
            ("Imię i nazwisko", "ADRES E-MAIL", "Telefon", "Firma", "Treść zgody", "Data zgody", "Źródło"),
            (Column.NAME, Column.EMAIL, Column.PHONE, Column.COMPANY, Column.WORDS, Column.AGREED_AT, Column.SOURCE),
        ),
        (("created_at", "email", "full_name"), (Column.AGREED_AT, Column.EMAIL, Column.NAME)),
    ],
)
def test_columns_are_known_by_their_names_in_both_languages(names: tuple[str, ...], holds: tuple[Column, ...]) -> None:
    assert suggest(names, []) == {column: place for place, column in enumerate(holds)}


def test_a_column_without_a_name_is_known_by_the_addresses_in_it() -> None:
    assert suggest(("", ""), [("601 234 567", "ola@example.com")]) == {Column.EMAIL: 1}


def test_a_column_that_says_nothing_known_is_left_to_the_reader() -> None:
    assert suggest(("Colour",), [("red",)]) == {}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-14T08:30:00Z", datetime(2026, 11, 14, 8, 30, tzinfo=UTC)),
        ("2026-11-14 08:30", datetime(2026, 11, 14, 7, 30, tzinfo=UTC)),
        ("14.11.2026 08:30", datetime(2026, 11, 14, 7, 30, tzinfo=UTC)),
        ("4/7/2026  08:30:15", datetime(2026, 7, 4, 6, 30, 15, tzinfo=UTC)),
        ("14.11.2026", datetime(2026, 11, 13, 23, 0, tzinfo=UTC)),
        ("soon", None),
        ("31.02.2026", None),
        ("0001-01-01", None),
        ("", None),
    ],
)
def test_a_moment_is_read_as_europe_writes_it_by_the_clock_of_the_reader(text: str, moment: datetime | None) -> None:
    assert read_moment(text, zone=WARSAW) == moment


def test_what_a_line_does_not_say_is_as_usual_and_names_are_put_together() -> None:
    holds = {Column.FIRST_NAME: 0, Column.LAST_NAME: 1, Column.EMAIL: 2, Column.PHONE: 3, Column.SOURCE: 4}
    rows = [("Ola", "Żak", "Ola@Zak.example", "601234567", ""), ("", "", "nobody", "12", "a fair")]

    ola, nobody = offers(rows, holds=holds, usual=Usual(source="a comparison", words="I agree"), zone=WARSAW)

    assert (ola.name, ola.source, ola.words) == ("Ola Żak", "a comparison", "I agree")
    assert ola.number is not None
    assert ola.number.key == "+48601234567"
    assert (nobody.address, nobody.number, nobody.source, nobody.email) == (None, None, "a fair", "nobody")
