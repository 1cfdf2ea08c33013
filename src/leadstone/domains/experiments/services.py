"""The only writes of experiments."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from leadstone.domains.experiments import queries
from leadstone.domains.experiments.events import ExperimentEnded, ExperimentStarted
from leadstone.domains.experiments.models import Experiment, Variant
from leadstone.domains.experiments.queries import ExperimentFacts
from leadstone.domains.experiments.rules import (
    CHALLENGER,
    CONTROL,
    Aspect,
    Because,
    Ending,
    Goal,
    StartFacts,
    StartRefusal,
    State,
    may_move,
    may_start,
)
from leadstone.domains.experiments.rules.overlay import Overlay, applied, differences, encode_overlay, within
from leadstone.domains.experiments.rules.planning import LEAST_CHANGES, LEAST_DAYS, WEIGHTS, goals_needed
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets import services as magnets_services
from leadstone.domains.magnets.gap import Gap
from leadstone.domains.magnets.offering import begins_with_a_time
from leadstone.domains.magnets.services import Publication, arms
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import YES, Decision
from leadstone.kernel.ids import new_ref
from leadstone.wire.definition import MagnetDefinition


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A plan as somebody writes it. `weights`: how many visitors meet a beside how many meet b."""

    name: str
    question: str = ""
    goal: Goal = Goal.CONFIRMED
    least_change: int = 30
    least_days: int = LEAST_DAYS
    weights: tuple[int, int] = WEIGHTS[0]


@dataclass(frozen=True, slots=True)
class Start:
    """What came of the wish to start: a decision, and what is missing in which arm."""

    decision: Decision
    gaps: Mapping[str, tuple[Gap, ...]] = field(default_factory=dict)


@transaction.atomic
def draft(*, magnet_id: int, aspect: Aspect, wanted: Wanted, by: int | None, now: datetime) -> int:
    """A new experiment that nobody is in yet; returns its id."""
    row = Experiment.objects.create(
        magnet_id=magnet_id,
        aspect=aspect.value,
        salt=new_ref(),
        created_at=now,
        created_by_id=by,
        **_planned(wanted),
    )
    for key, weight in zip((CONTROL, CHALLENGER), wanted.weights, strict=True):
        Variant.objects.create(experiment=row, key=key, weight=weight)
    return row.pk


@transaction.atomic
def change(*, experiment_id: int, wanted: Wanted, overlay: Overlay) -> bool:
    """Write plan and other arm anew; returns False once it has begun, for then both are fixed."""
    row = _locked(experiment_id)
    if State(row.state) is not State.DRAFT:
        return False
    Experiment.objects.filter(pk=row.pk).update(**_planned(wanted))
    said = encode_overlay(within(overlay, Aspect(row.aspect)))
    row.variants.filter(key=CHALLENGER).update(overlay=said, weight=wanted.weights[1])
    row.variants.filter(key=CONTROL).update(weight=wanted.weights[0])
    return True


@transaction.atomic
def discard(*, experiment_id: int) -> bool:
    """Throw a draft away; returns whether it was one."""
    return _move(_locked(experiment_id), State.DISCARDED)


@transaction.atomic
def bring_back(*, experiment_id: int) -> bool:
    """Take back that a draft was thrown away."""
    return _move(_locked(experiment_id), State.DRAFT)


@transaction.atomic
def start(*, experiment_id: int, blobs: BlobStore, by: int | None, now: datetime, in_stock: bool = True) -> Start:
    """Begin, with both arms fit for the public; or say what stands in the way. From here on neither plan nor words change."""
    row = _locked(experiment_id)
    facts = queries.experiment(experiment_id)
    # Whoever starts, publishes or withdraws holds the magnet: of two that start at once the second finds the first.
    definition = arms.locked_words(row.magnet_id)
    decision = may_start(_start_facts(facts, definition))
    if not decision or definition is None:
        return Start(decision)
    said = {CONTROL: definition, CHALLENGER: applied(definition, facts.overlay)}
    made = arms.publish_arms(magnet_id=row.magnet_id, arms=said, blobs=blobs, by=by, now=now, in_stock=in_stock)
    if made.gaps:
        return Start(Decision(False, StartRefusal.GAPS), made.gaps)
    for key, version_id in made.versions.items():
        row.variants.filter(key=key).update(version_id=version_id)
    Experiment.objects.filter(pk=row.pk).update(
        state=State.RUNNING.value,
        goals=goals_needed(facts.plan.least_change, share=facts.plan.share),
        started_at=now,
        started_by_id=by,
        outside_id=made.outside,
    )
    outbox.record(ExperimentStarted(experiment_id=row.pk), at=now)
    return Start(YES)


