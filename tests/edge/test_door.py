"""What is true of every answer at the public door, and that the door stays open when the house behind it is shut."""

import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from leadstone.edge.answer import page_headers, page_policy
from leadstone.edge.app import FIXED, ROUTES, find_route
from leadstone.wire.records import LeftMarketing, PagesViewed
from tests.edge.door import Door, open_door
from tests.edge.installation import Installation
from tests.edge.serving import serving

pytestmark = pytest.mark.anyio

PAGES = ("/", "/m/guide", "/m/guide/thanks/abc", "/nothing", "/m/nothing", "/c/x", "/d/x", "/u/x", "/my/x")


def _token_in(text: str) -> str:
    return re.findall(r'name="token" value="([^"]+)"', text)[0]


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_sets_a_cookie_asks_a_third_party_or_may_be_framed_by_a_stranger(door: Door, path: str) -> None:
    """C10."""
    response = await door.client.get(path)
    policy = response.headers["content-security-policy"]

    assert "set-cookie" not in response.headers
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self' http://127.0.0.1:8111" in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in response.headers
    assert not re.findall(r"(?:src|href|action)=\"(?:https?:)?//(?!127\.0\.0\.1:8110)", response.text)
    assert "<script>" not in response.text
    assert " style=" not in response.text
    assert len(response.content) < 50_000


@pytest.mark.parametrize("path", ["/", "/m/guide", "/nothing", "/livez", "/robots.txt", "/u/x"])
async def test_a_head_is_a_get_without_its_body(door: Door, path: str) -> None:
    head, get = await door.client.head(path), await door.client.get(path)

    assert head.content == b""
    assert head.status_code == get.status_code
    assert set(head.headers) == set(get.headers)


async def test_every_route_refuses_other_methods_and_names_its_own(door: Door) -> None:
    for (first, third, length), methods in ROUTES.items():
        words = [first, "guide", third, "x"][:length]
        for method in ("PUT", "DELETE", "PATCH", "OPTIONS", *({"GET", "POST"} - methods.keys())):
            response = await door.client.request(method, "/" + "/".join(words))
            assert response.status_code == 405, (method, words)
            assert ("POST" in response.headers["allow"]) == ("POST" in methods)
    for path in FIXED:
        assert (await door.client.post(path)).status_code == 405


@pytest.mark.parametrize(
    ("path", "accepted", "expected"),
    [
        ("/nothing", "pl-PL,pl;q=0.9,en;q=0.5", "pl"),
        ("/nothing", "de,en;q=0.5,pl;q=0.1", "en"),
        ("/nothing", "en;q=0,pl", "pl"),
        ("/nothing", ";;q=x,,", "en"),
        ("/nothing?lang=pl", "en", "pl"),
        ("/nothing?lang=tlh", "pl", "pl"),
        ("/m/guide", "pl", "en"),
        ("/m/guide?lang=pl", "en", "pl"),
    ],
)
async def test_a_visitor_is_answered_in_a_language_that_they_read(door: Door, path: str, accepted: str, expected: str) -> None:
    response = await door.client.get(path, headers={"accept-language": accepted})

    assert f'<html lang="{expected}"' in response.text


async def test_odd_paths_are_not_found_and_break_nothing(door: Door) -> None:
    for path in ("/m", "/m/", "/m//thanks/x", "/m/guide/", "/m/guide/x", "/m/%00", "/m/" + "x" * 5000, "/%ff", "/c", "/s/"):
        assert (await door.client.get(path)).status_code == 404, path


async def test_the_quick_page_is_the_page(door: Door) -> None:
    """The pre-rendered answer to a plain GET has the same bytes and headers as the ordinary way to it."""
    quick = await door.client.get("/m/guide", headers={"referer": "https://news.example/"})
    ordinary = await door.client.get("/m/guide?x=1", headers={"referer": "https://news.example/"})

    assert quick.text.replace(_token_in(quick.text), "") == ordinary.text.replace(_token_in(ordinary.text), "")
    assert quick.headers == ordinary.headers


