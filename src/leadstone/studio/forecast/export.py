"""The list of deals as a file from which every figure can be worked out again.

Amounts are written with a point and two decimals, probabilities in percent, times in UTC with seconds. `Weighted` is what the
forecast adds up: value × probability, rounded half up once for each deal; 100 % when won and 0 % when lost.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from leadstone.domains.pipeline.queries.deal_list import DealLine
from leadstone.studio.forecast.words import CLASS, named
from leadstone.studio.shell.exports import Columns
from leadstone.studio.words.leads import CHANNEL


def decimal_amount(minor: int | None) -> str:
    return "" if minor is None else f"{Decimal(minor).scaleb(-2):.2f}"


def yes_no(value: bool) -> str:
    return str(_("yes") if value else _("no"))


COLUMNS: Columns[DealLine] = (
    (_("Deal"), lambda line: str(line.deal_id)),
    (_("Title"), lambda line: line.title),
    (_("Person"), lambda line: line.person),
    (_("Company"), lambda line: line.company),
    (_("Owner"), lambda line: line.owner_name),
    (_("Stage"), lambda line: named(line.stage_names)),
    (_("Open, won or lost"), lambda line: str(CLASS[line.stage_class])),
    (_("Value"), lambda line: decimal_amount(line.amount_minor)),
    (_("Currency"), lambda line: line.currency),
    (_("Probability, %"), lambda line: str(line.probability)),
    (_("Weighted"), lambda line: decimal_amount(line.weighted)),
    (_("Expected close"), lambda line: line.expected_close.isoformat() if line.expected_close else ""),
    (_("Opened"), lambda line: line.opened_at.isoformat(timespec="seconds")),
    (_("In this stage since"), lambda line: line.in_stage_since.isoformat(timespec="seconds")),
    (_("Days in this stage"), lambda line: str(line.days_in_stage)),
    (_("Last touched"), lambda line: line.touched_at.isoformat(timespec="seconds")),
    (_("Rotting"), lambda line: yes_no(line.is_rotting)),
    (_("Won or lost at"), lambda line: line.closed_at.isoformat(timespec="seconds") if line.closed_at else ""),
    (_("Days from opened to closed"), lambda line: "" if line.days_to_close is None else str(line.days_to_close)),
    (_("Reason"), lambda line: named(line.reason_names)),
    (_("Last stage before the end"), lambda line: named(line.left_stage_names)),
    (_("Stood on the board"), lambda line: yes_no(line.worked)),
    (_("Channel"), lambda line: str(CHANNEL[line.channel])),
    (_("Magnet"), lambda line: line.magnet_title),
)
