"""Recording events, and answering them: each reaction once per event."""

import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import msgspec
import structlog
from django.db import connection, transaction

from leadstone.infra.bulk import insert_rows
from leadstone.infra.outbox.models import FinishedReaction, RecordedEvent
from leadstone.kernel.events import Event

log = structlog.get_logger()


class Reaction(Protocol):
    """What answers a batch of events of one kind; `now` is when the worker looked."""

    __name__: str

    def __call__(self, events: Sequence[Any], /, *, now: datetime) -> None: ...


Reactions = Mapping[type[Event], tuple[Reaction, ...]]

BATCH = 500
FIRST_RETRY_SECONDS = 5
LAST_RETRY_SECONDS = 3600


def record(*events: Event, at: datetime) -> None:
    """Keep `events` in the open transaction; they are answered after it commits."""
    insert_rows(RecordedEvent(kind=type(e).__name__, payload=msgspec.to_builtins(e), at=at, due_at=at) for e in events)


def react(reactions: Reactions, *, now: datetime) -> int:
    """Answer one batch of waiting events; returns how many were finished. Safe to call from any number of workers."""
    kinds = {kind.__name__: kind for kind in reactions}
    with transaction.atomic():
        waiting = _waiting(now)
        if not waiting:
            return 0
        by_kind: dict[str, list[RecordedEvent]] = {}
        for row in waiting:
            by_kind.setdefault(row.kind, []).append(row)
        for name, rows in by_kind.items():
            if (kind := kinds.get(name)) is not None:
                for reaction in reactions[kind]:
                    _answer(reaction, rows, kind=kind, now=now)
        pending = [row for row in waiting if row.due_at > now]
        finished = [row.pk for row in waiting if row.due_at <= now]
        RecordedEvent.objects.filter(pk__in=finished).update(done_at=now)
        RecordedEvent.objects.bulk_update(pending, ["attempts", "due_at"])
        return len(finished)


@transaction.atomic
def forget_answered(*, before: datetime, limit: int = 5000) -> int:
    """Delete up to `limit` events that were fully answered before then; returns how many."""
    old = list(RecordedEvent.objects.filter(done_at__lt=before).order_by("id").values_list("pk", flat=True)[:limit])
    FinishedReaction.objects.filter(event_id__in=old).delete()
    RecordedEvent.objects.filter(pk__in=old).delete()
    return len(old)


def _waiting(now: datetime) -> Sequence[RecordedEvent]:
    rows = RecordedEvent.objects.filter(done_at__isnull=True, due_at__lte=now).order_by("id")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    return list(rows[:BATCH])


def _answer(reaction: Reaction, rows: Sequence[RecordedEvent], *, kind: type[Event], now: datetime) -> None:
    name = reaction.__name__
    answered = set(FinishedReaction.objects.filter(event__in=rows, reaction=name).values_list("event_id", flat=True))
    todo = [row for row in rows if row.pk not in answered]
    if not todo:
        return
    if not _try(reaction, todo, kind=kind, now=now):
        # One bad event must not hold up its neighbours: on failure each is tried alone.
        for row in todo:
            if not _try(reaction, [row], kind=kind, now=now):
                row.attempts += 1
                row.due_at = now + timedelta(seconds=min(FIRST_RETRY_SECONDS * 2**row.attempts, LAST_RETRY_SECONDS))


def _try(reaction: Reaction, rows: Sequence[RecordedEvent], *, kind: type[Event], now: datetime) -> bool:
    started = time.monotonic()
    try:
        with transaction.atomic():
            reaction([msgspec.convert(row.payload, kind) for row in rows], now=now)
            insert_rows(FinishedReaction(event=row, reaction=reaction.__name__) for row in rows)
    except Exception:
        log.exception("reaction.failed", reaction=reaction.__name__, events=len(rows), first_event=rows[0].pk)
        return False
    log.debug("reaction.done", reaction=reaction.__name__, events=len(rows), seconds=round(time.monotonic() - started, 4))
    return True
