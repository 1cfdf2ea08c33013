"""The counter: is this code good, and then it is taken. A code never stands in an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.codes import queries
from leadstone.domains.codes.queries import CodeFacts, NoSuchRedemption, RedemptionFacts, RedemptionFilter
from leadstone.domains.codes.rules import Door, Refusal, is_mistyped, may_show
from leadstone.domains.codes.services.redeeming import NotAnAmount
from leadstone.flows.codes_redeemed import TakenBack, redeem_code, take_back_redemption
from leadstone.studio.codes.forms import CodeForm, RedeemForm
from leadstone.studio.codes.people import Holder, holders
from leadstone.studio.codes.words import terms_of, why_refused
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.words.numbers import money
from leadstone.wire.pages.areas.codes.terms import ShownTerms

LATEST_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the counter says of one code. `refused` is empty where it counts; then `form` takes it."""

    typed: str
    found: CodeFacts | None
    terms: ShownTerms | None
    holder: Holder | None
    refused: str
    minimum: str
    history: Sequence[RedemptionFacts]
    form: RedeemForm | None


@require_safe
@needs(Right.REDEEM)
def counter(request: HttpRequest) -> HttpResponse:
    """Where a code is typed or scanned, and what was redeemed last."""
    return _page(request, CodeForm(auto_id="counter-%s"))


@require_POST
@needs(Right.REDEEM)
def check(request: HttpRequest) -> HttpResponse:
    """Is this code good? Nothing is taken yet."""
    form = CodeForm(request.POST, auto_id="counter-%s")
    if not form.is_valid():
        return _page(request, form, status=422)
    return _page(request, CodeForm(auto_id="counter-%s"), answer=_answer(request, form.cleaned_data["code"]))


@require_POST
@needs(Right.REDEEM)
def redeem(request: HttpRequest) -> HttpResponse:
    """Take it for an order."""
    form = RedeemForm(request.POST, auto_id="redeem-%s")
    typed = request.POST.get("code", "")
    if not form.is_valid():
        return _page(request, CodeForm(auto_id="counter-%s"), answer=_answer(request, typed, form=form), status=422)
    try:
        taken = redeem_code(
            typed,
            amount_minor=form.cleaned_data["amount"],
            door=Door.COUNTER,
            by=actor(request).pk,
            nonce=form.nonce_of(),
            now=timezone.now(),
        )
    except NotAnAmount:
        form.add_error("amount", _("This is not an amount. Write it like 18 400 or 18 400,50."))
        return _page(request, CodeForm(auto_id="counter-%s"), answer=_answer(request, typed, form=form), status=422)
    if taken.redemption is None:
        answer = _answer(request, typed, form=form, because=Refusal(str(taken.decision.because)))
        return _page(request, CodeForm(auto_id="counter-%s"), answer=answer, status=422)
    undo = reverse("redemption_take_back", args=[taken.redemption.redemption_id])
    messages.success(request, _told(taken.redemption), extra_tags=undo)
    return redirect("counter")


@require_POST
@needs(Right.REDEEM)
def take_back(request: HttpRequest, redemption_id: int) -> HttpResponse:
    """Undo a redemption a moment after it."""
    try:
        undone = take_back_redemption(redemption_id, now=timezone.now())
    except NoSuchRedemption as unknown:
        raise Http404 from unknown
    if undone is TakenBack.ALL:
        messages.success(request, _("Undone: the code counts again, and there is no sale."))
    elif undone is TakenBack.BUT_THE_SALE:
        said = _(
            "The code counts again, but the sale stays: a colleague has worked with it since. Ask them to take it off the board."
        )
        messages.warning(request, said)
    else:
        messages.info(request, _("This was undone before, or too long ago."))
    return redirect("counter")


def _answer(request: HttpRequest, typed: str, *, form: RedeemForm | None = None, because: Refusal | None = None) -> Answer:
    found = queries.find_code(typed)
    history = queries.redemptions_of(found.code_id) if found else []
    if because is None:
        because = _first_refusal(typed, found)
    # Another amount may be right; whatever else stands in the way does not go by itself.
    mends = because in {None, Refusal.TOO_SMALL, Refusal.AMOUNT_MISSING}
    fresh = RedeemForm(auto_id="redeem-%s", initial={"code": typed, "nonce": uuid4()})
    known = holders([found.contact_id], reader=reader(request)) if found else {}
    least = money(found.terms.minimum_minor, found.terms.currency.value) if found and found.terms.minimum_minor else ""
    return Answer(
        typed=typed,
        found=found,
        terms=terms_of(found) if found and found.claimed_at else None,
        holder=known.get(found.contact_id or 0) if found else None,
        refused=why_refused(because, found, history) if because else "",
        minimum=least,
        history=history,
        form=(form or fresh) if mends and found else None,
    )


def _first_refusal(typed: str, found: CodeFacts | None) -> Refusal | None:
    if found is None:
        return Refusal.MISTYPED if is_mistyped(typed) else Refusal.UNKNOWN
    decision = may_show(found.facts, now=timezone.now())
    return None if decision else Refusal(str(decision.because))


def _told(taken: RedemptionFacts) -> str:
    if taken.amount_minor is None:
        return _("Redeemed.")
    amount = money(taken.amount_minor, taken.currency)
    return (_("Redeemed for %(amount)s. It counts as a sale.") if taken.deal_id else _("Redeemed for %(amount)s.")) % {
        "amount": amount
    }


def _page(request: HttpRequest, form: CodeForm, *, answer: Answer | None = None, status: int = 200) -> HttpResponse:
    latest = queries.redemption_page(RedemptionFilter(), size=LATEST_SHOWN)
    people = holders([line.contact_id for line in latest.lines], reader=reader(request))
    if answer and not answer.form:
        # Nothing to fill in: the focus waits for the next code, and who does not see the answer hears it there.
        form.fields["code"].widget.attrs["aria-describedby"] = "verdict-line"
    facts = {"form": form, "answer": answer, "latest": [(line, people.get(line.contact_id or 0)) for line in latest.lines]}
    response = render(request, "codes/counter.html", facts, status=status)
    response["Cache-Control"] = "no-store"
    return response
