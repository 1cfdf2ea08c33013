"""What allauth asks us: nobody signs up, accounts are opened by staff, and whoever comes in is written down."""

from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadstone.flows import staff_changed
from leadstone.studio.sign_in.presence import note_presence

if TYPE_CHECKING:
    from leadstone.domains.access.models import User

TRUSTED = tuple(ip_network(text, strict=False) for text in settings.TRUSTED_PROXIES)


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts of staff only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Address and password do not belong together."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Signing in and out need no toast: the page says it."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Who knocks: the last address in the chain that is no proxy of ours, so that nobody can hide behind a made-up one."""
        here: str = request.META.get("REMOTE_ADDR") or "127.0.0.1"
        chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
        while chain and _is_ours(here):
            here = chain.pop()
        try:
            return str(ip_address(here))
        except ValueError:
            return "127.0.0.1"

    def post_login(self, request: HttpRequest, user: "User", **told: Any) -> HttpResponse:
        """Lead on to the page that was asked for, once it is written down who came in."""
        response: HttpResponse = super().post_login(request, user, **told)
        records = get_authentication_records(request, user)
        now = timezone.now()
        staff_changed.signed_in(user_id=user.pk, second_factor=any(one["method"] == "mfa" for one in records), now=now)
        note_presence(request, address=self.get_client_ip(request), now=now)
        return response


def _is_ours(address: str) -> bool:
    try:
        return any(ip_address(address) in network for network in TRUSTED)
    except ValueError:
        return False
