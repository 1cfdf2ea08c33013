"""One supplier: the bill, the deliveries, and each lead that was offered with what became of it."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Reader, Right
from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.leads.queries.assigning import lines_by_id
from leadstone.domains.suppliers import queries
from leadstone.domains.suppliers.queries import PurchaseFacts, SupplierFacts
from leadstone.domains.suppliers.queries.notices import NoticeFilter, Standing, count_notices
from leadstone.domains.suppliers.rules import State
from leadstone.studio.leads.filters import read_page
from leadstone.studio.shell.gate import LARGEST_ID, needs, reader
from leadstone.studio.suppliers.figures import came
from leadstone.studio.suppliers.finding import find_supplier
from leadstone.studio.suppliers.forms import GiveBackForm
from leadstone.studio.suppliers.words import REFUSED, RETURNED, STATE, TONE, WANTS

PAGE_SIZE = 50


def chosen_purchases(request: HttpRequest) -> tuple[int | None, tuple[State, ...]]:
    """The delivery and the states that an address narrows the list to; what is not understood is left out."""
    batch, state = request.GET.get("batch", ""), request.GET.get("state", "")
    known = batch.isascii() and batch.isdigit() and int(batch) <= LARGEST_ID if len(batch) < 20 else False
    return (int(batch) if known else None), ((State(state),) if state in set(State) else tuple(State))


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def supplier_card(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """Everything about one supplier on one page."""
    return card_page(request, find_supplier(supplier_id))


def card_page(
    request: HttpRequest, supplier: SupplierFacts, *, wrong: tuple[int, GiveBackForm] | None = None, status: int = 200
) -> HttpResponse:
    """The card; `wrong`: the purchase that could not be given back, with what was typed."""
    pk, page = supplier.supplier_id, read_page(request.GET)
    batch_id, states = chosen_purchases(request)
    total = queries.count_purchases(pk, batch_id=batch_id, states=states)
    start = (page - 1) * PAGE_SIZE
    rows = queries.purchases(pk, batch_id=batch_id, states=states, after=start, limit=PAGE_SIZE)
    figures = came([pk], reader=reader(request))[pk]
    batches = queries.batches(pk)
    facts = {
        "supplier": supplier,
        "figures": figures,
        "reasons": [(REFUSED[because], number) for because, number in figures.bill.refused.items()],
        "wants": [WANTS[want] for want in sorted(supplier.wants)],
        "campaign": campaigns.names([supplier.campaign_id])[supplier.campaign_id],
        "batches": batches,
        "batch": next((batch for batch in batches if batch.batch_id == batch_id), None),
        "rows": _shown(rows, wrong=wrong, within=timedelta(days=supplier.return_days), reader=reader(request)),
        "total": total,
        "page": page,
        "has_next": total > start + PAGE_SIZE,
        "states": [(state.value, STATE[state]) for state in State],
        "state": request.GET.get("state", ""),
        "narrowed": batch_id is not None or len(states) == 1,
        "query": request.GET.urlencode(),
        "untold": _untold(request, pk, Standing.DUE),
        "late": _untold(request, pk, Standing.LATE),
    }
    return render(request, "suppliers/card.html", facts, status=status)


def _untold(request: HttpRequest, supplier_id: int, standing: Standing) -> int:
    chosen = NoticeFilter(supplier_id=supplier_id, standing=standing)
    return count_notices(chosen, reader=reader(request), today=timezone.localdate())


def _shown(
    rows: list[PurchaseFacts], *, wrong: tuple[int, GiveBackForm] | None, within: timedelta, reader: Reader
) -> list[dict[str, object]]:
    people = lines_by_id([row.lead_id for row in rows if row.lead_id is not None], reader=reader)
    return [
        {
            "row": row,
            "state": STATE[row.state],
            "tone": TONE[row.state],
            "because": REFUSED[row.refused] if row.refused else RETURNED[row.returned] if row.returned else "",
            "person": people.get(row.lead_id or 0),
            "form": _give_back(row, wrong, in_time=timezone.now() - row.at <= within),
            "open": wrong is not None and wrong[0] == row.purchase_id,
        }
        for row in rows
    ]


def _give_back(row: PurchaseFacts, wrong: tuple[int, GiveBackForm] | None, *, in_time: bool) -> GiveBackForm | None:
    if wrong is not None and wrong[0] == row.purchase_id:
        return wrong[1]
    return GiveBackForm(auto_id=f"back-{row.purchase_id}-%s") if row.state is State.ACCEPTED and in_time else None
