"""What each arm of an experiment brought, read off the nouns that know; and what follows from it.

Units. A visit is a visitor on one day (the edge counts an arm once a day for each, see `edge.arms`), so somebody who comes on two
days is two visits; that thins both arms alike and never favours one. Everything after the form is people, by the version on
which their form stands; whoever sent the form in both arms counts for the one that they met first. A goal counts when it was
reached after that form. Forms of embeds, kiosks and other systems show the words outside of the experiment and are not in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction

from leadstone.domains.capture import queries as capture
from leadstone.domains.experiments import queries, services
from leadstone.domains.experiments.queries import ExperimentFacts
from leadstone.domains.experiments.rules import CHALLENGER, CONTROL, Because, Ending, Goal, State
from leadstone.domains.experiments.rules.planning import Traffic
from leadstone.domains.experiments.rules.verdict import ArmFigures, Judgement, Verdict, judge
from leadstone.domains.grants import queries as grants
from leadstone.domains.leads.queries.tally import qualified_people
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.events import MagnetPublished, MagnetWithdrawn
from leadstone.domains.pipeline.queries.sales import won_people
from leadstone.domains.tracking import queries as tracking

log = structlog.get_logger()

TRAFFIC_DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An experiment with the figures of its arms and what they say."""

    facts: ExperimentFacts
    a: ArmFigures
    b: ArmFigures
    judgement: Judgement


def judged(facts: ExperimentFacts, *, now: datetime) -> Judged | None:
    """How it stands now, or how it stood when it ended; None before it has begun. A fixed number of queries."""
    if facts.started_at is None:
        return None
    if facts.figures is not None:
        a, b = (ArmFigures(**facts.figures[key]) for key in (CONTROL, CHALLENGER))
    else:
        a, b = figures_of(facts, since=facts.started_at)
    days = ((facts.ended_at or now) - facts.started_at) // timedelta(days=1)
    return Judged(facts=facts, a=a, b=b, judgement=judge(facts.plan, a, b, days=days))


def figures_of(facts: ExperimentFacts, *, since: datetime) -> tuple[ArmFigures, ArmFigures]:
    """Both arms, as far as they came by now."""
    versions = facts.version_ids
    visits = tracking.views_by_version(since=since.date())
    entered = _first_forms(versions)
    fates = grants.fates_of_people(facts.magnet_id, version_ids=list(versions.values()))
    prospects = qualified_people(facts.magnet_id, version_ids=list(versions.values()))
    customers = won_people(facts.magnet_id, version_ids=list(versions.values()))
    found = []
    for key in (CONTROL, CHALLENGER):
        people = {contact_id: at for contact_id, (arm, at) in entered.items() if arm == key}
        met = {contact_id: fates[contact_id] for contact_id in people.keys() & fates.keys()}
        found.append(
            ArmFigures(
                visits=visits.get(versions[key], 0),
                forms=len(people),
                confirmed=sum(_since(fate.opened_at, people[contact_id]) for contact_id, fate in met.items()),
                qualified=sum(_since(prospects.get(contact_id), at) for contact_id, at in people.items()),
                won=sum(_since(customers.get(contact_id), at) for contact_id, at in people.items()),
                complaints=sum(fate.complained for fate in met.values()),
                answered=sum(_since(fate.rated_at, people[contact_id]) for contact_id, fate in met.items()),
                not_kept=sum(_since(fate.rated_at, people[contact_id]) and not fate.kept for contact_id, fate in met.items()),
            )
        )
    return found[0], found[1]


def traffic_of(magnet_id: int, *, goal: Goal, now: datetime) -> Traffic:
    """What a magnet met over the last weeks, whatever it said."""
    since = now - timedelta(days=TRAFFIC_DAYS)
    versions = magnets.version_ids([magnet_id])[magnet_id]
    views = tracking.views_by_version(since=since.date())
    people = {contact_id: at for _version, contact_id, at in capture.people_by_version(versions) if at >= since}
    reached: Mapping[int, datetime | None]
    if goal is Goal.CONFIRMED:
        fates = grants.fates_of_people(magnet_id, version_ids=versions)
        reached = {contact_id: fate.opened_at for contact_id, fate in fates.items()}
    elif goal is Goal.QUALIFIED:
        reached = qualified_people(magnet_id, version_ids=versions)
    else:
        reached = won_people(magnet_id, version_ids=versions)
    return Traffic(
        days=TRAFFIC_DAYS,
        visits=sum(views.get(version_id, 0) for version_id in versions),
        forms=len(people),
        reached=sum(_since(at, since) for at in reached.values()),
    )


