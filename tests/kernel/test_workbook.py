"""Workbooks are read as they are seen on the screen, and none of them can hurt whoever opens it."""

import struct
from datetime import UTC, datetime

import pytest

from leadstone.kernel import workbook as reading
from leadstone.kernel.csv_table import Table, read_table
from leadstone.kernel.workbook import BrokenWorkbook, LargeWorkbook, LockedWorkbook, OtherWorkbook, is_workbook, read_workbook
from tests.workbooks import of_rows, packed, sheet, workbook

HEART = {"xl/workbook.xml": b"<workbook/>"}
PEOPLE = ["E-mail", "Telefon"]


def table(data: bytes) -> Table:
    (only,) = read_workbook(data)
    return read_table(only.text)


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (48_512_000_111, "48512000111"),
        (4.8512000111e10, "48512000111"),
        (0.1 + 0.2, "0.3"),
        (-12.50, "-12.5"),
        (datetime(2026, 3, 4, 10, 22, tzinfo=UTC), "2026-03-04 10:22"),
        (datetime(2026, 3, 4, 10, 22, 7, tzinfo=UTC), "2026-03-04 10:22:07"),
        (datetime(2026, 3, 4, tzinfo=UTC), "2026-03-04"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("  +48 601 234 567 ", "+48 601 234 567"),
        ("Żak, „Łucja”; & <syn>", "Żak, „Łucja”; & <syn>"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_a_cell_is_what_one_reads_in_it(cell: object, seen: str) -> None:
    assert table(of_rows(PEOPLE, ["x", cell])).rows == (("x", seen),)  # type: ignore[list-item]  # each is a cell


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ('<c r="A2"><f>1+1</f><v>2</v></c>', "2"),  # what a formula came to
        ('<c r="A2" t="str"><f>A1&amp;"!"</f><v>Ola!</v></c>', "Ola!"),
        ('<c r="A2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A2" t="e"><v>#N/A</v></c>', ""),
        ('<c r="A2"><v>nan</v></c>', ""),
    ],
)
def test_a_formula_is_what_it_came_to_and_a_mistake_is_nothing(written: str, seen: str) -> None:
    told = sheet([["a"]]).replace("</sheetData>", f'<row r="2">{written}<c r="B2"><v>7</v></c></row></sheetData>')

    assert table(workbook({"one": told})).rows == ((seen, "7"),)


def test_every_sheet_that_is_seen_is_read_and_no_other() -> None:
    one = sheet([["a"], ["b"]])
    sheets = read_workbook(workbook({"March": one, "Empty": sheet([]), "Kitchen": one, "April": one}, hidden=["Kitchen"]))

    assert [each.name for each in sheets] == ["March", "April"]


def test_a_list_that_begins_in_the_middle_of_a_sheet_is_the_same_list() -> None:
    assert table(workbook({"one": sheet([[None, None, *PEOPLE], [None, None, "o@x.example", 1]], first=7)})) == Table(
        columns=tuple(PEOPLE), rows=(("o@x.example", "1"),)
    )


def test_a_comma_in_every_row_ends_no_cell() -> None:
    rows = [["Osoba, kto", "Zgoda, na co"], ["Żak, Ola", "tak, na kontakt"], ["Lis, Jan", "tak, na kontakt"]]

    assert table(of_rows(*rows)).rows == (("Żak, Ola", "tak, na kontakt"), ("Lis, Jan", "tak, na kontakt"))


def test_what_is_no_table_in_the_package_is_passed_over() -> None:
    more = {"xl/media/image1.png": b"\x89PNG\r\n", "xl/printerSettings/printerSettings1.bin": b"\0" * 9}

    assert len(read_workbook(workbook({"one": sheet([["a"]])}, more=more))) == 1


@pytest.mark.parametrize(
    "told",
    [
        '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>",
        '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="&#88;FD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>",
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1"><x:c r="A1">'
        '<x:v>1</x:v></x:c></x:row><x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet>&b;</worksheet>',
    ],
)
def test_cells_far_apart_and_words_of_its_own_are_refused_before_anything_is_laid_out(told: str) -> None:
    with pytest.raises(LargeWorkbook):
        read_workbook(workbook({"one": told}))


def test_cells_without_places_are_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_CELLS", 8)
    told = f"<worksheet><sheetData>{'<row><c><v>1</v></c><c><v>1</v></c><c><v>1</v></c></row>' * 3}</sheetData></worksheet>"

    with pytest.raises(LargeWorkbook):
        read_workbook(workbook({"one": told}))


def test_a_far_cell_that_holds_nothing_is_no_reason_to_refuse() -> None:
    told = sheet([["a"], ["b"]]).replace("</sheetData>", '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')

    assert table(workbook({"one": told})).columns == ("a",)


def test_what_swells_when_it_is_unpacked_is_refused() -> None:
    more = {"xl/sharedStrings.xml": b"<sst>" + b" " * reading.MOST_BYTES + b"</sst>"}
    data = workbook({"one": sheet([["a"]])}, more=more)

    assert len(data) < 100_000
    with pytest.raises(LargeWorkbook):
        read_workbook(data)


def test_a_part_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(workbook({"one": sheet([["a"]] * 50)}))
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    data[entry + 24 : entry + 28] = struct.pack("<I", 12)

    with pytest.raises(BrokenWorkbook):
        read_workbook(bytes(data))


def test_too_many_parts_are_refused() -> None:
    with pytest.raises(LargeWorkbook):
        read_workbook(packed(HEART | {f"xl/x{number}.xml": b"<x/>" for number in range(reading.MOST_PARTS)}))


@pytest.mark.parametrize("far", ["A0", "AAAA1", "a1", "A99999999", ""])
def test_a_cell_in_no_place_is_a_damaged_workbook(far: str) -> None:
    with pytest.raises(BrokenWorkbook):
        read_workbook(workbook({"one": f'<worksheet><sheetData><row><c r="{far}"><v>1</v></c></row></sheetData></worksheet>'}))


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"PK\x03\x04 and more", BrokenWorkbook),
        (of_rows(["a"])[:-30], BrokenWorkbook),
        (packed(HEART | {"xl/styles.xml": b"<styleSheet>"}), BrokenWorkbook),
        (packed({"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), OtherWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0k\0b\0o\0o\0k\0", OtherWorkbook),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), LockedWorkbook),
    ],
)
def test_what_cannot_be_read_is_named_as_what_it_is(data: bytes, named: type[Exception]) -> None:
    assert is_workbook(data)
    with pytest.raises(named):
        read_workbook(data)


def test_a_part_under_a_password_is_named_so() -> None:
    data = bytearray(of_rows(["a"]))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        entry = data.index(mark)
        data[entry + place] |= 1

    with pytest.raises(LockedWorkbook):
        read_workbook(bytes(data))
