"""To which touch customers are owed: six models side by side over the same touches; and the map from sources to magnets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights.queries import TouchInPath, TouchPath
from leadstone.domains.insights.rules.attribution import Credit, Model, Path, attribute
from leadstone.domains.insights.rules.facts import FactKind
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.sources.rules import ChannelType
from leadstone.studio.charts.flows import Flow, flow_map
from leadstone.studio.results.proof_words import PERIODS
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs
from leadstone.studio.words.leads import CHANNEL
from leadstone.studio.words.numbers import whole

USUAL_DAYS = 365
MOST_FLOWS = 40
WIDEST = 100


class Place(StrEnum):
    """What is credited."""

    CHANNEL = "channel"
    CAMPAIGN = "campaign"
    MAGNET = "magnet"


PLACE: Mapping[Place, str | Promise] = {
    Place.CHANNEL: gettext_lazy("Channel"),
    Place.CAMPAIGN: gettext_lazy("Campaign"),
    Place.MAGNET: gettext_lazy("Magnet"),
}
MODEL: Mapping[Model, str | Promise] = {
    Model.FIRST: gettext_lazy("First touch"),
    Model.LAST: gettext_lazy("Last touch"),
    Model.LINEAR: gettext_lazy("All alike"),
    Model.POSITION: gettext_lazy("First and last most"),
    Model.TIME_DECAY: gettext_lazy("The later the more"),
    Model.MARKOV: gettext_lazy("What would be missing"),
}
Key = str | int


@dataclass(frozen=True, slots=True)
class Part:
    """What one model credits one place with: in words, and as wide as it is of the largest."""

    words: str
    width: int


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    credits: Mapping[Model, Credit]
    parts: Sequence[Part]

    @property
    def told(self) -> list[tuple[str | Promise, Part]]:
        return list(zip(MODEL.values(), self.parts, strict=True))


@require_safe
@needs(Right.SEE_FIGURES)
def credit(request: HttpRequest) -> HttpResponse:
    """The customers of a period divided among what they had met before, by six models over the same touches."""
    place, days = _place(request), _days(request)
    lines, customers = _lines(place, days=days)
    facts = {
        "lake": insights.lake_state(),
        "lines": lines,
        "customers": customers,
        "models": MODEL.values(),
        "head": PLACE[place],
        "place": place.value,
        "places": [(each.value, words) for each, words in PLACE.items()],
        "days": days,
        "periods": PERIODS.items(),
    }
    return render(request, "studio/results/credit.html", facts)


@require_safe
@needs(Right.SEE_FIGURES)
def credit_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a file."""
    place = _place(request)
    lines, _customers = _lines(place, days=_days(request))
    columns: Columns[Line] = (
        (PLACE[place], lambda line: line.name),
        *((MODEL[model], _reading(model)) for model in Model),
    )
    return csv_file(request, name="attribution", columns=columns, rows=lines)


@require_safe
@needs(Right.SEE_FIGURES)
def source_map(request: HttpRequest) -> HttpResponse:
    """From where people came to what they took, as wide as the customers that they became; or the leads while nobody bought."""
    days, today = _days(request), timezone.now().astimezone(UTC).date()
    since, until = today - timedelta(days=days), today + timedelta(days=1)
    kind = FactKind.WON
    found = insights.flow_sums(kind=kind, since=since, until=until)
    if not found:
        kind = FactKind.SUBMIT
        found = insights.flow_sums(kind=kind, since=since, until=until)
    titles = magnets.titles()
    flows = [
        Flow(source=_channel(channel), target=titles.get(magnet_id, _("Without a magnet")), number=float(number))
        for channel, magnet_id, number in found[:MOST_FLOWS]
    ]
    told = "; ".join(f"{flow.source} → {flow.target}: {whole(int(flow.number))}" for flow in flows)
    facts = {
        "lake": insights.lake_state(),
        "map": flow_map(flows, told=told) if flows else None,
        "rows": [(_channel(channel), titles.get(magnet_id, ""), number) for channel, magnet_id, number in found],
        "customers": kind is FactKind.WON,
        "days": days,
        "periods": PERIODS.items(),
    }
    return render(request, "studio/results/sources.html", facts)


def _lines(place: Place, *, days: int) -> tuple[list[Line], int]:
    """The lines of the table, the most by the first model first, and how many customers they divide."""
    today = timezone.now().astimezone(UTC).date()
    found = insights.touch_paths(since=today - timedelta(days=days), until=today + timedelta(days=1))
    paths = [_path(path, place, today=today) for path in found]
    by_model = {model: attribute(paths, model=model) for model in Model}
    names = _names(place, {key for told in by_model.values() for key in told})
    most = max((one.customers for told in by_model.values() for one in told.values()), default=0.0)
    lines = []
    for key, name in names.items():
        given = {model: by_model[model].get(key, Credit()) for model in Model}
        lines.append(Line(name, given, [_part(one.customers, most) for one in given.values()]))
    customers = sum(path.people for path in paths if path.won_at is not None and path.touches)
    return sorted(lines, key=lambda line: (-line.credits[Model.LINEAR].customers, line.name)), customers


def _path(path: TouchPath, place: Place, *, today: date) -> Path[Key]:
    """The touches at the hours that they have: days before the sale. Who never bought ends today."""
    end = datetime.combine(path.won_on or today, time.min, UTC)
    touches = [(end - timedelta(days=touch.days_before), _key(touch, place)) for touch in path.touches]
    return Path(touches=touches, won_at=end if path.won_on else None, worth=path.amount_minor, people=path.people)


def _key(touch: TouchInPath, place: Place) -> Key:
    if place is Place.CHANNEL:
        return touch.channel
    return touch.campaign_id if place is Place.CAMPAIGN else touch.magnet_id


def _names(place: Place, keys: set[Key]) -> dict[Key, str]:
    if place is Place.CHANNEL:
        return {key: _channel(str(key)) for key in keys}
    ids = {key for key in keys if isinstance(key, int)}
    named = campaigns.names(ids) if place is Place.CAMPAIGN else magnets.titles()
    none = _("No campaign") if place is Place.CAMPAIGN else _("Without a magnet")
    return {key: named.get(int(key), none if not key else str(key)) for key in keys}


def _channel(channel: str) -> str:
    return str(CHANNEL[ChannelType(channel)]) if channel in set(ChannelType) else _("Unknown")


def _part(customers: float, most: float) -> Part:
    return Part(_said(customers), round(WIDEST * customers / most) if most else 0)


def _said(customers: float) -> str:
    """One place after the point, as the reader writes it; nothing for nothing."""
    if customers < 0.05:
        return "–" if customers == 0 else f"< {formats.number_format(0.1, decimal_pos=1)}"
    # Of a number with more places the formatting would cut the rest off.
    return formats.number_format(round(customers, 1), decimal_pos=1)


def _reading(model: Model) -> Callable[[Line], str]:
    return lambda line: f"{line.credits[model].customers:.4f}"


def _place(request: HttpRequest) -> Place:
    named = request.GET.get("by", "")
    return Place(named) if named in set(Place) else Place.CHANNEL


def _days(request: HttpRequest) -> int:
    return next((days for days in PERIODS if request.GET.get("days") == str(days)), USUAL_DAYS)
