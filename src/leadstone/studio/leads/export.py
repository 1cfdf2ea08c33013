"""Leads as CSV that a spreadsheet cannot be tricked by, and that comes back in as it went out.

A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, "CSV injection"). A phone number begins
with "+", and is a formula to a spreadsheet too; it keeps its plus and its digits behind the apostrophe. `unsafe` takes the
apostrophe off again, so that an import sees the very text.
"""

import csv
from collections.abc import Callable, Iterable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadstone.domains.leads.queries import LeadLine
from leadstone.studio.words.leads import CHANNEL, STATUS

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet reads "Łódź" as Latin-1
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "|", "%")

COLUMNS: tuple[tuple[str | Promise, Callable[[LeadLine], str]], ...] = (
    (_("Name"), lambda line: line.name),
    (_("E-mail"), lambda line: line.email),
    (_("Phone"), lambda line: line.phone),
    (_("Company"), lambda line: line.company),
    (_("Magnet"), lambda line: line.magnet_title),
    (_("Channel"), lambda line: str(CHANNEL[line.channel])),
    (_("Where we met"), lambda line: line.where_met),
    (_("Status"), lambda line: str(STATUS[line.status])),
    (_("Owner"), lambda line: line.owner_name),
    (_("Mailbox proven"), lambda line: str(_("yes") if line.proven else _("no"))),
    (_("Accuracy"), lambda line: f"{line.accuracy:.2f}"),
    (_("Incentive"), lambda line: f"{line.incentive:.2f}"),
    (_("Awareness"), lambda line: f"{line.awareness:.2f}"),
    (_("Since"), lambda line: line.opened_at.isoformat(timespec="seconds")),
)


def safe(text: str) -> str:
    """`text` as a cell that stays text."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def unsafe(cell: str) -> str:
    """The text that `safe` made the cell of."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell


def csv_lines(leads: Iterable[LeadLine]) -> Iterator[str]:
    """The file, line by line, in constant memory; RFC 4180 with a byte order mark."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield BYTE_ORDER_MARK + writer.writerow([safe(str(title)) for title, _read in COLUMNS])
    for lead in leads:
        yield writer.writerow([safe(read(lead)) for _title, read in COLUMNS])


class _Echo:
    """What the csv module writes to when every line is wanted as it comes."""

    def write(self, line: str) -> str:
        return line
