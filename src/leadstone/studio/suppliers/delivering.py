"""A delivery: a file or a pasted list is looked at first, and bought by a second press."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from leadstone.domains.access.rules import Right
from leadstone.domains.suppliers.queries import SupplierFacts
from leadstone.domains.suppliers.rules import LONGEST_WORDS, MOST_AT_ONCE, Offered
from leadstone.domains.suppliers.rules.reading import Column, Usual, offers, suggest
from leadstone.domains.suppliers.services import Judged
from leadstone.flows.leads_bought import buy_leads, look_at
from leadstone.kernel.csv_table import Table
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.shell.lists import ListForm
from leadstone.studio.suppliers.finding import find_supplier
from leadstone.studio.suppliers.words import COLUMN, REFUSED

MOST_SHOWN = 30


class DeliveryForm(ListForm):
    """The list as it came; it travels along, because nothing of it is kept before it is bought."""

    largest_bytes = 1_500_000
    most_rows = MOST_AT_ONCE
    nothing = gettext_lazy("There is nobody in it. Choose a file, or paste the rows.")

    def likely(self, table: Table) -> bool:
        return not {Column.EMAIL, Column.PHONE}.isdisjoint(suggest(table.columns, table.rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What would become of a delivery."""

    judged: Sequence[Judged]
    bought: int
    cost_minor: int
    unfounded: int  # would be bought, but nobody may write to them: no words, or no day
    reasons: Sequence[tuple[object, int]] = field(default_factory=tuple)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RUN_CAMPAIGNS)
def deliver(request: HttpRequest, supplier_id: int) -> HttpResponse:
    """Give a list, look at what would become of it, and buy it."""
    supplier = find_supplier(supplier_id)
    if request.method != "POST":
        return render(request, "suppliers/deliver.html", {"supplier": supplier, "form": DeliveryForm()})
    form = DeliveryForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "suppliers/deliver.html", {"supplier": supplier, "form": form}, status=422)
    table: Table = form.cleaned_data["table"]
    # The columns that were named are those of the sheet that was looked at.
    same = request.POST.get("sheet-shown", "") in {"", str(form.cleaned_data["sheet"])}
    holds = _holds(request.POST, table) if same else suggest(table.columns, table.rows)
    words = request.POST.get("words", "").strip()[:LONGEST_WORDS]
    usual = Usual(source=supplier.source, words=words)
    offered = offers(table.rows, holds=holds, usual=usual, zone=timezone.get_current_timezone())
    if same and request.POST.get("act") == "buy":
        return _buy(request, supplier, offered, name=form.cleaned_data["name"])
    facts = {
        "supplier": supplier,
        "sheets": form.cleaned_data["sheets"],
        "sheet": form.cleaned_data["sheet"],
        "name": form.cleaned_data["name"],
        "words": words,
        "asks_words": Column.WORDS not in holds,
        "columns": _columns(table, holds),
        "choices": [(column.value, COLUMN[column]) for column in Column],
        **_shown(_look(supplier, offered)),
    }
    return render(request, "suppliers/look.html", facts)


def _buy(request: HttpRequest, supplier: SupplierFacts, offered: Sequence[Offered], *, name: str) -> HttpResponse:
    done = buy_leads(supplier.supplier_id, offered, name=name, by=actor(request).pk, now=timezone.now())
    if done.known:
        messages.info(request, _("This very list came before. Nothing was bought twice; here is what became of it then."))
    else:
        messages.success(request, _("Looked at and bought. What was refused costs nothing, and nothing of it is kept."))
    return redirect(f"{reverse('supplier', args=[supplier.supplier_id])}?batch={done.batch_id}#purchases")


def _look(supplier: SupplierFacts, offered: Sequence[Offered]) -> Look:
    judged = look_at(supplier.supplier_id, offered, now=timezone.now())
    bought = [one.offered for one in judged if one.refused is None]
    reasons = Counter(one.refused for one in judged if one.refused is not None)
    return Look(
        judged=judged,
        bought=len(bought),
        cost_minor=len(bought) * supplier.price_minor,
        unfounded=sum(not one.words.strip() or one.agreed_at is None for one in bought),
        reasons=[(REFUSED[because], number) for because, number in reasons.most_common()],
    )


def _shown(look: Look) -> dict[str, object]:
    # The refused ones first: they are what somebody may want to mend before they buy.
    rows = sorted(look.judged, key=lambda one: one.refused is None)
    shown = [(one, REFUSED[one.refused] if one.refused else "") for one in rows[:MOST_SHOWN]]
    told = ngettext("Buy %(number)s lead", "Buy %(number)s leads", look.bought) % {"number": look.bought}
    return {"look": look, "rows": shown, "more": max(0, len(rows) - MOST_SHOWN), "buy": told}


def _holds(said: Mapping[str, str], table: Table) -> dict[Column, int]:
    """Which column holds what: as it was chosen, else as the names of the columns say."""
    if not any(f"column-{place}" in said for place in range(len(table.columns))):
        return suggest(table.columns, table.rows)
    chosen = {place: said.get(f"column-{place}", "") for place in range(len(table.columns))}
    return {Column(what): place for place, what in reversed(chosen.items()) if what in set(Column)}


def _columns(table: Table, holds: Mapping[Column, int]) -> list[dict[str, object]]:
    of = {place: column.value for column, place in holds.items()}
    return [
        {
            "place": place,
            "name": name or _("Column %(number)s") % {"number": place + 1},
            "holds": of.get(place, ""),
            "example": next((row[place] for row in table.rows if row[place]), ""),
        }
        for place, name in enumerate(table.columns)
    ]
