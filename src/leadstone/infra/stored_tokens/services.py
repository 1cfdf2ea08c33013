"""Making and forgetting stored tokens."""

import secrets
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from leadstone.infra.stored_tokens.models import StoredToken
from leadstone.infra.stored_tokens.queries import digest_of

TOKEN_BYTES = 24  # 192 random bits


@transaction.atomic
def mint(subjects: Iterable[str], *, purpose: str, expires_at: datetime, now: datetime) -> dict[str, str]:
    """Subject → a new token that opens it until `expires_at`. The tokens cannot be read back later."""
    tokens = {subject: secrets.token_urlsafe(TOKEN_BYTES) for subject in subjects}
    StoredToken.objects.bulk_create(
        [
            StoredToken(digest=digest_of(token), purpose=purpose, subject=subject, created_at=now, expires_at=expires_at)
            for subject, token in tokens.items()
        ]
    )
    return tokens


@transaction.atomic
def revoke(*, subject: str, purpose: str) -> None:
    """Forget every token of this purpose that opens `subject`."""
    StoredToken.objects.filter(subject=subject, purpose=purpose).delete()


@transaction.atomic
def forget_expired(*, now: datetime) -> int:
    """Delete tokens that open nothing any more; returns how many."""
    return StoredToken.objects.filter(expires_at__lt=now).delete()[0]
