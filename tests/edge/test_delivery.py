"""What a token opens: once the right door, never another one, and never more often than promised."""

import asyncio
import re
import shutil
import socket
import time
from unittest.mock import ANY
from uuid import uuid4

import httpx
import msgspec
import pytest

from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.records import ExchangeUndone, FileServed, LinkAskedAgain, MailboxProven, MailsWelcome, NotMe, PromiseRated
from tests.durability.power import SmallDisk
from tests.edge.door import Door, open_door
from tests.edge.installation import PDF, Installation, guide
from tests.edge.serving import serving

pytestmark = pytest.mark.anyio


async def served(door: Door, token: str, **headers: str) -> httpx.Response:
    return await door.client.get(f"/d/{token}/file", headers={name.replace("_", "-"): value for name, value in headers.items()})


async def test_the_button_of_the_confirm_page_proves_the_mailbox_and_leads_to_the_file(
    door: Door, installation: Installation
) -> None:
    grant = uuid4()
    token = installation.confirm_token(grant)

    page = await door.client.get(f"/c/{token}")
    assert page.status_code == 200
    assert installation.journaled() == [], "looking proves nothing"
    pressed = await door.client.post(f"/c/{token}")
    delivery = await door.client.get(pressed.headers["location"])
    file = await door.client.get(f"{pressed.headers['location']}/file")

    assert pressed.status_code == 303
    assert delivery.status_code == 200
    assert file.content == PDF
    assert [type(record) for record in installation.journaled()] == [MailboxProven, FileServed]
    assert {record.grant_key for record in installation.journaled()} == {str(grant)}  # type: ignore[union-attr]


async def test_a_mail_scanner_that_presses_the_button_is_named_as_a_machine(door: Door, installation: Installation) -> None:
    await door.client.post(f"/c/{installation.confirm_token()}", headers={"user-agent": "Barracuda Sentinel (EE)"})

    (record,) = installation.journaled()
    assert isinstance(record, MailboxProven)
    assert record.agent == "machine:scanner"


async def test_the_file_goes_out_as_a_download_that_nobody_stores_or_indexes(door: Door, installation: Installation) -> None:
    response = await served(door, installation.deliver_token())

    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["cache-control"] == "no-store"
    assert "noindex" in response.headers["x-robots-tag"]
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-disposition"] == (
        "attachment; filename=\"Przewodnik _pompa_.pdf\"; filename*=UTF-8''Przewodnik%20%E2%80%9Epompa%E2%80%9D.pdf"
    )
    assert "Zk3f9aQ1" not in str(response.headers)


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ("bytes=0-99", 206, PDF[:100]),
        ("bytes=100-", 206, PDF[100:]),
        ("bytes=-100", 206, PDF[-100:]),
        (f"bytes=0-{len(PDF) * 2}", 206, PDF),
        ("bytes=0-0", 206, PDF[:1]),
        ("bytes=5-4", 200, PDF),
        ("bytes=0-1,5-6", 200, PDF),
        ("pages=1-2", 200, PDF),
        (f"bytes={len(PDF)}-", 416, b""),
        ("bytes=-0", 416, b""),
    ],
)
async def test_ranges_are_answered_as_rfc_9110_says(
    door: Door, installation: Installation, asked: str, status: int, expected: bytes
) -> None:
    response = await served(door, installation.deliver_token(), range=asked)

    assert (response.status_code, response.content) == (status, expected)
    if status == 206:
        assert response.headers["content-range"].endswith(f"/{len(PDF)}")
    if status == 416:
        assert response.headers["content-range"] == f"bytes */{len(PDF)}"


async def test_a_download_resumes_only_if_the_file_is_still_the_same(door: Door, installation: Installation) -> None:
    token = installation.deliver_token()
    etag = (await door.client.head(f"/d/{token}/file")).headers["etag"]

    assert (await served(door, token, range="bytes=100-", if_range=etag)).status_code == 206
    assert (await served(door, token, range="bytes=100-", if_range='"another"')).status_code == 200


async def test_a_delivery_counts_once_it_is_complete_and_never_on_a_probe(door: Door, installation: Installation) -> None:
    """C5. The link of the test is good for three complete downloads."""
    token = installation.deliver_token()
    for _ in range(5):
        assert (await door.client.head(f"/d/{token}/file")).status_code == 200
        assert (await served(door, token, range="bytes=0-99")).status_code == 206
        assert (await served(door, token, range="bytes=99999999-")).status_code == 416
    assert installation.journaled() == []

    answers = [(await served(door, token)).status_code for _ in range(4)]

    assert answers == [200, 200, 200, 410]
    assert [type(record) for record in installation.journaled()] == [FileServed], "the journal hears of the first only"
    assert (await door.client.get(f"/d/{token}")).status_code == 410


