"""Holding, going on with and stopping what of a mailing has not left yet. What a worker has in hand still leaves."""

from datetime import datetime, timedelta

from django.db import transaction

from leadstone.domains.delivery.models import Message
from leadstone.domains.delivery.rules import Refusal, State

# Nobody claims what is due in years, and nobody has to ask for each message whether it is held.
HELD_FOR = timedelta(days=3650)


@transaction.atomic
def hold(mailing_id: int, *, now: datetime) -> int:
    """Keep what waits from leaving until `let_go_on`; again for what came back into the queue since. Returns how many."""
    waiting = Message.objects.filter(mailing_id=mailing_id, state=State.QUEUED, due_at__lt=now + HELD_FOR / 2)
    return waiting.update(due_at=now + HELD_FOR)


@transaction.atomic
def let_go_on(mailing_id: int, *, now: datetime) -> int:
    """Let what was held leave; the time for trying counts anew. Returns how many."""
    held = Message.objects.filter(mailing_id=mailing_id, state=State.QUEUED, due_at__gt=now + HELD_FOR / 2)
    return held.update(due_at=now, queued_at=now)


@transaction.atomic
def stop(mailing_id: int, *, now: datetime) -> int:
    """Let what waits never leave. Returns how many."""
    waiting = Message.objects.filter(mailing_id=mailing_id, state=State.QUEUED)
    return waiting.update(state=State.EXCLUDED, because=Refusal.TAKEN_BACK.value, finished_at=now)
