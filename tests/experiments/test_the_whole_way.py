"""From the start in the core to the public door, and from the form to the mail: everybody stays in their arm."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leadstone.domains.capture.models import Submission
from leadstone.domains.experiments import queries, services
from leadstone.domains.experiments.queries import ExperimentFacts
from leadstone.domains.experiments.rules import Aspect, Because, Ending, State
from leadstone.domains.experiments.rules.overlay import Overlay
from leadstone.domains.grants.models import Grant
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.models import Magnet, MagnetVersion
from leadstone.flows.experiments_judged import figures_of, stop_what_harms
from leadstone.flows.visitor_acts import not_me
from leadstone.infra.blobs.store import BlobStore
from leadstone.wire.data_folder import DataFolder
from leadstone.wire.definition import MailWords
from leadstone.wire.records import NotMe
from tests.cast import MONDAY, Guide, Visitor, ask, confirm
from tests.edge.door import PERSON, Door, open_door, token_in
from tests.edge.installation import Installation
from tests.flows.test_two_at_once import AT_ONCE, at_once
from tests.worker.conftest import House

pytestmark = pytest.mark.django_db(transaction=True)

Draft, Begin = Callable[..., int], Callable[..., ExperimentFacts]
OTHER_MAIL = Overlay(mail=MailWords(subject="Put your quote beside this page", preheader="Five lines to look for"))


@pytest.fixture
def folder(tmp_path: Any, settings: Any) -> DataFolder:
    made = DataFolder(tmp_path / "data")
    made.root.mkdir()
    settings.FOLDER = made
    return made


@pytest.fixture
def blobs(folder: DataFolder, transactional_db: None) -> BlobStore:
    return BlobStore(folder.blobs)


@pytest.fixture
def house(folder: DataFolder, magnet: Magnet) -> House:
    return House(folder, MagnetVersion.objects.get(magnet=magnet))


async def asked_by_many(house: House) -> None:
    """Twenty browsers open the page; each sends the form that it was shown."""
    async with open_door(Installation(house.folder.root)) as door:
        for number in range(20):
            await asked(door, number)


async def asked(door: Door, number: int) -> None:
    page = await door.client.get("/m/guide", headers={"User-Agent": f"{PERSON} build/{number}"})
    sent = await door.send(token=token_in(page), email=f"visitor{number}@example.com")
    assert sent.status_code == 303
    assert "set-cookie" not in sent.headers


def test_the_form_the_grant_and_the_mail_stay_in_the_arm(house: House, started: Begin) -> None:
    facts = started(aspect=Aspect.MAIL, overlay=OTHER_MAIL)
    house.work(datetime.now(UTC))
    asyncio.run(asked_by_many(house))
    house.work(datetime.now(UTC) + timedelta(seconds=5))

    came = Counter(Submission.objects.values_list("version_id", flat=True))
    assert set(came) == set(facts.version_ids.values())
    assert Counter(Grant.objects.values_list("version_id", flat=True)) == came
    subjects = Counter(mail.envelope.subject for mail in house.mails())
    assert subjects["Put your quote beside this page"] == came[facts.version_ids["b"]]
    assert sum(subjects.values()) == 20
    a, b = figures_of(facts, since=facts.started_at or MONDAY)
    assert (a.forms, b.forms) == (came[facts.version_ids["a"]], came[facts.version_ids["b"]])
    assert (a.visits, b.visits) == (a.forms, b.forms)


def test_of_several_who_start_at_once_one_does(drafted: Draft, magnet: Magnet, blobs: BlobStore) -> None:
    waiting = [drafted() for _ in range(AT_ONCE)]

    begun = at_once(lambda: services.start(experiment_id=waiting.pop(), blobs=blobs, by=None, now=MONDAY))

    assert sum(bool(each.decision) for each in begun) == 1
    assert len(queries.experiments(state=State.RUNNING)) == 1
    assert len(magnets.versions(magnet.pk)) == 4


def test_who_meets_both_arms_counts_for_the_first(started: Begin, magnet: Magnet) -> None:
    facts = started()
    for hours, key in ((2, "b"), (5, "a")):
        ask(guide_of(facts, key, magnet), "ann@example.com", now=MONDAY + timedelta(hours=hours))
    a, b = figures_of(facts, since=MONDAY)
    assert (a.forms, b.forms) == (0, 1)


def test_a_mailbox_that_was_proven_before_is_no_goal(started: Begin, magnet: Magnet) -> None:
    before = magnets.versions(magnet.pk)[0]
    known = ask(Guide(magnet.pk, before.version_id, "guide", before.definition), "ann@example.com", now=MONDAY)
    confirm(known, now=MONDAY + timedelta(minutes=1))
    facts = started()
    ask(guide_of(facts, "b", magnet), "ann@example.com", now=MONDAY + timedelta(hours=3))
    _a, b = figures_of(facts, since=MONDAY)
    assert (b.forms, b.confirmed) == (1, 0)


def test_what_brings_complaints_is_stopped(started: Begin, magnet: Magnet) -> None:
    facts = started()
    people = {key: came(facts, key, magnet, number=15) for key in facts.version_ids}
    assert stop_what_harms(now=MONDAY + timedelta(days=1)) == 0
    not_me([NotMe(at=0, grant_key=str(who.grant_key)) for who in people["b"][:12]], now=MONDAY + timedelta(days=1))

    assert stop_what_harms(now=MONDAY + timedelta(days=1)) == 1

    ended = queries.experiment(facts.experiment_id)
    assert (ended.state, ended.ending, ended.because) == (State.ENDED, Ending.STOPPED, Because.HARM)
    assert ended.figures
    assert ended.figures["b"]["complaints"] == 12


def came(facts: ExperimentFacts, key: str, magnet: Magnet, *, number: int) -> list[Visitor]:
    guide = guide_of(facts, key, magnet)
    return [ask(guide, f"{key}{each}@example.com", now=MONDAY + timedelta(hours=2, minutes=each)) for each in range(number)]


def guide_of(facts: ExperimentFacts, key: str, magnet: Magnet) -> Guide:
    version_id = facts.version_ids[key]
    return Guide(magnet.pk, version_id, magnet.slug, magnets.definitions([version_id])[version_id])
