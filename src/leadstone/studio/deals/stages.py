"""Settings: the stages of the board and the reasons why deals end, as the company wants them."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.pipeline import queries, services
from leadstone.domains.pipeline.queries import ReasonFacts
from leadstone.domains.pipeline.rules import ALWAYS, MAY_ASK, Requirement, SettingRefusal, StageClass, StageFacts
from leadstone.domains.pipeline.services import StageWords
from leadstone.kernel.decision import Decision
from leadstone.studio.deals import words
from leadstone.studio.deals.forms import ReasonForm, StageForm
from leadstone.studio.shell.gate import needs

NEW = "new"


@require_safe
@needs(Right.MANAGE_COMPANY)
def stages(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@needs(Right.MANAGE_COMPANY)
def stage_add(request: HttpRequest) -> HttpResponse:
    form = _stage_form(request, None)
    if not form.is_valid():
        return _page(request, stage_forms={NEW: form}, status=422)
    return _told(request, services.add_stage(words=_words(form)), form=form, key=NEW)


@require_POST
@needs(Right.MANAGE_COMPANY)
def stage(request: HttpRequest, stage_id: int) -> HttpResponse:
    form = _stage_form(request, _stage(stage_id))
    if not form.is_valid():
        return _page(request, stage_forms={stage_id: form}, status=422)
    return _told(request, services.change_stage(stage_id=stage_id, words=_words(form)), form=form, key=stage_id)


@require_POST
@needs(Right.MANAGE_COMPANY)
def stage_shift(request: HttpRequest, stage_id: int) -> HttpResponse:
    _stage(stage_id)
    services.shift_stage(stage_id=stage_id, by=-1 if request.POST.get("by") == "left" else 1)
    return redirect("stages")


@require_POST
@needs(Right.MANAGE_COMPANY)
def stage_archive(request: HttpRequest, stage_id: int) -> HttpResponse:
    name = words.named(_stage(stage_id).names)
    decision = services.archive_stage(stage_id=stage_id, now=timezone.now())
    if decision:
        told = _("“%(stage)s” has left the board.") % {"stage": name}
        messages.success(request, told, extra_tags=f"{request.path.removesuffix('archive')}restore")
    else:
        messages.error(request, str(words.NOT_SET[SettingRefusal(str(decision.because))]))
    return redirect("stages")


@require_POST
@needs(Right.MANAGE_COMPANY)
def stage_restore(request: HttpRequest, stage_id: int) -> HttpResponse:
    services.restore_stage(stage_id=_stage(stage_id).stage_id)
    messages.success(request, _("Back on the board."))
    return redirect("stages")


@require_POST
@needs(Right.MANAGE_COMPANY)
def reason_add(request: HttpRequest) -> HttpResponse:
    form, stage_class = ReasonForm(request.POST), request.POST.get("class", "")
    if stage_class not in {StageClass.WON.value, StageClass.LOST.value} or not form.is_valid():
        raise Http404
    decision = services.add_reason(names=_names(form.cleaned_data), stage_class=StageClass(stage_class))
    return _reason_told(request, decision)


@require_POST
@needs(Right.MANAGE_COMPANY)
def reason(request: HttpRequest, reason_id: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Http404
    _reason(reason_id)
    return _reason_told(request, services.change_reason(reason_id=reason_id, names=_names(form.cleaned_data)))


@require_POST
@needs(Right.MANAGE_COMPANY)
def reason_archive(request: HttpRequest, reason_id: int) -> HttpResponse:
    name = words.named(_reason(reason_id).names)
    decision = services.archive_reason(reason_id=reason_id, now=timezone.now())
    if decision:
        told = _("“%(reason)s” is offered no longer.") % {"reason": name}
        messages.success(request, told, extra_tags=f"{request.path.removesuffix('archive')}restore")
        return redirect("stages")
    return _reason_told(request, decision)


@require_POST
@needs(Right.MANAGE_COMPANY)
def reason_restore(request: HttpRequest, reason_id: int) -> HttpResponse:
    _reason(reason_id)
    services.restore_reason(reason_id=reason_id)
    messages.success(request, _("Offered again."))
    return redirect("stages")


def _told(request: HttpRequest, decision: Decision, *, form: StageForm, key: int | str) -> HttpResponse:
    if decision:
        messages.success(request, _("Kept."))
        return redirect("stages")
    form.add_error("pl", str(words.NOT_SET[SettingRefusal(str(decision.because))]))
    return _page(request, stage_forms={key: form}, status=422)


def _reason_told(request: HttpRequest, decision: Decision) -> HttpResponse:
    if decision:
        messages.success(request, _("Kept."))
    else:
        messages.error(request, str(words.NOT_SET[SettingRefusal(str(decision.because))]))
    return redirect("stages")


def _page(request: HttpRequest, *, stage_forms: dict[int | str, StageForm] | None = None, status: int = 200) -> HttpResponse:
    bound = stage_forms or {}
    in_use, standing = queries.stages(), queries.deals_in_stages()
    facts = {
        "tab": "stages",
        "stages": [
            (each, words.named(each.names), standing.get(each.stage_id, 0), bound.get(each.stage_id) or _stage_form(None, each))
            for each in in_use
        ],
        "opened": next(iter(bound), None),
        "new_form": bound.get(NEW) or _stage_form(None, None),
        "archived": [(each, words.named(each.names)) for each in queries.stages(archived=True) if each.archived],
        "reasons": [(each, _reasons(each)) for each in (StageClass.WON, StageClass.LOST)],
        "reason_form": ReasonForm(auto_id="reason-new-%s"),
    }
    return render(request, "deals/stages.html", facts, status=status)


def _reasons(stage_class: StageClass) -> list[tuple[ReasonFacts, str, ReasonForm]]:
    return [
        (each, words.named(each.names), ReasonForm(initial=dict(each.names), auto_id=f"reason-{each.reason_id}-%s"))
        for each in queries.reasons(stage_class, archived=True)
    ]


def _stage_form(request: HttpRequest | None, stage: StageFacts | None) -> StageForm:
    stage_class = stage.stage_class if stage else StageClass.OPEN
    may_ask = MAY_ASK[stage_class] - ALWAYS[stage_class]
    initial: dict[str, object] = {"probability": 50}
    if stage is not None:
        known = {language: stage.names.get(language, "") for language, _name in settings.LANGUAGES}
        asked = [each.value for each in stage.requires]
        initial = {**known, "probability": stage.probability, "rots_after_days": stage.rots_after_days, "requires": asked}
    return StageForm(
        request.POST if request else None,
        stage_class=stage_class,
        asks=[(each.value, str(words.ASKS[each])) for each in Requirement if each in may_ask],
        initial=initial,
        auto_id=f"stage-{stage.stage_id if stage else NEW}-%s",
    )


def _words(form: StageForm) -> StageWords:
    given = form.cleaned_data
    return StageWords(
        names=_names(given),
        probability=given.get("probability") or 0,
        requires=frozenset(Requirement(each) for each in given["requires"]),
        rots_after_days=given.get("rots_after_days"),
    )


def _names(given: dict[str, str]) -> dict[str, str]:
    return {language: given.get(language, "") for language, _name in settings.LANGUAGES}


def _stage(stage_id: int) -> StageFacts:
    try:
        return queries.stage(stage_id)
    except queries.NoSuchStage as missing:
        raise Http404 from missing


def _reason(reason_id: int) -> ReasonFacts:
    found = next((each for each in queries.reasons(archived=True) if each.reason_id == reason_id), None)
    if found is None:
        raise Http404
    return found
