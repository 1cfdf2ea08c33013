"""A form at the public door: durable before it is acknowledged, and nothing typed is ever lost."""

import asyncio
import sqlite3
from unittest.mock import ANY
from urllib.parse import parse_qsl, quote_plus

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.edge.forms import read_form
from leadstone.edge.request import Refused
from leadstone.wire import journal
from leadstone.wire.bundle import PublishedVersion
from leadstone.wire.records import Origin, SubmissionReceived
from tests.durability.power import SmallDisk
from tests.edge.door import Door, open_door, token_in
from tests.edge.installation import Installation, guide

pytestmark = pytest.mark.anyio


def submissions(installation: Installation) -> list[SubmissionReceived]:
    return [record for record in installation.journaled() if isinstance(record, SubmissionReceived)]


async def test_a_good_form_is_durable_and_leads_to_the_thank_you_page(door: Door, installation: Installation) -> None:
    response = await door.send(name="Ann Lee", consent="newsletter-email")

    (kept,) = submissions(installation)
    assert response.status_code == 303
    assert response.headers["location"] == f"/m/guide/thanks/{kept.ref}"
    assert kept == SubmissionReceived(
        at=ANY,
        ref=ANY,
        nonce=ANY,
        slug="guide",
        version_id=7,
        language="en",
        answers={"email": "ann@example.com", "name": "Ann Lee"},
        ticked=("newsletter-email",),
        fill_ms=ANY,
        network="192.0.2.0/24",
    )
    assert (await door.client.get(response.headers["location"])).status_code == 200


async def test_errors_stand_beside_the_fields_with_what_was_typed_and_nothing_is_recorded(
    door: Door, installation: Installation
) -> None:
    response = await door.send(email="ann at example", name='Ann "Żuk" <b>', question="Why?", consent="newsletter-email")

    assert response.status_code == 422
    assert 'value="ann at example"' in response.text
    assert "Ann &#34;Żuk&#34; &lt;b&gt;" in response.text
    assert "Why?" in response.text
    assert 'aria-invalid="true"' in response.text
    assert "checked" in response.text
    assert submissions(installation) == []
    fixed = await door.send(token=token_in(response))
    assert fixed.status_code == 303


@pytest.mark.parametrize("name", ["محمد علي", "Ann \N{GRINNING FACE}", "O'Neill-Łęcka", "\u202ereversed", "x" * 200])
async def test_every_name_that_a_person_may_have_passes(door: Door, installation: Installation, name: str) -> None:
    assert (await door.send(name=name)).status_code == 303

    assert submissions(installation)[0].answers["name"] == name


@pytest.mark.parametrize("name", ["x" * 10_000, "Ann\0", "\x1b[31m"])
async def test_a_value_that_cannot_be_kept_is_an_error_beside_its_field(
    door: Door, installation: Installation, name: str
) -> None:
    response = await door.send(name=name)

    assert response.status_code == 422
    assert submissions(installation) == []


async def test_a_body_that_is_no_form_is_told_so(door: Door) -> None:
    post = door.client.post
    form = {"content-type": "application/x-www-form-urlencoded"}

    assert (await post("/m/guide", content=b"email=\xff\xfe", headers=form)).status_code == 400
    assert (await post("/m/guide", content=b"email=%ff%fe", headers=form)).status_code == 400
    assert (await post("/m/guide", content=b"a=b&" * 500, headers=form)).status_code == 400
    assert (await post("/m/guide", content=b"{}", headers={"content-type": "application/json"})).status_code == 415
    assert (await post("/m/guide", content=b"x" * 70_000, headers=form)).status_code == 413
    assert (await post("/m/guide", content=b"", headers=form)).status_code == 422
    assert (await post("/m/guide", content=b"x", headers={"content-type": "multipart/form-data; boundary=b"})).status_code == 400


