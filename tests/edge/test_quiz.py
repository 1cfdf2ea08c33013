"""A quiz at the public door: questions first, nothing of the result before the mailbox is proven, no JavaScript, no cookies."""

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from uuid import uuid4

import httpx
import msgspec
import pytest

from leadstone.domains.magnets.kind import encode_finding
from leadstone.domains.magnets.kinds.quiz import find, settings_of
from leadstone.project.demo.quiz import QUIZ
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.records import FileServed, MailboxProven, SubmissionReceived
from leadstone.wire.tokens import mint_confirm, mint_deliver
from tests.edge.door import Door, open_door
from tests.edge.installation import Installation, _in

ANSWERS = [("q.stage", "old"), ("q.walls", "walls"), ("q.walls", "roof"), ("q.flow", "mixed"), ("q.warm", "4")]
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    version = PublishedVersion(version_id=9, number=1, definition=QUIZ)
    made = Installation(tmp_path, magnets=[PublishedMagnet(slug="quiz", magnet_id=2, versions=(version,))])
    made.publish()
    async with open_door(made) as opened:
        opened.made = made  # type: ignore[attr-defined]
        yield opened


def made_of(door: Door) -> Installation:
    return door.made  # type: ignore[attr-defined,no-any-return]


def hidden(page: httpx.Response) -> list[tuple[str, str]]:
    return [(unescape(name), unescape(value)) for name, value in _HIDDEN.findall(page.text)]


async def press(door: Door, page: httpx.Response, *fields: tuple[str, str]) -> httpx.Response:
    pairs = [pair for pair in hidden(page) if pair[0] not in {name for name, _ in fields}]
    body = str(httpx.QueryParams([*pairs, *fields]))
    return await door.client.post("/m/quiz", content=body, headers={"content-type": "application/x-www-form-urlencoded"})


async def through_the_questions(door: Door) -> list[httpx.Response]:
    """Every page up to the form, by its buttons."""
    pages = [await door.client.get("/m/quiz")]
    pages.append(await press(door, pages[-1], ("move", "start")))
    for key in ("q.stage", "q.walls", "q.flow", "q.warm"):
        pages.append(await press(door, pages[-1], *(pair for pair in ANSWERS if pair[0] == key), ("move", "next")))
    pages.append(await press(door, pages[-1], ("q.worry", "Rachunki"), ("move", "next")))
    return pages


@pytest.mark.anyio
async def test_the_first_screen_says_where_the_result_goes_and_why(door: Door) -> None:
    page = (await door.client.get("/m/quiz")).text

    assert "po ostatnim pytaniu poprosimy o adres e-mail i tam go wyślemy" in page
    assert "Dlaczego:" in page
    assert 'name="email"' not in page
    assert page.count("<button") == 1


@pytest.mark.anyio
async def test_no_page_before_the_gate_holds_an_outcome_points_or_what_comes_later(door: Door) -> None:
    pages = await through_the_questions(door)

    assert 'name="email"' in pages[-1].text
    settings = settings_of(QUIZ)
    for page in pages:
        source = unescape(page.text)
        assert "set-cookie" not in page.headers
        for outcome in settings.outcomes:
            assert outcome.key not in source
            assert f">{outcome.title}<" not in source
            assert outcome.text not in source
            assert outcome.advice not in source
        assert "points" not in source
        assert "at_least" not in source
    for number, page in enumerate(pages[1:-1]):
        later = settings.questions[number + 1 :]
        assert not any(question.text in unescape(page.text) for question in later)


@pytest.mark.anyio
async def test_the_answers_of_a_whole_quiz_are_one_durable_form(door: Door) -> None:
    form = (await through_the_questions(door))[-1]

    sent = await press(door, form, ("email", "ann@example.com"))

    assert sent.status_code == 303
    (record,) = [each for each in made_of(door).journaled() if isinstance(each, SubmissionReceived)]
    assert record.answers == {
        "email": "ann@example.com",
        "q.stage": "old",
        "q.walls": "walls roof",
        "q.flow": "mixed",
        "q.warm": "4",
        "q.worry": "Rachunki",
    }


@pytest.mark.anyio
async def test_an_answer_may_skip_questions_and_what_lies_beside_the_way_is_not_kept(door: Door) -> None:
    page = await press(door, await door.client.get("/m/quiz"), ("move", "start"))
    page = await press(door, page, ("q.stage", "plan"), ("q.walls", "roof"), ("move", "next"))

    assert "Czym dom jest albo będzie ogrzewany?" in page.text
    assert ("q.walls", "roof") not in hidden(page)


