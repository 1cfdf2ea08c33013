"""The only reads of the audit log: its lines, and whether they are as they were written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from django.db.models import QuerySet

from leadstone.domains.audit.models import AuditHead, AuditLine
from leadstone.domains.audit.rules import BEGINNING, Action, AuditFilter, Break, Entry, Subject, hash_of

PAGE_SIZE = 100
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act, as the screen and the export tell it. `sequence` None: not in the chain yet, within a minute."""

    at: datetime
    actor_id: int | None
    action: Action
    subject: Subject
    subject_id: int | None
    facts: Mapping[str, int | str]
    sequence: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePage:
    """One page, the newest first. `count` goes no further than `MOST_COUNTED`; `exact` says whether it stopped there."""

    lines: tuple[Line, ...]
    number: int  # from 1
    has_next: bool
    count: int
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainState:
    """Whether the chain holds. `since`: when the first line in it was written; `waiting`: lines that have no place yet."""

    lines: int
    checked: int  # the newest so many
    waiting: int
    since: datetime | None
    broken: Break | None = None
    broken_at: int | None = None  # the first line that is not as it was written

    @property
    def intact(self) -> bool:
        return self.broken is None


def lines_matching(chosen: AuditFilter, *, zone: tzinfo) -> QuerySet[AuditLine]:
    """The one query behind page, count and export, the newest first; days are days of `zone`."""
    found = AuditLine.objects.order_by("-at", "-pk")
    if chosen.by_the_house:
        found = found.filter(actor_id=None)
    elif chosen.actor_id is not None:
        found = found.filter(actor_id=chosen.actor_id)
    if chosen.action is not None:
        found = found.filter(action=chosen.action.value)
    if chosen.subject is not None:
        found = found.filter(subject=chosen.subject.value)
    if chosen.subject_id is not None:
        found = found.filter(subject_id=chosen.subject_id)
    if chosen.since is not None:
        found = found.filter(at__gte=_midnight(chosen.since, zone))
    if chosen.until is not None and chosen.until < date.max:
        found = found.filter(at__lt=_midnight(chosen.until + timedelta(days=1), zone))
    return found


def line_page(chosen: AuditFilter, *, zone: tzinfo, page: int = 1, size: int = PAGE_SIZE) -> LinePage:
    """One page of the log; a page beyond the end is empty."""
    number = max(page, 1)
    start = (number - 1) * size
    matching = lines_matching(chosen, zone=zone)
    rows = list(matching[start : start + size + 1])
    count = matching.order_by().values("pk")[: MOST_COUNTED + 1].count()
    return LinePage(
        lines=tuple(_line(row) for row in rows[:size]),
        number=number,
        has_next=len(rows) > size,
        count=min(count, MOST_COUNTED),
        exact=count <= MOST_COUNTED,
    )


def each_line(chosen: AuditFilter, *, zone: tzinfo) -> Iterator[Line]:
    """Every matching line for an export, in constant memory."""
    return (_line(row) for row in lines_matching(chosen, zone=zone).iterator(chunk_size=2000))


def verify(*, newest: int | None = None) -> ChainState:
    """Recompute the chain in constant memory; `newest` looks at the last so many lines only.

    A line that was changed, taken out or put in between shows, and so does an end that was cut off.
    """
    head = AuditHead.objects.filter(pk=1).first()
    last, end = (head.sequence, head.hash) if head else (0, BEGINNING)
    first = max(last - newest, 0) if newest is not None else 0
    rows = AuditLine.objects.filter(sequence__gt=first).order_by("sequence")
    before = AuditLine.objects.filter(sequence=first).values_list("hash", flat=True).first() if first else BEGINNING
    broken: Break | None = None
    previous, reached = before or "", first
    for row in rows.iterator(chunk_size=2000):
        broken = _wrong_with(row, expected=reached + 1, previous=previous)
        if broken is not None:
            break
        previous, reached = row.hash, reached + 1
    if broken is None and (reached, previous) != (last, end):
        broken = Break.MISSING_END
    return ChainState(
        lines=last,
        checked=reached - first,
        waiting=AuditLine.objects.filter(sequence=None).count(),
        since=AuditLine.objects.filter(sequence=1).values_list("at", flat=True).first(),
        broken=broken,
        broken_at=reached + 1 if broken else None,
    )


def entry_of(row: AuditLine) -> Entry:
    """What a line says, as the chain takes it; the line must have its place."""
    return Entry(
        sequence=row.sequence or 0,
        at=row.at,
        actor_id=row.actor_id,
        action=row.action,
        subject=row.subject,
        subject_id=row.subject_id,
        facts=row.facts,
    )


def _wrong_with(row: AuditLine, *, expected: int, previous: str) -> Break | None:
    if row.sequence != expected:
        return Break.MISSING_LINE
    if row.previous != previous:
        return Break.BROKEN_CHAIN
    return None if hash_of(entry_of(row), previous=previous) == row.hash else Break.CHANGED_LINE


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, zone)


def _line(row: AuditLine) -> Line:
    return Line(
        at=row.at,
        actor_id=row.actor_id,
        action=Action(row.action),
        subject=Subject(row.subject),
        subject_id=row.subject_id,
        facts=row.facts,
        sequence=row.sequence,
    )
