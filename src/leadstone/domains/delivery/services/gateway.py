"""The one gate that every message passes, and the only place from which mail leaves.

A worker claims messages (a lease), screens them, lets a courier say the envelope, and then asks `settle_and_permit`: the answer
is committed as SENDING before the text travels. After that commit consent is looked at once more, so that whoever left before
that moment is not written to, on any database and with any number of workers. A send begins with that last look.

From a copy of an installation nothing leaves at all until a person lets it (`services/hosts.py`).
"""

import ssl
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection, transaction
from django.db.models import QuerySet

from leadstone.domains.access import queries as access
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent import rules as consent_rules
from leadstone.domains.consent.packs import pack_for
from leadstone.domains.consent.rules import ConsentFacts
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.delivery import queries
from leadstone.domains.delivery.models import Message
from leadstone.domains.delivery.rules import (
    CARRIES_THE_PROMISE,
    TO_STAFF,
    Limits,
    MessageClass,
    Refusal,
    State,
    TrafficFacts,
    may_leave,
)
from leadstone.domains.delivery.services.settling import Result, hold_back, rows_of, settle
from leadstone.infra.host import this_host
from leadstone.infra.mail.maildir import MaildirLine
from leadstone.infra.mail.outcome import Line
from leadstone.infra.mail.smtp import SmtpLine
from leadstone.infra.mail.url import MailUrl
from leadstone.kernel.decision import YES, Decision
from leadstone.wire.definition import Channel

CLAIM_LEASE = timedelta(minutes=2)
# Longer than the longest answer that a courier waits for, or a living worker would be taken for a dead one.
SENDING_LEASE = timedelta(minutes=10)
# Any number: it serialises the counting of what has left, on PostgreSQL; SQLite has one writer anyway.
_TRAFFIC_LOCK = 7_305_120_991


def open_line(url: MailUrl | None, *, local: Path, tls: ssl.SSLContext | None = None) -> Line:
    """A way out for one courier: the mail server, or the local mailbox when there is none."""
    return SmtpLine(url, tls=tls) if url else MaildirLine(local)


def claim(*, message_class: MessageClass, limit: int, worker: str, now: datetime) -> list[int]:
    """Lease up to `limit` due messages of a class, longest due first; no other worker gets them meanwhile."""
    due = Message.objects.filter(state=State.QUEUED, message_class=message_class, due_at__lte=now).order_by("due_at", "pk")
    # A look without a lock: most looks find nothing, and must not disturb who writes.
    return _lease(due, limit=limit, worker=worker, now=now) if due.exists() and not _in_quarantine() else []


@transaction.atomic
def _lease(rows: QuerySet[Message], *, limit: int, worker: str, now: datetime) -> list[int]:
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    ids = list(rows.values_list("pk", flat=True)[:limit])
    if ids:
        Message.objects.filter(pk__in=ids, state=State.QUEUED).update(
            state=State.CLAIMED, claimed_by=worker, lease_until=now + CLAIM_LEASE
        )
    return ids


@transaction.atomic
def screen(message_ids: Sequence[int], *, worker: str, limits: Limits, now: datetime) -> list[int]:
    """The first look: exclude or postpone what may not leave anyway; returns what may go on to be composed, in order."""
    rows = rows_of(message_ids, worker=worker, states=(State.CLAIMED,))
    decisions = _decide(rows, limits=limits, now=now)
    hold_back(rows, decisions, now=now)
    return [row.pk for row in rows if decisions[row.pk]]


@transaction.atomic
def exclude(message_ids: Collection[int], *, because: Refusal, worker: str, now: datetime) -> None:
    """Messages that turned out to have nothing to say."""
    rows = rows_of(message_ids, worker=worker, states=(State.CLAIMED,))
    hold_back(rows, {row.pk: Decision(False, because) for row in rows}, now=now)


@transaction.atomic
def release(message_ids: Collection[int], *, worker: str, now: datetime) -> None:
    """Give claimed messages back untouched: the worker stops, or could not compose them; `now` is when they are due."""
    rows = Message.objects.filter(pk__in=message_ids, state=State.CLAIMED, claimed_by=worker)
    rows.update(state=State.QUEUED, claimed_by="", lease_until=None, due_at=now)


def settle_and_permit(
    results: Sequence[Result], wanted: Mapping[int, str], *, worker: str, limits: Limits, now: datetime
) -> frozenset[int]:
    """Write down what became of `results`, and answer which of `wanted` (message id → subject) may travel now.

    All of it is one commit, however many couriers wait for it. A permitted message is SENDING in the database; what is
    not in the answer must not travel. Must be called outside a transaction.
    """
    with transaction.atomic():
        settle(results, worker=worker, now=now)
        # Nothing is claimed in quarantine; that nothing leaves is looked at here, whoever asks and however it was claimed.
        permitted = [] if wanted and _in_quarantine() else _mark_sending(wanted, worker=worker, limits=limits, now=now)
    refused = _left_meanwhile(permitted, now=now)
    if refused:
        with transaction.atomic():
            rows = rows_of(refused, worker=worker, states=(State.SENDING,))
            hold_back(rows, refused, now=now)
    return frozenset(permitted) - frozenset(refused)