async def test_a_body_of_unannounced_length_is_cut_off_too(door: Door) -> None:
    async def endless() -> object:
        for _ in range(100):
            yield b"x" * 1024

    form = {"content-type": "application/x-www-form-urlencoded"}

    assert (await door.client.post("/m/guide", content=endless(), headers=form)).status_code == 413  # type: ignore[arg-type]


async def test_a_multipart_form_is_as_good(door: Door, installation: Installation) -> None:
    token = await door.form_token()

    response = await door.client.post("/m/guide", files={"token": (None, token), "email": (None, "żuk@example.com")})

    assert response.status_code == 303
    assert submissions(installation)[0].answers == {"email": "żuk@example.com"}


async def test_a_form_without_a_good_token_comes_back_fresh_with_everything_typed(door: Door, installation: Installation) -> None:
    response = await door.send(token="forged", name="Ann Lee")

    assert response.status_code == 422
    assert 'value="Ann Lee"' in response.text
    assert (await door.send(token=token_in(response))).status_code == 303
    assert len(submissions(installation)) == 1


async def test_a_form_older_than_half_a_day_comes_back_fresh(door: Door, installation: Installation) -> None:
    old = door.app.edge.forms.mint(7, now=journal.now_ms() - 13 * 3600 * 1000)

    response = await door.send(token=old, name="Ann Lee")

    assert response.status_code == 422
    assert 'value="Ann Lee"' in response.text
    assert submissions(installation) == []


async def test_a_form_of_a_replaced_version_is_taken_under_the_words_that_were_seen(
    door: Door, installation: Installation
) -> None:
    token = await door.form_token()
    (magnet,) = installation.magnets
    newer = PublishedVersion(version_id=8, number=2, definition=guide(title="Another title"))
    installation.magnets = (msgspec.structs.replace(magnet, versions=(*magnet.versions, newer)),)
    installation.publish()
    door.app.edge.shelf.look()

    assert "Another title" in (await door.client.get("/m/guide")).text
    assert (await door.send(token=token)).status_code == 303
    assert (await door.send()).status_code == 303
    assert [kept.version_id for kept in submissions(installation)] == [7, 8]


async def test_a_withdrawn_magnet_answers_gone_and_records_nothing(door: Door, installation: Installation) -> None:
    token = await door.form_token()
    (magnet,) = installation.magnets
    installation.magnets = (msgspec.structs.replace(magnet, live=False),)
    installation.publish()
    door.app.edge.shelf.look()

    assert (await door.client.get("/m/guide")).status_code == 410
    assert (await door.send(token=token)).status_code == 410
    assert submissions(installation) == []


async def test_fifty_copies_of_one_form_at_once_are_all_acknowledged_and_kept(door: Door, installation: Installation) -> None:
    token = await door.form_token()

    responses = await asyncio.gather(*[door.send(token=token) for _ in range(50)])

    kept = submissions(installation)
    assert {response.status_code for response in responses} == {303}
    assert len(kept) == 50
    assert len({each.nonce for each in kept}) == 1
    assert {response.headers["location"].rpartition("/")[2] for response in responses} == {each.ref for each in kept}


async def test_a_machine_gets_the_same_answer_and_is_recorded_with_the_reason(door: Door, installation: Installation) -> None:
    trapped = await door.send(website="http://spam.example")
    door.client.headers["user-agent"] = "Googlebot/2.1 (+http://www.google.com/bot.html)"
    crawled = await door.send()

    assert {trapped.status_code, crawled.status_code} == {303}
    assert [kept.suspicion for kept in submissions(installation)] == ["honeypot", "crawler"]


async def test_a_form_that_is_sent_faster_than_a_person_types_is_recorded_as_such(installation: Installation) -> None:
    async with open_door(installation, least_fill_ms=60_000) as door:
        assert (await door.send()).status_code == 303

    assert submissions(installation)[0].suspicion == "too_fast"


