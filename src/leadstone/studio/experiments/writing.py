"""An experiment from its first words to its start: the plan, the other arm beside the public one, and what is in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.experiments import queries, services
from leadstone.domains.experiments.queries import ExperimentFacts, NoSuchExperiment
from leadstone.domains.experiments.rules import CHALLENGER, CONTROL, Aspect, StartRefusal, State
from leadstone.domains.experiments.rules.overlay import applied, differences
from leadstone.domains.experiments.rules.planning import Outlook, goals_needed, outlook
from leadstone.domains.experiments.services import Wanted
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.offering import begins_with_a_time
from leadstone.domains.magnets.services import arms
from leadstone.domains.shipments import queries as shipments
from leadstone.flows.experiments_judged import traffic_of
from leadstone.infra.blobs.store import BlobStore
from leadstone.studio.experiments import words
from leadstone.studio.experiments.forms import ArmForm, NewForm, PlanForm, arm_form, plan_form
from leadstone.studio.experiments.running import figures
from leadstone.studio.magnets.previews import POLICY, page_bytes
from leadstone.studio.magnets.words import FIELD, gap_words
from leadstone.studio.shell.gate import actor, needs
from leadstone.wire.definition import AskedField, MagnetDefinition, MailWords, mail_of


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """What an arm says differently, line by line."""

    what: str
    before: Sequence[str]
    after: Sequence[str]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RUN_EXPERIMENTS)
def new(request: HttpRequest) -> HttpResponse:
    """Name, magnet, and what differs; the rest is written on the experiment's own page."""
    choices = {row.pk: row.title for row in magnets.magnets() if _can_be_compared(row.pk, row.withdrawn_at is not None)}
    given = request.POST if request.method == "POST" else None
    asked = request.GET.get("magnet", "")
    form = NewForm(given, magnets=choices, initial={"magnet": asked, "aspect": Aspect.PROMISE.value})
    if given is not None and form.is_valid():
        experiment_id = services.draft(
            magnet_id=form.cleaned_data["magnet"],
            aspect=Aspect(form.cleaned_data["aspect"]),
            wanted=Wanted(name=form.cleaned_data["name"]),
            by=actor(request).pk,
            now=timezone.now(),
        )
        return redirect("experiment", experiment_id)
    notes = {aspect.value: note for aspect, note in words.ASPECT_NOTE.items()}
    return render(
        request,
        "experiments/new.html",
        {"form": form, "notes": notes, "any": bool(choices)},
        status=422 if given is not None else 200,
    )