async def test_the_stylesheet_may_be_kept_for_ever(door: Door) -> None:
    page = await door.client.get("/m/guide")
    (path,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text)

    response = await door.client.get(path)

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in response.headers["cache-control"]


async def test_views_are_counted_by_version_and_source_and_machines_apart(installation: Installation) -> None:
    async with open_door(installation) as door:
        await door.client.get("/m/guide")
        await door.client.get("/m/guide?utm_source=letter&utm_medium=email")
        await door.client.get("/m/guide", headers={"referer": "https://news.example/x"})
        await door.client.get("/m/guide", headers={"user-agent": "Googlebot/2.1"})
        await door.client.get("/m/guide", headers={"sec-purpose": "prefetch"})
        await door.client.head("/m/guide")

    (record,) = installation.journaled()
    assert isinstance(record, PagesViewed)
    assert {(c.version_id, c.source, c.medium): (c.people, c.machines) for c in record.counts} == {
        (7, "", ""): (1, 2),
        (7, "letter", "email"): (1, 0),
        (7, "news.example", ""): (1, 0),
    }


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"List-Unsubscribe": "One-Click"}},
        {"files": {"List-Unsubscribe": (None, "One-Click")}},
        {"content": b""},
        {"content": b"\xff\xfe", "headers": {"content-type": "text/plain"}},
    ],
)
async def test_leaving_takes_one_post_in_any_wrapping(door: Door, installation: Installation, body: dict[str, object]) -> None:
    """K5, RFC 8058; a second one changes nothing, and so does one that nobody was sent."""
    token = installation.leave_token(days=-400)

    assert (await door.client.get(f"/u/{token}")).status_code == 200
    assert installation.journaled() == []
    first = await door.client.post(f"/u/{token}", **body)  # type: ignore[arg-type]
    second = await door.client.post(f"/u/{token}", **body)  # type: ignore[arg-type]
    unknown = await door.client.post("/u/unknown", **body)  # type: ignore[arg-type]

    records = installation.journaled()
    assert [r.status_code for r in (first, second, unknown)] == [200, 200, 200]
    assert first.text == unknown.text
    assert [type(record) for record in records] == [LeftMarketing, LeftMarketing]
    assert records[0].one_click == ("One-Click" in str(body))  # type: ignore[union-attr]


async def test_health_tells_of_a_committed_write(door: Door) -> None:
    assert (await door.client.get("/livez")).text == "alive\n"
    assert (await door.client.get("/readyz")).json() == {"ready": True, "bundle": "ok", "journal": "ok"}


async def test_looking_changes_no_state(door: Door, installation: Installation) -> None:
    """K1: no GET or HEAD leaves a record, whatever its address."""
    tokens = [installation.confirm_token(), installation.deliver_token(), installation.leave_token()]
    paths = [*PAGES, *(f"/{door_name}/{token}" for door_name, token in zip("cdu", tokens, strict=True))]
    for path in paths:
        await door.client.get(path)
        await door.client.head(path)
        await door.client.options(path)

    assert installation.journaled() == []


