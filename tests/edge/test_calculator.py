"""A calculator at the public door: inputs on one page, nothing of formulas, tables or results before the mailbox is proven."""

from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from uuid import uuid4

import httpx
import msgspec
import pytest

from leadstone.domains.magnets.kind import encode_finding
from leadstone.domains.magnets.kinds.calculator import find, settings_of
from leadstone.project.demo.calculator import CALCULATOR
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.records import SubmissionReceived
from leadstone.wire.tokens import mint_deliver
from tests.edge.door import Door, open_door
from tests.edge.installation import Installation, _in
from tests.edge.test_quiz import hidden, made_of

ANSWERS = {"q.powierzchnia": "140", "q.stan": "stary", "q.zakres": "oba", "q.paliwo": "gaz", "q.caly": "yes"}
MOST_BYTES = 50_000


@pytest.fixture(params=["together", "one a page"])
async def door(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Door]:
    settings = CALCULATOR.settings | {"together": request.param == "together"}
    version = PublishedVersion(version_id=9, number=1, definition=msgspec.structs.replace(CALCULATOR, settings=settings))
    made = Installation(tmp_path, magnets=[PublishedMagnet(slug="calculator", magnet_id=2, versions=(version,))])
    made.publish()
    async with open_door(made) as opened:
        opened.made = made  # type: ignore[attr-defined]
        opened.together = request.param == "together"  # type: ignore[attr-defined]
        yield opened


async def press(door: Door, page: httpx.Response, **fields: str) -> httpx.Response:
    named = {name.replace("__", "."): value for name, value in fields.items()}
    pairs = dict(hidden(page)) | named
    return await door.client.post("/m/calculator", data=pairs)


async def up_to_the_form(door: Door, **changes: str) -> list[httpx.Response]:
    answers = ANSWERS | {name.replace("__", "."): value for name, value in changes.items()}
    pages = [await door.client.get("/m/calculator")]
    pages.append(await press(door, pages[-1], move="start"))
    if door.together:  # type: ignore[attr-defined]
        pages.append(await press(door, pages[-1], move="next", **{k.replace(".", "__"): v for k, v in answers.items()}))
    else:
        for name, answer in answers.items():
            pages.append(await press(door, pages[-1], move="next", **{name.replace(".", "__"): answer}))
    return pages


@pytest.mark.anyio
async def test_the_way_to_the_form_holds_no_formula_no_table_no_figure_and_no_result(door: Door) -> None:
    pages = await up_to_the_form(door)

    assert 'name="email"' in pages[-1].text
    settings = settings_of(CALCULATOR)
    for page in pages:
        source = unescape(page.text)
        assert len(page.content) < MOST_BYTES
        assert "set-cookie" not in page.headers
        assert "lookup" not in source
        assert settings.low not in source
        assert all(value.formula not in source for value in settings.values)
        assert not any(f">{row[-1]}<" in source or f'"{row[-1]}"' in source for table in settings.tables for row in table.rows)
        assert all(bracket.title not in source and bracket.text not in source for bracket in settings.brackets)
        assert all(
            f'"{option.number}"' not in source for asked in settings.questions for option in asked.options if option.number
        )
        assert settings.basis not in source
        assert "2600–" not in source


@pytest.mark.anyio
async def test_the_answers_are_one_durable_form(door: Door) -> None:
    form = (await up_to_the_form(door, q__powierzchnia=" 1 40,0 ".replace(" 1 ", " 1")))[-1]

    sent = await press(door, form, email="ann@example.com")

    assert sent.status_code == 303
    (record,) = [each for each in made_of(door).journaled() if isinstance(each, SubmissionReceived)]
    assert record.answers == {"email": "ann@example.com"} | ANSWERS


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Uzupełnij to pole."),
        ("dużo", "Podaj liczbę"),
        ("5", "poza tym, co da się tu policzyć"),
        ("99999", "poza tym, co da się tu policzyć"),
        ("120,5", "dokładniej, niż da się tu policzyć"),
    ],
)
async def test_a_number_that_does_not_fit_is_said_beside_its_input(door: Door, typed: str, words: str) -> None:
    page = (await up_to_the_form(door, q__powierzchnia=typed))[2]

    assert page.status_code == 422
    assert words in page.text
    assert 'aria-invalid="true"' in page.text
    assert made_of(door).journaled() == []


@pytest.mark.anyio
async def test_back_from_the_form_keeps_what_was_typed(door: Door) -> None:
    form = (await up_to_the_form(door))[-1]

    page = await press(door, form, move="back")

    assert page.status_code == 200
    assert 'value="yes" checked' in page.text


@pytest.mark.anyio
async def test_a_form_sent_without_its_answers_is_led_to_them(door: Door) -> None:
    token = await door.form_token("/m/calculator")

    sent = await door.send(path="/m/calculator", token=token)

    assert sent.status_code == 422
    assert "Ile metrów kwadratowych ma dom?" in sent.text
    assert made_of(door).journaled() == []


@pytest.mark.anyio
async def test_the_link_shows_the_range_and_where_it_comes_from(door: Door) -> None:
    made = made_of(door)
    code = encode_finding(find(CALCULATOR, ANSWERS))
    token = mint_deliver(made.signer, grant_key=uuid4(), version_id=9, expires_at=_in(3), result=code)

    page = unescape((await door.client.get(f"/d/{token}")).text)

    assert "Warto policzyć dokładniej: 2600–4800 zł rocznie" in page
    assert "bierzemy z naszych 63 audytów" in page
    assert "Stan na 1 października 2026" in page
