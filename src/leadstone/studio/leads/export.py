"""The list of leads as a file. Whom nobody may turn to stands in it without an address and without a number."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from leadstone.domains.leads.queries import LeadLine
from leadstone.studio.shell.exports import Columns, file_lines
from leadstone.studio.words.leads import CHANNEL, STATUS

COLUMNS: Columns[LeadLine] = (
    (_("Name"), lambda line: line.name),
    (_("E-mail"), lambda line: "" if line.unfounded else line.email),
    (_("Phone"), lambda line: "" if line.unfounded else line.phone),
    (_("Company"), lambda line: line.company),
    (_("Magnet"), lambda line: line.magnet_title),
    (_("Channel"), lambda line: str(CHANNEL[line.channel])),
    (_("Campaign"), lambda line: line.campaign_name),
    (_("Where we met"), lambda line: line.where_met),
    (_("Status"), lambda line: str(STATUS[line.status])),
    (_("Owner"), lambda line: line.owner_name),
    (_("Mailbox proven"), lambda line: str(_("yes") if line.proven else _("no"))),
    (_("In quarantine"), lambda line: str(_("yes") if line.unfounded else _("no"))),
    (_("Accuracy"), lambda line: f"{line.accuracy:.2f}"),
    (_("Incentive"), lambda line: f"{line.incentive:.2f}"),
    (_("Awareness"), lambda line: f"{line.awareness:.2f}"),
    (_("Tags"), lambda line: ", ".join(line.tags)),
    (_("Since"), lambda line: line.opened_at.isoformat(timespec="seconds")),
)


def csv_lines(leads: Iterable[LeadLine]) -> Iterator[str]:
    """The file, line by line."""
    return file_lines(COLUMNS, leads)
