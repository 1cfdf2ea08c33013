"""What every page needs around its content."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from leadstone.domains.access.rules import Right, may
from leadstone.studio.quarantine.banner import quarantine_words
from leadstone.studio.shell.navigation import sections


def shell(request: HttpRequest) -> dict[str, object]:
    """Navigation, reader and rights; empty for somebody who is not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"me": None, "theme": "", "rights": {}}
    return {
        "me": user,
        "theme": user.theme,
        "rights": {right.value: may(user.role, right) for right in Right},
        # Only whole pages draw the navigation; a fragment must not pay for its counts.
        "sections": SimpleLazyObject(lambda: sections(request, role=user.role)),
        "quarantine": SimpleLazyObject(quarantine_words),
        "public_url": settings.PUBLIC_URL,
    }
