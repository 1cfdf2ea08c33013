"""The only writes of the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadstone.domains.audit.models import AuditHead, AuditLine
from leadstone.domains.audit.queries import entry_of
from leadstone.domains.audit.rules import BEGINNING, Action, Subject, hash_of


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """The last line in the chain; `more`: others still wait for their place."""

    sequence: int
    hash: str
    more: bool


def note(
    *,
    actor_id: int | None,
    action: Action,
    subject: Subject,
    now: datetime,
    subject_id: int | None = None,
    facts: Mapping[str, int | str] | None = None,
) -> None:
    """Write one line at once; it is chained within a minute. `facts`: counts, ids and codes, never a personal value."""
    AuditLine.objects.create(
        at=now, actor_id=actor_id, action=action.value, subject=subject.value, subject_id=subject_id, facts=dict(facts or {})
    )


@transaction.atomic
def chain(*, limit: int = 1000) -> ChainEnd | None:
    """Give the oldest lines that have no place yet their place in the chain; None when there was none.

    The end of the chain is worth writing down elsewhere: whoever rewrites the whole table cannot rewrite that.
    """
    AuditHead.objects.get_or_create(pk=1, defaults={"sequence": 0, "hash": BEGINNING})
    head = AuditHead.objects.select_for_update().get(pk=1)
    fresh = list(AuditLine.objects.filter(sequence=None).order_by("pk")[:limit])
    for line in fresh:
        line.sequence, line.previous = head.sequence + 1, head.hash
        line.hash = hash_of(entry_of(line), previous=line.previous)
        head.sequence, head.hash = line.sequence, line.hash
    if not fresh:
        return None
    AuditLine.objects.bulk_update(fresh, ["sequence", "previous", "hash"], batch_size=100)
    head.save()
    return ChainEnd(sequence=head.sequence, hash=head.hash, more=len(fresh) == limit)
