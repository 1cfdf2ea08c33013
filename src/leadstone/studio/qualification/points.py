"""The checklist itself, under Settings."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.qualification import queries, services
from leadstone.domains.qualification.queries import PointWords
from leadstone.domains.qualification.rules import ALWAYS_REQUIRED
from leadstone.kernel.decision import Decision
from leadstone.studio.qualification.forms import PointForm, form_for
from leadstone.studio.qualification.words import KIND, REFUSED, name_of, question_of
from leadstone.studio.shell.gate import needs

FIELD_OF = {"no_name": "name_en", "takes_nothing": "takes", "always_required": "required"}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_COMPANY)
def points(request: HttpRequest) -> HttpResponse:
    """Every point in its order, and the form for one more."""
    form = PointForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _took(form, services.add_point(form.edit())):
        messages.success(request, _("Added. From now on every lead is asked for it."))
        return redirect("checklist_points")
    return _page(request, form=form)


@require_POST
@needs(Right.MANAGE_COMPANY)
def change(request: HttpRequest, point_id: int) -> HttpResponse:
    """Other words, other evidence, needed or not."""
    point = _find(point_id)
    form = PointForm(request.POST, auto_id=f"id_{point.key}_%s")
    if form.is_valid() and _took(form, services.change_point(point_id=point_id, edit=form.edit())):
        messages.success(request, _("Kept."))
        return redirect("checklist_points")
    return _page(request, form=PointForm(), changed=(point_id, form))


@require_POST
@needs(Right.MANAGE_COMPANY)
def archive(request: HttpRequest, point_id: int) -> HttpResponse:
    """Ask for it no longer, or again; the form says which."""
    _find(point_id)
    archived = request.POST.get("archived") == "yes"
    decision = services.archive_point(point_id=point_id, archived=archived, now=timezone.now())
    if decision:
        messages.success(request, _("Asked for no longer; its receipts stay.") if archived else _("Asked for again."))
    elif decision.because is not None:
        messages.error(request, str(REFUSED[decision.because]))
    return redirect("checklist_points")


@require_POST
@needs(Right.MANAGE_COMPANY)
def order(request: HttpRequest) -> HttpResponse:
    """Move one point up or down."""
    ids = [point.point_id for point in queries.points()]
    point_id = int(request.POST.get("point", "")) if request.POST.get("point", "").isdecimal() else 0
    if point_id not in ids:
        raise Http404
    at = ids.index(point_id)
    to = max(at - 1, 0) if request.POST.get("way") == "up" else min(at + 1, len(ids) - 1)
    ids.insert(to, ids.pop(at))
    services.order_points(ids)
    return redirect("checklist_points")


def _find(point_id: int) -> PointWords:
    found = next((point for point in queries.points(archived=True) if point.point_id == point_id), None)
    if found is None:
        raise Http404
    return found


def _took(form: PointForm, decision: Decision) -> bool:
    """Whether it was kept; if not, the form says why beside the field."""
    if not decision and decision.because is not None:
        form.add_error(FIELD_OF.get(decision.because.value), str(REFUSED[decision.because]))
    return decision.allowed


def _page(request: HttpRequest, *, form: PointForm, changed: tuple[int, PointForm] | None = None) -> HttpResponse:
    listed = queries.points(archived=True)
    rows = [
        {
            "point": point,
            "name": name_of(point),
            "question": question_of(point),
            "takes": [KIND[kind] for kind in KIND if kind in point.takes],
            "always": point.key in ALWAYS_REQUIRED,
            "form": changed[1] if changed and changed[0] == point.point_id else form_for(point),
            "open": bool(changed and changed[0] == point.point_id),
        }
        for point in listed
    ]
    page = {
        "rows": [row for row, point in zip(rows, listed, strict=True) if not point.archived],
        "archived": [row for row, point in zip(rows, listed, strict=True) if point.archived],
        "form": form,
        "tab": "checklist",
    }
    bad = form.is_bound or changed is not None
    return render(request, "qualification/points.html", page, status=422 if bad else 200)
