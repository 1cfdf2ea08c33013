"""Each figure of a letter's account, and the rows that it counts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Reader, Right
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.queries import MailingLine, MailingLines
from leadstone.domains.delivery.rules import PENDING, State
from leadstone.domains.leads.queries import subjects
from leadstone.domains.newsletters.queries import issues
from leadstone.domains.newsletters.queries.issues import IssueCard
from leadstone.studio.newsletters import words
from leadstone.studio.newsletters.listing import page_number
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs, reader

PAGE = 50
FATES = {
    "sent": frozenset({State.SENT}),
    "unknown": frozenset({State.UNKNOWN}),
    "pending": PENDING,
    "excluded": frozenset({State.EXCLUDED}),
    "failed": frozenset({State.FAILED}),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the account; `fate` and `because` lead to its rows."""

    label: str
    number: int
    fate: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class AccountShown:
    """All figures; those after the first add up to it."""

    targeted: int
    figures: Sequence[Figure]
    adds_up: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One recipient; the address only where the reader may see the person."""

    address: str
    state: str
    because: str
    at: datetime


COLUMNS: Columns[Row] = (
    (gettext_lazy("Address"), lambda row: row.address),
    (gettext_lazy("What became of it"), lambda row: row.state),
    (gettext_lazy("Why"), lambda row: row.because),
    (gettext_lazy("When"), lambda row: timezone.localtime(row.at).isoformat(sep=" ", timespec="minutes")),
)


def account_of(card: IssueCard) -> AccountShown | None:
    """Where the letters are, in figures; None before the first."""
    account = issues.accounting(card)
    if account is None:
        return None
    figures = [
        Figure(_("sent"), account.sent, "sent"),
        Figure(_("on their way"), account.pending, "pending"),
        *(
            Figure(_("held back: %(why)s") % {"why": words.because_words(why)}, n, "excluded", why)
            for why, n in account.excluded.items()
        ),
        *(Figure(_("failed: %(why)s") % {"why": why}, n, "failed", why) for why, n in account.failed.items()),
        Figure(_("unclear: the mail server broke off"), account.unknown, "unknown"),
    ]
    return AccountShown(account.targeted, [each for each in figures if each.number], account.adds_up)


@require_safe
@needs(Right.WRITE_LETTERS)
def page(request: HttpRequest, issue_id: int) -> HttpResponse:
    """The recipients that a figure counts."""
    card = _begun(issue_id)
    number = page_number(request)
    start = (number - 1) * PAGE
    found = _lines(request, card).part(start, PAGE + 1)
    context = {
        "card": card,
        "rows": list(_rows(found[:PAGE], reader=reader(request))),
        "number": number,
        "has_next": len(found) > PAGE,
        "fate": request.GET.get("fate", ""),
        "fates": [(fate, words.FATE[next(iter(states))]) for fate, states in FATES.items()],
        "export_query": request.GET.urlencode(),
    }
    return render(request, "newsletters/recipients.html", context)


@require_safe
@needs(Right.WRITE_LETTERS)
def csv(request: HttpRequest, issue_id: int) -> StreamingHttpResponse:
    """The rows of the same address as a file."""
    lines = iter(_lines(request, _begun(issue_id)))
    found = (row for part in _portions(lines) for row in _rows(part, reader=reader(request)))
    return csv_file(request, name="recipients", columns=COLUMNS, rows=found)


def _begun(issue_id: int) -> IssueCard:
    card = issues.issue_or_none(issue_id)
    if card is None or card.mailing_id is None:
        raise Http404
    return card


def _lines(request: HttpRequest, card: IssueCard) -> MailingLines:
    states = FATES.get(request.GET.get("fate", ""), frozenset())
    return delivery.mailing_lines(card.mailing_id or 0, states=states, because=request.GET.get("because", "")[:60])


def _rows(lines: Sequence[MailingLine], *, reader: Reader) -> Iterator[Row]:
    """Whom the reader cannot reach is counted, and not named."""
    seen = subjects.seen_people({line.contact_id for line in lines if line.contact_id}, reader=reader)
    for line in lines:
        named = line.address if line.contact_id in seen else _("somebody out of your reach")
        address = named if line.contact_id else _("forgotten since")
        yield Row(address, str(words.FATE[line.state]), words.because_words(line.because), line.at)


def _portions(lines: Iterable[MailingLine]) -> Iterator[list[MailingLine]]:
    source = iter(lines)
    while portion := list(islice(source, 500)):
        yield portion
