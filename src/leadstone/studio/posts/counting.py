"""What stands under posts is written down: of one day by hand, or of many posts from a file."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.posts import queries, services
from leadstone.domains.posts.rules.reading import read_figures
from leadstone.studio.posts.card import card_page
from leadstone.studio.posts.finding import find_post
from leadstone.studio.posts.forms import FiguresForm, FileForm
from leadstone.studio.posts.words import WRONG
from leadstone.studio.shell.gate import actor, needs

MOST_WRONG_SHOWN = 100


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def figures_add(request: HttpRequest, post_id: int) -> HttpResponse:
    """One day of one post; the same day again replaces what was said of it."""
    found, form = find_post(post_id), FiguresForm(request.POST, auto_id="figures-%s")
    if not form.is_valid():
        return card_page(request, found, form=form, status=422)
    reading = form.reading(post_id)
    services.record_figures([reading], by=actor(request).pk, now=timezone.now())
    undo = reverse("figures_take_back", args=[post_id, reading.on.isoformat()])
    messages.success(request, _("Written down. The latest day counts."), extra_tags=undo)
    return _to_figures(post_id)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def figures_take_back(request: HttpRequest, post_id: int, day: str) -> HttpResponse:
    """That day was a mistake; the undo lets it count again."""
    find_post(post_id)
    if services.take_back_figures(post_id=post_id, on=_day(day), now=timezone.now()):
        undo = reverse("figures_count_again", args=[post_id, day])
        messages.success(request, _("Taken back: that day counts no more."), extra_tags=undo)
    return _to_figures(post_id)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def figures_count_again(request: HttpRequest, post_id: int, day: str) -> HttpResponse:
    """It was none."""
    find_post(post_id)
    if services.count_figures_again(post_id=post_id, on=_day(day)):
        messages.success(request, _("That day counts again."))
    return _to_figures(post_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RUN_CAMPAIGNS)
def figures_file(request: HttpRequest) -> HttpResponse:
    """Figures of many posts: the rows that are right count at once, and each other one is told with its reason."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "posts/file.html", {"form": form}, status=422 if form.errors else 200)
    read = read_figures(
        form.cleaned_data["table"].rows,
        columns=form.cleaned_data["columns"],
        posts=queries.ids_by_name(),
        today=timezone.localdate(),
    )
    services.record_figures(read.readings, by=actor(request).pk, now=timezone.now())
    number = len(read.readings)
    told = ngettext("%(num)s reading counts.", "%(num)s readings count.", number) % {"num": number}
    if not read.wrong:
        messages.success(request, told)
        return redirect("posts")
    facts = {
        "form": FileForm(),
        "told": told,
        "wrong": [(each, WRONG[each.because]) for each in read.wrong[:MOST_WRONG_SHOWN]],
        "more": max(0, len(read.wrong) - MOST_WRONG_SHOWN),
    }
    return render(request, "posts/file.html", facts, status=422)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as unknown:
        raise Http404 from unknown


def _to_figures(post_id: int) -> HttpResponse:
    return redirect(f"{reverse('post', args=[post_id])}#figures")
