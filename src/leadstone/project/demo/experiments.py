"""Two experiments of the demo company: one was stopped with too little data, one runs. Nobody comes only for them.

Whoever sent a form of these magnets in their time did so under one arm or the other; nothing differs in what they did, so the
honest answer is that nothing is known yet.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import msgspec

from leadstone.domains.experiments import queries, services
from leadstone.domains.experiments.rules import CHALLENGER, CONTROL, Aspect
from leadstone.domains.experiments.rules.overlay import Overlay
from leadstone.domains.experiments.services import Wanted
from leadstone.domains.magnets import queries as magnets
from leadstone.flows.experiments_judged import finish
from leadstone.infra.blobs.store import BlobStore
from leadstone.project.demo.visits import Plan, Visit
from leadstone.wire.definition import MailWords
from leadstone.wire.records import PagesViewed, ViewCount


@dataclass(frozen=True)
class DemoExperiment:
    """`began` and `ended`: days before today; `ended` 0 runs on."""

    slug: str
    aspect: Aspect
    wanted: Wanted
    overlay: Overlay
    began: int
    ended: int
    note: str = ""


EXPERIMENTS = (
    DemoExperiment(
        slug="przed-zima",
        aspect=Aspect.PROMISE,
        wanted=Wanted(
            name="Pół godziny już w tytule",
            question="Kto od razu widzi, ile to zajmie, prędzej zaczyna.",
            least_change=50,
            least_days=14,
        ),
        overlay=Overlay(title="Dwanaście razy pół godziny przed zimą"),
        began=62,
        ended=24,
        note="Zaczął się sezon, zmieniamy cały tekst.",
    ),
    DemoExperiment(
        slug="oferta",
        aspect=Aspect.MAIL,
        wanted=Wanted(
            name="Temat, który mówi, co zrobić z ofertą",
            question="Kto widzi w temacie pierwszy krok, otworzy list od razu.",
            least_change=50,
        ),
        overlay=Overlay(
            mail=MailWords(
                subject="Połóż obok siebie ofertę i tę stronę", preheader="Siedem liczb, których warto w niej poszukać"
            )
        ),
        began=56,
        ended=0,
    ),
)


@dataclass(frozen=True)
class Begun:
    """An experiment in its time, with the versions of its arms."""

    plan: DemoExperiment
    experiment_id: int
    versions: Mapping[str, int]
    before_id: int  # what was public until then
    since: datetime
    until: datetime


def compare(plan: Plan, blobs: BlobStore, *, by: int, now: datetime) -> list[Begun]:
    """Start both, and let whoever came in their time meet one of the arms."""
    begun = _begin(blobs, by=by, now=now)
    _into_arms(plan, begun)
    return begun


def _begin(blobs: BlobStore, *, by: int, now: datetime) -> list[Begun]:
    """Start both, each at its own time."""
    found = []
    for each in EXPERIMENTS:
        since, until = now - timedelta(days=each.began), now - timedelta(days=each.ended)
        magnet = magnets.by_slug(each.slug)
        before = magnets.current_version(magnet.pk) if magnet else None
        assert magnet is not None
        assert before is not None
        experiment_id = services.draft(magnet_id=magnet.pk, aspect=each.aspect, wanted=each.wanted, by=by, now=since)
        services.change(experiment_id=experiment_id, wanted=each.wanted, overlay=each.overlay)
        begun = services.start(experiment_id=experiment_id, blobs=blobs, by=by, now=since)
        if not begun.decision:
            raise AssertionError(f"{each.slug}: {begun.decision.because} {begun.gaps}")
        found.append(Begun(each, experiment_id, queries.experiment(experiment_id).version_ids, before.version_id, since, until))
    return found


def _into_arms(plan: Plan, begun: Sequence[Begun]) -> None:
    """Whoever came in the time of an experiment met one of its arms."""
    chance = random.Random(23)
    plan.groups[:] = [(at, [_met(visit, at, begun, chance) for visit in visits]) for at, visits in plan.groups]
    plan.views[:] = [_seen(views, begun, chance) for views in plan.views]


def end_what_is_over(begun: Sequence[Begun], *, by: int) -> None:
    """Stop by hand what has ended, before the rule had spoken."""
    for each in begun:
        if each.plan.ended:
            finish(each.experiment_id, note=each.plan.note, by=by, now=each.until)


def _met(visit: Visit, at: datetime, begun: Sequence[Begun], chance: random.Random) -> Visit:
    for each in begun:
        if visit.magnet.slug == each.plan.slug and each.since <= at < each.until:
            version_id = each.versions[chance.choice((CONTROL, CHALLENGER))]
            return replace(visit, record=msgspec.structs.replace(visit.record, version_id=version_id))
    return visit


def _seen(views: PagesViewed, begun: Sequence[Begun], chance: random.Random) -> PagesViewed:
    at = views.at / 1000
    running = {each.before_id: each for each in begun if each.since.timestamp() <= at < each.until.timestamp()}
    counts: list[ViewCount] = []
    for count in views.counts:
        each = running.get(count.version_id)
        counts += [count] if each is None else _split(count, each, chance)
    return PagesViewed(at=views.at, counts=tuple(counts))


def _split(count: ViewCount, each: Begun, chance: random.Random) -> list[ViewCount]:
    """Half of the people to each arm, as chance has it; machines meet the public words."""
    of_b = sum(chance.random() < 0.5 for _ in range(count.people))
    shares = {CONTROL: count.people - of_b, CHALLENGER: of_b}
    arms = [
        msgspec.structs.replace(count, version_id=each.versions[key], people=people, machines=0) for key, people in shares.items()
    ]
    return [msgspec.structs.replace(count, people=0), *arms]
