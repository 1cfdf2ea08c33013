"""How far people come with questions: counted once a form, without anything that follows them."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from leadstone.edge.asked import THE_FORM, Asked, Pace, Paces, Place
from leadstone.edge.upkeep import write_counts
from leadstone.project.demo.quiz import QUIZ
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.journal import JournalUnavailable
from leadstone.wire.records import QuestionCount, QuestionsAsked
from tests.edge.door import Door, open_door
from tests.edge.installation import Installation
from tests.edge.test_quiz import press, through_the_questions

KEY = b"k" * 32


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    version = PublishedVersion(version_id=9, number=1, definition=QUIZ)
    made = Installation(tmp_path, magnets=[PublishedMagnet(slug="quiz", magnet_id=2, versions=(version,))])
    made.publish()
    return made


@pytest.fixture
async def door(installation: Installation) -> AsyncIterator[Door]:
    async with open_door(installation) as opened:
        yield opened


def counted(door: Door) -> dict[str, tuple[int, int]]:
    """Question → shown to people, answered by people."""
    return {each.question: (each.shown, each.answered) for each in door.app.edge.asked.take()}


async def started(door: Door) -> httpx.Response:
    return await press(door, await door.client.get("/m/quiz"), ("move", "start"))


@pytest.mark.anyio
async def test_each_question_of_a_whole_quiz_and_the_form_after_it_count_once(door: Door) -> None:
    form = (await through_the_questions(door))[-1]
    await press(door, form, ("email", "ann@example.com"))

    assert counted(door) == {
        "stage": (1, 1),
        "walls": (1, 1),
        "flow": (1, 1),
        "warm": (1, 1),
        "worry": (1, 1),
        THE_FORM: (1, 1),
    }


@pytest.mark.anyio
async def test_whoever_goes_away_has_reached_the_question_and_not_answered_it(door: Door) -> None:
    await press(door, await started(door), ("q.stage", "old"), ("move", "next"))

    assert counted(door) == {"stage": (1, 1), "walls": (1, 0)}


@pytest.mark.anyio
async def test_whoever_answers_the_first_question_began_once_from_where_they_came(door: Door) -> None:
    page = await door.client.get("/m/quiz?utm_source=facebook&utm_campaign=jesien26")
    page = await press(door, page, ("move", "start"))
    page = await press(door, page, ("q.stage", "old"), ("move", "next"))
    await press(door, page, ("move", "back"))
    await press(door, page, ("q.stage", "old"), ("move", "next"))

    (seen,) = door.app.edge.views.take()
    assert (seen.source, seen.campaign, seen.people, seen.begun, seen.begun_by_machines) == ("facebook", "jesien26", 1, 1, 0)


@pytest.mark.anyio
async def test_a_beginning_that_could_not_be_journaled_counts_again(door: Door) -> None:
    await press(door, await started(door), ("q.stage", "old"), ("move", "next"))
    (seen,) = told = door.app.edge.views.take()

    door.app.edge.views.put_back(told)

    assert seen.begun == 1
    assert door.app.edge.views.take() == told


@pytest.mark.anyio
async def test_a_question_that_the_way_leaves_out_was_reached_by_nobody(door: Door) -> None:
    await press(door, await started(door), ("q.stage", "plan"), ("move", "next"))

    assert counted(door) == {"stage": (1, 1), "flow": (1, 0)}


@pytest.mark.anyio
async def test_going_back_and_on_again_counts_nothing_twice(door: Door) -> None:
    page = await press(door, await started(door), ("q.stage", "old"), ("move", "next"))
    page = await press(door, page, ("move", "back"))
    page = await press(door, page, ("move", "back"))
    assert "Zanim zaczniesz" in page.text
    page = await press(door, page, ("move", "start"))
    await press(door, page, ("q.stage", "old"), ("move", "next"))

    assert counted(door) == {"stage": (1, 1), "walls": (1, 0)}


@pytest.mark.anyio
async def test_a_wrong_answer_is_none_and_its_question_is_not_asked_anew(door: Door) -> None:
    page = await press(door, await started(door), ("q.stage", "nothing-like-it"), ("move", "next"))
    assert counted(door) == {"stage": (1, 0)}

    await press(door, page, ("q.stage", "old"), ("move", "next"))
    assert counted(door) == {"stage": (0, 1), "walls": (1, 0)}


@pytest.mark.anyio
async def test_a_form_that_is_refused_and_sent_again_was_sent_once(door: Door) -> None:
    form = (await through_the_questions(door))[-1]
    form = await press(door, form, ("email", "no-address"))
    assert form.status_code == 422
    await press(door, form, ("email", "ann@example.com"))

    assert counted(door)[THE_FORM] == (1, 1)


@pytest.mark.anyio
async def test_machines_stand_apart_and_leave_no_times(door: Door) -> None:
    door.client.headers["user-agent"] = "Googlebot/2.1"
    await press(door, await started(door), ("q.stage", "old"), ("move", "next"))

    first, _second = door.app.edge.asked.take()
    assert (first.shown, first.answered, first.shown_to_machines, first.answered_by_machines) == (0, 0, 1, 1)
    assert not any(first.took)


@pytest.mark.anyio
async def test_what_a_form_says_of_its_pace_counts_only_when_the_edge_signed_it(door: Door) -> None:
    page = await started(door)
    forged = Paces(b"another key").mint(Pace(9, 0, shown=1, answered=0))
    counted(door)

    await press(door, page, ("pace", forged), ("q.stage", "old"), ("move", "next"))

    assert counted(door) == {"walls": (1, 0)}


@pytest.mark.anyio
async def test_the_totals_are_journaled_and_hold_no_answer_and_nobody(installation: Installation) -> None:
    async with open_door(installation) as door:
        form = (await through_the_questions(door))[-1]
        await press(door, form, ("move", "back"))

    (record,) = [each for each in installation.journaled() if isinstance(each, QuestionsAsked)]
    assert {each.question for each in record.counts} == {"stage", "walls", "flow", "warm", "worry", THE_FORM}
    assert "Rachunki" not in repr(record)
    assert list(QuestionCount.__struct_fields__) == [
        "version_id",
        "question",
        "shown",
        "shown_to_machines",
        "answered",
        "answered_by_machines",
        "took",
    ]


@pytest.mark.anyio
async def test_totals_wait_while_the_journal_is_down(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    async def down(_record: object) -> None:
        raise JournalUnavailable(reason="test")

    await started(door)
    monkeypatch.setattr(door.app.edge.ledger, "append", down)
    await write_counts(door.app.edge)

    assert counted(door) == {"stage": (1, 0)}


@pytest.mark.parametrize(
    ("seconds", "bucket"), [(0, 0), (2.999, 0), (3, 1), (11, 2), (24, 3), (49, 4), (99, 5), (100, 6), (12 * 3600, 6)]
)
def test_a_time_falls_into_its_bucket(seconds: float, bucket: int) -> None:
    asked, place = Asked(), Place(0, "stage")
    asked.passed(Pace(9, 1000, shown=1), [place], now=1000 + round(seconds * 1000), machine=False)

    (count,) = asked.take()
    assert [number for number, times in enumerate(count.took) if times] == [bucket]


@pytest.mark.parametrize("now", [999, 1000 + 12 * 3600 * 1000 + 1])
def test_a_clock_that_was_set_back_and_a_page_left_open_tell_no_time(now: int) -> None:
    asked = Asked()
    asked.passed(Pace(9, 1000, shown=1), [Place(0, "stage")], now=now, machine=False)

    (count,) = asked.take()
    assert count.answered == 1
    assert not any(count.took)


def test_a_pace_comes_back_as_it_went_and_not_when_a_letter_was_changed() -> None:
    paces, pace = Paces(KEY), Pace(9, 1_800_000_000_000, shown=2**63 | 5, answered=1)
    text = paces.mint(pace)

    assert paces.read(text) == pace
    assert all(paces.read(wrong) is None for wrong in ("", "é" * len(text), text[:-1] + ("A" if text[-1] != "A" else "B")))
