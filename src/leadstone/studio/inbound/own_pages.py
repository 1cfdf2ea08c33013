"""Forms on pages of your own: what is pasted there, and the hosts whose pages may show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.campaigns.queries.links import links_to
from leadstone.domains.inbound import queries
from leadstone.domains.inbound.rules.hosts import read_host
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.offering import begins_with_a_time
from leadstone.domains.magnets.question_views import asks_first
from leadstone.flows import doors_changed
from leadstone.kernel.language import Language, language_or
from leadstone.studio.inbound.forms import LANGUAGES, HostForm
from leadstone.studio.inbound.words import SNIPPETS, Words
from leadstone.studio.shell.gate import actor, needs
from leadstone.wire.pages.areas.embeds import snippets


@dataclass(frozen=True, slots=True)
class Snippet:
    """One way to put a form on a page, and what is pasted for it."""

    key: str
    name: Words
    about: Words
    code: str


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def own_pages(request: HttpRequest) -> HttpResponse:
    """The three ways for the magnet that the address names, else for the first one."""
    return _page(request, HostForm())


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def allow(request: HttpRequest) -> HttpResponse:
    """Pages of one host more may show our forms."""
    form = HostForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _allow(request, form.cleaned_data["host"])


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def allow_again(request: HttpRequest, host: str) -> HttpResponse:
    """Take back that a host was taken off the list."""
    return _allow(request, read_host(host).host)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def forbid(request: HttpRequest, host: str) -> HttpResponse:
    """Its pages show our forms no longer; that can be undone."""
    if doors_changed.forbid_host(host, by=actor(request).pk, now=timezone.now()):
        said = _("Pages of %(host)s show your forms no longer.") % {"host": host}
        messages.success(request, said, extra_tags=reverse("own_page_allow_again", args=[host]))
    return _back(request)


def _allow(request: HttpRequest, host: str) -> HttpResponse:
    if host and doors_changed.allow_host(host, by=actor(request).pk, now=timezone.now()):
        said = _("Pages of %(host)s may show your forms, in a moment.") % {"host": host}
        messages.success(request, said, extra_tags=reverse("own_page_forbid", args=[host]))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """The page with what was chosen on it."""
    chosen = request.GET.urlencode()
    return redirect(f"{reverse('own_pages')}?{chosen}" if chosen else reverse("own_pages"))


def _page(request: HttpRequest, form: HostForm, *, status: int = 200) -> HttpResponse:
    offered = magnets.offered_titles()
    wanted = request.GET.get("magnet", "")
    chosen = next((pk for pk in offered if str(pk) == wanted), next(iter(offered), None))
    facts = {
        "form": form,
        "hosts": queries.host_rows(),
        "offered": [(pk, title) for pk, title in offered.items()],
        "chosen": chosen,
        "chosen_query": f"?{request.GET.urlencode()}" if request.GET else "",
        "languages": LANGUAGES,
    } | (_ways(request, chosen) if chosen else {})
    return render(request, "inbound/own_pages.html", facts, status=status)


def _ways(request: HttpRequest, magnet_id: int) -> dict[str, object]:
    """The three snippets as the address asks for them."""
    version, magnet = magnets.current_version(magnet_id), magnets.magnet(magnet_id)
    assert version is not None
    definition = version.definition
    links = links_to(magnet_id)
    place = snippets.Place(
        public_url=settings.ENVIRONMENT.public_url,
        slug=magnet.slug,
        definition=definition,
        language=language_or(request.GET.get("lang"), language_or(definition.language, Language.ENGLISH)),
        link=next((link.code for link in links if link.code == request.GET.get("via")), ""),
        asks_first=asks_first(definition) or begins_with_a_time(definition),
    )
    return {"links": links, "place": place, "ways": _snippets(place), "is_safe": place.public_url.startswith("https://")}


def _snippets(place: snippets.Place) -> Sequence[Snippet]:
    made = {"script": snippets.script, "frame": snippets.frame, "plain": snippets.plain_form}
    return [Snippet(key, *SNIPPETS[key], made[key](place)) for key in made]
