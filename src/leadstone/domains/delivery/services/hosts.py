"""Hosts come, are admitted, and are watched: from one that nobody has admitted no mail leaves."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.delivery import queries
from leadstone.domains.delivery.models import Host, Message
from leadstone.domains.delivery.rules import Refusal, State
from leadstone.domains.delivery.rules.hosts import Arrival, Standing, others_work
from leadstone.domains.delivery.services.settling import tell_failed
from leadstone.domains.webhooks import services as webhooks

log = structlog.get_logger()

SEEN_EVERY = timedelta(seconds=30)
BATCH = 1000


@transaction.atomic
def arrive(fingerprint: str, *, now: datetime) -> Standing:
    """Note that a worker runs on this host. The first host of a database is admitted at once, any other waits for a person."""
    known = {host.fingerprint: host for host in queries.hosts()}
    if fingerprint not in known:
        first = not known
        _, made = Host.objects.get_or_create(
            fingerprint=fingerprint,
            defaults={
                "arrived_at": now,
                "because": (Arrival.FIRST if first else Arrival.UNKNOWN).value,
                "seen_at": now,
                "admitted_at": now if first else None,
            },
        )
        if made and not first:
            log.warning("host.in_quarantine", because=Arrival.UNKNOWN.value)
    elif now - known[fingerprint].seen_at > SEEN_EVERY:
        Host.objects.filter(fingerprint=fingerprint).update(seen_at=now)
    return queries.standing(fingerprint)


@transaction.atomic
def begin_quarantine(fingerprint: str, *, now: datetime) -> None:
    """This database was restored from a backup: forget who was admitted to the original."""
    Host.objects.all().delete()
    Host.objects.create(fingerprint=fingerprint, arrived_at=now, because=Arrival.RESTORED.value, seen_at=now)


@transaction.atomic
def lift_quarantine(fingerprint: str, *, send_waiting: bool, by: int | None, now: datetime) -> int:
    """Let mail and webhooks leave from this host; returns how many messages were dropped (0 also when it was admitted before).

    What was asked for before the host came may have been sent by the original. Unless `send_waiting`, it is excluded as
    `restored`; where others work on the same database, it is theirs and left to them.
    """
    arrive(fingerprint, now=now)
    host = Host.objects.select_for_update().get(fingerprint=fingerprint)
    if host.admitted_at is not None:
        return 0
    dropped = hooks = 0
    if not send_waiting and not others_work(fingerprint, queries.hosts()):
        dropped = _drop(before=host.arrived_at, now=now)
        hooks = webhooks.drop_waiting(before=host.arrived_at, now=now)
    Host.objects.filter(pk=host.pk).update(admitted_at=now, admitted_by_id=by, seen_at=now)
    facts: dict[str, int | str] = {"because": host.because, "dropped": dropped, "hooks_dropped": hooks}
    audit.note(actor_id=by, action=Action.QUARANTINE_LIFTED, subject=Subject.INSTALLATION, facts=facts, now=now)
    log.warning("host.admitted", because=host.because, dropped=dropped)
    return dropped


def _drop(*, before: datetime, now: datetime) -> int:
    dropped = 0
    waiting = queries.waiting_since_before(before)
    while rows := list(waiting[:BATCH]):
        _exclude(rows, now=now)
        dropped += len(rows)
    return dropped


def _exclude(rows: Sequence[Message], *, now: datetime) -> None:
    Message.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.EXCLUDED, because=Refusal.RESTORED.value, claimed_by="", lease_until=None, finished_at=now
    )
    for row in rows:
        row.because = Refusal.RESTORED.value
    tell_failed(rows, now=now)
