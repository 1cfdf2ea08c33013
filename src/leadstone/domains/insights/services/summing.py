"""The summaries brought in step with the lake: the days and leads that new files speak of, and nothing else.

Doing it twice is doing it once: what a day adds up to replaces what stood there.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Sum

from leadstone.domains.insights.models import FunnelDay, Journey, LakeFile, Lifetime, Refresh
from leadstone.domains.insights.queries.lake import JOURNEYS, SUMMARIES
from leadstone.domains.insights.rules.facts import SOURCE_COLUMNS, TIMED
from leadstone.domains.insights.services.verifying import hold_to_records
from leadstone.domains.insights.services.writing import Lake, standing_files
from leadstone.infra.bulk import insert_rows
from leadstone.infra.lake.orders import Ask, Question

log = structlog.get_logger()

REST_OF_A_MILLION = timedelta(minutes=1)
JOURNEYS_REST = timedelta(hours=1)  # they are computed from everything

Rows = list[list[Any]]


def sum_up(lake: Lake, *, now: datetime) -> bool:
    """Bring the summaries in step; returns whether anything was new. Only while the lake is held.

    While a file is not what was written, they stay as they are: a wrong number is worse than an old one.
    """
    fresh = list(LakeFile.objects.filter(replaced_at=None, summed_at=None).order_by("pk")) if _summaries_due(now=now) else []
    walk = _journeys_due(now=now)
    if not (fresh or walk) or not hold_to_records(lake):
        return False
    if fresh:
        _refresh_days(lake, [row.name for row in fresh], now=now)
    if walk or _journeys_due(now=now):
        _refresh_journeys(lake, now=now)
    return bool(fresh)


def _refresh_days(lake: Lake, fresh: Sequence[str], *, now: datetime) -> None:
    files, new = lake.folder.paths(standing_files()), lake.folder.paths(fresh)
    changed, arrived = lake.engine.ask(
        Ask(files=files, fresh=new, questions=(Question(measure="changed_days"), Question(measure="arrival_days")))
    ).answers
    days, came_on = _days(changed), _days(arrived)
    questions = (
        Question(measure="people", arguments={"days": days}),
        Question(measure="sums", arguments={"days": days}),
        *(Question(measure="lifetimes", arguments={"days": came_on, "kind": kind.value}) for kind in TIMED),
    )
    people, sums, *lifetimes = lake.engine.ask(Ask(files=files, questions=questions)).answers
    with transaction.atomic():
        FunnelDay.objects.filter(day__in=days).delete()
        insert_rows(_funnel_days(people, sums))
        Lifetime.objects.filter(came_on__in=came_on).delete()
        for kind, rows in zip(TIMED, lifetimes, strict=True):
            insert_rows(_lifetime(row, kind=kind.value) for row in rows)
        LakeFile.objects.filter(name__in=fresh).update(summed_at=now)
        _note_refreshed(SUMMARIES, now=now)
    log.info("lake.summed", files=len(fresh), days=len(days))


def _refresh_journeys(lake: Lake, *, now: datetime) -> None:
    files = lake.folder.paths(standing_files())
    questions = (Question(measure="journeys"), Question(measure="revenues"))
    walked, paid = lake.engine.ask(Ask(files=files, questions=questions)).answers
    revenue: dict[int, list[tuple[str, int]]] = {}
    for person, currency, amount, _won_on in paid:
        revenue.setdefault(person, []).append((currency, amount))
    with transaction.atomic():
        Journey.objects.all().delete()
        insert_rows(_journeys(walked, revenue))
        _note_refreshed(JOURNEYS, now=now)


def _summaries_due(*, now: datetime) -> bool:
    """What takes long is done less often, so that a large lake does not keep a small machine busy."""
    last = Refresh.objects.filter(name=SUMMARIES).first()
    return last is None or now - last.at >= REST_OF_A_MILLION * (last.facts // 1_000_000)


def _journeys_due(*, now: datetime) -> bool:
    """Whether files were written since the last time, and that was a while ago."""
    last = Refresh.objects.filter(name=JOURNEYS).values_list("at", flat=True).first()
    written = LakeFile.objects.filter(replaced_at=None)
    if last is not None:
        return now - last >= JOURNEYS_REST and written.filter(summed_at__gt=last).exists()
    return written.exists()


def _note_refreshed(name: str, *, now: datetime) -> None:
    facts = LakeFile.objects.filter(replaced_at=None).aggregate(all=Sum("facts", default=0))["all"]
    Refresh.objects.update_or_create(name=name, defaults={"at": now, "facts": facts})


def _funnel_days(people: Rows, sums: Rows) -> Iterable[FunnelDay]:
    """People stand in the row without a currency; money in one row a currency."""
    cells: dict[tuple[Any, ...], FunnelDay] = {}
    for *cell, count in people:
        _cell(cells, (*cell, "")).people += count
    for *cell, currency, number, amount in sums:
        _cell(cells, (*cell, "")).number += number
        if currency:
            _cell(cells, (*cell, currency)).amount_minor += amount
    # What was taken back altogether leaves no row.
    return [cell for cell in cells.values() if cell.people or cell.number or cell.amount_minor]


def _cell(cells: dict[tuple[Any, ...], FunnelDay], key: tuple[Any, ...]) -> FunnelDay:
    if key not in cells:
        day, kind, *source, currency = key
        cells[key] = FunnelDay(day=_day(day), kind=kind, currency=currency, people=0, number=0, amount_minor=0, **_source(source))
    return cells[key]


def _lifetime(row: Sequence[Any], *, kind: str) -> Lifetime:
    came_on, *source, after_days, leads = row
    return Lifetime(came_on=_day(came_on), kind=kind, after_days=after_days, leads=leads, **_source(source))


def _journeys(walked: Rows, revenue: Mapping[int, Sequence[tuple[str, int]]]) -> Iterable[Journey]:
    for person, won_on, touches, people in walked:
        paid = revenue.get(person) or [("", 0)]
        for place, (currency, amount) in enumerate(sorted(paid)):
            yield Journey(
                won_on=_day(won_on) if won_on else None,
                touches=touches,
                people=people if place == 0 else 0,
                currency=currency,
                amount_minor=amount,
            )


def _source(values: Sequence[Any]) -> dict[str, Any]:
    return dict(zip(SOURCE_COLUMNS, values, strict=True))


def _days(rows: Rows) -> list[str]:
    return sorted(str(row[0]) for row in rows)


def _day(text: str) -> date:
    return date.fromisoformat(text)
