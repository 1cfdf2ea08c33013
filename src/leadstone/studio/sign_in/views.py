"""allauth's views under our own addresses; everything else of it (sign-up, reset by mail) leads to the sign-in page."""

from typing import Any

from allauth.account.views import LoginView, LogoutView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right
from leadstone.flows import staff_changed
from leadstone.studio.shell.gate import needs, open_to_all
from leadstone.studio.sign_in.forms import AgainByCodeForm, AgainForm, CodeForm, SignInForm, WelcomeForm


class SignIn(LoginView):  # type: ignore[misc]
    """Showing the form changes nothing; only a right answer opens a session."""

    form_class = SignInForm


class Code(AuthenticateView):  # type: ignore[misc]
    """The second step; whoever has not taken the first is sent there."""

    def _build_forms(self) -> CodeForm | None:
        told = self.request.POST if self.request.method == "POST" else None
        self.auth_form, self.webauthn_form = CodeForm(user=self.stage.login.user, data=told), None
        return self.auth_form if told is not None else None


class Again(ReauthenticateView):  # type: ignore[misc]
    """The password once more, before what protects an account is changed."""

    def get_form_class(self) -> type[AgainForm]:
        return AgainForm


class AgainByCode(ReauthenticateByCodeView):  # type: ignore[misc]
    """A code instead of the password."""

    def get_form_class(self) -> type[AgainByCodeForm]:
        return AgainByCodeForm


_form = require_http_methods(["GET", "HEAD", "POST"])
sign_in = open_to_all(_form(SignIn.as_view()))
sign_out = open_to_all(require_POST(LogoutView.as_view()))
code = open_to_all(_form(never_cache(Code.as_view())))
again = needs(Right.OWN_ACCOUNT)(_form(Again.as_view()))
again_by_code = needs(Right.OWN_ACCOUNT)(_form(AgainByCode.as_view()))


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password with a link that an administrator handed over; it works once. Looking at it changes nothing."""
    form, now = WelcomeForm(request.POST or None), timezone.now()
    user_id = staff_changed.invited(token, now=now)
    if user_id is None:
        return _welcome_page(request, {"gone": True}, status=404)
    if request.method == "POST" and form.is_valid():
        try:
            staff_changed.accept_invitation(token, password=form.cleaned_data["password"], now=now)
            return redirect("account_login")
        except ValidationError as weak:
            form.add_error("password", weak)
    return _welcome_page(request, {"form": form, "who": access.member(user_id)}, status=422 if form.is_bound else 200)


def _welcome_page(request: HttpRequest, facts: dict[str, Any], *, status: int) -> HttpResponse:
    # The address holds the token: no page that is opened from here learns it.
    response = render(request, "account/welcome.html", facts, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response


@open_to_all
@require_safe
def not_offered(request: HttpRequest) -> HttpResponse:
    """allauth names these pages in its own code; here they lead back to the entrance."""
    return redirect("account_login")
