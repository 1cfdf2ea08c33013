"""Reading stored tokens."""

import hashlib
from datetime import datetime

from leadstone.infra.stored_tokens.models import StoredToken

LONGEST_TOKEN = 200


def digest_of(token: str) -> str:
    """What is kept of a token: as it is random, a plain SHA-256 cannot be searched."""
    return hashlib.sha256(token.encode()).hexdigest()


def minted_at(subject: str, *, purpose: str, now: datetime) -> datetime | None:
    """When the newest token that still opens `subject` was minted; None when none does."""
    rows = StoredToken.objects.filter(subject=subject, purpose=purpose, expires_at__gt=now).order_by("-created_at")
    return rows.values_list("created_at", flat=True).first()


def subject_of(token: str, *, purpose: str, now: datetime) -> str | None:
    """What `token` opens, or None when it was never minted for `purpose`, or has expired."""
    if len(token) > LONGEST_TOKEN:
        return None
    rows = StoredToken.objects.filter(digest=digest_of(token), purpose=purpose, expires_at__gt=now)
    return rows.values_list("subject", flat=True).first()
