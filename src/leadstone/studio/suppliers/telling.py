"""Everybody who is to be told that we have their data: the most urgent first, each with the last day, and told by one press."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right, may
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads.queries import LeadLine
from leadstone.domains.leads.queries.assigning import lines_by_id
from leadstone.domains.suppliers import queries
from leadstone.domains.suppliers.queries.notices import (
    NoticeFacts,
    NoticeFilter,
    Standing,
    count_notices,
    each_notice,
    notice_leads,
    notice_page,
    told_then,
)
from leadstone.domains.suppliers.rules import How
from leadstone.flows import notices_due
from leadstone.studio.leads.filters import read_page
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import LARGEST_ID, actor, needs, reader
from leadstone.studio.suppliers.finding import as_moment, as_number
from leadstone.studio.suppliers.people import BY_HAND
from leadstone.studio.suppliers.words import HOW, TOLD

PAGE_SIZE = 50
STANDINGS: Mapping[Standing, str | Promise] = {
    Standing.DUE: pgettext_lazy("people who", "Are to be told"),
    Standing.LATE: pgettext_lazy("people who", "Should know already"),
    Standing.TOLD: pgettext_lazy("people who", "Were told"),
}
COLUMNS: Columns[NoticeFacts] = (
    (gettext_lazy("Number of the lead"), lambda notice: str(notice.lead_id)),
    (gettext_lazy("Since"), lambda notice: notice.received_on.isoformat()),
    (gettext_lazy("To be told by"), lambda notice: notice.due_on.isoformat()),
    (gettext_lazy("Last day by law"), lambda notice: notice.latest.isoformat()),
    (gettext_lazy("Where from"), lambda notice: notice.source),
    (gettext_lazy("Told on"), lambda notice: timezone.localtime(notice.told_at).date().isoformat() if notice.told_at else ""),
    (gettext_lazy("How"), lambda notice: str(TOLD[How(notice.how)]) if notice.how else ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One person of the list. `reached`: a letter may go there; `waits`: nobody may turn to them before a basis is stated."""

    notice: NoticeFacts
    person: LeadLine | None
    late: bool
    reached: bool
    waits: bool
    told: str | Promise


@require_safe
@needs(Right.READ_LEADS)
def people_to_tell(request: HttpRequest) -> HttpResponse:
    """Whoever in reach is to be told, as an address narrows it."""
    chosen, page, today = read_chosen(request.GET), read_page(request.GET), timezone.localdate()
    seen = reader(request)
    total = count_notices(chosen, reader=seen, today=today)
    rows = notice_page(chosen, reader=seen, today=today, page=page, size=PAGE_SIZE)
    waiting = chosen.standing is not Standing.TOLD and may(actor(request).role, Right.WORK_LEADS)
    facts = {
        "lines": _lines(request, rows, today=today),
        "total": total,
        "page": page,
        "has_next": total > page * PAGE_SIZE,
        "letters": len(_writable(request, chosen)) if waiting and total else 0,
        "may_tell": waiting and bool(total),
        "ways": [(how.value, HOW[how]) for how in BY_HAND],
        "standing": chosen.standing.value,
        "standings": [(each.value, words) for each, words in STANDINGS.items()],
        "suppliers": [(each.supplier_id, each.name) for each in queries.suppliers()],
        "supplier_id": chosen.supplier_id,
        "due_on": chosen.due_on,
        "narrowed": chosen != NoticeFilter(),
        "query": request.GET.urlencode(),
        "may_export": may(actor(request).role, Right.EXPORT_LEADS),
        "may_buy": may(actor(request).role, Right.RUN_CAMPAIGNS),
    }
    return render(request, "suppliers/people.html", facts)


@require_safe
@needs(Right.EXPORT_LEADS)
def people_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The rows of the same address as a file: the proof that everybody was told, and when."""
    rows = each_notice(read_chosen(request.GET), reader=reader(request), today=timezone.localdate())
    return csv_file(request, name="people-to-tell", columns=COLUMNS, rows=rows)


@require_POST
@needs(Right.WORK_LEADS)
def people_write(request: HttpRequest) -> HttpResponse:
    """Letters to everybody on the list whom one may reach."""
    written = notices_due.write_to(_writable(request, read_chosen(request.GET)), now=timezone.now())
    if written:
        told = ngettext("%(number)s letter is on its way.", "%(number)s letters are on their way.", len(written))
        messages.success(request, told % {"number": len(written)} + " " + _("Whoever gets one counts as told once it has left."))
    else:
        messages.info(request, _("No letter was written: nobody on this list may get one, or they are on their way already."))
    return _back(request)


@require_POST
@needs(Right.WORK_LEADS)
def people_tell(request: HttpRequest) -> HttpResponse:
    """Everybody on the list was told in another way; the undo takes it back."""
    how, now = request.POST.get("how", ""), timezone.now()
    if how not in set(BY_HAND):
        messages.error(request, _("Say how they were told."))
        return _back(request)
    listed = _listed(request, read_chosen(request.GET))
    told = notices_due.tell(listed, how=How(how), by=actor(request).pk, now=now)
    if told:
        words = ngettext("Written down: %(number)s person knows.", "Written down: %(number)s people know.", len(told))
        messages.success(request, words % {"number": len(told)}, extra_tags=reverse("people_untell", args=[as_number(now)]))
    return _back(request)


@require_POST
@needs(Right.WORK_LEADS)
def people_untell(request: HttpRequest, moment: int) -> HttpResponse:
    """Undo what the reader wrote down at that moment."""
    told_at = as_moment(moment)
    told = told_then(told_at, by=actor(request).pk, reader=reader(request))
    if notices_due.take_back(told, told_at=told_at, now=timezone.now()):
        messages.success(request, _("Taken back: they are still to be told."))
    return redirect("people_to_tell")


def read_chosen(query: QueryDict) -> NoticeFilter:
    """What an address asks for; what is not understood is left out."""
    standing, supplier = query.get("standing", ""), query.get("supplier", "")
    known = len(supplier) < 20 and supplier.isascii() and supplier.isdigit() and int(supplier) <= LARGEST_ID
    return NoticeFilter(
        standing=Standing(standing) if standing in set(Standing) else Standing.DUE,
        supplier_id=int(supplier) if known else None,
        due_on=_day(query.get("day", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _listed(request: HttpRequest, chosen: NoticeFilter) -> list[int]:
    return notice_leads(chosen, reader=reader(request), today=timezone.localdate())


def _writable(request: HttpRequest, chosen: NoticeFilter) -> Collection[int]:
    """Whom a letter may go to that is not on its way."""
    listed = notice_leads(chosen, reader=reader(request), today=timezone.localdate(), without_letter=True)
    return notices_due.reachable(listed).keys()


def _lines(request: HttpRequest, rows: Sequence[NoticeFacts], *, today: date) -> list[Line]:
    lead_ids = [row.lead_id for row in rows]
    people, reached = lines_by_id(lead_ids, reader=reader(request)), notices_due.reachable(lead_ids)
    waiting = contacts.unfounded({person.contact_id for person in people.values() if person.contact_id is not None})
    return [
        Line(
            notice=row,
            person=(person := people.get(row.lead_id)),
            late=row.is_late(today),
            reached=row.lead_id in reached,
            waits=person is not None and person.contact_id in waiting,
            told=TOLD[How(row.how)] if row.how else "",
        )
        for row in rows
    ]


def _back(request: HttpRequest) -> HttpResponse:
    query = request.GET.urlencode()
    return redirect(f"{reverse('people_to_tell')}{'?' + query if query else ''}")
