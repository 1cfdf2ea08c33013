"""The stages and reasons, as a company wants them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from leadstone.domains.pipeline import queries
from leadstone.domains.pipeline.models import CloseReason, Stage
from leadstone.domains.pipeline.rules import (
    MAY_ASK,
    MOST_REASONS,
    MOST_STAGES,
    Requirement,
    SettingRefusal,
    StageClass,
    may_archive_stage,
)
from leadstone.kernel.decision import YES, Decision
from leadstone.kernel.ids import new_ref

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class StageWords:
    """What a company decides about a stage. `names`: language → words; `probability` in percent."""

    names: Mapping[str, str]
    probability: int
    requires: frozenset[Requirement]
    rots_after_days: int | None


@transaction.atomic
def add_stage(*, words: StageWords) -> Decision:
    """One more open stage, after the last one."""
    if len([each for each in queries.stages() if each.stage_class is StageClass.OPEN]) >= MOST_STAGES:
        return Decision(False, SettingRefusal.TOO_MANY)
    last = Stage.objects.filter(stage_class=StageClass.OPEN.value).aggregate(last=Max("position"))["last"] or 0
    stage = Stage(key=f"stage-{new_ref()}"[:30], stage_class=StageClass.OPEN.value, position=last + 1)
    return _write(stage, words)


@transaction.atomic
def change_stage(*, stage_id: int, words: StageWords) -> Decision:
    """Write a stage anew; deals that stand in it stay. Won is always certain and lost always hopeless."""
    return _write(Stage.objects.select_for_update().get(pk=stage_id), words)


@transaction.atomic
def shift_stage(*, stage_id: int, by: int) -> None:
    """Move an open stage one place to the left (-1) or right (1) among the open ones in use; at the end it stays."""
    rows = list(Stage.objects.filter(stage_class=StageClass.OPEN.value, archived_at=None).order_by("position", "pk"))
    at = next((place for place, row in enumerate(rows) if row.pk == stage_id), None)
    if at is None or not 0 <= at + by < len(rows):
        return
    rows.insert(at + by, rows.pop(at))
    for position, row in enumerate(rows, 1):
        row.position = position
    Stage.objects.bulk_update(rows, ["position"])


@transaction.atomic
def archive_stage(*, stage_id: int, now: datetime) -> Decision:
    """Take an empty stage off the board; its history stays."""
    stage = queries.stage(stage_id)
    decision = may_archive_stage(stage, in_use=queries.stages(), deals=queries.deals_in_stages().get(stage_id, 0))
    if decision:
        Stage.objects.filter(pk=stage_id, archived_at=None).update(archived_at=now)
    return decision


@transaction.atomic
def restore_stage(*, stage_id: int) -> None:
    Stage.objects.filter(pk=stage_id).update(archived_at=None)


@transaction.atomic
def add_reason(*, names: Mapping[str, str], stage_class: StageClass) -> Decision:
    """One more reason why deals are won or lost."""
    known = CloseReason.objects.filter(stage_class=stage_class.value, archived_at=None)
    if known.count() >= MOST_REASONS:
        return Decision(False, SettingRefusal.TOO_MANY)
    last = CloseReason.objects.aggregate(last=Max("position"))["last"] or 0
    reason = CloseReason(key=f"reason-{new_ref()}"[:30], stage_class=stage_class.value, position=last + 1)
    return _name(reason, names)


@transaction.atomic
def change_reason(*, reason_id: int, names: Mapping[str, str]) -> Decision:
    """Other words for a reason; deals that were closed for it keep it."""
    return _name(CloseReason.objects.select_for_update().get(pk=reason_id), names)


@transaction.atomic
def archive_reason(*, reason_id: int, now: datetime) -> Decision:
    """Offer a reason no longer; deals that were closed for it keep it. The last one that says why deals are lost stays."""
    row = CloseReason.objects.get(pk=reason_id)
    others = CloseReason.objects.filter(stage_class=row.stage_class, archived_at=None).exclude(pk=reason_id)
    if not others.exists():
        return Decision(False, SettingRefusal.LAST_OF_ITS_CLASS)
    CloseReason.objects.filter(pk=reason_id, archived_at=None).update(archived_at=now)
    return YES


@transaction.atomic
def restore_reason(*, reason_id: int) -> None:
    CloseReason.objects.filter(pk=reason_id).update(archived_at=None)


def _write(stage: Stage, words: StageWords) -> Decision:
    names = _clean(words.names)
    if not names:
        return Decision(False, SettingRefusal.NO_NAME)
    stage_class = StageClass(stage.stage_class)
    certain = {StageClass.WON: 100, StageClass.LOST: 0}
    stage.names = names
    stage.probability = certain.get(stage_class, min(max(words.probability, 0), 100))
    stage.requires = [each.value for each in Requirement if each in words.requires & MAY_ASK[stage_class]]
    stage.rots_after_days = words.rots_after_days if stage_class is StageClass.OPEN else None
    stage.save()
    return YES


def _name(reason: CloseReason, names: Mapping[str, str]) -> Decision:
    reason.names = _clean(names)
    if not reason.names:
        return Decision(False, SettingRefusal.NO_NAME)
    reason.save()
    return YES


def _clean(names: Mapping[str, str]) -> dict[str, str]:
    return {language: " ".join(words.split())[:LONGEST_NAME] for language, words in names.items() if words.strip()}
