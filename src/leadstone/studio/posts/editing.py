"""Posts are written down, changed, taken out of the list and brought back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access.rules import Right
from leadstone.domains.posts import services
from leadstone.studio.posts.filters import read_id
from leadstone.studio.posts.finding import find_post
from leadstone.studio.posts.forms import PostForm
from leadstone.studio.shell.gate import actor, needs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RUN_CAMPAIGNS)
def post_new(request: HttpRequest) -> HttpResponse:
    """The form, and the new post's card after it, with an address to copy."""
    begins = {"on": timezone.localdate(), "campaign": str(read_id(request.GET.get("campaign", "")) or "")}
    form = PostForm(request.POST or None, initial=begins)
    if request.method == "POST" and form.is_valid():
        post_id = services.write_post(
            form.words(),
            key=form.cleaned_data["key"],
            campaign_id=int(form.cleaned_data["campaign"]),
            magnet_id=int(form.cleaned_data["magnet"]),
            by=actor(request).pk,
            now=timezone.now(),
        )
        messages.success(request, _("The post is here. Copy it with its address, and publish it."))
        return redirect("post", post_id)
    return render(request, "posts/edit.html", {"form": form, "is_ready": form.is_ready}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.RUN_CAMPAIGNS)
def post_change(request: HttpRequest, post_id: int) -> HttpResponse:
    """The same form over what is known; campaign and magnet stay."""
    found = find_post(post_id)
    before = {"network": found.network.value, "on": found.on, "text": found.text, "address": found.address}
    form = PostForm(request.POST or None, initial=before)
    for fixed in ("key", "campaign", "magnet"):
        del form.fields[fixed]
    form.fields["text"].required, form.fields["text"].help_text = True, ""
    if request.method == "POST" and form.is_valid():
        services.change_post(form.words(), post_id=post_id)
        messages.success(request, _("Saved."))
        return redirect("post", post_id)
    return render(request, "posts/edit.html", {"form": form, "post": found}, status=422 if form.errors else 200)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def post_remove(request: HttpRequest, post_id: int) -> HttpResponse:
    """Out of the list; its address leads on."""
    find_post(post_id)
    if services.remove_post(post_id=post_id, now=timezone.now()):
        words = _("Out of the list. Its address leads on.")
        messages.success(request, words, extra_tags=reverse("post_back", args=[post_id]))
    return redirect("posts")


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def post_back(request: HttpRequest, post_id: int) -> HttpResponse:
    """As if it had not been taken out."""
    find_post(post_id)
    if services.bring_back_post(post_id=post_id):
        messages.success(request, _("Back in the list."))
    return redirect("post", post_id)
