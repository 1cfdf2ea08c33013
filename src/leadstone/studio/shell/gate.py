"""Who may open a page: every view is closed unless it says otherwise."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Reader, Right, may

if TYPE_CHECKING:
    from leadstone.domains.access.models import User

Request = ParamSpec("Request")
View = TypeVar("View", bound=Callable[..., Any])
OPEN = "open_to_all"
NEEDED = "needed_right"
LARGEST_ID = 2**63 - 1


def open_to_all(view: View) -> View:
    """Let anybody reach `view`, signed in or not."""
    setattr(view, OPEN, True)
    return view


def needs(
    right: Right,
) -> Callable[[Callable[Concatenate[HttpRequest, Request], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Answer 403 to staff whose role lacks `right`. The view says so itself (`NEEDED`): a test walks every address by it."""

    def close(view: Callable[Concatenate[HttpRequest, Request], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def gate(request: HttpRequest, *args: Request.args, **kwargs: Request.kwargs) -> HttpResponseBase:
            if not may(actor(request).role, right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        setattr(gate, NEEDED, right)
        return gate

    return close


def actor(request: HttpRequest) -> "User":
    """The member of staff who asks; only for views behind the gate."""
    return cast("User", request.user)


def reader(request: HttpRequest) -> Reader:
    """Whose rows the member of staff who asks may see; looked up once a request."""
    known: Reader | None = vars(request).get("_leadstone_reader")
    if known is None:
        known = access.reader_of(actor(request))
        vars(request)["_leadstone_reader"] = known
    return known


class StaffGate:
    """Send whoever is not signed in to the sign-in page, and back afterwards; and turn away what no database can hold."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        _refuse_unstorable(request, kwargs)
        if getattr(view, OPEN, False) or request.user.is_authenticated:
            return None
        if request.headers.get("HX-Request"):
            # A fragment must not be replaced by a whole sign-in page; htmx goes there instead.
            return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
        return redirect_to_login(request.get_full_path() if request.method == "GET" else resolve_url("today"))


def _refuse_unstorable(request: HttpRequest, named: dict[str, Any]) -> None:
    """404 for an address with an id beyond every table or with NUL, 400 for a form with NUL: PostgreSQL keeps none in a text."""
    if any(value > LARGEST_ID if isinstance(value, int) else "\0" in str(value) for value in named.values()):
        raise Http404
    if request.method == "POST" and any("\0" in text for _name, texts in request.POST.lists() for text in texts):
        raise SuspiciousOperation
