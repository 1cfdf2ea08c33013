"""The only reads of experiments that others may call."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from leadstone.domains.experiments.models import Experiment
from leadstone.domains.experiments.rules import CHALLENGER, CONTROL, Aspect, Because, Ending, Goal, State
from leadstone.domains.experiments.rules.overlay import Overlay, decode_overlay
from leadstone.domains.experiments.rules.verdict import Plan
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.bundle import PublishedArm, PublishedExperiment


class NoSuchExperiment(LeadstoneError):
    code = "no_such_experiment"
    sentence = "There is no such experiment."


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmFacts:
    key: str
    weight: int
    overlay: Overlay
    version_id: int | None  # once it has begun


@dataclass(frozen=True, slots=True, kw_only=True)
class ExperimentFacts:
    """One experiment. `plan.goals` is 0 until it begins; `figures` are those of its end."""

    experiment_id: int
    magnet_id: int
    magnet_title: str
    slug: str
    name: str
    question: str
    state: State
    salt: str
    plan: Plan
    least_change: int  # percent
    arms: Mapping[str, ArmFacts]
    outside_id: int | None
    created_at: datetime
    created_by: str
    started_at: datetime | None
    started_by: str
    ended_at: datetime | None
    ended_by: str
    ending: Ending | None
    because: Because | None
    note: str
    figures: Mapping[str, Any] | None
    adopted: str
    adopted_at: datetime | None

    @property
    def overlay(self) -> Overlay:
        """What the other arm says differently."""
        return self.arms[CHALLENGER].overlay

    @property
    def version_ids(self) -> dict[str, int]:
        """Key of an arm → its version; empty before the start."""
        return {key: arm.version_id for key, arm in self.arms.items() if arm.version_id is not None}


def experiments(*, state: State | None = None, magnet_id: int | None = None) -> list[ExperimentFacts]:
    """What runs, what is written, what has ended: each the latest first. Drafts that were thrown away are in no list."""
    rows = _rows().exclude(state=State.DISCARDED.value)
    if state is not None:
        rows = rows.filter(state=state.value)
    if magnet_id is not None:
        rows = rows.filter(magnet_id=magnet_id)
    order = [State.RUNNING, State.DRAFT, State.ENDED]
    found = [_facts(row) for row in rows]
    return sorted(found, key=lambda facts: (order.index(facts.state), -_last_moment(facts).timestamp(), -facts.experiment_id))


def experiment(experiment_id: int) -> ExperimentFacts:
    """The experiment; raises `NoSuchExperiment`."""
    row = _rows().filter(pk=experiment_id).first()
    if row is None:
        raise NoSuchExperiment
    return _facts(row)


def running_of(magnet_id: int) -> ExperimentFacts | None:
    """The experiment that the visitors of a magnet are in now."""
    row = _rows().filter(magnet_id=magnet_id, state=State.RUNNING.value).first()
    return _facts(row) if row else None


def running_on(magnet_ids: Collection[int]) -> dict[int, int]:
    """Magnet id → the experiment that runs on it, for those of these magnets that have one."""
    rows = Experiment.objects.filter(state=State.RUNNING.value, magnet_id__in=magnet_ids)
    return dict(rows.values_list("magnet_id", "pk"))


def published() -> dict[int, PublishedExperiment]:
    """Magnet id → what the edge has to know of the experiment that runs on it."""
    found = {}
    for facts in (_facts(row) for row in _rows().filter(state=State.RUNNING.value)):
        arms = tuple(PublishedArm(version_id=facts.version_ids[key], weight=arm.weight) for key, arm in facts.arms.items())
        found[facts.magnet_id] = PublishedExperiment(salt=facts.salt, arms=arms)
    return found


def _rows() -> QuerySet[Experiment]:
    return Experiment.objects.select_related("magnet", "created_by", "started_by", "ended_by").prefetch_related("variants")


def _last_moment(facts: ExperimentFacts) -> datetime:
    return facts.ended_at or facts.started_at or facts.created_at


def _facts(row: Experiment) -> ExperimentFacts:
    arms = {
        variant.key: ArmFacts(
            key=variant.key, weight=variant.weight, overlay=decode_overlay(variant.overlay), version_id=variant.version_id
        )
        for variant in sorted(row.variants.all(), key=lambda variant: variant.key)
    }
    a, b = arms[CONTROL].weight, arms[CHALLENGER].weight
    return ExperimentFacts(
        experiment_id=row.pk,
        magnet_id=row.magnet_id,
        magnet_title=row.magnet.title,
        slug=row.magnet.slug,
        name=row.name,
        question=row.question,
        state=State(row.state),
        salt=row.salt,
        plan=Plan(
            aspect=Aspect(row.aspect),
            goal=Goal(row.goal),
            least_change=row.least_change / 100,
            goals=row.goals,
            days=row.least_days,
            share=b / (a + b),
        ),
        least_change=row.least_change,
        arms=arms,
        outside_id=row.outside_id,
        created_at=row.created_at,
        created_by=row.created_by.name if row.created_by else "",
        started_at=row.started_at,
        started_by=row.started_by.name if row.started_by else "",
        ended_at=row.ended_at,
        ended_by=row.ended_by.name if row.ended_by else "",
        ending=Ending(row.ending) if row.ending else None,
        because=Because(row.because) if row.because else None,
        note=row.note,
        figures=row.figures,
        adopted=row.adopted,
        adopted_at=row.adopted_at,
    )
