"""In which browsers somebody is signed in, as they see it under Settings: coarse, and written down every few minutes only."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from ipaddress import ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from leadstone.domains.access import services as access

SEEN_FOR_SECONDS = 300
LONGEST_NAME = 200


class Presence:
    """Note that a session is in use. An observation: it changes nothing that anybody decides by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.session.session_key:
            seen = f"seen:{sha256(request.session.session_key.encode()).hexdigest()}"
            if cache.add(seen, 1, timeout=SEEN_FOR_SECONDS):
                note_presence(request, address=get_adapter(request).get_client_ip(request), now=timezone.now())
        return self._get_response(request)


def note_presence(request: HttpRequest, *, address: str, now: datetime) -> None:
    """Write down that this session is in use, with no more of `address` than its network."""
    if request.user.pk is None or not request.session.session_key:
        return
    access.note_presence(
        user_id=request.user.pk,
        session_key=request.session.session_key,
        network=network_of(address),
        browser=request.headers.get("User-Agent", "")[:LONGEST_NAME],
        now=now,
    )


def network_of(address: str) -> str:
    """The first address of the /24 or /48 that `address` lies in: all that is kept of it."""
    ip = ip_address(address)
    return str(ip_network((ip, 24 if ip.version == 4 else 48), strict=False).network_address)
