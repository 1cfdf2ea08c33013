"""Until somebody has set the installation up, every address leads to the first form."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from leadstone.domains.brand import queries as brand

_ALWAYS = frozenset({"livez", "metrics", "language", "set_up"})


class FirstStartGate:
    """Lead every request of an empty installation to its set-up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        match = request.resolver_match
        if (match and match.url_name in _ALWAYS) or brand.is_set_up():
            return None
        return HttpResponseRedirect(reverse("set_up"))
