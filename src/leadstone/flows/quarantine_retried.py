"""Records that failed alone get another chance: after an upgrade at once, else after a day, then ever more rarely."""

from collections.abc import Iterable
from datetime import datetime

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction

from leadstone.domains.capture import queries as capture_queries
from leadstone.domains.capture import services as capture
from leadstone.domains.capture.rules import QUARANTINE_ENDS_SOON, QUARANTINE_LASTS
from leadstone.flows.journal_drained import Placed, give_effect
from leadstone.infra.keys import core_keys
from leadstone.wire.sealing import Opener

log = structlog.get_logger()


def retry_quarantined(*, version: str, now: datetime) -> int:
    """Try what is due again, the oldest first, and return how many records took effect.

    The effects and the word that a record is dealt with are one transaction, so that it takes effect once, whoever tries it.
    A database that is away raises; any other fault leaves the record where it is.
    """
    opener = Opener(core_keys(settings.FOLDER).journal_private_key)
    due = capture_queries.due_for_retry(version=version, now=now)
    resolved = sum(_retry(record_id, opener=opener, version=version, now=now) for record_id in due)
    if due:
        log.info("quarantine.retried", tried=len(due), resolved=resolved)
    return resolved


def end_quarantine(*, now: datetime) -> int:
    """Delete what nobody could mend for 90 days, with an alarm two weeks before; returns how many records were deleted."""
    ended = capture.forget_quarantined(before=now - QUARANTINE_LASTS)
    if ended:
        log.error("quarantine.ended", records=ended)
    ending = capture_queries.quarantined_before(now - QUARANTINE_LASTS + QUARANTINE_ENDS_SOON)
    if ending:
        log.warning("quarantine.ends_soon", records=ending)
    return ended


def _retry(record_id: int, *, opener: Opener, version: str, now: datetime) -> bool:
    with transaction.atomic():
        held = capture.hold_quarantined(record_id)
        if held is None:
            return False  # another worker was faster
        try:
            with transaction.atomic():
                give_effect(list(_placed(held, opener=opener)), now=now)
        except (OperationalError, InterfaceError):
            raise
        except Exception as fault:
            capture.note_retry(record_id, error=type(fault).__name__, version=version, now=now)
            return False
        capture.resolve_quarantined(record_id, now=now)
        return True


def _placed(held: capture.HeldRecord, *, opener: Opener) -> Iterable[Placed]:
    # One record was sealed; what was damaged as a whole commit keeps the place of its first.
    for offset, record in enumerate(opener.open(held.sealed)):
        yield Placed(held.stream, held.sequence, held.position + offset, record)