async def test_ranges_fetched_at_once_count_as_one_delivery_when_they_cover_the_file(
    door: Door, installation: Installation
) -> None:
    token = installation.deliver_token()
    step = len(PDF) // 7 + 1

    parts = await asyncio.gather(
        *[served(door, token, range=f"bytes={start}-{start + step - 1}") for start in range(0, len(PDF), step)]
    )

    assert b"".join(part.content for part in parts) == PDF
    assert len(installation.journaled()) == 1
    assert [(await served(door, token)).status_code for _ in range(3)] == [200, 200, 410]


async def test_uses_survive_a_restart(installation: Installation) -> None:
    token = installation.deliver_token()
    async with open_door(installation) as door:
        for _ in range(3):
            await served(door, token)
    async with open_door(installation) as door:
        assert (await served(door, token)).status_code == 410

    assert len(installation.journaled()) == 1


async def test_a_first_delivery_that_the_journal_could_not_take_is_told_later(installation: Installation) -> None:
    disk = SmallDisk()
    async with open_door(installation, connect=disk.connect) as door:
        await door.send()
        disk.full = True
        assert (await served(door, installation.deliver_token())).status_code == 200
        disk.full = False

    names = [type(record).__name__ for record in installation.journaled()]
    assert [name for name in names if name != "PagesViewed"] == ["SubmissionReceived", "FileServed"]


async def test_downloads_that_end_at_once_are_each_told_once(door: Door, installation: Installation) -> None:
    grants = [uuid4() for _ in range(12)]

    files = await asyncio.gather(*(served(door, installation.deliver_token(grant)) for grant in grants))

    assert {file.content for file in files} == {PDF}
    told = [record.grant_key for record in installation.journaled() if isinstance(record, FileServed)]
    assert sorted(told) == sorted(map(str, grants))
    assert door.app.edge.untold == []


async def test_an_expired_link_says_so_and_still_asks_for_a_new_one(door: Door, installation: Installation) -> None:
    token = installation.deliver_token(days=-1)

    assert (await door.client.get(f"/d/{token}")).status_code == 410
    assert (await served(door, token)).status_code == 410
    assert f"/d/{token}/again" in (await door.client.get(f"/d/{token}")).text
    assert (await door.client.post(f"/d/{token}/again")).status_code == 200
    assert [type(record) for record in installation.journaled()] == [LinkAskedAgain]


async def test_an_expired_confirm_link_asks_with_the_link_that_it_carries(door: Door, installation: Installation) -> None:
    page = await door.client.get(f"/c/{installation.confirm_token(days=-1)}")
    again = page.text.split('action="')[1].split('"')[0]

    assert page.status_code == 410
    assert (await door.client.post(again)).status_code == 200


async def test_a_revocation_closes_every_door_of_the_grant(door: Door, installation: Installation) -> None:
    grant = uuid4()
    confirm, deliver = installation.confirm_token(grant), installation.deliver_token(grant)
    assert (await served(door, deliver)).status_code == 200

    installation.publish(revoked=[grant])
    door.app.edge.shelf.look()

    for response in (
        await door.client.get(f"/c/{confirm}"),
        await door.client.post(f"/c/{confirm}"),
        await door.client.get(f"/d/{deliver}"),
        await door.client.get(f"/d/{deliver}/report"),
        await door.client.post(f"/d/{deliver}/rate", data={"answer": "yes"}),
        await served(door, deliver),
    ):
        assert response.status_code == 410
    assert (await served(door, installation.deliver_token())).status_code == 200


@pytest.mark.parametrize(("act", "kind"), [("undo", ExchangeUndone), ("not-me", NotMe)])
async def test_an_undone_exchange_is_closed_at_once(door: Door, installation: Installation, act: str, kind: type) -> None:
    token = installation.deliver_token()

    assert (await door.client.get(f"/d/{token}/{act}")).status_code == 405
    assert (await door.client.post(f"/d/{token}/{act}")).status_code == 200
    assert (await served(door, token)).status_code == 410
    assert [type(record) for record in installation.journaled()] == [kind]


@pytest.mark.parametrize("act", ["undo", "not-me"])
async def test_a_restarted_edge_keeps_closed_what_the_core_has_not_revoked_yet(installation: Installation, act: str) -> None:
    token, other = installation.deliver_token(), installation.deliver_token()
    async with open_door(installation) as door:
        assert (await door.client.post(f"/d/{token}/{act}")).status_code == 200
        # As a crash would: what is only in memory is lost.
        crashed = installation.folder.edge_state.with_name("crashed")
        shutil.copytree(installation.root, crashed)
    async with open_door(Installation(crashed, signer=installation.signer)) as door:
        assert (await served(door, token)).status_code == 410
        assert (await served(door, other)).status_code == 200


