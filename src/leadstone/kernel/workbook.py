"""Workbooks as spreadsheets save them (XLSX, ISO/IEC 29500): each sheet as rows of text.

A workbook is a packed folder that anybody may have made. Every part is unpacked within a limit and read as XML before the reader
sees it, and the reader gets the parts that were looked at and no others: it lays a sheet out as one rectangle, so that two cells
far apart would ask for more memory than there is.
"""

import csv
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from leadstone.kernel.errors import LeadstoneError

MOST_BYTES = 40_000_000  # of all parts, unpacked
MOST_PARTS = 1_000
MOST_CELLS = 600_000  # of the rectangles that hold what is written
SEPARATOR = ";"
_PACKED = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"  # the container of XLS, and of any workbook under a password
_SEALED = "EncryptedPackage".encode("utf-16-le")
_HEART = re.compile(r"xl/workbook[^/]*\.xml")
_LOCKED = 0x1  # a part under a password of the packer's
_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_HOLDS = frozenset({"v", "is", "f"})


class LockedWorkbook(LeadstoneError):
    code = "locked_workbook"
    sentence = "This workbook asks for a password. Save it without one."


class OtherWorkbook(LeadstoneError):
    code = "other_workbook"
    sentence = "This kind of file cannot be read. Open it in your spreadsheet and save it as XLSX or CSV."


class BrokenWorkbook(LeadstoneError):
    code = "broken_workbook"
    sentence = "This workbook is damaged. Open it in your spreadsheet and save it again."


class LargeWorkbook(LeadstoneError):
    code = "large_workbook"
    sentence = "This workbook is too large, or has cells far apart. Copy the rows that you mean into a new one."


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as the text of a CSV file; `name` is empty where there is only one list."""

    name: str
    text: str


def is_workbook(data: bytes) -> bool:
    """Whether this is a workbook, or whatever else is packed like one, and no text."""
    return data.startswith((_PACKED, _OLD))


def read_workbook(data: bytes) -> tuple[Sheet, ...]:
    """The sheets that somebody sees in it, without those that are empty.

    A cell is as it is read on the screen: what a formula came to, a number with all of its digits, a time as ISO 8601. Raises
    `LockedWorkbook`, `OtherWorkbook`, `BrokenWorkbook`, `LargeWorkbook`.
    """
    if data.startswith(_OLD):
        raise LockedWorkbook if _SEALED in data else OtherWorkbook
    looked_at = _repacked(data)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(looked_at)) as book:
            shown = [
                each.name
                for each in book.sheets_metadata
                if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
            ]
            sheets = [Sheet(name=name, text=_text(book.get_sheet_by_name(name).to_python())) for name in shown]
    except (CalamineError, OverflowError) as unreadable:  # a day after the last one of the calendar
        raise BrokenWorkbook from unreadable
    return tuple(sheet for sheet in sheets if sheet.text)


def _repacked(data: bytes) -> bytes:
    """The parts of a workbook that were looked at."""
    packed = io.BytesIO()
    cells = 0
    try:
        with ZipFile(io.BytesIO(data)) as archive, ZipFile(packed, "w", ZIP_STORED) as kept:
            for name, part in _parts(archive):
                cells += _rectangle(part)
                if cells > MOST_CELLS:
                    raise LargeWorkbook
                kept.writestr(name, part)
    except (BadZipFile, zlib.error, EOFError, expat.ExpatError, ValueError, NotImplementedError) as broken:
        raise BrokenWorkbook from broken
    return packed.getvalue()


def _parts(archive: ZipFile) -> Iterator[tuple[str, bytes]]:
    """Name and content of each part that is XML; pictures and what printers want are left out."""
    named: dict[str, ZipInfo] = {info.filename: info for info in archive.infolist()}
    if any(info.flag_bits & _LOCKED for info in named.values()):
        raise LockedWorkbook
    if not any(map(_HEART.fullmatch, named)):
        raise OtherWorkbook
    if len(named) > MOST_PARTS:
        raise LargeWorkbook
    left = MOST_BYTES
    for name, info in named.items():
        if not name.endswith((".xml", ".rels")):
            continue
        if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise BrokenWorkbook
        with archive.open(info) as packed:
            part = packed.read(left + 1)  # whatever size it says of itself
        left -= len(part)
        if left < 0:
            raise LargeWorkbook
        yield name, part


def _rectangle(part: bytes) -> int:
    """How many cells there are between the first and the last that hold something; 0 in what is no sheet.

    Raises `expat.ExpatError` for what is no XML, `LargeWorkbook` for one that defines words of its own.
    """
    row = column = 0
    rows: list[int] = []
    columns: list[int] = []

    def begins(name: str, said: dict[str, str]) -> None:
        nonlocal row, column
        match name.rpartition(":")[2]:
            case "row":
                row, column = int(said["r"]) if "r" in said else row + 1, 0
            case "c":
                row, column = _place(said["r"]) if "r" in said else (row, column + 1)
            case within if within in _HOLDS and (not rows or (row, column) != (rows[-1], columns[-1])):
                rows.append(row)
                columns.append(column)

    def defines(*_said: object) -> None:
        raise LargeWorkbook  # a word that stands for ten others, each for ten more

    reader = expat.ParserCreate("utf-8")
    reader.StartElementHandler, reader.StartDoctypeDeclHandler = begins, defines
    reader.Parse(part, True)
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if rows else 0


def _place(name: str) -> tuple[int, int]:
    """Row and column of a cell, from 1."""
    found = _PLACE.fullmatch(name)
    if found is None:
        raise BrokenWorkbook
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _text(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV, every cell in quotes, so that no comma in one is taken for an end; empty for a sheet of nothing."""
    told = io.StringIO()
    writer = csv.writer(told, delimiter=SEPARATOR, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    cells = [[_shown(cell) for cell in row] for row in rows]
    writer.writerows(row for row in cells if any(row))
    return told.getvalue()


def _shown(cell: object) -> str:
    shown = ""
    match cell:
        case str():
            shown = cell.replace("\0", "").strip()
        case bool():
            shown = str(cell).upper()
        case float() | int() if isfinite(cell):
            # A telephone number is a number to a spreadsheet, and 4.8512E+10 on its screen.
            shown = str(int(cell)) if cell == int(cell) else f"{cell:.15g}"
        case datetime():
            told = (cell + timedelta(milliseconds=500)).replace(microsecond=0)
            shown = told.isoformat(sep=" ", timespec="seconds" if told.second else "minutes")
        case date():
            shown = cell.isoformat()
        case time():
            shown = cell.isoformat(timespec="seconds" if cell.second else "minutes")
        case timedelta():
            minutes = round(cell.total_seconds() / 60)
            shown = f"{minutes // 60}:{minutes % 60:02}"
    return shown
