"""The month for the owner, as a PDF: what came, what it cost, who bought, and what wants a look."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.brand import queries as brand
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights.queries import ProofRow
from leadstone.domains.insights.rules.facts import FactKind, Grouping
from leadstone.domains.insights.rules.flags import Flag
from leadstone.infra.monthly import Bar, Month, Row, Table, render
from leadstone.kernel.colour import readable
from leadstone.studio.results.proof import Shown, shown_rows
from leadstone.studio.results.proof_filter import Asked, ProofOrder, months_asked
from leadstone.studio.results.proof_words import BY, FLAG
from leadstone.studio.shell.gate import needs
from leadstone.studio.words.numbers import money, whole

MOST_ROWS = 12
MONTHS_SHOWN = 12
USUAL_COLOUR = "#1f6f6b"
TITLE: Mapping[Grouping, str | Promise] = {
    Grouping.MAGNET: gettext_lazy("Magnets"),
    Grouping.CHANNEL: gettext_lazy("Channels"),
    Grouping.CAMPAIGN: gettext_lazy("Campaigns"),
}


@require_safe
@needs(Right.SEE_FIGURES)
def monthly_report(request: HttpRequest) -> HttpResponse:
    """The report of the month in `key`, or of the last whole month."""
    now = timezone.now()
    first, after = months_asked(request.GET) or last_month(now.astimezone(UTC).date())
    made = render(month_told(first, after), at=now)
    headers = {
        "Content-Disposition": f'attachment; filename="leadstone-{first:%Y-%m}.pdf"',
        "Cache-Control": "no-store",
    }
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def last_month(today: date) -> tuple[date, date]:
    """The first days of the last month that is over, and of the one after it."""
    after = today.replace(day=1)
    return (after - timedelta(days=1)).replace(day=1), after


def month_told(first: date, after: date) -> Month:
    """What the report says, in the language of the reader. A fixed number of queries."""
    own = brand.brand_facts()
    before = (first - timedelta(days=1)).replace(day=1)
    now_row, before_row = _whole(first, after), _whole(before, first)
    by = {
        grouping: shown_rows(Asked(by=grouping, days=0, order=ProofOrder.CUSTOMERS, since=first, until=after))
        for grouping in (Grouping.MAGNET, Grouping.CHANNEL, Grouping.CAMPAIGN)
    }
    return Month(
        company=own.company if own else "",
        colour=readable(own.colour, dark=False).colour if own and own.colour else USUAL_COLOUR,
        language=translation.get_language() or "en",
        title=date_format(first, "F Y").capitalize(),
        lead=_("What came, what it cost, and who bought. Sources stand in the order of the customers that they brought."),
        figures=_figures(now_row, before_row),
        watch=[*_stands_still(), *(_watched(each, flag) for each in by[Grouping.MAGNET] for flag in each.watched.flags)],
        rows=_year(first, after),
        tables=[_table(grouping, rows) for grouping, rows in by.items() if rows],
        note=_note(after),
        words={"watch": _("Look at this")},
    )


def _whole(since: date, until: date) -> ProofRow:
    """The whole house in one month."""
    rows = insights.proof_rows(by=Grouping.MONTH, since=since, until=until)
    return rows[0] if rows else ProofRow(key=since)


def _year(first: date, after: date) -> list[Row]:
    """Leads and customers of the twelve months that end with this one, from the first in which anybody came."""
    months = [first]
    while len(months) < MONTHS_SHOWN:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    rows = insights.proof_rows(by=Grouping.MONTH, since=months[0], until=after)
    by_month = {row.key: row for row in rows if isinstance(row.key, date) and (row.leads or row.customers)}
    lived = [month for month in months if month >= min(by_month, default=after)]
    if len(lived) < 2:
        return []
    told = [by_month.get(month, ProofRow(key=month)) for month in lived]
    return [
        _row(_("Leads by month"), lived, [row.leads for row in told]),
        _row(_("Customers by month"), lived, [row.customers for row in told]),
    ]


def _row(title: str, months: Sequence[date], numbers: Sequence[int]) -> Row:
    most = max(numbers) or 1
    bars = [
        Bar(label=date_format(month, "M"), words=whole(number), share=number / most, now=month == months[-1])
        for month, number in zip(months, numbers, strict=True)
    ]
    return Row(title=title, bars=bars)


def _figures(row: ProofRow, before: ProofRow) -> list[tuple[str, str, str]]:
    counted = [
        (_("Leads"), row.leads, before.leads),
        (_("Became prospects"), row.people.get(FactKind.QUALIFIED, 0), before.people.get(FactKind.QUALIFIED, 0)),
        (_("Customers"), row.customers, before.customers),
    ]
    each = {currency: round(minor / row.customers) for currency, minor in row.cost.items()} if row.customers else {}
    return [(name, whole(number), _compared(whole(former))) for name, number, former in counted] + [
        (_("Revenue"), _money(row.revenue), _compared(_money(before.revenue))),
        (_("Cost"), _money(row.cost), _compared(_money(before.cost))),
        (_("Cost of a customer"), _money(each), ""),
    ]


def _stands_still() -> list[str]:
    """What whoever reads the paper alone has to know, too."""
    state = insights.lake_state()
    if not state.broken or state.summed_at is None:
        return []
    return [
        _("These figures are as of %(day)s: a file that they are made of is missing or damaged.")
        % {"day": date_format(state.summed_at, "j E Y")}
    ]


def _watched(each: Shown, flag: Flag) -> str:
    return _("%(name)s: %(flag)s.") % {"name": each.name, "flag": FLAG[flag]}


def _compared(former: str) -> str:
    return _("%(number)s the month before") % {"number": former}


def _money(amounts: Mapping[str, int]) -> str:
    return ", ".join(money(round(minor, -2), currency) for currency, minor in amounts.items()) or "–"


def _table(by: Grouping, rows: Sequence[Shown]) -> Table:
    heads = [str(BY[by]), _("Leads"), _("Prospects"), _("Customers"), _("Revenue"), _("Cost"), _("A customer costs")]
    told = [
        [
            str(each.name),
            whole(each.row.leads),
            whole(each.row.people.get(FactKind.QUALIFIED, 0)),
            whole(each.row.customers),
            _money(each.row.revenue),
            _money(each.cost),
            _money(each.per_customer),
        ]
        for each in rows[:MOST_ROWS]
    ]
    return Table(title=str(TITLE[by]), heads=heads, rows=told)


def _note(after: date) -> str:
    last = date_format(after - timedelta(days=1), "j E Y")
    return _("Up to %(day)s, by days of UTC. A campaign’s cost is shared among what its leads came for.") % {"day": last}
