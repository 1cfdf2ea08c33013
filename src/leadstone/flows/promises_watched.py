"""A magnet whose promise is kept less often than before is pointed out to its owner, once, until the score has recovered."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

import structlog
from django.db import transaction

from leadstone.domains.grants import queries
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.rules import (
    Answers,
    Movement,
    answers_between,
    has_recovered,
    may_warn_again,
    movement,
    windows_at,
)

log = structlog.get_logger()


@transaction.atomic
def watch_promises(*, now: datetime) -> list[int]:
    """Warn of what fell, end the warnings of what recovered; returns the ids of the magnets that are newly warned of."""
    since = datetime.combine(windows_at(now).before, time.min, UTC)
    rated = queries.ratings_by_day(since=since)
    standing = {warned.magnet_id: warned for warned in queries.warnings()}
    for magnet_id, warned in standing.items():
        if has_recovered(recent=_recent(rated.get(magnet_id, {}), now=now), before=warned.before):
            grants.end_warning(magnet_id=magnet_id, now=now)
    return [pk for pk, days in sorted(rated.items()) if pk not in standing and _warned(pk, days, now=now)]


def _warned(magnet_id: int, days: Mapping[date, Answers], *, now: datetime) -> bool:
    windows = windows_at(now)
    recent = _recent(days, now=now)
    before = answers_between(days, since=windows.before, until=windows.recent)
    if movement(recent=recent, before=before) is not Movement.FALLING:
        return False
    if not may_warn_again(ended_at=queries.warned_last(magnet_id), now=now):
        return False
    fresh = grants.warn_of_fall(magnet_id=magnet_id, recent=recent, before=before, now=now)
    if fresh:
        log.warning("promise.falling", magnet_id=magnet_id, recent=recent.number, before=before.number)
    return fresh


def _recent(days: Mapping[date, Answers], *, now: datetime) -> Answers:
    windows = windows_at(now)
    return answers_between(days, since=windows.recent, until=windows.until)
