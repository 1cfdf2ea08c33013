"""The columns of the board, and the reasons why deals are won and lost."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from leadstone.domains.pipeline.models import CloseReason, Deal, Stage
from leadstone.domains.pipeline.rules import Requirement, StageClass, StageFacts
from leadstone.kernel.errors import LeadstoneError

# Open stages stand left of the closed ones, whatever their number.
_CLASS_ORDER = tuple(StageClass)


class NoSuchStage(LeadstoneError):
    code = "no_such_stage"
    sentence = "There is no such stage."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonFacts:
    """Why a deal was won or lost. `names`: language → words."""

    reason_id: int
    names: Mapping[str, str]
    stage_class: StageClass
    position: int
    archived: bool


def stages(*, archived: bool = False) -> list[StageFacts]:
    """The stages in the order of the board; with `archived`, those too that left it."""
    rows = Stage.objects.order_by("position", "pk")
    found = [stage_facts(row) for row in (rows if archived else rows.filter(archived_at=None))]
    return sorted(found, key=lambda stage: _CLASS_ORDER.index(stage.stage_class))


def stage(stage_id: int) -> StageFacts:
    """One stage, archived or not; raises `NoSuchStage`."""
    row = Stage.objects.filter(pk=stage_id).first()
    if row is None:
        raise NoSuchStage
    return stage_facts(row)


def first_stage(stage_class: StageClass) -> int:
    """The first stage of a class that is in use; there always is one."""
    return next(each.stage_id for each in stages() if each.stage_class is stage_class)


def deals_in_stages() -> dict[int, int]:
    """Stage id → how many deals stand in it, whoever sees them; an empty stage is left out."""
    return dict(Deal.objects.values_list("stage_id").annotate(Count("pk")).order_by())


def reasons(stage_class: StageClass | None = None, *, archived: bool = False) -> list[ReasonFacts]:
    """Reasons in their order, of one class or of both."""
    rows = CloseReason.objects.order_by("position", "pk")
    if stage_class is not None:
        rows = rows.filter(stage_class=stage_class.value)
    return [_reason_facts(row) for row in (rows if archived else rows.filter(archived_at=None))]


def stage_facts(row: Stage) -> StageFacts:
    return StageFacts(
        stage_id=row.pk,
        key=row.key,
        names=row.names,
        stage_class=StageClass(row.stage_class),
        position=row.position,
        probability=row.probability,
        requires=tuple(Requirement(each) for each in row.requires if each in set(Requirement)),
        rots_after_days=row.rots_after_days,
        archived=row.archived_at is not None,
    )


def _reason_facts(row: CloseReason) -> ReasonFacts:
    return ReasonFacts(
        reason_id=row.pk,
        names=row.names,
        stage_class=StageClass(row.stage_class),
        position=row.position,
        archived=row.archived_at is not None,
    )
