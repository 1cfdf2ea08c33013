"""Qualifying a lead: the checklist, its receipts, and the step that they allow."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.audit.rules import Subject
from leadstone.domains.leads.queries import LeadCard
from leadstone.domains.qualification import queries, services
from leadstone.domains.qualification.rules import EvidenceKind, Refusal
from leadstone.domains.qualification.services import Given, Promoted
from leadstone.kernel.decision import Decision
from leadstone.studio.leads import card as shown
from leadstone.studio.leads.finding import find_lead
from leadstone.studio.qualification.panels import checklist_panel
from leadstone.studio.qualification.words import REFUSED, listed, name_of
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.shell.noted import noted_read
from leadstone.studio.words.leads import STATUS, TONE

PAGES = {"today": "today", "lead": "lead"}  # where a form may lead back to, beside the page itself


@require_safe
@needs(Right.READ_LEADS)
def qualification(request: HttpRequest, lead_id: int) -> HttpResponse:
    """The checklist of a lead on a page of its own, with what is known of the person beside it."""
    card = find_lead(request, lead_id)
    noted_read(request, Subject.LEAD, lead_id)
    return _page(request, card)


@require_POST
@needs(Right.WORK_LEADS)
def give(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Fill a point: with evidence that is in the house (`kind`, `source`), or with a note (`text`)."""
    card = find_lead(request, lead_id)
    given = _give(request, lead_id)
    if given.evidence_id is not None:
        back = reverse("evidence_take_back", args=[lead_id, given.evidence_id])
        messages.success(request, _("It counts. The receipt names where it comes from."), extra_tags=back)
    else:
        messages.error(request, _refusal(given.decision))
    return _answer(request, card)


@require_POST
@needs(Right.WORK_LEADS)
def withdraw(request: HttpRequest, lead_id: int, evidence_id: int) -> HttpResponse:
    """A receipt does not hold: it stays on record and establishes nothing any more."""
    card = find_lead(request, lead_id)
    if services.withdraw_evidence(evidence_id=evidence_id, lead_id=lead_id, by=actor(request).pk, now=timezone.now()):
        back = reverse("evidence_restore", args=[lead_id, evidence_id])
        messages.success(request, _("Withdrawn. It stays on record."), extra_tags=back)
    return _answer(request, card)


@require_POST
@needs(Right.WORK_LEADS)
def take_back(request: HttpRequest, lead_id: int, evidence_id: int) -> HttpResponse:
    """Undo a receipt that was given a moment ago, with the note that was written for it."""
    card = find_lead(request, lead_id)
    if services.take_back_evidence(evidence_id=evidence_id, lead_id=lead_id, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("Undone."))
    return _answer(request, card)


@require_POST
@needs(Right.WORK_LEADS)
def restore(request: HttpRequest, lead_id: int, evidence_id: int) -> HttpResponse:
    """Undo a withdrawal: the same source fills the same point again."""
    card = find_lead(request, lead_id)
    given = services.restore_evidence(evidence_id=evidence_id, lead_id=lead_id, by=actor(request).pk, now=timezone.now())
    if given.evidence_id is not None:
        messages.success(request, _("Undone."))
    else:
        messages.error(request, _refusal(given.decision))
    return _answer(request, card)


@require_POST
@needs(Right.WORK_LEADS)
def promote(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Make the lead a prospect, or say what is missing."""
    card = find_lead(request, lead_id)
    return _promoted(request, card, services.promote(lead_id=lead_id, by=actor(request).pk, now=timezone.now()))


@require_POST
@needs(Right.OVERRIDE)
def override(request: HttpRequest, lead_id: int) -> HttpResponse:
    """Make the lead a prospect although something is missing; who, why and what goes on record."""
    card = find_lead(request, lead_id)
    promoted = services.override_promotion(
        lead_id=lead_id, reason=request.POST.get("reason", ""), by=actor(request).pk, now=timezone.now()
    )
    return _promoted(request, card, promoted)


@require_POST
@needs(Right.WORK_LEADS)
def promote_back(request: HttpRequest, lead_id: int, promotion_id: int) -> HttpResponse:
    """Undo a promotion that was made a moment ago."""
    find_lead(request, lead_id)
    if services.take_back_promotion(promotion_id=promotion_id, lead_id=lead_id, by=actor(request).pk, now=timezone.now()):
        messages.success(request, _("Undone: not a prospect."))
    else:
        messages.error(request, _("It is too late to undo this. Take the lead up again instead."))
    return redirect("qualification", lead_id)


def _give(request: HttpRequest, lead_id: int) -> Given:
    told, by, now = request.POST, actor(request).pk, timezone.now()
    point_id, source_id = _number(told.get("point", "")), _number(told.get("source", ""))
    if point_id is None:
        return Given(decision=Decision(False, Refusal.NO_SUCH_POINT))
    if "text" in told:
        return services.write_evidence(lead_id=lead_id, point_id=point_id, text=told["text"], by=by, now=now)
    kind = told.get("kind", "")
    if source_id is None or kind not in set(EvidenceKind):
        return Given(decision=Decision(False, Refusal.NOT_THEIRS))
    return services.give_evidence(
        lead_id=lead_id,
        point_id=point_id,
        kind=EvidenceKind(kind),
        source_id=source_id,
        reader=reader(request),
        by=by,
        now=now,
    )


def _promoted(request: HttpRequest, card: LeadCard, promoted: Promoted) -> HttpResponse:
    if promoted.promotion_id is None:
        messages.error(request, _refusal(promoted.decision, missing=promoted.decision.missing))
        return _answer(request, card)
    back = reverse("promote_back", args=[card.lead_id, promoted.promotion_id])
    messages.success(request, _("A prospect now. The deal opens on the board by itself."), extra_tags=back)
    address = reverse("today") if request.POST.get("next") == "today" else reverse("lead", args=[card.lead_id])
    if request.headers.get("HX-Request"):
        # The page asked when something was missing; a colleague has filled it meanwhile.
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _refusal(decision: Decision, *, missing: Sequence[str] = ()) -> str:
    names = [name_of(point) for point in queries.points() if point.key in missing]
    because = decision.because
    return str(REFUSED[because]).format(points=listed(names)) if because is not None else ""


def _answer(request: HttpRequest, card: LeadCard) -> HttpResponse:
    """The panel alone for htmx; else the page from which the form came."""
    if request.headers.get("HX-Request"):
        keyed, leads_to = request.POST.get("keyed") == "yes", request.POST.get("next", "")
        facts = checklist_panel(request, card, keyed=keyed) | {"next_page": leads_to if leads_to in PAGES else ""}
        return render(request, "qualification/_answer.html", facts)
    if request.POST.get("next") == "lead":
        return redirect(f"{reverse('lead', args=[card.lead_id])}#checklist")
    return redirect(_address(card.lead_id, next_page=request.POST.get("next", "")))


def _address(lead_id: int, *, next_page: str) -> str:
    address = reverse("qualification", args=[lead_id])
    return f"{address}?next={next_page}" if next_page in PAGES else address


def _page(request: HttpRequest, card: LeadCard) -> HttpResponse:
    facts = checklist_panel(request, card, keyed=True) | {
        "card": card,
        "name": shown.name_of(card),
        "under_name": shown.under_name(card),
        "story": shown.story(card)[:8],
        "triple": shown.triple(card),
        "status_words": STATUS[card.status],
        "tone": TONE[card.status],
        "next_page": request.GET.get("next", "") if request.GET.get("next") in PAGES else "",
    }
    return render(request, "qualification/page.html", facts)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
