"""Putting right what a crash left behind."""

from collections.abc import Collection
from datetime import datetime

import structlog
from django.db import connection, transaction
from django.db.models import Q

from leadstone.domains.delivery.models import Message
from leadstone.domains.delivery.rules import MessageClass, State, after_unclear_end
from leadstone.domains.delivery.services.settling import tell_failed

log = structlog.get_logger()

BATCH = 500


@transaction.atomic
def reclaim(*, gone: Collection[str], now: datetime) -> int:
    """Take back what workers left: those in `gone` are known to be dead, of the others only leases that ran out.

    A claimed message goes back to the queue. One that was being sent may have arrived: marketing becomes unknown,
    what a visitor asked for is sent again under the same Message-ID. Returns how many were touched.
    """
    held = Message.objects.filter(state__in=(State.CLAIMED, State.SENDING))
    rows = held.filter(Q(lease_until__lt=now) | Q(claimed_by__in=gone)).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    found = list(rows[:BATCH])
    for row in found:
        _put_right(row, now=now)
    if found:
        Message.objects.bulk_update(found, ["state", "because", "repeats", "claimed_by", "lease_until", "due_at", "finished_at"])
        tell_failed([row for row in found if row.state == State.UNKNOWN], now=now)
        log.warning("message.reclaimed", messages=len(found))
    return len(found)


def _put_right(row: Message, *, now: datetime) -> None:
    row.lease_until = None
    if row.state == State.CLAIMED:
        row.state, row.claimed_by = State.QUEUED, ""
        return
    row.state = after_unclear_end(MessageClass(row.message_class), repeats=row.repeats)
    row.because = "worker_died"
    if row.state == State.QUEUED:
        row.repeats += 1
        row.claimed_by, row.due_at = "", now
    else:
        # `claimed_by` stays: should the worker be alive after all, its answer still counts.
        row.finished_at = now
