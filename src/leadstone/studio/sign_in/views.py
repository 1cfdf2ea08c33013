"""allauth's views under our own addresses; everything else of it (sign-up, reset by mail) leads to the sign-in page."""

from allauth.account.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from leadstone.studio.shell.gate import open_to_all
from leadstone.studio.sign_in.forms import SignInForm


class SignIn(LoginView):  # type: ignore[misc]
    """Showing the form changes nothing; only a right answer opens a session."""

    form_class = SignInForm


sign_in = open_to_all(SignIn.as_view())
sign_out = open_to_all(require_POST(LogoutView.as_view()))


@open_to_all
def not_offered(request: HttpRequest) -> HttpResponse:
    """allauth names these pages in its own code; here they lead back to the entrance."""
    return redirect("account_login")
