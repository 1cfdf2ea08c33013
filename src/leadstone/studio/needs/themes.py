"""What people struggle with: the list of themes, and one theme with what was said in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Reader, Right, may
from leadstone.domains.leads.queries import facts as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.needs import queries as needs
from leadstone.domains.needs.queries import ThemeLine, ThemeOrder, VoiceLine
from leadstone.domains.needs.rules.listening import Source
from leadstone.studio.needs.trend import Picture, picture
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import actor, reader
from leadstone.studio.shell.gate import needs as needs_right

PAGE_SIZE = 20
MOST_LOOSE = 200
LONGEST_SEARCH = 100
SOURCE: Mapping[Source, str | Promise] = {
    Source.QUESTION: _("a question in a form"),
    Source.ANSWER: _("an answer in a quiz"),
    Source.CHOICE: _("a choice in a quiz"),
    Source.RATING: _("after use"),
}
ORDER: Mapping[ThemeOrder, str | Promise] = {
    ThemeOrder.PEOPLE: _("Most people first"),
    ThemeOrder.RISING: _("Rising first"),
    ThemeOrder.NEWEST: _("Last heard first"),
    ThemeOrder.NAME: _("By name"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A theme in the list: `width` of its bar in percent of the largest."""

    line: ThemeLine
    width: str
    spark: Picture


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, with the lead behind it."""

    voice_id: int
    lead_id: int
    text: str
    at: datetime
    source: str | Promise
    magnet: str
    pinned: bool


@require_safe
@needs_right(Right.SEE_FIGURES)
def listing(request: HttpRequest) -> HttpResponse:
    """Every theme that the address asks for."""
    lines = _asked(request)
    widest = max((line.people for line in lines), default=0) or 1
    facts = {
        "rows": [Row(line, f"{100 * line.people / widest:.1f}", spark(line)) for line in lines],
        "orders": [(order.value, words) for order, words in ORDER.items()],
        "order": _order(request).value,
        "search": _search(request),
        "answered": request.GET.get("answered", ""),
        "narrowed": bool(_search(request) or _answered(request) is not None),
        "unanswered": sum(not line.answers for line in lines),
        "heard": needs.heard(),
    }
    return render(request, "needs/list.html", facts)


@require_safe
@needs_right(Right.SEE_FIGURES)
def listing_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file; nothing in it is anybody's sentence."""
    return csv_file(request, name="needs", columns=THEMES, rows=_asked(request))


@require_safe
@needs_right(Right.SEE_FIGURES)
def theme(request: HttpRequest, theme_id: int) -> HttpResponse:
    """One theme: how many, what they said, what answers it, and what can be decided about it."""
    line = found(theme_id)
    said, hidden = _in_reach(needs.voices_of(theme_id), reader=reader(request))
    page, number, pages = _page(request, said)
    editable = may(actor(request).role, Right.EDIT_MAGNETS)
    facts = {
        "line": line,
        "spark": spark(line),
        "said": page,
        "said_number": len(said),
        "hidden": hidden,
        "page": number,
        "pages": pages,
        "editable": editable,
        "others": [(pk, name) for pk, name in needs.theme_names() if pk != theme_id] if editable else [],
        "split_words": needs.split_words(theme_id) if editable else [],
        "magnets": needs.magnets_to_choose(line) if editable else [],
        "may_export": may(actor(request).role, Right.EXPORT_LEADS),
    }
    return render(request, "needs/theme.html", facts)


@require_safe
@needs_right(Right.EXPORT_LEADS)
def voices_csv(request: HttpRequest, theme_id: int) -> StreamingHttpResponse:
    """What people in the reader's reach said, as a file."""
    found(theme_id)
    said, _hidden = _in_reach(needs.voices_of(theme_id), reader=reader(request))
    return csv_file(request, name="theme", columns=VOICES, rows=said)


@require_safe
@needs_right(Right.SEE_FIGURES)
def loose(request: HttpRequest) -> HttpResponse:
    """What belongs to no theme, to be put into one by hand."""
    said, hidden = _in_reach(needs.loose_voices(limit=MOST_LOOSE), reader=reader(request))
    page, number, pages = _page(request, said)
    facts = {
        "said": page,
        "hidden": hidden,
        "page": number,
        "pages": pages,
        "editable": may(actor(request).role, Right.EDIT_MAGNETS),
        "others": needs.theme_names(),
    }
    return render(request, "needs/loose.html", facts)


def found(theme_id: int) -> ThemeLine:
    """The theme; 404 for one that there is not, or that is part of another."""
    line = needs.theme(theme_id, now=timezone.now())
    if line is None:
        raise Http404
    return line


def spark(line: ThemeLine) -> Picture:
    return picture([(("said", number),) for number in line.weeks], height=24)


def _asked(request: HttpRequest) -> list[ThemeLine]:
    return needs.themes(now=timezone.now(), order=_order(request), search=_search(request), answered=_answered(request))


def _order(request: HttpRequest) -> ThemeOrder:
    asked = request.GET.get("order", "")
    return ThemeOrder(asked) if asked in set(ThemeOrder) else ThemeOrder.PEOPLE


def _search(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", " ").strip()[:LONGEST_SEARCH]


def _answered(request: HttpRequest) -> bool | None:
    return {"yes": True, "no": False}.get(request.GET.get("answered", ""))


def _page(request: HttpRequest, said: Sequence[Said]) -> tuple[Sequence[Said], int, int]:
    """The rows of the page that the address asks for, its number, and how many there are."""
    pages = max(1, -(-len(said) // PAGE_SIZE))
    asked = request.GET.get("page", "")
    number = min(max(1, int(asked) if asked.isdecimal() and len(asked) < 6 else 1), pages)
    return said[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], number, pages


def _in_reach(voices: Sequence[VoiceLine], *, reader: Reader) -> tuple[list[Said], int]:
    """What people said whose leads stand in the reader's lists, and how much more there is."""
    seen = leads.seen_leads_of_people({each.contact_id for each in voices if each.contact_id}, reader=reader)
    titles = magnets.titles()
    said = []
    for each in voices:
        of_person = seen.get(each.contact_id or 0)
        if not of_person:
            continue
        lead_id = of_person.get(each.magnet_id) or next(iter(of_person.values()))
        title = titles.get(each.magnet_id or 0, "")
        said.append(Said(each.voice_id, lead_id, each.text, each.said_at, SOURCE[each.source], title, each.pinned))
    return said, len(voices) - len(said)


THEMES: Columns[ThemeLine] = (
    (_("Theme"), lambda line: line.name),
    (_("Words"), lambda line: ", ".join(line.words)),
    (_("People"), lambda line: str(line.people)),
    (_("Answers"), lambda line: str(line.said)),
    (_("People in the last four weeks"), lambda line: str(line.recent)),
    (_("People in the four weeks before"), lambda line: str(line.before)),
    (_("Last heard"), lambda line: line.last_at.isoformat(timespec="seconds") if line.last_at else ""),
    (_("Magnets that answer it"), lambda line: "; ".join(answer.title for answer in line.answers)),
)
VOICES: Columns[Said] = (
    (_("When"), lambda row: row.at.isoformat(timespec="seconds")),
    (_("Words"), lambda row: row.text),
    (_("Where"), lambda row: str(row.source)),
    (_("Magnet"), lambda row: row.magnet),
    (_("Lead"), lambda row: str(row.lead_id)),
)
