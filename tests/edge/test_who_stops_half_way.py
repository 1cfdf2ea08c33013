"""What people chose who stop half way: told on every step, held while they may go on, journaled once they have stopped."""

from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from leadstone.edge import stopped
from leadstone.edge.asked import Pace, Paces
from leadstone.edge.stopped import MOST_RUNS, STOPPED_MS, Runs
from leadstone.edge.upkeep import write_counts
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.journal import JournalUnavailable, now_ms
from leadstone.wire.records import QuestionsAsked, StoppedRun, SubmissionReceived
from tests.edge.door import Door, open_door
from tests.edge.installation import Installation
from tests.edge.test_quiz import hidden, press
from tests.magnets.guarded import guarded
from tests.magnets.keeping import WHY, keeping


def installed(folder: Path, *, keeps: bool) -> Installation:
    version = PublishedVersion(version_id=9, number=1, definition=keeping() if keeps else guarded())
    made = Installation(folder, magnets=[PublishedMagnet(slug="quiz", magnet_id=2, versions=(version,))])
    made.publish()
    return made


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return installed(tmp_path, keeps=True)


@pytest.fixture
async def door(installation: Installation) -> AsyncIterator[Door]:
    async with open_door(installation) as opened:
        yield opened


async def answered(door: Door, *answers: tuple[str, str]) -> httpx.Response:
    """The page after these answers, one a question."""
    page = await press(door, await door.client.get("/m/quiz"), ("move", "start"))
    for answer in answers:
        page = await press(door, page, answer, ("move", "next"))
    return page


def told(door: Door, *, later: int = STOPPED_MS) -> list[StoppedRun]:
    return list(door.app.edge.asked.runs.take(now=now_ms() + later).stopped)


@pytest.mark.anyio
async def test_the_start_and_every_step_say_that_it_is_kept_for_how_long_without_whom_and_why(door: Door) -> None:
    page = await door.client.get("/m/quiz")
    start = unescape(page.text)

    assert "nic z Twoich odpowiedzi" not in start
    for text in (start, unescape((await answered(door, ("q.stage", "new"))).text)):
        assert "12" in text.split('class="kept-note', 1)[1].split("</div>", 1)[0]
        assert "Bez Twojego imienia i adresu" in text
        assert WHY in text


@pytest.mark.anyio
async def test_who_has_stopped_is_told_once_by_a_number_that_names_nobody(door: Door) -> None:
    await answered(door, ("q.stage", "new"), ("move", "skip"))

    assert told(door, later=STOPPED_MS - 60_000) == []
    (run,) = told(door)
    assert (run.version_id, run.answers) == (9, {"stage": "new"})
    assert len(run.run) == 16
    assert told(door) == []


@pytest.mark.anyio
async def test_a_form_that_is_sent_takes_its_run_away_and_says_that_it_is_none(door: Door, installation: Installation) -> None:
    page = await answered(door, ("q.stage", "new"), ("move", "skip"), ("q.walls", "walls"), ("q.flow", "floor"), ("q.warm", "4"))
    page = await press(door, page, ("move", "next"))
    run = door.app.edge.paces.read(dict(hidden(page))["pace"])
    sent = await press(door, page, ("email", "ann@example.com"))

    assert sent.status_code == 303
    assert run is not None
    assert door.app.edge.asked.runs.take(now=now_ms() + STOPPED_MS) == ((), (f"{run.run:016x}",))
    (form,) = [each for each in installation.journaled() if isinstance(each, SubmissionReceived)]
    assert f"{run.run:016x}" not in str(form)


@pytest.mark.anyio
async def test_going_back_after_the_form_begins_no_run(door: Door) -> None:
    page = await answered(door, ("q.stage", "new"))
    door.app.edge.asked.runs.sent(door.app.edge.paces.read(dict(hidden(page))["pace"]).run)  # type: ignore[union-attr]
    await press(door, page, ("move", "back"))

    assert told(door) == []


@pytest.mark.anyio
async def test_machines_and_whoever_chose_nothing_leave_nothing(door: Door) -> None:
    await answered(door)
    door.client.headers["user-agent"] = "Googlebot/2.1"
    await answered(door, ("q.stage", "new"))

    assert told(door) == []


@pytest.mark.anyio
async def test_a_quiz_that_does_not_say_so_keeps_nothing(tmp_path: Path) -> None:
    async with open_door(installed(tmp_path, keeps=False)) as door:
        page = await answered(door, ("q.stage", "new"))

        assert "kept-note" not in page.text
        assert door.app.edge.paces.read(dict(hidden(page))["pace"]).run == 0  # type: ignore[union-attr]
        assert told(door) == []


@pytest.mark.anyio
async def test_the_edge_tells_with_its_counts_and_all_of_them_when_it_ends(door: Door, installation: Installation) -> None:
    await answered(door, ("q.stage", "new"))
    await write_counts(door.app.edge)
    assert not any(each.stopped for each in installation.journaled() if isinstance(each, QuestionsAsked))

    await write_counts(door.app.edge, ending=True)

    (record,) = [each for each in installation.journaled() if isinstance(each, QuestionsAsked) and each.stopped]
    assert record.stopped[0].answers == {"stage": "new"}


@pytest.mark.anyio
async def test_what_the_journal_could_not_take_is_told_at_the_next_round(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    await answered(door, ("q.stage", "new"))

    async def down(record: object) -> None:
        raise JournalUnavailable("full")

    monkeypatch.setattr(door.app.edge.ledger, "append", down)
    await write_counts(door.app.edge, ending=True)

    assert [run.answers for run in told(door, later=0)] == [{"stage": "new"}]


def test_the_number_of_a_run_is_signed_with_the_pace() -> None:
    paces = Paces(b"k" * 32)
    text = paces.mint(Pace(9, 1, run=2**64 - 1))

    assert paces.read(text) == Pace(9, 1, run=2**64 - 1)
    assert Paces(b"x" * 32).read(text) is None
    assert paces.read(text[:-1] + ("A" if text[-1] != "A" else "B")) is None


def test_memory_is_bounded_and_the_oldest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopped, "MOST_RUNS", 3)
    runs = Runs()
    for run in range(1, 6):
        runs.note(run, version_id=9, answers={"stage": "new"}, now=run)

    assert [each.run for each in runs.take(now=0, all_of_them=True).stopped] == [f"{run:016x}" for run in (3, 4, 5)]
    assert MOST_RUNS <= 20_000


def test_who_goes_on_is_no_longer_told_as_having_stopped_before() -> None:
    runs = Runs()
    runs.note(7, version_id=9, answers={"stage": "new"}, now=0)
    runs.note(8, version_id=9, answers={"stage": "old"}, now=1)
    runs.note(7, version_id=9, answers={"stage": "plan"}, now=STOPPED_MS)

    assert [each.run for each in runs.take(now=STOPPED_MS + 1).stopped] == [f"{8:016x}"]
    runs.note(7, version_id=9, answers={}, now=STOPPED_MS + 2)
    assert runs.take(now=9 * STOPPED_MS).stopped == ()
