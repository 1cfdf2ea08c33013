"""A person gets a code: the one they have already, else a free one, and nobody else gets that."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from leadstone.domains.codes.events import CodeGiven, PoolRunsLow
from leadstone.domains.codes.models import Code, Pool, Waiting
from leadstone.domains.codes.rules import make_code
from leadstone.domains.codes.services.filling import new_row
from leadstone.infra.outbox import services as outbox
from leadstone.wire.code_terms import Supply


def claim_code(*, pool_id: int, contact_id: int, version_id: int, supply: Supply, now: datetime) -> int | None:
    """The id of this person's code of the pool, claimed now unless they have one; None: all are given out.

    However many ask at once, each code goes to one of them. Call it for proven mailboxes only: it drains a list.
    """
    with transaction.atomic():
        mine = Code.objects.filter(pool_id=pool_id, contact_id=contact_id)
        known = mine.values_list("pk", flat=True).first()
        if known is not None:
            return known
        try:
            # The constraint (pool, contact) decides between two requests of one person; the loser's code stays free.
            with transaction.atomic():
                if supply is Supply.MADE:
                    return _make(pool_id, contact_id=contact_id, version_id=version_id, now=now)
                taken = _take(pool_id, contact_id=contact_id, version_id=version_id, now=now)
        except IntegrityError:
            return mine.values_list("pk", flat=True).get()
        if taken is not None:
            Waiting.objects.filter(pool_id=pool_id, contact_id=contact_id).delete()
            outbox.record(CodeGiven(pool_id=pool_id), at=now)
            _warn(pool_id, now=now)
        return taken


@transaction.atomic
def wait_for_code(*, pool_id: int, contact_id: int, grant_id: int, now: datetime) -> None:
    """Remember who came when all were gone; their place in line stays the first one."""
    Waiting.objects.get_or_create(pool_id=pool_id, contact_id=contact_id, defaults={"grant_id": grant_id, "since": now})


@transaction.atomic
def leave_line(*, pool_id: int, contact_id: int) -> None:
    """Wait no more."""
    Waiting.objects.filter(pool_id=pool_id, contact_id=contact_id).delete()


@transaction.atomic
def note_reminded(code_id: int, *, now: datetime) -> bool:
    """Claim the reminder of a code; True means that it is the caller's to send."""
    return Code.objects.filter(pk=code_id, reminded_at=None).update(reminded_at=now) == 1


def _make(pool_id: int, *, contact_id: int, version_id: int, now: datetime) -> int:
    row = new_row(make_code(secrets.randbelow), pool_id=pool_id, now=now)
    row.contact_id, row.version_id, row.claimed_at = contact_id, version_id, now
    row.save(force_insert=True)
    return row.pk


def _take(pool_id: int, *, contact_id: int, version_id: int, now: datetime) -> int | None:
    free = Code.objects.filter(pool_id=pool_id, claimed_at=None).order_by("pk")
    while True:
        # PostgreSQL passes over the codes that others are taking just now; SQLite lets one write at a time.
        candidate = free.select_for_update(skip_locked=True).values_list("pk", flat=True).first()
        if candidate is None:
            if not free.exists():
                return None
            # The last ones are in other hands that may still let go of them: wait for one, then look again.
            candidate = free.select_for_update().values_list("pk", flat=True).first()
            if candidate is None:
                continue
        mine = Code.objects.filter(pk=candidate, claimed_at=None)
        if mine.update(contact_id=contact_id, version_id=version_id, claimed_at=now) == 1:
            return candidate


def _warn(pool_id: int, *, now: datetime) -> None:
    """Tell once that few are left."""
    pool = Pool.objects.get(pk=pool_id)
    if pool.warned_at is not None:
        return
    free = Code.objects.filter(pool_id=pool_id, claimed_at=None).values("pk")[: pool.low_mark + 1].count()
    if free <= pool.low_mark and Pool.objects.filter(pk=pool_id, warned_at=None).update(warned_at=now):
        outbox.record(PoolRunsLow(pool_id=pool_id), at=now)
