"""A question about health at the public door: nobody ticks its box for anybody, leaving it out is as easy, nothing gets past."""

from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import httpx
import pytest

from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.records import SubmissionReceived
from tests.edge.door import Door, open_door
from tests.edge.installation import Installation
from tests.edge.test_quiz import hidden, press
from tests.magnets.guarded import WORDS, guarded

REST = [("q.walls", "walls"), ("q.flow", "floor"), ("q.warm", "4")]
TICK = ("q.asthma.agreed", "yes")


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    version = PublishedVersion(version_id=9, number=1, definition=guarded())
    made = Installation(tmp_path, magnets=[PublishedMagnet(slug="quiz", magnet_id=2, versions=(version,))])
    made.publish()
    return made


@pytest.fixture
async def door(installation: Installation) -> AsyncIterator[Door]:
    async with open_door(installation) as opened:
        yield opened


async def asked(door: Door) -> httpx.Response:
    """The page that asks about it."""
    page = await press(door, await door.client.get("/m/quiz"), ("move", "start"))
    return await press(door, page, ("q.stage", "new"), ("move", "next"))


async def to_the_form(door: Door, page: httpx.Response) -> httpx.Response:
    for answer in REST:
        page = await press(door, page, answer, ("move", "next"))
    return await press(door, page, ("move", "next"))


def form_in(installation: Installation) -> SubmissionReceived:
    (form,) = [each for each in installation.journaled() if isinstance(each, SubmissionReceived)]
    return form


@pytest.mark.anyio
async def test_the_box_stands_unticked_with_its_exact_words_and_both_ways_on_look_alike(door: Door) -> None:
    page = unescape((await asked(door)).text)

    assert WORDS in page
    assert '<input type="checkbox" name="q.asthma.agreed" value="yes">' in page
    assert '<button class="btn primary" name="move" value="next">Odpowiadam, dalej</button>' in page
    assert '<button class="btn primary" name="move" value="skip">Wolę nie mówić</button>' in page


@pytest.mark.anyio
async def test_the_first_screen_tells_of_it_before_anybody_begins(door: Door) -> None:
    assert "Jedno pytanie dotyczy czegoś, co chroni prawo." in (await door.client.get("/m/quiz")).text


@pytest.mark.anyio
async def test_an_answer_without_the_tick_is_not_taken_and_says_so_beside_the_box(door: Door) -> None:
    page = await press(door, await asked(door), ("q.asthma", "yes"), ("move", "next"))

    assert page.status_code == 422
    assert "Zaznacz pole, żebyśmy mogli użyć tej odpowiedzi" in page.text
    assert 'value="yes" aria-invalid="true"' in page.text
    assert 'name="q.asthma" value="yes" checked' in page.text


@pytest.mark.anyio
async def test_an_answer_with_the_tick_goes_on_and_both_are_in_the_form(door: Door, installation: Installation) -> None:
    page = await press(door, await asked(door), ("q.asthma", "yes"), TICK, ("move", "next"))
    assert dict(hidden(page)).items() >= {("q.asthma", "yes"), TICK}

    sent = await press(door, await to_the_form(door, page), ("email", "ann@example.com"))

    assert sent.status_code == 303
    assert form_in(installation).answers.items() >= {("q.asthma", "yes"), TICK}


@pytest.mark.anyio
async def test_whoever_would_rather_not_say_goes_on_and_nothing_of_it_travels(door: Door, installation: Installation) -> None:
    page = await press(door, await asked(door), ("q.asthma", "yes"), TICK, ("move", "skip"))
    assert page.status_code == 200
    assert 'name="q.walls"' in page.text
    assert "asthma" not in page.text

    await press(door, await to_the_form(door, page), ("email", "ann@example.com"))

    assert not any("asthma" in name for name in form_in(installation).answers)


@pytest.mark.anyio
async def test_going_on_with_nothing_chosen_leaves_it_out_too(door: Door) -> None:
    page = await press(door, await asked(door), ("move", "next"))

    assert page.status_code == 200
    assert 'name="q.walls"' in page.text


@pytest.mark.anyio
async def test_what_was_agreed_to_is_taken_back_by_going_back_and_leaving_it_out(door: Door) -> None:
    page = await press(door, await asked(door), ("q.asthma", "yes"), TICK, ("move", "next"))
    back = await press(door, page, ("move", "back"))
    assert 'name="q.asthma.agreed" value="yes" checked' in back.text

    again = await press(door, back, ("move", "skip"))
    assert "asthma" not in again.text


@pytest.mark.anyio
@pytest.mark.parametrize(
    "tick", [(), (("q.asthma.agreed", "no"),), (("q.asthma.agreed", "yes yes"),), (("consent", "q.asthma.agreed"),)]
)
async def test_a_forged_form_with_the_answer_and_no_tick_is_not_accepted(
    door: Door, installation: Installation, tick: tuple[tuple[str, str], ...]
) -> None:
    form = await to_the_form(door, await press(door, await asked(door), ("move", "skip")))

    answer = await press(door, form, ("email", "ann@example.com"), ("q.asthma", "yes"), *tick)

    assert answer.status_code == 422
    assert WORDS in unescape(answer.text)
    assert not any(isinstance(each, SubmissionReceived) for each in installation.journaled())


@pytest.mark.anyio
async def test_a_needed_question_without_a_consent_cannot_be_left_out_by_the_same_button(door: Door) -> None:
    page = await press(door, await door.client.get("/m/quiz"), ("move", "start"))

    assert (await press(door, page, ("move", "skip"))).status_code == 422
