"""The audit log: who read or took out what, and whether the log itself is as it was written."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.audit import queries
from leadstone.domains.audit.queries import Line
from leadstone.domains.audit.rules import Action, AuditFilter, Subject
from leadstone.studio.company.audit_words import LISTS, Names, fact_in_words, names
from leadstone.studio.company.words import ACTION, BREAK, SUBJECT
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs

Word = TypeVar("Word", bound=StrEnum)

THE_HOUSE = "house"
CHECKED_AT_ONCE = 2_000  # on every visit; all of them when somebody asks for it
CARDS: Mapping[Subject, str] = {
    Subject.LEAD: "lead",
    Subject.CONTACT: "contact",
    Subject.COMPANY: "company_card",
    Subject.DEAL: "deal",
    Subject.USER: "person",
}


@needs(Right.READ_AUDIT)
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The lines that the address asks for, the newest first, and the state of the chain."""
    chosen = read_filter(request.GET)
    page = queries.line_page(chosen, zone=timezone.get_current_timezone(), page=read_page(request.GET))
    known = names()
    whole = request.GET.get("check") == "all"
    facts = {
        "chosen": chosen,
        "narrowed": chosen != AuditFilter(),
        "page": page,
        "rows": [_row(line, known) for line in page.lines],
        "chain": queries.verify(newest=None if whole else CHECKED_AT_ONCE),
        "break_words": BREAK,
        "people": list(known.people.items()),
        "actions": [(action.value, ACTION[action]) for action in Action],
        "subjects": [(subject.value, SUBJECT[subject]) for subject in Subject],
        "export": f"{reverse('audit_csv')}?{urlencode(_asked(request.GET))}",
        "tab": "audit",
    }
    return render(request, "studio/company/audit.html", facts)


COLUMNS: Columns[tuple[Line, Names]] = (
    (gettext_lazy("When"), lambda row: row[0].at.isoformat(timespec="seconds")),
    (gettext_lazy("Who"), lambda row: _who(row[0], row[1])),
    (gettext_lazy("What"), lambda row: str(ACTION[row[0].action])),
    (gettext_lazy("About"), lambda row: _about(row[0], row[1])),
    (gettext_lazy("Details"), lambda row: _told(row[0], row[1])),
    (gettext_lazy("Place in the chain"), lambda row: str(row[0].sequence or "")),
)


@needs(Right.READ_AUDIT)
@require_safe
def audit_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The lines of the same address as a file."""
    known = names()
    lines = queries.each_line(read_filter(request.GET), zone=timezone.get_current_timezone())
    return csv_file(request, name="audit", columns=COLUMNS, rows=((line, known) for line in lines))


def read_filter(query: Mapping[str, str]) -> AuditFilter:
    """The filter that an address line means; what is not understood is left out."""
    who = query.get("who", "")
    return AuditFilter(
        actor_id=_number(who),
        by_the_house=who == THE_HOUSE,
        action=_word(Action, query.get("what", "")),
        subject=_word(Subject, query.get("about", "")),
        subject_id=_number(query.get("id", "")),
        since=_day(query.get("from", "")),
        until=_day(query.get("until", "")),
    )


def read_page(query: Mapping[str, str]) -> int:
    return min(max(_number(query.get("page", "")) or 1, 1), 1_000_000)


def _asked(query: Mapping[str, str]) -> dict[str, str]:
    return {name: query[name] for name in ("who", "what", "about", "id", "from", "until") if query.get(name)}


def _row(line: Line, known: Names) -> dict[str, object]:
    return {
        "line": line,
        "who": _who(line, known),
        "what": ACTION[line.action],
        "about": _about(line, known),
        "address": _address(line),
        "told": _told(line, known),
    }


def _who(line: Line, known: Names) -> str:
    if line.actor_id is None:
        return _("The server")
    return known.people.get(line.actor_id, _("Account %(number)s") % {"number": line.actor_id})


def _about(line: Line, known: Names) -> str:
    """What a line is about. Visitors and companies are numbers here: whoever may read the card finds the name there."""
    if line.subject is Subject.USER and line.subject_id is not None and line.subject_id in known.people:
        return known.people[line.subject_id]
    if line.subject is Subject.LIST:
        name = str(line.facts.get("list", ""))
        return str(LISTS.get(name, name))
    return f"{SUBJECT[line.subject]} {line.subject_id}" if line.subject_id is not None else str(SUBJECT[line.subject])


def _address(line: Line) -> str:
    """Where its card stands; "" where it has none."""
    if line.subject not in CARDS or line.subject_id is None:
        return ""
    try:
        return reverse(CARDS[line.subject], args=[line.subject_id])
    except NoReverseMatch:
        return ""


def _told(line: Line, known: Names) -> str:
    """The facts of a line, as short as they are kept."""
    return ", ".join(fact_in_words(name, value, known) for name, value in line.facts.items() if name != "list")


def _word(words: type[Word], text: str) -> Word | None:
    return words(text) if text in set(words) else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
