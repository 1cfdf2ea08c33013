"""What waits in the outbox, read without taking a lock."""

from datetime import datetime

from leadstone.infra.outbox.models import RecordedEvent


def anything_due(*, now: datetime) -> bool:
    """Whether an event waits for its reactions."""
    return RecordedEvent.objects.filter(done_at__isnull=True, due_at__lte=now).exists()


def waiting() -> int:
    """How many events are not fully answered, due or not."""
    return RecordedEvent.objects.filter(done_at__isnull=True).count()
