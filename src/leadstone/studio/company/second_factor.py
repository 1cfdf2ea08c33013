"""The second factor of one's own account: a code from an app, and recovery codes for the day when it is lost."""

import base64
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import quote

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.internal.flows import activate_totp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access import queries
from leadstone.domains.access.rules import Right
from leadstone.flows import staff_changed
from leadstone.studio.company.account import stay_signed_in
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.sign_in.forms import NewFactorForm

View = TypeVar("View", bound=Callable[..., HttpResponse])


def shows_once_more(view: View) -> View:
    """Ask for the password or a code again, unless that was minutes ago; what was sent is then carried out."""
    asking: View = reauthentication_required(app="allauth.mfa")(view)
    return asking


@needs(Right.OWN_ACCOUNT)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@shows_once_more
def add(request: HttpRequest) -> HttpResponse:
    """Show the secret, take the first code, and then the recovery codes, once."""
    me = actor(request)
    if queries.second_factor(me.pk) is not None:
        return redirect("account")
    form = NewFactorForm(user=me, data=request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        _factor, recovery = activate_totp(request, form)
        staff_changed.factor_added(user_id=me.pk, kind="app", now=timezone.now())
        stay_signed_in(request)
        return _codes_page(request, recovery.wrap().get_unused_codes() if recovery else [])
    page = {"form": form, "picture": _picture(me, form.secret), "secret": _in_groups(form.secret), "tab": "account"}
    return render(request, "studio/company/factor_add.html", page, status=422 if form.is_bound else 200)


@needs(Right.OWN_ACCOUNT)
@never_cache
@require_POST
@shows_once_more
def codes(request: HttpRequest) -> HttpResponse:
    """Ten fresh recovery codes; the ones before open nothing any more."""
    me = actor(request)
    if queries.second_factor(me.pk) is None:
        return redirect("account")
    fresh = generate_recovery_codes(request)
    staff_changed.factor_added(user_id=me.pk, kind="recovery_codes", now=timezone.now())
    stay_signed_in(request)
    return _codes_page(request, fresh.wrap().get_unused_codes())


@needs(Right.OWN_ACCOUNT)
@require_POST
@shows_once_more
def remove(request: HttpRequest) -> HttpResponse:
    """From now on the password alone opens the account."""
    me = actor(request)
    if staff_changed.remove_factor(user_id=me.pk, by=me.pk, now=timezone.now()):
        stay_signed_in(request)
        messages.success(request, _("The second factor is off. Everywhere else you are signed out."))
    return redirect("account")


def _codes_page(request: HttpRequest, fresh: list[str]) -> HttpResponse:
    """The codes, on this page and nowhere again; as a file they need no further request."""
    shown = [f"{code[:4]} {code[4:]}" for code in fresh]
    title = _("Recovery codes of %(address)s for Leadstone") % {"address": actor(request).email}
    text = "\n".join([title, "", *shown, ""])
    page = {"codes": shown, "file": f"data:text/plain;charset=utf-8,{quote(text)}", "tab": "account"}
    return render(request, "studio/company/factor_codes.html", page)


def _picture(me: Any, secret: str) -> str:
    """The square that the app reads, as a picture within the page."""
    adapter = get_adapter()
    square = adapter.build_totp_svg(adapter.build_totp_url(me, secret))
    return f"data:image/svg+xml;base64,{base64.b64encode(square.encode()).decode()}"


def _in_groups(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
