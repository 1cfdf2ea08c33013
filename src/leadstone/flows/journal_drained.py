"""From the journal into the database: each record takes effect exactly once, whatever fails and however many workers drain."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from leadstone import __version__
from leadstone.domains.capture import services as capture
from leadstone.domains.capture.rules import ReceivedRecord
from leadstone.flows import visitor_acts
from leadstone.flows.exchange_undone import exchanges_undone
from leadstone.flows.kiosk_entries import kiosks_handed_over
from leadstone.flows.questions_asked import questions_asked
from leadstone.flows.submissions_received import submissions_received
from leadstone.flows.visits_counted import links_followed, pages_viewed
from leadstone.infra.keys import core_keys
from leadstone.wire.journal import Commit, JournalSource
from leadstone.wire.records import (
    AnyRecord,
    ExchangeUndone,
    FileServed,
    KioskHandedOver,
    LeftMarketing,
    LinkAskedAgain,
    LinksFollowed,
    MailboxProven,
    MailsWelcome,
    NotMe,
    PagesViewed,
    PromiseRated,
    QuestionsAsked,
    SubmissionReceived,
)
from leadstone.wire.sealing import Sealer, UnreadableRecord

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Placed:
    """A record and the place that names it."""

    stream: str
    sequence: int
    position: int
    record: AnyRecord | UnreadableRecord


class UnreadableByThisVersion(ValueError):
    """A record of a newer edge, or damaged."""


# What each kind of record sets off; each handler takes the records of its kind that follow each other in the journal.
HANDLERS: dict[type, Callable[..., None]] = {
    MailboxProven: visitor_acts.mailboxes_proven,
    FileServed: visitor_acts.files_served,
    PromiseRated: visitor_acts.promises_rated,
    LinkAskedAgain: visitor_acts.links_asked_again,
    NotMe: visitor_acts.not_me,
    MailsWelcome: visitor_acts.mails_welcome,
    ExchangeUndone: exchanges_undone,
    LeftMarketing: visitor_acts.left_marketing,
    PagesViewed: pages_viewed,
    LinksFollowed: links_followed,
    QuestionsAsked: questions_asked,
    KioskHandedOver: kiosks_handed_over,
}


def drain(source: JournalSource, *, now: datetime, limit: int) -> int:
    """Take in the next commits (about `limit` records) and return how many records that were; 0: nothing waits.

    The cursor moves in the transaction of the effects. A database that is away or locked raises, and nothing has happened; any
    other fault is narrowed down by halving until the one record that causes it goes, sealed, into quarantine.
    """
    with transaction.atomic():
        after = capture.hold_cursor(source.stream, now=now)
        commits = source.read(after=after, limit=limit)
        if not commits:
            # The edge sees to that by its clock. Should that have been set back, it is late, but not silent.
            if source.leave_behind(after):
                log.error("journal.older_copy", stream=source.stream, drained=after)
            return 0
        placed = list(_placed(commits))
        _take_in(placed, now=now)
        capture.move_cursor(source.stream, to=commits[-1].sequence, now=now)
    return len(placed)


def _placed(commits: Sequence[Commit]) -> Iterator[Placed]:
    for commit in commits:
        for position, record in enumerate(commit.records):
            yield Placed(commit.stream, commit.sequence, position, record)


def _take_in(placed: Sequence[Placed], *, now: datetime) -> None:
    if not placed:
        return
    try:
        with transaction.atomic():
            give_effect(placed, now=now)
    except (OperationalError, InterfaceError):
        # No record's fault: the database is away, full, or broke a deadlock. All of it is tried again later.
        raise
    except Exception as fault:
        if len(placed) == 1:
            _quarantine(placed[0], fault, now=now)
            return
        log.warning("journal.halved", records=len(placed), fault=type(fault).__name__)
        middle = len(placed) // 2
        _take_in(placed[:middle], now=now)
        _take_in(placed[middle:], now=now)


def give_effect(placed: Sequence[Placed], *, now: datetime) -> None:
    """In the order of the journal: a form that follows an undoing begins anew, one that precedes it is undone.

    Belongs into a transaction; raises whatever is wrong with any of them.
    """
    for kind, group in groupby(placed, key=lambda each: type(each.record)):
        records: list[Any] = list(group)
        if kind is SubmissionReceived:
            submissions_received([ReceivedRecord(p.stream, p.sequence, p.position, p.record) for p in records], now=now)
        elif kind is UnreadableRecord:
            raise UnreadableByThisVersion
        else:
            HANDLERS[kind]([p.record for p in records], now=now)


def _quarantine(place: Placed, fault: Exception, *, now: datetime) -> None:
    sealer = Sealer(core_keys(settings.FOLDER).journal_public_key)
    record = place.record
    capture.quarantine(
        stream=place.stream,
        sequence=place.sequence,
        position=place.position,
        sealed=sealer.seal_again(record) if isinstance(record, UnreadableRecord) else sealer.seal([record]),
        error=type(fault).__name__,
        version=__version__,
        now=now,
    )
    log.error(
        "journal.quarantined",
        stream=place.stream,
        sequence=place.sequence,
        position=place.position,
        fault=type(fault).__name__,
    )