async def test_without_a_bundle_the_door_says_so_and_opens_when_one_comes(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    async with open_door(installation) as door:
        before = await door.client.get("/m/guide")
        ready = await door.client.get("/readyz")
        installation.publish()
        door.app.edge.shelf.look()
        after = await door.send()

    assert before.status_code == 503
    assert "retry-after" in before.headers
    assert ready.status_code == 503
    assert after.status_code == 303


async def test_a_broken_bundle_leaves_the_last_good_one_in_place(door: Door, installation: Installation) -> None:
    (installation.folder.bundle / "manifest.json").write_text('{"revision": ')
    door.app.edge.shelf.look()

    assert (await door.client.get("/m/guide")).status_code == 200


async def test_while_the_portal_is_down_its_pages_say_later_and_forms_go_on(door: Door) -> None:
    portal = await door.client.get("/my/some-token")
    code = await door.client.post("/m/guide/thanks/abc", data={"code": "123456"})

    assert (portal.status_code, code.status_code) == (503, 503)
    assert "retry-after" in portal.headers
    assert (await door.send()).status_code == 303


async def test_the_portal_is_asked_with_the_door_key_and_without_cookies(installation: Installation) -> None:
    asked: list[httpx.Request] = []

    def portal(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, text="yours", headers={"set-cookie": "a=b", "x-kept": "1"})

    async with open_door(installation) as door:
        door.app.edge.portal._client = httpx.AsyncClient(transport=httpx.MockTransport(portal))
        response = await door.client.post(
            "/my/token?x=1",
            data={"a": "b"},
            headers={"cookie": "c=d", "x-leadstone-door": "forged", "x-forwarded-for": "6.6.6.6"},
        )

    (request,) = asked
    key = (installation.folder.keys / "door.key").read_text()
    assert (request.method, request.url.raw_path, request.content) == ("POST", b"/my/token?x=1", b"a=b")
    assert request.headers.get_list("x-leadstone-door") == [key]
    assert request.headers["x-forwarded-for"] == "192.0.2.0"
    assert "cookie" not in request.headers
    assert (response.text, response.headers["x-kept"]) == ("yours", "1")
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize(("status", "kind", "text"), [(404, "text/plain", "Not found"), (403, "text/html", "")])
async def test_where_the_portal_refuses_without_a_page_the_visitor_gets_one_that_they_can_read(
    installation: Installation, status: int, kind: str, text: str
) -> None:
    def portal(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, text=text, headers={"content-type": kind})

    async with open_door(installation) as door:
        door.app.edge.portal._client = httpx.AsyncClient(transport=httpx.MockTransport(portal))
        response = await door.client.get("/my/nothing/here", headers={"accept-language": "pl"})

    assert response.status_code == status
    assert '<html lang="pl"' in response.text


async def test_a_page_of_the_portal_that_says_no_arrives_as_it_is(installation: Installation) -> None:
    async with open_door(installation) as door:
        page = httpx.MockTransport(lambda request: httpx.Response(422, html="<h1>Not the digits</h1>"))
        door.app.edge.portal._client = httpx.AsyncClient(transport=page)
        response = await door.client.post("/m/guide/thanks/abc", data={"code": "1"})

    assert (response.status_code, response.text) == (422, "<h1>Not the digits</h1>")


@pytest.mark.parametrize("target", ["*", "", "guide"])
def test_a_request_target_that_is_no_path_leads_nowhere(target: str) -> None:
    assert find_route(target) is None


@pytest.mark.parametrize("secure", [True, False])
async def test_only_a_secure_address_asks_browsers_to_stay_secure(secure: bool) -> None:
    names = {name for name, _ in page_headers(policy=page_policy(studio_url=""), secure=secure)}

    assert (b"strict-transport-security" in names) is secure


@pytest.mark.slow
def test_a_fresh_edge_process_knows_no_django_and_opens_no_database(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.publish()
    script = (
        "import sys; from leadstone.project import edge_app; "
        "bad = [m for m in sys.modules if m.split('.')[0] == 'django' or m.startswith(('leadstone.infra', 'leadstone.flows'))]; "
        "sys.exit(str(bad) if bad else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env={"LEADSTONE_DATA": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

    with serving(installation) as served:
        assert served.get("/m/guide").status == 200
        assert served.get("/readyz").status == 200
        assert served.process is not None
        opened = [
            str(handle.readlink())
            for process in [served.process.pid, *_children(served.process.pid)]
            for handle in Path(f"/proc/{process}/fd").iterdir()
            if handle.exists()
        ]
    assert any("journal.sqlite3" in path for path in opened)
    assert not any(str(installation.folder.database) in path for path in opened)
    assert not installation.folder.database.exists()


def _children(pid: int) -> list[int]:
    found = [int(child) for task in Path(f"/proc/{pid}/task").glob("*/children") for child in task.read_text().split()]
    return found + [deeper for child in found for deeper in _children(child)]
