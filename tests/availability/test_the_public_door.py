"""Countdown and scarcity are true (promise C14): one clock, one counter, the same for every visitor."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import msgspec
import pytest
import time_machine

from leadstone.wire.bundle import Counters, PublishedMagnet, PublishedVersion
from leadstone.wire.definition import ALWAYS, Availability, decode_definition, encode_definition, with_availability
from leadstone.wire.records import SubmissionReceived
from leadstone.wire.tokens import mint_deliver
from tests.edge.door import PERSON, Door, open_door, token_in
from tests.edge.installation import PDF, Installation, guide

NOON = datetime(2026, 11, 30, 11, 0, tzinfo=UTC)  # in Warsaw


def installation(folder: Path, availability: Availability) -> Installation:
    plain = PublishedMagnet(
        slug="other", magnet_id=2, versions=(PublishedVersion(version_id=8, number=1, definition=guide(title="Another guide")),)
    )
    version = PublishedVersion(version_id=7, number=1, definition=with_availability(guide(), availability))
    return Installation(folder, magnets=[PublishedMagnet(slug="guide", magnet_id=1, versions=(version,)), plain])


@asynccontextmanager
async def door_of(made: Installation, *, left: int | None = None, placed: frozenset[str] = frozenset()) -> AsyncIterator[Door]:
    made.publish()
    counted = Counters(left={} if left is None else {"1": left}, placed=placed)
    made._replace("counters.json", msgspec.json.encode(counted))
    async with open_door(made) as door:
        yield door


def stranger(door: Door) -> httpx.AsyncClient:
    """Another session, with nothing kept from the first."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(door.app, client=("198.51.100.9", 1)),
        base_url="http://door.test",
        headers={"User-Agent": PERSON},
    )


def forms(made: Installation) -> list[SubmissionReceived]:
    return [record for record in made.journaled() if isinstance(record, SubmissionReceived)]


@pytest.mark.anyio
async def test_before_it_begins_the_page_says_when_and_has_no_form(tmp_path: Path) -> None:
    made = installation(tmp_path, Availability(opens_at=NOON, zone="Europe/Warsaw"))
    with time_machine.travel(NOON - timedelta(seconds=1)):
        async with door_of(made) as door:
            page = await door.client.get("/m/guide")
            sent = await door.client.post("/m/guide", data={"email": "ann@example.com"})

    assert page.status_code == 200
    assert "30 November 2026, 12:00 (Warsaw)" in page.text
    assert "<form" not in page.text
    assert sent.status_code == 403
    assert forms(made) == []


@pytest.mark.anyio
async def test_the_deadline_is_the_servers_and_the_same_for_every_session(tmp_path: Path) -> None:
    made = installation(tmp_path, Availability(closes_at=NOON, zone="Europe/Warsaw"))
    with time_machine.travel(NOON - timedelta(seconds=20)) as clock:
        async with door_of(made) as door, stranger(door) as fresh:
            first, second = await door.client.get("/m/guide"), await fresh.get("/m/guide")
            kept = token_in(first)
            clock.shift(timedelta(seconds=20))
            again, elsewhere = await door.client.get("/m/guide"), await fresh.get("/m/guide")
            late = await door.client.post("/m/guide", data={"token": kept, "email": "ann@example.com"})

    assert "30 November 2026, 12:00 (Warsaw)" in first.text
    assert "30 November 2026, 12:00 (Warsaw)" in second.text
    assert [page.status_code for page in (again, elsewhere, late)] == [410, 410, 410]
    assert "Another guide" in again.text
    assert "What you sent was not kept" in late.text
    assert forms(made) == []


@pytest.mark.anyio
async def test_a_form_in_time_is_taken(tmp_path: Path) -> None:
    made = installation(tmp_path, Availability(closes_at=NOON, zone="Europe/Warsaw"))
    with time_machine.travel(NOON - timedelta(seconds=20)) as clock:
        async with door_of(made) as door:
            token = await door.form_token()
            clock.shift(timedelta(seconds=19))
            sent = await door.send(token=token)

    assert sent.status_code == 303
    assert len(forms(made)) == 1


@pytest.mark.anyio
async def test_the_number_left_is_the_counters_and_never_more_than_one_number(tmp_path: Path) -> None:
    made = installation(tmp_path, Availability(cap=100, shows_left=True))
    async with door_of(made, left=37) as door, stranger(door) as fresh:
        assert "<b>37 left</b>" in (await door.client.get("/m/guide")).text
        assert "<b>37 left</b>" in (await fresh.get("/m/guide")).text
        made._replace("counters.json", msgspec.json.encode(Counters(left={"1": 36})))
        door.app.edge.shelf.look()
        assert "<b>36 left</b>" in (await door.client.get("/m/guide")).text


@pytest.mark.anyio
async def test_when_all_are_taken_the_offer_is_closed(tmp_path: Path) -> None:
    made = installation(tmp_path, Availability(cap=100))
    async with door_of(made, left=0) as door:
        page, sent = await door.client.get("/m/guide"), await door.client.post("/m/guide", data={"email": "ann@example.com"})
        index = await door.client.get("/")

    assert (page.status_code, sent.status_code) == (410, 410)
    assert "Read a heat-pump quote" not in index.text
    assert "Another guide" in index.text


@pytest.mark.anyio
async def test_with_a_waiting_list_the_form_stays_and_says_what_it_leads_to(tmp_path: Path) -> None:
    made = installation(tmp_path, Availability(cap=100, waiting=True))
    async with door_of(made, left=0) as door:
        page = await door.client.get("/m/guide")
        sent = await door.send(token=token_in(page))

    assert page.status_code == 200
    assert "join the waiting list" in page.text
    assert sent.status_code == 303


@pytest.mark.anyio
async def test_a_file_opens_for_whoever_has_a_place_and_for_nobody_else(tmp_path: Path) -> None:
    made = installation(tmp_path, Availability(cap=1, waiting=True))
    mine, other = uuid4(), uuid4()
    expires = datetime.now(UTC) + timedelta(days=1)
    tokens = [mint_deliver(made.signer, grant_key=key, version_id=7, expires_at=expires) for key in (mine, other)]
    async with door_of(made, left=0, placed=frozenset({str(mine)})) as door:
        files = [await door.client.get(f"/d/{token}/file") for token in tokens]

    assert files[0].content == PDF
    assert files[1].status_code == 303
    assert PDF[:100] not in files[1].content


@pytest.mark.anyio
async def test_a_plain_magnet_is_served_from_the_prepared_bytes(tmp_path: Path) -> None:
    made = installation(tmp_path, Availability(cap=5))
    async with door_of(made, left=5) as door:
        await door.client.get("/m/other")
        assert set(door.app.hot._pages) == {"/m/other"}


def test_what_sets_no_limit_keeps_the_bytes_that_it_had_before_there_were_any() -> None:
    before = encode_definition(guide())

    assert "availability" not in before
    assert encode_definition(with_availability(guide(), ALWAYS)) == before
    assert encode_definition(decode_definition(before)) == before


def test_limits_come_back_as_they_were_written() -> None:
    limits = Availability(opens_at=NOON, closes_at=NOON + timedelta(days=1), zone="Europe/Warsaw", cap=3, waiting=True)
    words = encode_definition(with_availability(guide(), limits))

    assert decode_definition(words).availability == limits
    assert encode_definition(decode_definition(words)) == words