async def test_not_me_is_taken_back_behind_the_link_of_its_mail_however_old_by_a_button_and_by_nothing_else(
    door: Door, installation: Installation
) -> None:
    grant_key = uuid4()
    token = installation.confirm_token(grant_key, days=-400)
    installation.publish(revoked=[grant_key])
    door.app.edge.shelf.look()

    page = await door.client.get(f"/c/{token}")
    assert page.status_code == 410
    button = re.search(r'method="post" action="(/d/[^"/]+/write-again)\?lang=en"', page.text)
    assert button is not None
    assert (await door.client.get(button[1])).status_code == 405
    assert installation.journaled() == []
    assert (await door.client.post("/d/nonsense/write-again")).status_code == 404
    done = await door.client.post(button[1])

    assert done.status_code == 200
    assert installation.journaled() == [MailsWelcome(at=ANY, grant_key=str(grant_key))]
    assert (await door.client.get(button[1].removesuffix("/write-again"))).status_code == 410


async def test_not_me_works_from_the_confirm_page(door: Door, installation: Installation) -> None:
    token = installation.confirm_token()

    assert (await door.client.post(f"/c/{token}/not-me")).status_code == 200
    assert (await door.client.post(f"/c/{token}")).status_code == 410
    assert [type(record) for record in installation.journaled()] == [NotMe]


async def test_the_promise_is_rated_with_one_of_three_words(door: Door, installation: Installation) -> None:
    token = installation.deliver_token()

    assert (await door.client.post(f"/d/{token}/rate", data={"answer": "partly"})).status_code == 200
    assert (await door.client.post(f"/d/{token}/rate", data={"answer": "perhaps"})).status_code == 400
    assert [record.answer for record in installation.journaled() if isinstance(record, PromiseRated)] == ["partly"]


async def test_a_token_of_one_door_opens_no_other(door: Door, installation: Installation) -> None:
    """C4."""
    confirm, deliver, leave = installation.confirm_token(), installation.deliver_token(), installation.leave_token()

    closed = [f"/d/{confirm}", f"/d/{leave}", f"/d/{confirm}/file", f"/d/{leave}/file", f"/c/{deliver}", f"/c/{leave}"]

    assert {(await door.client.get(path)).status_code for path in closed} == {404}
    assert (await door.client.post(f"/c/{deliver}")).status_code == 404
    assert installation.journaled() == []


async def test_the_gated_file_has_no_address_without_a_token(door: Door, installation: Installation) -> None:
    """C4. Storage names are random, and knowing one opens nothing."""
    guesses = ["/s/Zk3f9aQ1", "/s/..%2Ffiles%2FZk3f9aQ1", "/s/../bundle/files/Zk3f9aQ1", "/files/Zk3f9aQ1", "/d//file", "/s/.env"]

    assert {(await door.client.get(path)).status_code for path in guesses} == {404}
    assert "Zk3f9aQ1" not in (await door.client.get("/m/guide")).text


async def test_a_link_to_an_unpublished_version_says_so(door: Door, installation: Installation) -> None:
    assert (await door.client.get(f"/d/{installation.deliver_token(version_id=99)}")).status_code == 410


async def test_a_withdrawn_magnet_still_keeps_its_promises(door: Door, installation: Installation) -> None:
    (magnet,) = installation.magnets
    installation.magnets = (msgspec.structs.replace(magnet, live=False),)
    installation.publish()
    door.app.edge.shelf.look()

    assert (await served(door, installation.deliver_token())).status_code == 200


async def test_a_file_that_is_missing_from_the_bundle_is_told_and_not_counted(door: Door, installation: Installation) -> None:
    token = installation.deliver_token()
    (installation.folder.bundle / "files" / "Zk3f9aQ1").unlink()

    assert (await served(door, token)).status_code == 410
    assert installation.journaled() == []


@pytest.mark.slow
def test_a_download_that_the_visitor_breaks_off_is_not_counted(installation: Installation) -> None:
    """C5, with real sockets: the file is larger than all buffers on the way."""
    size = 64 * 1024 * 1024
    asset = msgspec.structs.replace(guide().asset, size_bytes=size)
    version = PublishedVersion(version_id=7, number=1, definition=guide(asset=asset))
    installation.magnets = (PublishedMagnet(slug="guide", magnet_id=1, versions=(version,)),)
    installation.publish()
    with (installation.folder.bundle / "files" / "Zk3f9aQ1").open("r+b") as file:
        file.truncate(size)
    path = f"/d/{installation.deliver_token()}/file"
    with serving(installation) as served:
        with socket.create_connection(("127.0.0.1", served.port)) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert line.recv(65536).startswith(b"HTTP/1.1 200")
        time.sleep(1)
        served.get("/readyz")
        assert installation.journaled() == []
        assert served.get(path).status == 200
        served.stop()

    assert [type(record) for record in installation.journaled()] == [FileServed]


def test_the_guide_of_these_tests_allows_three_downloads() -> None:
    assert guide().link_uses == 3
