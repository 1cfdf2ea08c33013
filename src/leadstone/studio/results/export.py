"""The figures of the magnets as a file."""

from django.utils.translation import gettext_lazy as _

from leadstone.domains.insights.queries import MagnetFigures
from leadstone.studio.shell.exports import Columns

COLUMNS: Columns[MagnetFigures] = (
    (_("Magnet"), lambda row: row.title),
    (_("Views"), lambda row: str(row.views)),
    (_("Forms"), lambda row: str(row.submissions)),
    (_("Mailbox proven"), lambda row: str(row.proven)),
    (_("Delivered"), lambda row: str(row.delivered)),
    (_("Leads"), lambda row: str(row.leads)),
    (_("Customers"), lambda row: str(row.customers)),
    (_("Promise kept"), lambda row: str(row.kept)),
    (_("Promise kept in part"), lambda row: str(row.partly)),
    (_("Promise broken"), lambda row: str(row.broken)),
    (_("Revenue"), lambda row: "; ".join(f"{minor / 100:.2f} {currency}" for currency, minor in row.revenue.items())),
)
