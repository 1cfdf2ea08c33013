"""What is done with the keys of other programs, each with its line in the audit log.

`by` is the account of whoever does it. Lines name ids and codes, never a secret.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from leadstone.domains.access import services as access
from leadstone.domains.access.rules import KeyReach, Scope
from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject


@transaction.atomic
def make_key(
    *,
    name: str,
    scopes: Collection[Scope],
    reach: KeyReach,
    team_id: int | None,
    expires_at: datetime | None,
    by: int | None,
    now: datetime,
) -> str:
    """The secret of a new key; it is shown once and cannot be read again."""
    key_id, secret = access.create_key(
        name=name, scopes=scopes, reach=reach, team_id=team_id, expires_at=expires_at, by=by, now=now
    )
    _note(Action.KEY_MADE, key_id, by=by, now=now, scopes=" ".join(sorted(scopes)))
    return secret


@transaction.atomic
def revoke_key(*, key_id: int, by: int, now: datetime) -> bool:
    """False when it opened nothing before."""
    revoked = access.revoke_key(key_id=key_id, now=now)
    if revoked:
        _note(Action.KEY_REVOKED, key_id, by=by, now=now)
    return revoked


@transaction.atomic
def take_back_revocation(*, key_id: int, by: int, now: datetime) -> bool:
    """False when it is too late."""
    back = access.take_back_revocation(key_id=key_id, now=now)
    if back:
        _note(Action.KEY_BACK, key_id, by=by, now=now)
    return back


def _note(action: Action, key_id: int, *, by: int | None, now: datetime, **facts: str) -> None:
    audit.note(actor_id=by, action=action, subject=Subject.KEY, subject_id=key_id, facts=facts, now=now)
