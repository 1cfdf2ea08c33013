"""From the database into files: facts are staged no more in the very transaction that records the file they are in.

Whatever dies in between, a fact is in exactly one of the two. A file without its record is nobody's and is swept away by
whoever writes next.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

import structlog
from django.db import transaction

from leadstone.domains.insights.models import LakeFile, Refresh, StagedFacts
from leadstone.domains.insights.rules.facts import COLUMNS, time_in
from leadstone.domains.insights.rules.files import BATCHES_AT_ONCE, REPLACED_KEPT, FileFacts, first_month_kept, to_merge
from leadstone.infra.lake.asking import Engine
from leadstone.infra.lake.folder import LakeFolder, LandedFile, digest_of
from leadstone.infra.lake.orders import Ask, Merge, Question, Write

log = structlog.get_logger()

CHILD = "leadstone.domains.insights.lake_child"
SORTED_BY = ("lead", "at")  # what is asked of a lead lies together
FORGOTTEN = "forgotten"  # of `Refresh`: its time is the beginning of the first month that the lake still has


@dataclass(frozen=True, slots=True)
class Lake:
    """Where the files are, and who reads them."""

    folder: LakeFolder
    engine: Engine

    @classmethod
    def at(cls, folder: Path) -> "Lake":
        return cls(LakeFolder(folder), Engine(folder=folder, module=CHILD))


def write_staged(lake: Lake, *, now: datetime) -> int:
    """Write one portion of what is staged into one file; returns how many facts it holds (0: nothing waits). Only while held."""
    _forget_late()
    staged = _portion()
    if not staged:
        return 0
    month, facts = staged[0].month, sum(row.facts for row in staged)
    lines = "\n".join(row.lines for row in staged)
    draft = lake.folder.draft(month)
    with lake.folder.scratch(lines) as path:
        written = lake.engine.write(Write(lines=str(path), target=str(draft), columns=COLUMNS, sorted_by=SORTED_BY))
    if written != facts:
        raise RuntimeError(f"{facts} facts became {written} rows")
    landed, times = lake.folder.land(draft), [time_in(line) for line in lines.splitlines()]
    with transaction.atomic():
        gone, _rows = StagedFacts.objects.filter(pk__in=[row.pk for row in staged]).delete()
        if gone != len(staged):
            raise RuntimeError("somebody else has written these facts")
        LakeFile.objects.create(
            name=landed.name,
            month=month,
            facts=facts,
            first_at=min(times),
            last_at=max(times),
            size_bytes=landed.size_bytes,
            digest=landed.digest,
            written_at=now,
        )
    log.info("lake.written", facts=facts, size_bytes=landed.size_bytes)
    return facts


def _forget_late() -> None:
    """What is told of a forgotten month comes too late: summed up alone, it would take the place of all that happened there."""
    kept_since = Refresh.objects.filter(name=FORGOTTEN).values_list("at", flat=True).first()
    if kept_since is not None:
        StagedFacts.objects.filter(month__lt=kept_since.astimezone(UTC).date()).delete()


def _portion() -> list[StagedFacts]:
    """The oldest batches of one month."""
    month = StagedFacts.objects.order_by("month").values_list("month", flat=True).first()
    return list(StagedFacts.objects.filter(month=month).order_by("pk")[:BATCHES_AT_ONCE]) if month else []


def merge_small(lake: Lake, *, now: datetime) -> bool:
    """Make one file of several small ones of a month; returns whether it did. Only while held, and only of summed ones.

    None is made of a file that is not what was written: it would have a record of its own, and nobody would ever know.
    """
    rows = LakeFile.objects.filter(replaced_at=None, summed_at__isnull=False)
    chosen = to_merge([FileFacts(row.name, row.month, row.size_bytes) for row in rows.order_by("pk")])
    if not chosen:
        return False
    merged = list(LakeFile.objects.filter(name__in=chosen))
    if any(lake.folder.fault_of(LandedFile(row.name, row.size_bytes, row.digest)) for row in merged):
        return False
    month, facts = merged[0].month, sum(row.facts for row in merged)
    draft = lake.folder.draft(month)
    sources = lake.folder.paths([row.name for row in merged])
    written = lake.engine.write(Merge(sources=sources, target=str(draft), sorted_by=SORTED_BY))
    if written != facts:
        raise RuntimeError(f"{facts} facts became {written} rows")
    landed = lake.folder.land(draft)
    with transaction.atomic():
        LakeFile.objects.filter(pk__in=[row.pk for row in merged]).update(replaced_at=now)
        LakeFile.objects.create(
            name=landed.name,
            month=month,
            facts=facts,
            first_at=min(row.first_at for row in merged),
            last_at=max(row.last_at for row in merged),
            size_bytes=landed.size_bytes,
            digest=landed.digest,
            written_at=now,
            summed_at=max(row.summed_at for row in merged if row.summed_at),
        )
    log.info("lake.merged", files=len(merged), facts=facts)
    return True


def tidy(lake: Lake, *, months: int, now: datetime) -> None:
    """Forget months past keeping and files that a larger one replaced; sweep away what no record names. Only while held."""
    first = first_month_kept(now.astimezone(UTC).date(), months=months)
    with transaction.atomic():
        old = LakeFile.objects.filter(month__lt=first).delete()[0]
        LakeFile.objects.filter(replaced_at__lt=now - REPLACED_KEPT).delete()
        StagedFacts.objects.filter(month__lt=first).delete()
        if old:
            kept_since = datetime.combine(first, time.min, UTC)
            Refresh.objects.update_or_create(name=FORGOTTEN, defaults={"at": kept_since, "facts": 0})
    swept = lake.folder.sweep(set(LakeFile.objects.values_list("name", flat=True)))
    if old or swept:
        log.info("lake.tidied", months_ended=old, files=swept)


def adopt(lake: Lake, *, now: datetime) -> int:
    """Record files that lie in the folder though nobody here wrote them: a lake that was brought along. Returns how many.

    Only into an empty lake, so that nothing is in it twice.
    """
    if LakeFile.objects.exists():
        raise RuntimeError("this lake has files of its own")
    rows = []
    for name in lake.folder.names():
        ((facts, first_at, last_at),) = lake.engine.ask(
            Ask(files=lake.folder.paths([name]), questions=(Question(measure="extent"),))
        ).answers[0]
        digest, size = digest_of(lake.folder.path(name))
        first = datetime.fromisoformat(first_at).replace(tzinfo=UTC)
        rows.append(
            LakeFile(
                name=name,
                month=first.date().replace(day=1),
                facts=facts,
                first_at=first,
                last_at=datetime.fromisoformat(last_at).replace(tzinfo=UTC),
                size_bytes=size,
                digest=digest,
                written_at=now,
            )
        )
    LakeFile.objects.bulk_create(rows)
    return len(rows)


def standing_files() -> list[str]:
    """The names of the files in which every fact is once."""
    return list(LakeFile.objects.filter(replaced_at=None).order_by("month", "pk").values_list("name", flat=True))