@require_safe
@needs(Right.RUN_EXPERIMENTS)
def experiment(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """The page of an experiment: what is written so far, or how it stands."""
    facts = found(experiment_id)
    if facts.state is State.DRAFT:
        public = _public(facts)
        return render(request, "experiments/draft.html", _drafted(facts, public, plan_form(facts), arm_form(facts, public)))
    if facts.state is State.DISCARDED:
        raise Http404
    shown = {"differences": shown_differences(_public(facts), facts), **figures(facts, now=timezone.now())}
    return render(request, "experiments/running.html", shown)


@require_POST
@needs(Right.RUN_EXPERIMENTS)
def save(request: HttpRequest, experiment_id: int) -> HttpResponse:
    facts = found(experiment_id)
    refused = _kept(request, facts)
    if refused is not None:
        return refused
    messages.success(request, _("Kept."))
    return redirect("experiment", experiment_id)


@require_POST
@needs(Right.RUN_EXPERIMENTS)
def start(request: HttpRequest, experiment_id: int) -> HttpResponse:
    """Keep what was typed, and begin; or say what stands in the way, with nothing begun."""
    facts = found(experiment_id)
    refused = _kept(request, facts) if "name" in request.POST else None
    if refused is not None:
        return refused
    begun = services.start(
        experiment_id=experiment_id,
        blobs=BlobStore(settings.FOLDER.blobs),
        by=actor(request).pk,
        now=timezone.now(),
        in_stock=shipments.in_stock(facts.magnet_id),
    )
    if begun.decision:
        messages.success(request, _("It runs. From now on neither plan nor words change."))
        return redirect("experiment", experiment_id)
    because = StartRefusal(str(begun.decision.because))
    if because is StartRefusal.NOT_A_DRAFT:
        messages.error(request, str(words.REFUSED[because]))
        return redirect("experiment", experiment_id)
    facts = found(experiment_id)
    public = _public(facts)
    context = _drafted(facts, public, plan_form(facts), arm_form(facts, public))
    return render(request, "experiments/draft.html", {**context, "refused": words.REFUSED[because]}, status=422)


@require_POST
@needs(Right.RUN_EXPERIMENTS)
def discard(request: HttpRequest, experiment_id: int) -> HttpResponse:
    facts = found(experiment_id)
    if not services.discard(experiment_id=experiment_id):
        messages.error(request, str(words.REFUSED[StartRefusal.NOT_A_DRAFT]))
        return redirect("experiment", experiment_id)
    words_said = _("“%(name)s” is thrown away.") % {"name": facts.name}
    messages.success(request, words_said, extra_tags=reverse("experiment_bring_back", args=[experiment_id]))
    return redirect("experiments")


@require_POST
@needs(Right.RUN_EXPERIMENTS)
def bring_back(request: HttpRequest, experiment_id: int) -> HttpResponse:
    found(experiment_id)
    services.bring_back(experiment_id=experiment_id)
    return redirect("experiment", experiment_id)


@require_safe
@needs(Right.RUN_EXPERIMENTS)
@never_cache
def arm_page(request: HttpRequest, experiment_id: int, arm: str) -> HttpResponse:
    """The public page as this arm shows it, in a frame that runs nothing."""
    facts = found(experiment_id)
    if arm not in facts.arms:
        raise Http404
    definition = _public(facts)
    page = page_bytes(applied(definition, facts.overlay) if arm == CHALLENGER else definition, facts.slug)
    return HttpResponse(page, headers={"Content-Security-Policy": POLICY})


def found(experiment_id: int) -> ExperimentFacts:
    try:
        return queries.experiment(experiment_id)
    except NoSuchExperiment as missing:
        raise Http404 from missing


def shown_differences(public: MagnetDefinition, facts: ExperimentFacts) -> list[ShownDifference]:
    """What B says differently, in the words of the people who will read it."""
    return [
        ShownDifference(str(words.WHAT[each.what]), _lines(each.before), _lines(each.after))
        for each in differences(public, facts.overlay)
    ]


def _lines(said: Any) -> list[str]:
    if isinstance(said, bool):
        return [_("all on one page") if said else _("one after the other")]
    if isinstance(said, MailWords):
        return [line for line in (said.subject, said.preheader) if line] or [_("the house’s own words")]
    if isinstance(said, tuple):
        return [_asked(each) if isinstance(each, AskedField) else str(each) for each in said] or ["–"]
    return [str(said) or "–"]


def _asked(ask: AskedField) -> str:
    name = str(FIELD[ask.key])
    return name if ask.required else _("%(field)s, if they like") % {"field": name}


def _kept(request: HttpRequest, facts: ExperimentFacts) -> HttpResponse | None:
    """Keep plan and arm as they were typed; gives the page that says what is wrong, or None when all is well."""
    if facts.state is not State.DRAFT:
        messages.error(request, str(words.REFUSED[StartRefusal.NOT_A_DRAFT]))
        return redirect("experiment", facts.experiment_id)
    public = _public(facts)
    plan, arm = plan_form(facts, request.POST), arm_form(facts, public, request.POST)
    if not (plan.is_valid() & arm.is_valid()):
        return render(request, "experiments/draft.html", _drafted(facts, public, plan, arm), status=422)
    services.change(experiment_id=facts.experiment_id, wanted=plan.wanted, overlay=arm.overlay(public))
    return None


def _drafted(facts: ExperimentFacts, public: MagnetDefinition, plan: PlanForm, arm: ArmForm) -> dict[str, Any]:
    now = timezone.now()
    other, decision = applied(public, facts.overlay), services.start_decision(facts)
    gaps = arms.arm_gaps(
        magnet_id=facts.magnet_id,
        definition=other,
        blobs=BlobStore(settings.FOLDER.blobs),
        now=now,
        in_stock=shipments.in_stock(facts.magnet_id),
    )
    return {
        "facts": facts,
        "plan": plan,
        "arm": arm,
        "public": public,
        "now_said": _now_said(public, facts.plan.aspect),
        "aspect": words.ASPECT[facts.plan.aspect],
        "aspect_note": words.ASPECT_NOTE[facts.plan.aspect],
        "in_the_way": "" if decision else words.REFUSED[StartRefusal(str(decision.because))],
        "gaps": [gap_words(gap) for gap in gaps],
        "goals": goals_needed(facts.plan.least_change, share=facts.plan.share),
        "takes": words.outlook_words(_outlook(facts), by_form=facts.plan.by_form),
        "is_long": _outlook(facts).is_too_long,
        "is_mail": facts.plan.aspect is Aspect.MAIL,
        "arms": (CONTROL, CHALLENGER),
    }


def _outlook(facts: ExperimentFacts) -> Outlook:
    needed = goals_needed(facts.plan.least_change, share=facts.plan.share)
    traffic = traffic_of(facts.magnet_id, goal=facts.plan.goal, now=timezone.now())
    return outlook(needed, traffic=traffic, by_form=facts.plan.by_form)


def _now_said(public: MagnetDefinition, aspect: Aspect) -> list[tuple[str, list[str]]]:
    """What is public, beside the fields of the other arm."""
    said: dict[Aspect, list[tuple[str, Any]]] = {
        Aspect.PROMISE: [("title", public.title), ("promise", public.promise)],
        Aspect.PAGE: [("points", public.points), ("proof", public.proof), ("button", public.button)],
        Aspect.FORM: [("asks", public.contract.asks)],
        Aspect.GATE: [("without_email_url", public.contract.without_email_url)],
        Aspect.MAIL: [("mail", mail_of(public))],
    }
    return [(str(words.WHAT[what]), _lines(value)) for what, value in said[aspect]]


def _public(facts: ExperimentFacts) -> MagnetDefinition:
    """The words that the arms are compared with: those of its own first arm once it has begun, else what is public now."""
    begun = facts.version_ids.get(CONTROL)
    if begun is not None:
        return magnets.definitions([begun])[begun]
    current = magnets.current_version(facts.magnet_id)
    return current.definition if current else magnets.draft_of(magnets.magnet(facts.magnet_id))


def _can_be_compared(magnet_id: int, withdrawn: bool) -> bool:
    current = None if withdrawn else magnets.current_version(magnet_id)
    return current is not None and not begins_with_a_time(current.definition)
