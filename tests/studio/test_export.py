"""The export is formula-safe, whole, and comes back in as it went out (promise L10)."""

import csv
import io

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.contacts.models import Contact
from leadstone.studio.shell.exports import BYTE_ORDER_MARK, DANGEROUS, safe, unsafe
from tests.cast import MONDAY, Guide, Visitor, ask

EVIL = ('=HYPERLINK("http://evil.example";"x")', "+48 601 234 567", "-1+1", "@SUM(A1)", "'quoted", "|cmd", "%0A")


def exported(client: Client, query: str = "") -> list[list[str]]:
    answer = client.get(f"/leads/export.csv{query}")
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


def test_no_cell_of_the_file_is_a_formula_and_each_reads_back_as_it_was_typed(admin: Client, guide: Guide) -> None:
    for number, name in enumerate(EVIL):
        ask(guide, f"evil{number}@example.com", name=name)

    rows = exported(admin)

    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)
    assert {unsafe(row[0]) for row in rows[1:]} == set(EVIL)


def test_a_phone_number_keeps_its_plus_and_every_digit(admin: Client, ann: Visitor) -> None:
    [_titles, row] = exported(admin)

    assert unsafe(row[2]).replace(" ", "") == "+48601234567"


def test_the_file_holds_what_the_list_shows(admin: Client, ann: Visitor, bob: Visitor) -> None:
    assert [row[0] for row in exported(admin, "?proven=yes")[1:]] == ["Ann Nowak"]
    assert len(exported(admin)) == 3


def test_whom_nobody_may_turn_to_stands_in_the_file_without_an_address_and_a_number(admin: Client, ann: Visitor) -> None:
    Contact.objects.update(unfounded_since=MONDAY)

    [titles, row] = exported(admin)

    told = dict(zip(titles, row, strict=True))
    assert (told["Name"], told["E-mail"], told["Phone"], told["In quarantine"]) == ("Ann Nowak", "", "", "yes")


def test_quotes_commas_and_line_breaks_stay_inside_their_cell(admin: Client, guide: Guide) -> None:
    ask(guide, "odd@example.com", name='Ann "the, engineer"', company="Two\nlines")

    [_titles, row] = exported(admin)
    assert row[0] == 'Ann "the, engineer"'


@given(st.text())
def test_a_safe_cell_reads_back_and_begins_with_nothing_dangerous(text: str) -> None:
    cell = safe(text)

    assert unsafe(cell) == text
    assert not cell.startswith(tuple(mark for mark in DANGEROUS if mark != "'"))
