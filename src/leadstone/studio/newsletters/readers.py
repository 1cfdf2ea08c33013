"""Who would get a draft, one by one: why they read its topics, and what holds a letter back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Reader, Right
from leadstone.domains.leads.queries import subjects
from leadstone.domains.newsletters.queries.audience import AudienceFilter, Reached, audience_lines
from leadstone.domains.newsletters.queries.issues import IssueCard
from leadstone.studio.newsletters import words
from leadstone.studio.newsletters.composing import found
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs, reader

PAGE = 50
GETS_IT = "gets"  # in the address: `because=gets`


@dataclass(frozen=True, slots=True)
class Row:
    """One reader; the address only where whoever looks may see the person."""

    address: str
    why: str
    state: str


COLUMNS: Columns[Row] = (
    (gettext_lazy("Address"), lambda row: row.address),
    (gettext_lazy("Why they read it"), lambda row: row.why),
    (gettext_lazy("If it left now"), lambda row: row.state),
)


@require_safe
@needs(Right.WRITE_LETTERS)
def page(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The readers that a figure beside the draft counts; `after` (an id of a person) leads to the next."""
    card = found(issue_id)
    part = list(islice(_lines(request, card), PAGE + 1))
    context = {
        "card": card,
        "rows": list(_rows(part[:PAGE], reader=reader(request))),
        "by": request.GET.get("by", ""),
        "because": request.GET.get("because", ""),
        "next": part[PAGE - 1].contact_id if len(part) > PAGE else 0,
        "first": not _after(request),
        "export_query": request.GET.urlencode(),
    }
    return render(request, "newsletters/readers.html", context)


@require_safe
@needs(Right.WRITE_LETTERS)
def csv(request: HttpRequest, issue_id: int) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    lines = _lines(request, found(issue_id))
    rows = (row for part in _portions(lines) for row in _rows(part, reader=reader(request)))
    return csv_file(request, name="readers", columns=COLUMNS, rows=rows)


def _lines(request: HttpRequest, card: IssueCard) -> Iterator[Reached]:
    because = request.GET.get("because", "")[:60]
    chosen = AudienceFilter(
        promised={"promise": True, "choice": False}.get(request.GET.get("by", "")),
        because=("" if because == GETS_IT else because) if because else None,
    )
    return audience_lines(
        chosen,
        magnet_id=card.magnet_id,
        topics=card.topics,
        purpose=card.purpose,
        now=timezone.now(),
        after=_after(request),
    )


def _after(request: HttpRequest) -> int:
    given = request.GET.get("after", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else 0


def _rows(lines: Sequence[Reached], *, reader: Reader) -> Iterator[Row]:
    """Whom the reader cannot reach is counted, and not named."""
    seen = subjects.seen_people({line.contact_id for line in lines}, reader=reader)
    for line in lines:
        address = line.address if line.contact_id in seen else _("somebody out of your reach")
        state = words.because_words(line.because) if line.because else _("gets it")
        yield Row(address, _why(line), state)


def _why(line: Reached) -> str:
    if not line.promised:
        return _("chose the topic")
    return " ".join(
        _("Ticked “%(words)s” on %(day)s: %(title)s.")
        % {"words": each.words, "title": each.title, "day": date_format(timezone.localtime(each.at), "DATE_FORMAT")}
        for each in line.promised
    )


def _portions(lines: Iterable[Reached]) -> Iterator[list[Reached]]:
    source = iter(lines)
    while portion := list(islice(source, 500)):
        yield portion