async def test_where_a_visitor_came_from_travels_in_the_form(door: Door, installation: Installation) -> None:
    path = "/m/guide?utm_source=letter&utm_medium=email&utm_campaign=M%C3%A4rz+%26+mehr"
    page = await door.client.get(path, headers={"referer": "https://news.example/article?id=1"})
    origin = page.text.split('name="origin" value="')[1].split('"')[0].replace("&amp;", "&")

    await door.send(token=token_in(page), origin=origin)

    expected = Origin(source="letter", medium="email", campaign="März & mehr", referrer_host="news.example")
    assert submissions(installation)[0].origin == expected


async def test_our_own_pages_are_nobodys_source(door: Door) -> None:
    page = await door.client.get("/m/guide", headers={"referer": "http://127.0.0.1:8110/"})

    assert 'name="origin" value=""' in page.text


async def test_who_changes_the_language_still_comes_from_where_they_came(door: Door) -> None:
    came_by = "http://127.0.0.1:8110/m/guide?utm_source=fair&utm_medium=qr"

    page = await door.client.get("/m/guide?lang=pl", headers={"referer": came_by})

    assert 'name="origin" value="source=fair&amp;medium=qr"' in page.text


async def test_a_full_disk_answers_later_keeps_what_was_typed_and_passes(installation: Installation) -> None:
    disk = SmallDisk()
    async with open_door(installation, connect=disk.connect) as door:
        assert (await door.send()).status_code == 303
        disk.full = True
        refused = await door.send(name="Ann Lee")
        ready = await door.client.get("/readyz")
        disk.full = False
        accepted = await door.send(token=token_in(refused))

    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    assert 'value="Ann Lee"' in refused.text
    assert ready.status_code in {200, 503}
    assert accepted.status_code == 303
    assert len(submissions(installation)) == 2


async def test_a_locked_journal_answers_later_and_passes(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "LOCK_WAIT_MS", 100)
    async with open_door(installation) as door:
        assert (await door.send()).status_code == 303
        holder = sqlite3.connect(installation.folder.journal, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        refused = await door.send()
        holder.execute("ROLLBACK")
        holder.close()
        accepted = await door.send()

    assert (refused.status_code, accepted.status_code) == (503, 303)
    assert "retry-after" in refused.headers
    assert len(submissions(installation)) == 2


async def test_the_answer_tells_nothing_about_an_address(door: Door) -> None:
    """C12: the edge knows nobody, so that a second form of the same person looks like the first."""
    first = await door.send(email="ann@example.com")
    second = await door.send(email="ann@example.com")
    other = await door.send(email="bob@example.com")

    assert len({(r.status_code, len(r.headers["location"]), tuple(r.headers)) for r in (first, second, other)}) == 1


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), min_size=1, max_size=20))
def test_the_parser_reads_what_a_browser_writes(pairs: list[tuple[str, str]]) -> None:
    encodable = [(a, b) for a, b in pairs if _encodable(a) and _encodable(b)]
    body = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in encodable).encode()

    form = read_form(body, b"application/x-www-form-urlencoded")

    assert [(name, value) for name, values in form.items() for value in values] == sorted(
        encodable, key=lambda pair: [name for name, _ in encodable].index(pair[0])
    )


# What percent-encoding and quoted-printable could read differently.
_PIECES = [
    b"%",
    b"%%",
    b"%4",
    b"%41",
    b"%4g",
    b"%C5%82",
    b"%3D",
    b"%26",
    b"%25",
    b"%0D%0A",
    b"%\n",
    b"\r\n",
    b"=",
    b"&",
    b"+",
    b"_",
    b" ",
    b"a",
]


@given(st.binary(max_size=300) | st.lists(st.sampled_from(_PIECES), max_size=30).map(b"".join))
def test_the_parser_agrees_with_the_standard_librarys_or_refuses(body: bytes) -> None:
    try:
        form = read_form(body, b"application/x-www-form-urlencoded")
    except Refused:
        return
    expected: dict[str, list[str]] = {}
    for name, value in parse_qsl(body.decode(), keep_blank_values=True, errors="strict"):
        expected.setdefault(name, []).append(value)
    assert form == expected


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
