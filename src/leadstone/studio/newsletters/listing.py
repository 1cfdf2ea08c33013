"""Every newsletter with its promise and readers, and every letter that was written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.newsletters.queries import boxes, issues, letters
from leadstone.domains.newsletters.queries.issues import IssueCard, IssueFilter, Order
from leadstone.domains.newsletters.queries.letters import NewsletterFacts
from leadstone.domains.newsletters.rules import IssueState, month_of
from leadstone.studio.newsletters.words import STATE, TONE
from leadstone.studio.shell.exports import Columns, csv_file
from leadstone.studio.shell.gate import needs

COLUMNS: Columns[IssueCard] = (
    (_("Subject"), lambda card: card.subject),
    (_("Number"), lambda card: str(card.number or "")),
    (_("State"), lambda card: str(STATE[card.state])),
    (_("Leaves or left"), lambda card: _iso(card.begun_at or card.due_at)),
    (_("Letters"), lambda card: str(_account(card, "targeted"))),
    (pgettext_lazy("letters", "Sent"), lambda card: str(_account(card, "sent"))),
)
ORDERS = ((Order.NEWEST, _("Changed last")), (Order.SUBJECT, _("By subject")))


@dataclass(frozen=True, slots=True)
class NewsletterCard:
    """One newsletter as the list shows it."""

    facts: NewsletterFacts
    readers: int
    topics: list[tuple[str, int]]  # name and how many chose it
    promised: int  # read it by a box elsewhere alone
    this_month: int


@require_safe
@needs(Right.WRITE_LETTERS)
def newsletters(request: HttpRequest) -> HttpResponse:
    """The newsletters above, their letters beneath, by the filter in the address."""
    chosen = read_filter(request)
    page = issues.issue_page(chosen, page=page_number(request))
    known = letters.newsletters()
    titles = {each.magnet_id: each.title for each in known}
    unkept = [box for box in boxes.boxes() if box.newsletter_id is None and box.people]
    context: dict[str, Any] = {
        "newsletters": [_card(each) for each in known],
        "unkept": unkept,
        "unkept_people": boxes.count_people([box.source_id for box in unkept]) if unkept else 0,
        "choose_at": known[0].magnet_id if known else None,
        "chosen": chosen,
        "page": page,
        "lines": [
            (card, titles.get(card.magnet_id, ""), STATE[card.state], TONE[card.state], issues.accounting(card))
            for card in page.lines
        ],
        "states": [(state, STATE[state]) for state in IssueState],
        "orders": ORDERS,
        "narrowed": chosen != IssueFilter(),
        "export_query": request.GET.urlencode(),
    }
    return render(request, "newsletters/list.html", context)


@require_safe
@needs(Right.WRITE_LETTERS)
def newsletters_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The letters of the same address as a file."""
    return csv_file(request, name="letters", columns=COLUMNS, rows=issues.each_issue(read_filter(request)))


def read_filter(request: HttpRequest) -> IssueFilter:
    """The filter that the address names; whatever it does not know is left out."""
    state, order, about = (request.GET.get(name, "") for name in ("state", "order", "newsletter"))
    return IssueFilter(
        state=IssueState(state) if state in set(IssueState) else None,
        magnet_id=int(about) if about.isascii() and about.isdigit() and len(about) < 18 else None,
        order=Order(order) if order in set(Order) else Order.NEWEST,
    )


def page_number(request: HttpRequest) -> int:
    given = request.GET.get("page", "")
    return max(1, min(int(given), 1_000_000)) if given.isascii() and given.isdigit() and len(given) < 8 else 1


def _card(facts: NewsletterFacts) -> NewsletterCard:
    counts = letters.subscribers_by_topic(facts.magnet_id)
    zone = str(timezone.get_current_timezone())
    month = month_of(timezone.now(), zone=zone)
    promised = boxes.count_promised(facts.magnet_id)
    return NewsletterCard(
        facts=facts,
        readers=letters.count_subscribers(facts.magnet_id) + promised,
        promised=promised,
        topics=[(topic.name, counts.get(topic.key, 0)) for topic in facts.settings.topics],
        this_month=sum(month_of(at, zone=zone) == month for at in letters.sending_times(facts.magnet_id)),
    )


def _iso(at: datetime | None) -> str:
    """ISO 8601 by the reader's clock, so that a spreadsheet sorts it."""
    return timezone.localtime(at).isoformat(sep=" ", timespec="minutes") if at else ""


def _account(card: IssueCard, name: str) -> int | str:
    account = issues.accounting(card)
    return getattr(account, name) if account else ""
