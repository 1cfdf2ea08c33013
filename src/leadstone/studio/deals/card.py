"""The card of one deal: what it is worth, where it stood and for how long, on which evidence, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right, may
from leadstone.domains.activities.rules import About
from leadstone.domains.audit.rules import Subject
from leadstone.domains.pipeline import queries, services
from leadstone.domains.pipeline.queries import DealCard, NoSuchDeal, Stop
from leadstone.domains.pipeline.rules import StageClass, missing_for, rots_since
from leadstone.domains.pipeline.services import Changed, ChangeRefusal
from leadstone.domains.qualification import queries as qualification
from leadstone.domains.qualification.rules import words_in
from leadstone.studio.activities import panels
from leadstone.studio.deals import words
from leadstone.studio.deals.filters import read_id
from leadstone.studio.deals.forms import DealForm
from leadstone.studio.shell.gate import actor, needs, reader
from leadstone.studio.shell.noted import noted_read

FIELD_OF = {
    ChangeRefusal.WON_WITHOUT_VALUE: "amount",
    ChangeRefusal.REASON_MISSING: "reason",
    ChangeRefusal.NO_SUCH_OWNER: "owner",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StopShown:
    """One line of the stage history."""

    stop: Stop
    name: str
    length: str
    overrode: str
    why: str  # it was closed


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShown:
    """One stage that the deal may go to, and what it still needs for that."""

    stage_id: int
    name: str
    here: bool
    missing: str


@require_safe
@needs(Right.READ_DEALS)
def deal(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Everything about one deal on one page."""
    found = find_card(request, deal_id)
    noted_read(request, Subject.DEAL, deal_id)
    return _page(request, found, form=_form(request, found))


@require_POST
@needs(Right.WORK_DEALS)
def change(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Write the deal anew; when a colleague was faster, everything typed stays in the form."""
    found = find_card(request, deal_id)
    form = _form(request, found)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    changed = services.change_deal(
        deal_id=deal_id,
        words=form.words(),
        seen_version=read_id(request.POST.get("version")) or 0,
        by=actor(request).pk,
        now=timezone.now(),
    )
    if changed.decision:
        messages.success(request, _("Kept."))
        return redirect("deal", deal_id)
    if changed.meanwhile is not None:
        return _page(request, found, form=form, status=409, conflict=_conflict(changed))
    refusal = ChangeRefusal(str(changed.decision.because))
    field = FIELD_OF[refusal]
    form.add_error(field if field in form.fields else None, str(words.NOT_CHANGED[refusal]))
    return _page(request, found, form=form, status=422)


def find_card(request: HttpRequest, deal_id: int) -> DealCard:
    try:
        return queries.deal_card(deal_id, reader=reader(request), now=timezone.now())
    except NoSuchDeal as missing:
        raise Http404 from missing


def _conflict(changed: Changed) -> str:
    other = changed.meanwhile
    if other is None:
        return ""
    return words.meanwhile_words(other, stage=words.named(queries.stage(other.stage_id).names))


def _form(request: HttpRequest, found: DealCard) -> DealForm:
    owners = [(one.user_id, one.name) for one in access.staff(active_only=True)]
    if found.owner_id is not None and found.owner_id not in dict(owners):
        owners.append((found.owner_id, found.owner_name))
    offered = queries.reasons(found.stage.stage_class, archived=True)
    return DealForm(
        request.POST or None,
        auto_id="deal-%s",
        stage_class=found.stage.stage_class,
        reasons=[
            (each.reason_id, words.named(each.names))
            for each in offered
            if not each.archived or each.reason_id == found.close_reason_id
        ],
        owners=owners,
        initial={
            "title": found.title,
            "amount": _typed(found.amount_minor),
            "currency": found.currency,
            "expected_close": found.expected_close,
            "probability": found.manual_probability,
            "owner": found.owner_id,
            "reason": found.close_reason_id,
            "note": found.close_note,
        },
    )


def _typed(amount_minor: int | None) -> str:
    """An amount as people type it: "18 400", "18 400,50"."""
    if amount_minor is None:
        return ""
    whole, part = divmod(amount_minor, 100)
    grouped = f"{whole:,}".replace(",", " ")
    return f"{grouped},{part:02}" if part else grouped


def _page(request: HttpRequest, found: DealCard, *, form: DealForm, status: int = 200, conflict: str = "") -> HttpResponse:
    now = timezone.now()
    about = About(lead_id=found.lead_id, deal_id=found.deal_id)
    stage = found.stage
    is_open = stage.stage_class is StageClass.OPEN
    rotting = is_open and rots_since(quiet_since=found.touched_at, rots_after_days=stage.rots_after_days, now=now)
    facts = {
        "deal": found,
        "who": words.called(found.who),
        "stage_name": words.named(stage.names),
        "tone": {StageClass.OPEN: "pole", StageClass.WON: "good", StageClass.LOST: ""}[stage.stage_class],
        "rotting": words.stands_here(found.entered_stage_at, found.touched_at, now=now) if rotting else "",
        "expected": words.day_of(found.expected_close) if found.expected_close else "",
        "age": words.length((found.closed_at or now) - found.opened_at),
        "probability": stage.probability if found.manual_probability is None else found.manual_probability,
        "history": _history(found),
        "steps": _steps(found),
        "points": _points(found.lead_id),
        "form": form,
        "conflict": conflict,
        "activities": panels.of(request, about),
        "story": panels.story(request, about),
        "may_work": may(actor(request).role, Right.WORK_DEALS),
    }
    return render(request, "deals/deal.html", facts, status=status)


def _history(found: DealCard) -> list[StopShown]:
    reasons = {each.reason_id: words.named(each.names) for each in queries.reasons(archived=True)}
    return [
        StopShown(
            stop=stop,
            name=words.named(stop.stage.names),
            length=words.length(stop.stay.length) if stop.stage.stage_class is StageClass.OPEN else "",
            overrode=words.in_a_row([str(words.MISSING[each]) for each in stop.overrode]),
            why=": ".join(part for part in (reasons.get(stop.close_reason_id or 0, ""), stop.close_note) if part)
            if stop.stage.stage_class is not StageClass.OPEN
            else "",
        )
        for stop in reversed(found.history)
    ]


def _steps(found: DealCard) -> list[StepShown]:
    return [
        StepShown(
            stage_id=stage.stage_id,
            name=words.named(stage.names),
            here=stage.stage_id == found.stage.stage_id,
            missing=words.in_a_row([str(words.MISSING[each]) for each in missing_for(stage, met=found.met)]),
        )
        for stage in queries.stages()
    ]


def _points(lead_id: int) -> Sequence[tuple[str, str, Sequence[qualification.Receipt]]]:
    """The checklist with its receipts: (key, words, receipts)."""
    language = get_language() or "en"
    # With somebody who went, the checklist is gone too.
    listed = [each for found in qualification.checklists([lead_id]).values() for each in found.points]
    return [(each.point.key, words_in(each.point.names, language), each.receipts) for each in listed]
