"""What became of the leads of each month: how many took a step within so many days, and how long it takes until they buy."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights.queries import CohortRow, Duration, ProofFilter
from leadstone.domains.insights.queries.proof import Key
from leadstone.domains.insights.rules.facts import TIMED, FactKind, Grouping
from leadstone.domains.insights.rules.sums import WITHIN_DAYS
from leadstone.domains.insights.rules.survival import Lasting, Step, median_days, share_by, time_to_customer
from leadstone.domains.magnets import queries as magnets
from leadstone.studio.charts.heat import Cell, heat_rows
from leadstone.studio.charts.lines import Chart, Line, line_chart
from leadstone.studio.results.proof_words import days_said
from leadstone.studio.shell.gate import needs
from leadstone.studio.words.numbers import percent, whole

MONTHS = 12
FEW = 30  # leads of a month of which shares say little
LINES = 3
WATCHED = timedelta(days=365)
TOLD_AFTER = (30, 90, 180)
AXIS = (0, 30, 60, 90, 120, 150, 180)
PARTS = ("one", "two", "three")
STEP: Mapping[FactKind, str | Promise] = {
    FactKind.WON: gettext_lazy("bought"),
    FactKind.QUALIFIED: gettext_lazy("became prospects"),
    FactKind.CONFIRMED: gettext_lazy("proved the mailbox"),
}


@require_safe
@needs(Right.SEE_FIGURES)
def cohorts(request: HttpRequest) -> HttpResponse:
    """A row for each month of the last twelve: of its leads, how many took the step within 30, 60, 90 and 180 days."""
    today = timezone.now().astimezone(UTC).date()
    step, titles = _step(request), magnets.titles()
    magnet_id = _magnet(request, titles)
    since, until = _months_back(today, MONTHS - 1), today + timedelta(days=1)
    found = insights.cohort_rows(kind=step, by=Grouping.MONTH, since=since, until=until, only=ProofFilter(magnet_id=magnet_id))
    facts = {
        "lake": insights.lake_state(),
        "rows": heat_rows([_cohort(row, today=today) for row in found]),
        "columns": [days_said(days) for days in WITHIN_DAYS],
        "head": (pgettext("cohort", "Came in"), _("Leads")),
        "step": step.value,
        "said": STEP[step],
        "steps": [(kind.value, STEP[kind]) for kind in sorted(TIMED, key=list(STEP).index)],
        "magnets": titles.items(),
        "magnet_id": magnet_id,
    }
    return render(request, "studio/results/cohorts.html", facts)


@require_safe
@needs(Right.SEE_FIGURES)
def time_to_buy(request: HttpRequest) -> HttpResponse:
    """How the share of customers grows with the days since people came, magnet by magnet."""
    today = timezone.now().astimezone(UTC).date()
    found = insights.durations(since=today - WATCHED, until=today + timedelta(days=1), today=today)
    titles = magnets.titles()
    people = sorted(_by_magnet(found).items(), key=lambda each: (-_bought(each[1]), -_number(each[1])))
    told = [(titles.get(int(key), _("Without a magnet")) if isinstance(key, int) else "", of) for key, of in people]
    facts = {
        "lake": insights.lake_state(),
        "chart": _curves(told[:LINES]),
        "rows": [
            {
                "name": name,
                "leads": _number(of),
                "customers": _bought(of),
                "shares": [(days, _share(of, days)) for days in TOLD_AFTER],
                "median": _days(median_days(of)),
                "few": _number(of) < FEW,
            }
            for name, of in told
        ],
        "after": TOLD_AFTER,
    }
    return render(request, "studio/results/time_to_buy.html", facts)


def _step(request: HttpRequest) -> FactKind:
    named = request.GET.get("step", "")
    return FactKind(named) if named in {kind.value for kind in TIMED} else FactKind.WON


def _magnet(request: HttpRequest, titles: Mapping[int, str]) -> int | None:
    named = request.GET.get("magnet", "")
    return next((magnet_id for magnet_id in titles if str(magnet_id) == named), None)


def _months_back(today: date, months: int) -> date:
    first = today.year * 12 + today.month - 1 - months
    return date(first // 12, first % 12 + 1, 1)


def _cohort(row: CohortRow, *, today: date) -> tuple[str, str, Sequence[Cell]]:
    last_came = (row.month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    cells = [_cell(row, days, grown=last_came + timedelta(days=days) <= today) for days in WITHIN_DAYS]
    return date_format(row.month, "F Y"), whole(row.leads), cells


def _cell(row: CohortRow, days: int, *, grown: bool) -> Cell:
    if not grown:
        return Cell(words="–", share=None, title=_("Too early: not everybody of that month came so long ago."))
    share = row.reached[days] / row.leads if row.leads else 0.0
    told = _("%(number)s of %(leads)s") % {"number": whole(row.reached[days]), "leads": whole(row.leads)}
    return Cell(words=percent(share), share=share, few=row.leads < FEW, title=told)


def _by_magnet(found: Sequence[Duration]) -> dict[Key, list[Lasting]]:
    people: dict[Key, list[Lasting]] = {}
    for one in found:
        people.setdefault(one.key, []).append(Lasting(float(one.days), one.happened, one.leads))
    return people


def _number(people: Sequence[Lasting]) -> int:
    return sum(one.people for one in people)


def _bought(people: Sequence[Lasting]) -> int:
    return sum(one.people for one in people if one.bought)


def _share(people: Sequence[Lasting], days: int) -> str:
    share = share_by(people, days)
    return "" if share is None else percent(share)


def _days(median: float | None) -> str:
    return "" if median is None else days_said(median)


def _curves(told: Sequence[tuple[str, Sequence[Lasting]]]) -> Chart | None:
    lines = [
        _curve(name, time_to_customer(of), part)
        for (name, of), part in zip(told, PARTS, strict=False)
        if _number(of) >= FEW and _bought(of)
    ]
    if not lines:
        return None
    words = "; ".join(
        _("%(name)s: %(share)s bought within %(days)s")
        % {"name": line.name, "share": percent(line.points[-1][1]), "days": days_said(line.points[-1][0])}
        for line in lines
    )
    longest = max(line.points[-1][0] for line in lines)
    labels = [(float(days), str(days)) for days in AXIS if days <= 60 or days - 30 < longest]
    return line_chart(lines, labels=labels, tell=percent, told=words, stepped=True)


def _curve(name: str, steps: Sequence[Step], part: str) -> Line:
    within = [step for step in steps if step.day <= AXIS[-1]]
    return Line(
        name=name,
        points=[(step.day, step.share) for step in within],
        bands=[(step.low, step.high) for step in within],
        firm_until=max((step.day for step in within if step.at_risk >= FEW), default=0.0),
        part=part,
    )