def _in_quarantine() -> bool:
    """Whether this host is a copy, or restored, and nobody has let mail leave yet: then everything waits in the queue."""
    return queries.standing(this_host()).quarantine


def _mark_sending(wanted: Mapping[int, str], *, worker: str, limits: Limits, now: datetime) -> list[int]:
    if not wanted:
        return []
    rows = rows_of(wanted, worker=worker, states=(State.CLAIMED,))
    if connection.vendor == "postgresql" and any(row.message_class == MessageClass.TRANSACTIONAL for row in rows):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TRAFFIC_LOCK])
    # Consent was screened, and gets its last look after the commit.
    decisions = _within_limits(rows, limits=limits, now=now)
    hold_back(rows, decisions, now=now)
    alike: dict[tuple[str, bool], list[int]] = {}
    for row in rows:
        if decisions[row.pk]:
            alike.setdefault((wanted[row.pk][:300], row.to_unproven), []).append(row.pk)
    for (subject, to_unproven), ids in alike.items():
        Message.objects.filter(pk__in=ids).update(
            state=State.SENDING, sending_at=now, lease_until=now + SENDING_LEASE, subject=subject, to_unproven=to_unproven
        )
    return [pk for ids in alike.values() for pk in ids]


def _left_meanwhile(message_ids: Sequence[int], *, now: datetime) -> dict[int, Decision]:
    """The last look, on what is committed at this moment: who said no until now."""
    rows = list(Message.objects.filter(pk__in=message_ids))
    return {pk: decision for pk, decision in _consent(rows, now=now).items() if not decision}


def _decide(rows: Sequence[Message], *, limits: Limits, now: datetime) -> dict[int, Decision]:
    decisions = _consent(rows, now=now)
    return decisions | _within_limits([row for row in rows if decisions[row.pk]], limits=limits, now=now)


def _within_limits(rows: Sequence[Message], *, limits: Limits, now: datetime) -> dict[int, Decision]:
    """A decision for each row; sets `to_unproven`. Rows that may leave count for those after them."""
    decisions = {row.pk: YES for row in rows}
    asked_for = [row for row in rows if row.message_class == MessageClass.TRANSACTIONAL and row.kind not in TO_STAFF]
    if not asked_for:
        return decisions
    unanswered = queries.unanswered_since({row.address_hash for row in asked_for}, since=now - timedelta(days=1))
    this_hour, per_network = queries.to_unproven_since(now - timedelta(hours=1), networks={row.network_hash for row in asked_for})
    proven = contacts.proven_contacts({row.contact_id for row in asked_for if row.contact_id})
    for row in asked_for:
        facts = TrafficFacts(
            proven=row.contact_id in proven,
            unanswered_today=unanswered.get(row.address_hash, 0),
            unproven_this_hour=this_hour,
            network_this_hour=per_network.get(row.network_hash, 0),
        )
        decisions[row.pk] = may_leave(facts, limits=limits)
        row.to_unproven = not facts.proven
        if decisions[row.pk]:
            unanswered[row.address_hash] = facts.unanswered_today + 1
            this_hour += row.to_unproven
            per_network[row.network_hash] = facts.network_this_hour + row.to_unproven
    return decisions


def _consent(rows: Sequence[Message], *, now: datetime) -> dict[int, Decision]:
    to_staff = [row for row in rows if row.kind in TO_STAFF]
    return _to_visitors([row for row in rows if row.kind not in TO_STAFF], now=now) | (_to_staff(to_staff) if to_staff else {})


def _to_staff(rows: Sequence[Message]) -> dict[int, Decision]:
    """Whoever left the company, or whose address was changed while it waited, gets nothing more."""
    addresses = {one.email for one in access.staff(active_only=True)}
    return {row.pk: YES if row.to_address in addresses else Decision(False, Refusal.NOT_STAFF) for row in rows}


def _to_visitors(rows: Sequence[Message], *, now: datetime) -> dict[int, Decision]:
    # Nobody knows where the reader of a mail lives, so the strictest law holds.
    pack = pack_for("", on=now.date())
    facts = consent.consent_facts([(row.contact_id, row.address_hash) for row in rows if row.contact_id], channel=Channel.EMAIL)
    return {
        row.pk: consent_rules.may_write_to(
            _answering(row, facts[row.contact_id, row.address_hash]),
            message_class=row.message_class,
            purpose=row.purpose,
            channel=Channel.EMAIL,
            pack=pack,
        )
        if row.contact_id and row.to_address
        else Decision(False, Refusal.NO_ADDRESS)
        for row in rows
    }


def _answering(row: Message, facts: ConsentFacts) -> ConsentFacts:
    """What a form of ours promised is sent to the address that it named, should we know that person without a reason, too:
    by the button in it they say themselves whether they asked."""
    answers = row.kind in CARRIES_THE_PROMISE and row.facts.get("grant_id") is not None
    return replace(facts, unfounded=False) if answers else facts
