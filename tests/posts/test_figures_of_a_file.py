"""What files of figures say: each row that can be read counts, and each other one is told with its reason."""

from datetime import date

import pytest

from leadstone.domains.posts.rules import Reading
from leadstone.domains.posts.rules.reading import Figures, Wrong, columns_of, missing_in, plain_address, read_figures
from leadstone.wire.link_codes import make_link_code, spelled

TODAY = date(2026, 11, 22)
CODE = make_link_code(lambda below: 3)
POSTS = {CODE: 7, plain_address("https://www.facebook.com/cieplo/posts/12/"): 8}
NAMES = ("Post", "Date", "Reach", "Likes")


def read(*rows: tuple[str, ...], names: tuple[str, ...] = NAMES) -> Figures:
    return read_figures(rows, columns=columns_of(names), posts=POSTS, today=TODAY)


@pytest.mark.parametrize(
    "named", [CODE, CODE.lower(), spelled(CODE), f"https://leady.example.pl/t/{CODE}", f"https://leady.example.pl/t/{CODE}/"]
)
def test_a_post_is_found_by_its_code_however_it_is_written(named: str) -> None:
    assert read((named, "2026-11-20", "900", "")).readings == (Reading(post_id=7, on=date(2026, 11, 20), reach=900),)


@pytest.mark.parametrize("named", ["facebook.com/cieplo/posts/12", "http://FACEBOOK.com/cieplo/posts/12/"])
def test_a_post_is_found_by_the_address_where_everybody_reads_it(named: str) -> None:
    assert read((named, "20.11.2026", "900", "3")).readings[0].post_id == 8


@pytest.mark.parametrize(("cell", "number"), [("0", 0), ("12 400", 12_400), ("12\u00a0400", 12_400), ("12,400", 12_400)])
def test_a_number_is_read_as_people_write_it(cell: str, number: int) -> None:
    assert read((CODE, "2026-11-20", cell, "")).readings[0].reach == number


@pytest.mark.parametrize(
    ("row", "because"),
    [
        (("", "2026-11-20", "9", ""), Wrong.NO_POST),
        (("another", "2026-11-20", "9", ""), Wrong.UNKNOWN_POST),
        ((CODE, "yesterday", "9", ""), Wrong.NO_DAY),
        ((CODE, "2026-02-30", "9", ""), Wrong.NO_DAY),
        ((CODE, "2026-11-23", "9", ""), Wrong.NOT_YET),
        ((CODE, "2026-11-20", "-9", ""), Wrong.NOT_A_NUMBER),
        ((CODE, "2026-11-20", "1.5", ""), Wrong.NOT_A_NUMBER),
        ((CODE, "2026-11-20", "9" * 10, ""), Wrong.NOT_A_NUMBER),
        ((CODE, "2026-11-20", "²", ""), Wrong.NOT_A_NUMBER),
        ((CODE, "2026-11-20", "", ""), Wrong.NOTHING_SAID),
    ],
)
def test_a_row_that_cannot_be_is_told_by_its_number_and_the_others_count(row: tuple[str, ...], because: Wrong) -> None:
    found = read((CODE, "2026-11-19", "5", ""), row)

    assert [(each.row, each.because) for each in found.wrong] == [(2, because)]
    assert [reading.reach for reading in found.readings] == [5]


def test_the_last_of_two_rows_of_one_post_and_day_counts() -> None:
    assert read((CODE, "2026-11-20", "5", ""), (CODE, "20.11.2026", "6", "")).readings == (
        Reading(post_id=7, on=date(2026, 11, 20), reach=6),
    )


def test_columns_are_known_by_their_polish_names_too() -> None:
    columns = columns_of(["Kod", "Data", "Zasięg", "Udostępnienia", "Nastrój"])

    assert columns == {"post": 0, "day": 1, "reach": 2, "shares": 3}
    assert not missing_in(columns)


@pytest.mark.parametrize("names", [["Date", "Reach"], ["Post", "Reach"], ["Post", "Date"], []])
def test_a_file_that_does_not_say_what_it_counts_is_refused(names: list[str]) -> None:
    assert missing_in(columns_of(names))