@pytest.mark.anyio
async def test_back_shows_the_question_before_with_what_was_chosen(door: Door) -> None:
    form = (await through_the_questions(door))[-1]

    page = await press(door, form, ("move", "back"))
    assert "Co Cię najbardziej zastanawia?" in page.text
    assert "Rachunki" in page.text
    page = await press(door, page, ("q.worry", "Rachunki"), ("move", "back"))
    assert re.search(r'value="4" checked', page.text)
    page = await press(door, page, ("q.warm", "2"), ("move", "next"))
    assert "Rachunki" in page.text

    first = await press(door, await door.client.get("/m/quiz"), ("move", "start"))
    assert "Zanim zaczniesz" in (await press(door, first, ("move", "back"))).text


@pytest.mark.anyio
@pytest.mark.parametrize("answer", ["", "nothing-like-it", "<script>"])
async def test_an_answer_that_is_none_is_asked_for_again_beside_the_question(door: Door, answer: str) -> None:
    page = await press(door, await door.client.get("/m/quiz"), ("move", "start"))

    page = await press(door, page, ("q.stage", answer), ("move", "next"))

    assert page.status_code == 422
    assert "Na jakim etapie jest dom?" in page.text
    assert 'role="alert"' in page.text
    assert "<script>" not in page.text


@pytest.mark.anyio
async def test_a_form_without_its_answers_is_led_to_the_question_and_nothing_is_acknowledged(door: Door) -> None:
    token = await door.form_token("/m/quiz")

    sent = await door.send(path="/m/quiz", token=token)

    assert sent.status_code == 422
    assert "Na jakim etapie jest dom?" in sent.text
    assert made_of(door).journaled() == []


@pytest.mark.anyio
async def test_what_is_wrong_in_the_form_keeps_the_answers(door: Door) -> None:
    form = (await through_the_questions(door))[-1]

    again = await press(door, form, ("email", "ann"))

    assert again.status_code == 422
    assert dict(hidden(again))["q.walls"] == "walls roof"


@pytest.mark.anyio
async def test_the_link_of_the_mail_opens_the_result_once_the_button_was_pressed_and_it_is_delivered_once(door: Door) -> None:
    made, grant = made_of(door), uuid4()
    code = encode_finding(find(QUIZ, {"q.stage": "new", "q.walls": "walls roof windows", "q.flow": "floor", "q.warm": "5"}))
    facts = {"grant_key": grant, "version_id": 9, "expires_at": _in(3), "result": code}

    confirm = await door.client.get(f"/c/{mint_confirm(made.signer, **facts)}")
    assert "Dom i instalacja pasują" not in confirm.text
    pressed = await door.client.post(f"/c/{mint_confirm(made.signer, form=b'12345678', **facts)}")
    assert pressed.headers["location"] == f"/d/{mint_deliver(made.signer, **facts)}"
    await door.client.head(pressed.headers["location"])
    for _ in range(2):
        page = await door.client.get(pressed.headers["location"])
        assert "Dom i instalacja pasują do pompy ciepła." in page.text
        assert "8 z 8 punktów" in page.text
        assert page.headers["cache-control"] == "no-store"

    records = made.journaled()
    assert [record.form for record in records if isinstance(record, MailboxProven)] == [b"12345678".hex()]
    assert [record.grant_key for record in records if isinstance(record, FileServed)] == [str(grant)]


@pytest.mark.anyio
async def test_a_link_without_a_result_or_with_another_one_opens_nothing(door: Door) -> None:
    made = made_of(door)
    for result in (b"", b"\x92\xa1x\x90", b"rubbish"):
        token = mint_deliver(made.signer, grant_key=uuid4(), version_id=9, expires_at=_in(3), result=result)
        assert (await door.client.get(f"/d/{token}")).status_code == 410


@pytest.mark.anyio
async def test_a_result_cannot_be_changed_in_the_link(door: Door) -> None:
    made = made_of(door)
    token = mint_deliver(made.signer, grant_key=uuid4(), version_id=9, expires_at=_in(3), result=encode_finding(find(QUIZ, {})))

    for place in range(30, len(token), 7):
        forged = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert (await door.client.get(f"/d/{forged}")).status_code == 404


def test_the_definition_travels_whole() -> None:
    assert msgspec.convert(msgspec.to_builtins(QUIZ), type(QUIZ)) == QUIZ


@pytest.mark.anyio
async def test_the_pdf_of_a_result_is_the_portals_work_and_a_strange_link_never_reaches_it(door: Door) -> None:
    made = made_of(door)
    code = encode_finding(find(QUIZ, {"q.stage": "new"}))
    good = mint_deliver(made.signer, grant_key=uuid4(), version_id=9, expires_at=_in(3), result=code)
    bare = mint_deliver(made.signer, grant_key=uuid4(), version_id=9, expires_at=_in(3))

    assert f'href="/d/{good}/report"' in (await door.client.get(f"/d/{good}")).text
    assert (await door.client.get(f"/d/{good}/report")).status_code == 503  # no portal runs here
    assert (await door.client.get(f"/d/{bare}/report")).status_code == 410
    assert (await door.client.get(f"/d/{good[:-3]}AAA/report")).status_code == 404
