"""How far people come with the questions of a magnet: who reached each, who went on, who went away, and how long it took."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.queries import VersionFacts
from leadstone.domains.tracking import queries as tracking
from leadstone.domains.tracking.rules import LEAST_REACHED, Reached
from leadstone.studio.magnets.stopped import COLUMNS as STOPPED_COLUMNS
from leadstone.studio.magnets.stopped import stopped_shown
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs
from leadstone.wire.definition import MagnetDefinition

PERIODS = (30, 90, 365)
USUAL_PERIOD = 90
_THE_FORM = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRow:
    """One question, or the form after them, with how it fared. Widths are of 100, for a picture."""

    number: int  # 0: the form
    words: str
    reached: Reached
    widest: int
    most_go_here: bool = False

    @property
    def shown_width(self) -> str:
        return f"{100 * self.reached.shown / self.widest:.2f}"

    @property
    def answered_width(self) -> str:
        return f"{100 * min(self.reached.answered, self.reached.shown) / self.widest:.2f}"

    @property
    def takes(self) -> str:
        """ "6 to 12 seconds"; nothing while there are too few times."""
        if self.reached.typical is None:
            return ""
        least, most = self.reached.typical
        if most is None:
            return _("over %(seconds)d s") % {"seconds": least}
        return _("%(least)d–%(most)d s") % {"least": least, "most": most}


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What the address asks for."""

    magnet: Any
    versions: Sequence[VersionFacts]
    version: VersionFacts
    days: int


@require_safe
@needs(Right.SEE_FIGURES)
def page(request: HttpRequest, magnet_id: int) -> HttpResponse:
    """Each question of the live version, or of the one that the address names, over the days that it names."""
    chosen = _chosen(request, magnet_id)
    rows = _rows(chosen)
    facts = {
        "magnet": chosen.magnet,
        "version": chosen.version,
        "versions": chosen.versions,
        "days": chosen.days,
        "periods": [(days, _days(days)) for days in PERIODS],
        "rows": rows,
        "any": any(row.reached.shown for row in rows),
        "machines": max((row.reached.machines for row in rows), default=0),
        "least": LEAST_REACHED,
        "stopped": stopped_shown(chosen.version, since=_since(chosen)),
    }
    return render(request, "magnets/asked.html", facts)


@require_safe
@needs(Right.SEE_FIGURES)
def page_csv(request: HttpRequest, magnet_id: int) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    return csv_file(request, name="questions", columns=COLUMNS, rows=_rows(_chosen(request, magnet_id)))


@require_safe
@needs(Right.SEE_FIGURES)
def stopped_csv(request: HttpRequest, magnet_id: int) -> StreamingHttpResponse:
    """What those chose who stopped half way, of the same address, as a file."""
    chosen = _chosen(request, magnet_id)
    shown = stopped_shown(chosen.version, since=_since(chosen))
    return csv_file(request, name="stopped-half-way", columns=STOPPED_COLUMNS, rows=shown.rows if shown else [])


def asks_on_pages(definition: MagnetDefinition) -> bool:
    """Whether its questions have pages of their own, so that one can go away between them."""
    kind = KINDS.get(definition.kind)
    return kind is not None and kind.asking is not None and not kind.asking.on_form


def _chosen(request: HttpRequest, magnet_id: int) -> _Chosen:
    magnet = magnets.magnet_or_none(magnet_id)
    versions = [each for each in magnets.versions(magnet_id) if asks_on_pages(each.definition)]
    if magnet is None or not versions:
        raise Http404
    number, days = request.GET.get("version", ""), request.GET.get("days", "")
    version = next((each for each in versions if str(each.number) == number), versions[0])
    return _Chosen(magnet, versions, version, next((each for each in PERIODS if str(each) == days), USUAL_PERIOD))


def _since(chosen: _Chosen) -> date:
    return (timezone.now() - timedelta(days=chosen.days)).date()


def _rows(chosen: _Chosen) -> list[AskedRow]:
    asking = KINDS[chosen.version.definition.kind].asking
    if asking is None:
        return []
    found = tracking.questions_reached(chosen.version.version_id, since=_since(chosen))
    asked = [(each.key, each.text) for each in asking.questions(chosen.version.definition)]
    told = [(found.get(key, Reached()), words) for key, words in [*asked, (_THE_FORM, _("The form: where shall it go?"))]]
    widest = max((reached.shown for reached, _words in told), default=0) or 1
    worst = max((reached.share_away or 0 for reached, _words in told), default=0)
    return [
        AskedRow(
            number=0 if place > len(asked) else place,
            words=words,
            reached=reached,
            widest=widest,
            most_go_here=worst > 0 and reached.share_away == worst,
        )
        for place, (reached, words) in enumerate(told, start=1)
    ]


def _days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


COLUMNS: Columns[AskedRow] = (
    (pgettext_lazy("place of a question", "No."), lambda row: str(row.number or "")),
    (pgettext_lazy("of a quiz", "Question"), lambda row: row.words),
    (gettext_lazy("Reached it"), lambda row: str(row.reached.shown)),
    (gettext_lazy("Went on"), lambda row: str(row.reached.answered)),
    (gettext_lazy("Went away"), lambda row: str(row.reached.went_away)),
    (gettext_lazy("Time that it takes"), lambda row: row.takes),
    (pgettext_lazy("counted apart", "Machines"), lambda row: str(row.reached.machines)),
)
