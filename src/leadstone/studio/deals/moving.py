"""A card is dropped on a stage. The same address serves the script of the board and the plain form on each card.

The script sends `HX-Target: board` and gets fragments to put in place: 200 moved, 409 somebody was faster, 422 something is
missing. A plain form gets a redirect, or a page that asks for what is missing.
"""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from leadstone.domains.access.rules import Right, may
from leadstone.domains.pipeline import queries, services
from leadstone.domains.pipeline.queries import DealLine, NoSuchStage
from leadstone.domains.pipeline.rules import (
    ANSWERED_ON_THE_SPOT,
    MoveRefusal,
    Requirement,
    StageFacts,
    missing_for,
)
from leadstone.domains.pipeline.services import Moved, Override
from leadstone.studio.deals import words
from leadstone.studio.deals.board import board_facts, look_of
from leadstone.studio.deals.filters import read_filter, read_id
from leadstone.studio.deals.forms import FIELDS_OF, MoveForm
from leadstone.studio.deals.shown import card
from leadstone.studio.shell.gate import actor, needs, reader

# What a form said already goes along when it is asked for more.
SAID = ("amount", "currency", "expected_close", "reason", "note")


@require_POST
@needs(Right.WORK_DEALS)
def move(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Move a deal that stands as its mover saw it."""
    line, stage = find_line(request, deal_id), _stage(request)
    form = _form(request, line, stage)
    override = _override(request)
    if form.is_valid() and override and not override.reason:
        form.add_error("because", _("Say why: it stays on record."))
    if form.errors:
        return _asked(request, line, stage, form, missing=_lacks(request, deal_id, stage))
    moved = services.move_deal(
        deal_id=deal_id,
        to_stage_id=stage.stage_id,
        seen_version=read_id(request.POST.get("version")) or 0,
        by=actor(request).pk,
        now=timezone.now(),
        answers=form.answers(),
        override=override,
    )
    if moved.decision:
        return _landed(request, line, stage, moved)
    if moved.decision.missing:
        return _asked(request, line, stage, form, missing=moved.decision.missing)
    return _stays(request, deal_id, moved)


@require_POST
@needs(Right.WORK_DEALS)
def move_back(request: HttpRequest, deal_id: int, version: int) -> HttpResponse:
    """Undo a move, if nobody has changed the deal since."""
    find_line(request, deal_id)
    done = services.take_back_move(deal_id=deal_id, version=version, by=actor(request).pk, now=timezone.now())
    if done:
        line = find_line(request, deal_id)
        stage = words.named(queries.stage(line.stage_id).names)
        messages.success(request, _("Undone: back in “%(stage)s”.") % {"stage": stage})
    else:
        messages.error(request, _("Somebody has changed this deal since; it stays as it is."))
    return _fragments(request, deal_id, status=200 if done else 409) if _from_board(request) else _back(request)


def find_line(request: HttpRequest, deal_id: int) -> DealLine:
    """The card of a deal that the reader may see; else nothing is there."""
    line = queries.deal_line(deal_id, look=look_of(request))
    if line is None:
        raise Http404
    return line


def _stage(request: HttpRequest) -> StageFacts:
    try:
        return queries.stage(read_id(request.POST.get("to")) or 0)
    except NoSuchStage as missing:
        raise Http404 from missing


def _form(request: HttpRequest, line: DealLine, stage: StageFacts) -> MoveForm:
    reasons = [(each.reason_id, words.named(each.names)) for each in queries.reasons(stage.stage_class)]
    initial = {"currency": line.currency}
    return MoveForm(request.POST, initial=initial, reasons=reasons, auto_id=f"move-{line.deal_id}-%s")


def _override(request: HttpRequest) -> Override | None:
    if "anyway" not in request.POST or not may(actor(request).role, Right.OVERRIDE):
        return None
    return Override(request.POST.get("because", "").strip())


def _lacks(request: HttpRequest, deal_id: int, stage: StageFacts) -> tuple[Requirement, ...]:
    """What the deal needs to enter, before anything that was typed wrongly."""
    return missing_for(stage, met=queries.deal_card(deal_id, reader=reader(request), now=timezone.now()).met)


def _landed(request: HttpRequest, before: DealLine, stage: StageFacts, moved: Moved) -> HttpResponse:
    name = words.named(stage.names)
    who = words.called(before.who)
    messages.success(
        request,
        _("%(who)s moved to “%(stage)s”.") % {"who": who, "stage": name},
        extra_tags=reverse("deal_move_back", args=[before.deal_id, moved.version]),
    )
    return _fragments(request, before.deal_id) if _from_board(request) else _back(request)


def _asked(
    request: HttpRequest, line: DealLine, stage: StageFacts, form: MoveForm, *, missing: Sequence[Requirement]
) -> HttpResponse:
    """Say what is missing, where it would land; with fields for what can be said on the spot."""
    sentence, things = words.missing_words(line.who, missing)
    elsewhere = [each for each in missing if each not in ANSWERED_ON_THE_SPOT]
    fields = dict.fromkeys(name for each in missing for name in FIELDS_OF.get(each, ()))
    facts = {
        "line": line,
        "stage": stage,
        "stage_name": words.named(stage.names),
        "sentence": sentence,
        "things": things,
        "missing": missing,
        "form": form,
        "fields": [form[name] for name in fields],
        "carried": [(name, request.POST[name]) for name in SAID if name not in fields and request.POST.get(name)],
        "elsewhere": [(each.value, str(words.MISSING[each])) for each in elsewhere],
        "may_override": bool(elsewhere) and may(actor(request).role, Right.OVERRIDE),
        "next": request.POST.get("next", ""),
        "seen_version": request.POST.get("version", ""),
    }
    if _from_board(request):
        return _fragments(request, line.deal_id, facts, status=422)
    return render(request, "deals/missing.html", facts, status=422)


def _stays(request: HttpRequest, deal_id: int, moved: Moved) -> HttpResponse:
    """Somebody was faster, or there is nothing to do."""
    if moved.decision.because is MoveRefusal.SAME_STAGE:
        return _fragments(request, deal_id) if _from_board(request) else _back(request)
    if moved.meanwhile is None:
        messages.error(request, _("This stage has left the board. Nothing was changed."))
        return _fragments(request, deal_id, status=409) if _from_board(request) else _back(request)
    told = words.meanwhile_words(moved.meanwhile, stage=words.named(queries.stage(moved.meanwhile.stage_id).names))
    if _from_board(request):
        return _fragments(request, deal_id, {"told": told}, status=409)
    messages.error(request, told)
    return _back(request)


def _fragments(request: HttpRequest, deal_id: int, facts: dict[str, object] | None = None, *, status: int = 200) -> HttpResponse:
    """The heads of all columns, the card as it stands now, and what is to be said."""
    look = look_of(request)
    line = queries.deal_line(deal_id, look=look)
    shown = {"card": card(line, now=look.now) if line else None}
    return render(request, "deals/_moved.html", _whole_board(request) | shown | (facts or {}), status=status)


def _whole_board(request: HttpRequest) -> dict[str, object]:
    """The board with the filter of the page that the card stands on; the script names it."""
    return board_facts(request, read_filter(QueryDict(request.POST.get("board", ""))))


def _from_board(request: HttpRequest) -> bool:
    return request.headers.get("HX-Target") == "board"


def _back(request: HttpRequest) -> HttpResponse:
    asked = request.POST.get("next", "")
    return redirect("deal", int(asked)) if asked.isascii() and asked.isdigit() else redirect("board")