def start_decision(facts: ExperimentFacts) -> Decision:
    """Whether this experiment could begin now, as far as it can be told without its gaps."""
    current = magnets.current_version(facts.magnet_id)
    return may_start(_start_facts(facts, current.definition if current else None))


@transaction.atomic
def end(
    *,
    experiment_id: int,
    ending: Ending,
    because: Because | None = None,
    note: str = "",
    figures: Mapping[str, Any] | None = None,
    by: int | None = None,
    now: datetime,
) -> bool:
    """Show everybody the same words again; returns whether it was running. `figures`: how it stood, kept as it is."""
    row = _locked(experiment_id)
    if not may_move(State(row.state), State.ENDED):
        return False
    Experiment.objects.filter(pk=row.pk).update(
        state=State.ENDED.value,
        ended_at=now,
        ended_by_id=by,
        ending=ending.value,
        because=because.value if because else "",
        note=note[:400],
        figures=figures,
    )
    outbox.record(ExperimentEnded(experiment_id=row.pk), at=now)
    return True


@transaction.atomic
def adopt(*, experiment_id: int, key: str, blobs: BlobStore, by: int | None, now: datetime) -> Publication | None:
    """Let everybody see what the arm `key` of an ended experiment says, and write it into the draft.

    None when it has not ended or was adopted already. What else was changed in the draft since stays there, unpublished.
    """
    row, facts = _locked(experiment_id), queries.experiment(experiment_id)
    if facts.state is not State.ENDED or facts.adopted or key not in facts.version_ids:
        return None
    made = arms.publish_words_of(magnet_id=facts.magnet_id, version_id=facts.version_ids[key], blobs=blobs, by=by, now=now)
    if made.gaps:
        return made
    magnet = magnets.magnet(facts.magnet_id)
    written = applied(magnets.draft_of(magnet), facts.arms[key].overlay)
    magnets_services.save_draft(magnet_id=magnet.pk, definition=written, slug=magnet.slug, now=now)
    Experiment.objects.filter(pk=row.pk).update(adopted=key, adopted_at=now)
    return made


@transaction.atomic
def adopt_no_more(*, experiment_id: int, blobs: BlobStore, by: int | None, now: datetime) -> bool:
    """Take back an adoption: the words from before are everybody's again, in the draft too. Returns whether there was one."""
    row, facts = _locked(experiment_id), queries.experiment(experiment_id)
    if not facts.adopted or facts.outside_id is None:
        return False
    before = magnets.definitions([facts.outside_id])[facts.outside_id]
    made = arms.publish_words_of(magnet_id=facts.magnet_id, version_id=facts.outside_id, blobs=blobs, by=by, now=now)
    if made.gaps:
        return False
    magnet = magnets.magnet(facts.magnet_id)
    back = _taken_back(magnets.draft_of(magnet), before=before, overlay=facts.arms[facts.adopted].overlay)
    magnets_services.save_draft(magnet_id=magnet.pk, definition=back, slug=magnet.slug, now=now)
    Experiment.objects.filter(pk=row.pk).update(adopted="", adopted_at=None)
    return True


def _taken_back(draft: MagnetDefinition, *, before: MagnetDefinition, overlay: Overlay) -> MagnetDefinition:
    """The draft with the words from before wherever the overlay had changed them, and only there."""
    undone = {each.what: each.before for each in differences(before, overlay)}
    return applied(draft, Overlay(**undone))


def _start_facts(facts: ExperimentFacts, definition: MagnetDefinition | None) -> StartFacts:
    magnet = magnets.magnet(facts.magnet_id)
    return StartFacts(
        state=facts.state,
        published=definition is not None,
        offered=magnet.withdrawn_at is None,
        another_runs=bool(queries.running_on([facts.magnet_id])),
        differs=definition is not None and bool(differences(definition, facts.overlay)),
        chosen_by_time=definition is not None and begins_with_a_time(definition),
    )


def _planned(wanted: Wanted) -> dict[str, Any]:
    if wanted.least_change not in LEAST_CHANGES or wanted.weights not in WEIGHTS:
        raise ValueError("a plan that is not offered")
    return {
        "name": wanted.name[:120],
        "question": wanted.question[:400],
        "goal": wanted.goal.value,
        "least_change": wanted.least_change,
        "least_days": wanted.least_days,
    }


def _move(row: Experiment, to: State) -> bool:
    moves = may_move(State(row.state), to)
    if moves:
        Experiment.objects.filter(pk=row.pk).update(state=to.value)
    return moves


def _locked(experiment_id: int) -> Experiment:
    row = Experiment.objects.select_for_update().filter(pk=experiment_id).first()
    if row is None:
        raise queries.NoSuchExperiment
    return row