def finish(experiment_id: int, *, note: str = "", by: int | None, now: datetime) -> bool:
    """End an experiment by hand. By its rule where that has spoken, else as one that was stopped; the figures are kept."""
    facts = queries.experiment(experiment_id)
    found = judged(facts, now=now) if facts.state is State.RUNNING else None
    if found is None:
        return False
    ending = _ENDINGS.get(found.judgement.verdict, Ending.STOPPED)
    because = Because.BY_HAND if ending is Ending.STOPPED else None
    return _end(found, ending=ending, because=because, note=note, by=by, now=now)


_ENDINGS: Mapping[Verdict, Ending] = {
    Verdict.A_WINS: Ending.DECIDED,
    Verdict.B_WINS: Ending.DECIDED,
    Verdict.NO_DIFFERENCE: Ending.NO_DECISION,
    Verdict.PLAN_REACHED: Ending.NO_DECISION,
}


def stop_what_harms(*, now: datetime) -> int:
    """End every experiment whose other arm brings more complaints or broken promises; returns how many."""
    ended = 0
    for facts in queries.experiments(state=State.RUNNING):
        found = judged(facts, now=now)
        if found and found.judgement.verdict is Verdict.HARM:
            ended += _end(found, ending=Ending.STOPPED, because=Because.HARM, now=now)
            log.warning("experiment.harms", experiment_id=facts.experiment_id)
    return ended


@transaction.atomic
def ended_by_publishing(events: Sequence[MagnetPublished], /, *, now: datetime) -> None:
    """Other words are public now: what was compared before says nothing about them."""
    newest = {event.magnet_id: event.version_id for event in events}
    for magnet_id, version_id in newest.items():
        running = queries.running_of(magnet_id)
        # Words that were published before it began have nothing to do with it, however late their event comes.
        if running and running.outside_id is not None and version_id > running.outside_id:
            _stop(running, Because.NEW_VERSION, now=now)


@transaction.atomic
def ended_by_withdrawing(events: Sequence[MagnetWithdrawn], /, *, now: datetime) -> None:
    """Nobody meets either arm any more."""
    for magnet_id in {event.magnet_id for event in events}:
        running = queries.running_of(magnet_id)
        if running and magnets.magnet(magnet_id).withdrawn_at is not None:
            _stop(running, Because.WITHDRAWN, now=now)


def _stop(facts: ExperimentFacts, because: Because, *, now: datetime) -> None:
    found = judged(facts, now=now)
    if found is not None:
        _end(found, ending=Ending.STOPPED, because=because, now=now)


def _end(found: Judged, *, ending: Ending, because: Because | None, note: str = "", by: int | None = None, now: datetime) -> bool:
    kept: dict[str, Any] = {CONTROL: asdict(found.a), CHALLENGER: asdict(found.b)}
    kept["verdict"] = found.judgement.verdict.value
    return services.end(
        experiment_id=found.facts.experiment_id, ending=ending, because=because, note=note, figures=kept, by=by, now=now
    )


def _first_forms(versions: Mapping[str, int]) -> dict[int, tuple[str, datetime]]:
    """Contact id → the arm whose form they sent first, and when."""
    key_of = {version_id: key for key, version_id in versions.items()}
    first: dict[int, tuple[str, datetime]] = {}
    for version_id, contact_id, at in capture.people_by_version(key_of):
        if contact_id not in first or at < first[contact_id][1]:
            first[contact_id] = (key_of[version_id], at)
    return first


def _since(at: datetime | None, since: datetime) -> bool:
    return at is not None and at >= since
