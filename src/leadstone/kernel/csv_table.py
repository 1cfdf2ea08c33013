"""Tables as other programs save them: CSV in the encodings and with the separators that spreadsheets use."""

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from dataclasses import dataclass

from leadstone.kernel.errors import LeadstoneError

SEPARATORS = (";", ",", "\t", "|")
LOOKS_AT = 20  # rows by which a separator is found


class NotATable(LeadstoneError):
    code = "not_a_table"
    sentence = "This is no list that can be read. Save it as CSV, one line for each."


@dataclass(frozen=True, slots=True)
class Table:
    """Every row is as wide as `columns`; a list without a first row of names has empty ones."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_text(data: bytes) -> str:
    """The text of a file. What says its encoding is believed; else UTF-8, and where it is none, what Windows writes in Poland."""
    if data.startswith(BOM_UTF8):
        text = data.decode("utf-8-sig", errors="replace")
    elif data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("cp1250", errors="replace")
    return text.replace("\0", "")  # no database keeps it in a text


def read_table(text: str) -> Table:
    """The rows of CSV as anybody separates them; empty ones are left out. A first row with an address in it names no columns.

    Raises `NotATable`.
    """
    text = text.replace("\0", "").lstrip("\ufeff")
    try:
        rows = _rows(text, _separator(text))
    except csv.Error as unreadable:
        raise NotATable from unreadable
    if not rows:
        return Table(columns=(), rows=())
    width = max(len(row) for row in rows)
    padded = [(*row, *[""] * (width - len(row))) for row in rows]
    if any("@" in cell for cell in padded[0]):
        return Table(columns=("",) * width, rows=tuple(padded))
    return Table(columns=padded[0], rows=tuple(padded[1:]))


def _separator(text: str) -> str:
    """Whatever makes the widest rows that are as wide as the first one. In a list of one column it does not matter."""
    head = "".join(text.splitlines(keepends=True)[: 4 * LOOKS_AT])

    def evenness(separator: str) -> tuple[int, int]:
        widths = [len(row) for row in _rows(head, separator)[:LOOKS_AT]]
        even = sum(width == widths[0] for width in widths) if widths and widths[0] > 1 else 0
        return even, widths[0] if widths else 0

    return max(SEPARATORS, key=evenness)


def _rows(text: str, separator: str) -> list[Sequence[str]]:
    read = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    rows = ([cell.strip() for cell in row] for row in read)
    return [row for row in rows if any(row)]
