"""Lists as CSV that a spreadsheet cannot be tricked by, and that comes back in as it went out.

A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV injection"). A phone number begins
with "+", and is a formula to a spreadsheet too; it keeps its plus and its digits behind the apostrophe. `unsafe` takes the
apostrophe off again, so that an import sees the very text.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import tzinfo
from typing import TypeVar

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.functional import Promise

from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.studio.shell.gate import actor

Row = TypeVar("Row")
Columns = Sequence[tuple[str | Promise, Callable[[Row], str]]]

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet reads "Łódź" as Latin-1
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "|", "%")


def safe(text: str) -> str:
    """`text` as a cell that stays text."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def unsafe(cell: str) -> str:
    """The text that `safe` made the cell of."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell


def file_lines(columns: Columns[Row], rows: Iterable[Row]) -> Iterator[str]:
    """The file, line by line, in constant memory; RFC 4180 with a byte order mark."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield BYTE_ORDER_MARK + writer.writerow([safe(str(title)) for title, _read in columns])
    for row in rows:
        yield writer.writerow([safe(read(row)) for _title, read in columns])


def csv_file(request: HttpRequest, *, name: str, columns: Columns[Row], rows: Iterable[Row]) -> StreamingHttpResponse:
    """The rows as a file to keep, streamed; the audit log says who took out how many rows of the list `name`."""
    day = timezone.localdate().isoformat()
    return StreamingHttpResponse(
        _noted(_as_the_reader_has_it(file_lines(columns, rows)), name=name, by=actor(request).pk),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}-{day}.csv"', "Cache-Control": "no-store"},
    )


def _as_the_reader_has_it(lines: Iterator[str]) -> Iterator[str]:
    """The lines in the language and by the clock of the request, which is over by the time that they are read."""
    return _told(lines, zone=timezone.get_current_timezone(), language=translation.get_language())


def _told(lines: Iterator[str], *, zone: tzinfo, language: str | None) -> Iterator[str]:
    while True:
        # Around each line alone: between two of them the thread may answer somebody else.
        with timezone.override(zone), translation.override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line


def _noted(lines: Iterator[str], *, name: str, by: int) -> Iterator[str]:
    """The lines; whatever was sent is written down, also when the reader went away in the middle."""
    sent = -1  # the first line names the columns
    try:
        for line in lines:
            sent += 1
            yield line
    finally:
        audit.note(
            actor_id=by,
            action=Action.EXPORTED,
            subject=Subject.LIST,
            facts={"list": name, "rows": max(sent, 0)},
            now=timezone.now(),
        )


class _Echo:
    """What the csv module writes to when every line is wanted as it comes."""

    def write(self, line: str) -> str:
        return line
