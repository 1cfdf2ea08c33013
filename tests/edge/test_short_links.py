"""Tracked links: they lead on, they count people and machines apart, and they leave nothing behind."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from leadstone.edge.settings import LimitSettings
from leadstone.edge.upkeep import write_counts
from leadstone.kernel.typed_codes import ALPHABET
from leadstone.wire.journal import JournalUnavailable
from leadstone.wire.link_codes import LENGTH, make_link_code, read_link_code, spelled
from leadstone.wire.records import LinkCount, LinksFollowed, PagesViewed, SubmissionReceived
from tests.edge.door import Door, open_door
from tests.edge.installation import Installation

FETCHER = {"User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"}


def test_a_code_is_short_typed_in_any_way_and_shows_every_single_slip() -> None:
    drawn = iter([7, 19, 23, 2, 20])
    code = make_link_code(lambda below: next(drawn))

    assert len(code) == LENGTH
    assert read_link_code(spelled(code).lower()) == code
    assert read_link_code(f" {code[:2]} {code[2:]}".replace("0", "o").replace("1", "l")) == code
    for place, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            assert read_link_code(code[:place] + wrong + code[place + 1 :]) == ""
    assert read_link_code("") == read_link_code("ABC") == read_link_code("ABCDEFG" * 900) == ""


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    made = Installation(tmp_path, links={code(): "guide"})
    made.publish()
    return made


def code() -> str:
    drawn = iter([7, 19, 23, 2, 20])
    return make_link_code(lambda below: next(drawn))


@pytest.fixture
async def door(installation: Installation) -> AsyncIterator[Door]:
    async with open_door(installation) as opened:
        yield opened


def followed(door: Door) -> tuple[LinkCount, ...]:
    return door.app.edge.followed.take()


@pytest.mark.anyio
@pytest.mark.parametrize("way", ["t", "q"])
async def test_a_link_leads_to_its_page_with_its_code_and_sets_nothing(door: Door, way: str) -> None:
    answer = await door.client.get(f"/{way}/{spelled(code()).lower()}")

    assert (answer.status_code, answer.headers["location"]) == (302, f"/m/guide?via={code()}")
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert followed(door) == (LinkCount(code=code(), way=way, people=1, machines=0),)


@pytest.mark.anyio
async def test_a_head_says_the_same_and_counts_nothing(door: Door) -> None:
    answer = await door.client.head(f"/t/{code()}")

    assert (answer.status_code, answer.headers["location"]) == (302, f"/m/guide?via={code()}")
    assert followed(door) == ()


@pytest.mark.anyio
async def test_machines_are_counted_apart(door: Door) -> None:
    for headers in ({}, FETCHER, {"Sec-Purpose": "prefetch"}):
        await door.client.get(f"/t/{code()}", headers=headers)

    assert followed(door) == (LinkCount(code=code(), way="t", people=1, machines=2),)


@pytest.mark.anyio
async def test_a_chosen_language_goes_on_and_nothing_else_does(door: Door) -> None:
    chosen = await door.client.get(f"/q/{code()}?lang=pl&next=//evil.example")
    invented = await door.client.get(f"/q/{code()}?lang=%0d%0aSet-Cookie:x")

    assert chosen.headers["location"] == f"/m/guide?via={code()}&lang=pl"
    assert invented.headers["location"] == f"/m/guide?via={code()}"


@pytest.mark.anyio
@pytest.mark.parametrize("typed", ["7KQ2M9", "nothing-like-it", "%3Cscript%3E", "x" * 500])
async def test_a_code_that_leads_nowhere_says_so_and_leads_to_what_is_published(door: Door, typed: str) -> None:
    answer = await door.client.get(f"/q/{typed}")

    assert answer.status_code == 404
    assert "No page has this code" in answer.text
    assert 'href="/"' in answer.text
    assert 'action="/q"' in answer.text
    assert "<script>" not in answer.text
    assert followed(door) == ()


@pytest.mark.anyio
async def test_a_link_to_a_withdrawn_magnet_leads_to_the_page_that_says_so(installation: Installation) -> None:
    installation.magnets = [msgspec.structs.replace(installation.magnets[0], live=False)]
    installation.publish()
    async with open_door(installation) as door:
        answer = await door.client.get(f"/q/{code()}", follow_redirects=True)

    assert answer.status_code == 410
    assert "no longer offered" in answer.text


@pytest.mark.anyio
async def test_a_code_from_the_radio_can_be_typed(door: Door) -> None:
    page = await door.client.get("/q")
    found = await door.client.get("/q", params={"code": spelled(code()).lower(), "lang": "pl"})
    missed = await door.client.get("/q", params={"code": "abc-def"})

    assert (page.status_code, 'name="code"' in page.text, "set-cookie" in page.headers) == (200, True, False)
    assert (found.status_code, found.headers["location"]) == (302, f"/q/{code()}?lang=pl")
    assert missed.status_code == 404
    assert 'value="abc-def"' in missed.text
    assert followed(door) == ()


@pytest.mark.anyio
async def test_whoever_tries_one_code_after_another_has_to_wait_and_the_right_one_still_works(
    installation: Installation,
) -> None:
    async with open_door(installation, limits=replace(LimitSettings(), network_codes=2)) as door:
        tried = [(await door.client.get("/q", params={"code": "abc-def"})).status_code for _ in range(3)]
        found = await door.client.get("/q", params={"code": code()})

    assert tried == [404, 404, 429]
    assert found.status_code == 302


@pytest.mark.anyio
async def test_the_code_travels_with_the_view_and_in_the_form(installation: Installation) -> None:
    async with open_door(installation) as door:
        page = await door.client.get(f"/q/{code()}", follow_redirects=True)
        again = await door.client.get("/m/guide?lang=pl", headers={"Referer": f"http://127.0.0.1:8110/m/guide?via={code()}"})
        assert f"link={code()}" in page.text
        assert f"link={code()}" in again.text
        await door.send(path=f"/m/guide?via={code()}", origin=f"link={code()}")
    records = installation.journaled()

    sent = next(record for record in records if isinstance(record, SubmissionReceived))
    views = next(record for record in records if isinstance(record, PagesViewed))
    uses = next(record for record in records if isinstance(record, LinksFollowed))
    assert sent.origin.link == code()
    assert sum(count.people for count in views.counts if count.link == code()) == 2
    assert [(count.code, count.way, count.people) for count in uses.counts] == [(code(), "q", 1)]


@pytest.mark.anyio
async def test_what_the_journal_did_not_take_is_counted_again(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    await door.client.get(f"/t/{code()}")

    async def down(record: object) -> None:
        raise JournalUnavailable("no disk")

    with monkeypatch.context() as broken:
        broken.setattr(door.app.edge.ledger, "append", down)
        await write_counts(door.app.edge)
    await door.client.get(f"/t/{code()}")

    assert followed(door) == (LinkCount(code=code(), way="t", people=2, machines=0),)
