"""One's own account: name, password, and where one is signed in."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from leadstone.domains.access import queries, services
from leadstone.domains.access.rules import Right
from leadstone.flows import staff_changed
from leadstone.studio.company.browsers import browser_in_words
from leadstone.studio.company.forms import AccountForm, PasswordForm
from leadstone.studio.shell.gate import actor, needs


@needs(Right.OWN_ACCOUNT)
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Name, language, clock and theme of whoever is signed in."""
    me = actor(request)
    form = _account_form(request)
    if request.method == "POST" and form.is_valid():
        services.change_account(user_id=me.pk, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("account")
    return _account_page(request, form=form, password_form=PasswordForm(user=me))


@needs(Right.OWN_ACCOUNT)
@sensitive_post_parameters("old", "new")
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session of this account ends."""
    me = actor(request)
    if not ratelimit.consume(request, action="change_password", user=me):
        # Whoever sits at an open browser does not guess the password from there.
        messages.error(request, _("Too many attempts. Wait five minutes, then try again."))
        return redirect("account")
    form = PasswordForm(request.POST, user=me)
    if form.is_valid():
        try:
            staff_changed.change_password(user_id=me.pk, password=form.cleaned_data["new"], by=me.pk, now=timezone.now())
        except ValidationError as weak:
            form.add_error("new", weak)
        else:
            stay_signed_in(request)
            messages.success(request, _("Your password is changed. Everywhere else you are signed out."))
            return redirect("account")
    return _account_page(request, form=_account_form(request, bound=False), password_form=form)


@needs(Right.OWN_ACCOUNT)
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign one browser out."""
    if staff_changed.end_session(user_id=actor(request).pk, session_id=session_id, now=timezone.now()):
        messages.success(request, _("That browser is signed out."))
    return redirect("account")


@needs(Right.OWN_ACCOUNT)
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign every browser out but this one."""
    me = actor(request)
    staff_changed.end_sessions(user_id=me.pk, by=me.pk, now=timezone.now())
    stay_signed_in(request)
    messages.success(request, _("Everywhere else you are signed out."))
    return redirect("account")


def stay_signed_in(request: HttpRequest) -> None:
    """Open a fresh session in this browser, after the change that ended all of them."""
    me = actor(request)
    me.refresh_from_db()
    update_session_auth_hash(request, me)


def _account_form(request: HttpRequest, *, bound: bool = True) -> AccountForm:
    me = actor(request)
    first = {"name": me.name, "language": request.LANGUAGE_CODE, "theme": me.theme, "time_zone": me.time_zone}
    return AccountForm(request.POST if bound and request.method == "POST" else None, initial=first)


def _account_page(request: HttpRequest, *, form: AccountForm, password_form: PasswordForm) -> HttpResponse:
    me = actor(request)
    sessions = queries.sessions_of(me, current_key=request.session.session_key or "", now=timezone.now())
    page = {
        "form": form,
        "password_form": password_form,
        "factor": queries.second_factor(me.pk),
        "sessions": [(one, browser_in_words(one.browser)) for one in sessions],
        "tab": "account",
    }
    return render(request, "studio/company/account.html", page, status=422 if form.is_bound or password_form.is_bound else 200)
