"""The door for kiosks: who may hand over, what is durable before it is acknowledged, and what a device is told."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
import pytest

from leadstone.edge.settings import LimitSettings
from leadstone.wire.journal import connect_sqlite
from leadstone.wire.kiosk import LARGEST_ENTRY, MOST_ENTRIES, KioskDevice, Kiosks, SealedEntry, open_entry, public_key_of
from leadstone.wire.pages.pages import STATIC
from leadstone.wire.records import KioskHandedOver
from tests.edge.door import Door, open_door
from tests.edge.installation import Installation
from tests.kiosks.stand import Device, body_of

pytestmark = pytest.mark.anyio

SECRET = "5e" * 32
PATH = "/kiosk/entries"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def device() -> Device:
    return Device(public_key_of(SECRET), key="d" * 22)


def know(installation: Installation, device: Device, *, magnet_id: int = 1, revoked: bool = False) -> None:
    told = KioskDevice(public_key=device.public_key, magnet_id=magnet_id, name="Tablet", campaign="Fair", revoked=revoked)
    installation._replace("kiosks.json", msgspec.json.encode(Kiosks(seal_key=public_key_of(SECRET), devices={device.key: told})))


@pytest.fixture
async def at_the_door(installation: Installation, device: Device) -> AsyncIterator[Door]:
    (installation.root / "static").symlink_to(STATIC)
    know(installation, device)
    async with open_door(installation) as opened:
        yield opened


def visit(device: Device, number: int = 0) -> SealedEntry:
    return device.sealed({"kind": "visit", "at": 1, "answers": {"email": f"visitor{number}@example.com"}})


async def handed(door: Door, device: Device, body: bytes, **headers: str) -> httpx.Response:
    return await door.client.post(PATH, content=body, headers=device.authorization(body) | headers)


def records(installation: Installation) -> list[KioskHandedOver]:
    return [each for each in installation.journaled() if isinstance(each, KioskHandedOver)]


async def test_what_is_acknowledged_is_durable_and_the_edge_cannot_read_it(
    at_the_door: Door, installation: Installation, device: Device
) -> None:
    entries = [visit(device, number) for number in range(3)]

    answer = await handed(at_the_door, device, body_of(*entries, clock=77, waiting=2))

    assert answer.status_code == 200
    assert answer.json()["taken"] == [entry.key for entry in entries]
    record = records(installation)[0]
    assert (record.device, record.clock, record.waiting) == (device.key, 77, 2)
    opened = open_entry(record.entries[1].sealed, secret=SECRET, device=device.key, key=record.entries[1].key)
    assert opened["answers"] == {"email": "visitor1@example.com"}
    everything = b"".join(path.read_bytes() for path in installation.root.rglob("*") if path.is_file())
    assert b"visitor1" not in everything


async def test_the_first_answer_carries_the_offer_and_later_ones_only_another(at_the_door: Door, device: Device) -> None:
    first = (await handed(at_the_door, device, body_of())).json()
    again = (await handed(at_the_door, device, body_of(offer=first["offer"]["revision"]))).json()

    shown = first["offer"]["in"]["en"]
    assert shown["version_id"] == 7
    assert shown["consents"] == [{"key": "newsletter-email", "text": "Send me one letter a month.", "by_button": False}]
    assert "offer" not in again


async def test_a_magnet_that_was_withdrawn_is_no_longer_offered(
    at_the_door: Door, installation: Installation, device: Device
) -> None:
    installation.magnets = [msgspec.structs.replace(installation.magnets[0], live=False)]
    installation.publish()
    at_the_door.app.edge.shelf.look()

    assert (await handed(at_the_door, device, body_of())).json()["offer"]["open"] is False
    know(installation, device, magnet_id=99)
    at_the_door.app.edge.shelf.look()
    assert (await handed(at_the_door, device, body_of())).json()["offer"]["open"] is False


async def test_only_the_device_itself_may_hand_over(at_the_door: Door, installation: Installation, device: Device) -> None:
    stranger, body = Device(device.seal_key, key=device.key), body_of(visit(device))
    tries: list[dict[str, Any]] = [
        stranger.authorization(body),
        Device(device.seal_key, key="u" * 22).authorization(body),
        device.authorization(body + b" "),
        {"authorization": f"Kiosk {device.key}.{device.signature(body, path='/kiosk/pair')}"},
        {"authorization": f"Kiosk {device.key}."},
        {"authorization": f"Kiosk {device.key}.%%%"},
        {"authorization": "Bearer x"},
        {"authorization": b"\xff"},
        {},
    ]

    for headers in tries:
        answer = await at_the_door.client.post(PATH, content=body, headers=headers)
        assert (answer.status_code, answer.json()) == (401, {"because": "unknown"})
    assert records(installation) == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"clock": -1}',
        b'{"clock": 1, "entries": [["short", "AAAA"]]}',
        b'{"clock": 1, "entries": [["kkkkkkkkkkkkkkkkkkkkkk", ""]]}',
        b'{"clock": 1, "entries": [["kkkkkkkkkkkkkkkkkkkkkk", "?"]]}',
        json.dumps({"clock": 1, "entries": [["k" * 22, "A" * (LARGEST_ENTRY * 4 // 3 + 8)]]}).encode(),
        json.dumps({"clock": 1, "entries": [["k" * 22, "AAAA"]] * (MOST_ENTRIES + 1)}).encode(),
    ],
)
async def test_a_body_that_is_none_is_refused_whole(
    at_the_door: Door, installation: Installation, device: Device, body: bytes
) -> None:
    answer = await handed(at_the_door, device, body)

    assert (answer.status_code, answer.json()) == (400, {"because": "unreadable"})
    assert records(installation) == []


async def test_a_body_beyond_all_measure_is_not_read(at_the_door: Door, device: Device) -> None:
    assert (await handed(at_the_door, device, b"x" * 900_000)).status_code == 413


async def test_while_the_journal_is_away_nothing_is_acknowledged(installation: Installation, device: Device) -> None:
    know(installation, device)
    away = [True]

    def connect(path: object) -> object:
        if away:
            raise OSError("unable to open")
        return connect_sqlite(path)  # type: ignore[arg-type]

    async with open_door(installation, connect=connect) as door:  # type: ignore[arg-type]
        body = body_of(visit(device))
        answer = await handed(door, device, body)
        assert (answer.status_code, answer.json()) == (503, {"because": "later"})
        assert answer.headers["retry-after"]
        away.clear()
        assert (await handed(door, device, body)).status_code == 200
    assert len(records(installation)) == 1


async def test_a_revoked_device_may_hand_over_and_is_told(at_the_door: Door, installation: Installation, device: Device) -> None:
    know(installation, device, revoked=True)
    at_the_door.app.edge.shelf.look()

    answer = await handed(at_the_door, device, body_of(visit(device)))

    assert answer.json()["revoked"] is True
    assert len(records(installation)[0].entries) == 1


async def test_a_device_that_asks_all_the_time_is_told_to_wait(installation: Installation, device: Device) -> None:
    know(installation, device)
    async with open_door(installation, limits=LimitSettings(device_requests=2)) as door:
        statuses = [(await handed(door, device, body_of())).status_code for _ in range(4)]
        stranger = Device(device.seal_key, key="u" * 22)
        unknown = [(await handed(door, stranger, body_of())).status_code for _ in range(3)]

    assert statuses == [200, 200, 429, 429]
    assert unknown == [401, 401, 429]


async def test_the_page_is_strict_and_may_use_the_camera(at_the_door: Door) -> None:
    page = await at_the_door.client.get("/kiosk")
    policy = page.headers["content-security-policy"]

    assert page.status_code == 200
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "camera=(self)" in page.headers["permissions-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in page.headers


async def test_the_worker_keeps_all_that_the_page_needs_and_changes_with_it(
    at_the_door: Door, installation: Installation
) -> None:
    before = await at_the_door.client.get("/kiosk/worker.js")
    kept = json.loads(before.text.removeprefix("self.KEPT=").split(";", 1)[0])

    for path in kept:
        assert (await at_the_door.client.get(path)).status_code == 200, path
    page = (await at_the_door.client.get("/kiosk")).text
    for needed in ("/s/kiosk.js", "/s/kiosk.css", at_the_door.app.edge.now.pages.stylesheet_name):
        assert needed in page
        assert any(needed in path for path in kept)
    assert before.headers["service-worker-allowed"] == "/kiosk"

    installation.publish()
    at_the_door.app.edge.shelf.look()
    assert (await at_the_door.client.get("/kiosk/worker.js")).text == before.text


async def test_the_page_can_be_installed(at_the_door: Door) -> None:
    manifest = await at_the_door.client.get("/kiosk/manifest.webmanifest")

    assert manifest.headers["content-type"] == "application/manifest+json"
    assert manifest.json()["start_url"] == "/kiosk"
    assert (await at_the_door.client.get(manifest.json()["icons"][0]["src"])).status_code == 200


async def test_an_installed_page_has_icons_of_the_sizes_that_devices_ask_for(
    at_the_door: Door, installation: Installation
) -> None:
    assert 'rel="apple-touch-icon"' not in (await at_the_door.client.get("/kiosk")).text
    installation.app_icons = {side: f"icon-{side}.png" for side in ("180", "192", "512")}
    for name in installation.app_icons.values():
        (installation.folder.bundle / "files" / name).write_bytes(name.encode())
    installation.publish()
    at_the_door.app.edge.shelf.look()

    icons = (await at_the_door.client.get("/kiosk/manifest.webmanifest")).json()["icons"]
    assert [(icon["src"], icon["sizes"], icon["purpose"]) for icon in icons[:4]] == [
        (f"/s/icon-{side}.png", f"{side}x{side}", purpose) for side in ("192", "512") for purpose in ("any", "maskable")
    ]
    assert '<link rel="apple-touch-icon" href="/s/icon-180.png">' in (await at_the_door.client.get("/kiosk")).text
    for name in installation.app_icons.values():
        picture = await at_the_door.client.get(f"/s/{name}")
        assert (picture.content, picture.headers["content-type"]) == (name.encode(), "image/png")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/kiosk/other", 404), ("POST", "/kiosk/other", 404), ("GET", "/kiosk/entries", 404), ("POST", "/kiosk", 405)],
)
async def test_there_is_nothing_else(at_the_door: Door, method: str, path: str, status: int) -> None:
    assert (await at_the_door.client.request(method, path)).status_code == status


async def test_while_the_house_is_away_a_device_cannot_be_paired(at_the_door: Door) -> None:
    assert (await at_the_door.client.post("/kiosk/pair", json={"secret": "x" * 30, "public_key": "04"})).status_code == 503
