"""Pages for what went wrong, in the studio's own look; the last one needs nothing that may be broken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from leadstone.studio.shell.gate import open_to_all


def problem(request: HttpRequest, *, status: int, title: str, text: str) -> HttpResponse:
    """A page that says what stands in the way, in the words of its reader."""
    return render(request, "studio/problem.html", {"status": status, "problem": title, "text": text}, status=status)


@open_to_all
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(
        request,
        status=404,
        title=_("There is nothing here"),
        text=_("The address may be mistyped, or what stood here was deleted."),
    )


@open_to_all
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(
        request,
        status=403,
        title=_("This is not for your role"),
        text=_("Somebody with the administrator's role can change what you may see, under Settings, People."),
    )


@open_to_all
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return problem(
        request, status=400, title=_("This request makes no sense to us"), text=_("Go back and try again from the page before.")
    )


@open_to_all
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return problem(
        request,
        status=403,
        title=_("This page waited too long"),
        text=_("For your safety a form is only taken from a fresh page. Go back, reload it and send it again."),
    )


@open_to_all
def fault(request: HttpRequest) -> HttpResponse:
    return render(None, "studio/fault.html", status=500)
