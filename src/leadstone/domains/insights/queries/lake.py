"""How far the summaries can be believed: as of when they are, and which files of the lake are not what was written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from leadstone.domains.insights.models import LakeFile, Refresh
from leadstone.infra.lake.folder import Fault

SUMMARIES, JOURNEYS = "summaries", "journeys"


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenFile:
    """A file of the lake that is missing or changed. `name`: as it lies in the folder; `facts`: how many it held."""

    name: str
    month: date
    facts: int
    fault: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class LakeState:
    """`summed_at`, `walked_at`: when the summaries, and the ways that people came, were last brought in step; None: not yet.

    While a file is `broken`, neither is: the figures stand as they were then.
    """

    summed_at: datetime | None
    walked_at: datetime | None
    broken: Sequence[BrokenFile]


def lake_state() -> LakeState:
    at = dict(Refresh.objects.values_list("name", "at"))
    rows = LakeFile.objects.filter(replaced_at=None).exclude(fault="").order_by("month", "pk")
    return LakeState(
        summed_at=at.get(SUMMARIES), walked_at=at.get(JOURNEYS), broken=[broken_as(row, Fault(row.fault)) for row in rows]
    )


def lake_extent() -> tuple[int, int]:
    """How many files count, and how many facts they hold."""
    facts = LakeFile.objects.filter(replaced_at=None).values_list("facts", flat=True)
    return len(facts), sum(facts)


def broken_as(row: LakeFile, fault: Fault) -> BrokenFile:
    return BrokenFile(name=row.name, month=row.month, facts=row.facts, fault=fault)
