"""The pages as people meet them: with eyes, a keyboard, a screen reader, a small phone, and without JavaScript."""

import base64
import json
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from leadstone.edge.proof_of_work import ProofOfWork
from leadstone.edge.state import EdgeState
from leadstone.kernel.language import Language
from tests.pages.gallery import brand, galleries, hosted

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# The other pages of these families differ by words alone; what their markup is, `test_every_page` looks at.
_SAME_LOOK = ("problem-", "closed-", "delivery-", "magnet-later", "magnet-unsaved")
_SEEN_ANYWAY = {"problem-404", "closed-expired", "closed-unknown", "delivery-no"}
NAMES = [name for name in sorted(galleries()[Language.ENGLISH].all()) if name in _SEEN_ANYWAY or not name.startswith(_SAME_LOOK)]
# Hard to correct, each in its own way: too light, too dark, too grey.
COLOURS = ("#ffd400", "#101010", "#8a8a8a")


def _open(browser: Browser, address: str, *, width: int = 1280, theme: str = "light", scripts: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, java_script_enabled=scripts, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address)
    return page


def _complaints(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found.response["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", list(Language))
def test_axe_finds_nothing_on_any_page(browser: Browser, host: str, language: Language, theme: str) -> None:
    page = _open(browser, f"{host}/{language}/index", theme=theme)
    found = {}
    for name in NAMES:
        page.goto(f"{host}/{language}/{name}")
        found[name] = _complaints(page)
    page.context.close()

    assert {name: complaints for name, complaints in found.items() if complaints} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", COLOURS)
def test_axe_finds_nothing_in_any_colour_of_a_company(browser: Browser, colour: str, theme: str) -> None:
    found = {}
    with hosted(brand(colour=colour)) as host:
        page = _open(browser, f"{host}/en/index", theme=theme)
        for name in ("index", "magnet", "magnet-errors", "thanks", "delivery"):
            page.goto(f"{host}/en/{name}")
            found[name] = _complaints(page)
        page.context.close()

    assert {name: complaints for name, complaints in found.items() if complaints} == {}


@pytest.mark.parametrize("width", [320, 801, 1440])
def test_no_page_scrolls_sideways(browser: Browser, host: str, width: int) -> None:
    page = _open(browser, f"{host}/pl/index", width=width)
    wide = []
    for language in Language:
        for name in NAMES:
            page.goto(f"{host}/{language}/{name}")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append(f"{language}/{name}")
    page.context.close()

    assert wide == []


def test_a_page_asks_for_its_style_once_sets_no_cookie_and_calls_nobody_else(browser: Browser, host: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.resource_type, request.url)))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    page.goto(f"{host}/pl/magnet")
    page.wait_for_load_state("networkidle")

    assert [kind for kind, _ in asked].count("stylesheet") == 1
    assert {kind for kind, _ in asked} <= {"document", "stylesheet", "font", "image", "other"}
    assert all(url.startswith(host) for _, url in asked)
    assert context.cookies() == []
    assert complaints == []
    context.close()


def test_everything_works_by_keyboard_and_the_focus_is_seen(browser: Browser, host: str) -> None:
    page = _open(browser, f"{host}/en/magnet")
    seen = []
    for _ in range(9):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.name || document.activeElement.innerText"))
        ring = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
        assert ring != "none", seen[-1]
    page.context.close()

    assert seen[0] == "Skip to the content"
    assert [each for each in seen if each in {"f-email", "f-name", "consent", "Send me the guide"}] == [
        "f-email",
        "f-name",
        "consent",
        "Send me the guide",
    ]
    assert "website" not in seen


def test_the_trap_cannot_be_seen(browser: Browser, host: str) -> None:
    page = _open(browser, f"{host}/en/magnet")

    box = page.locator("input[name=website]").bounding_box()

    assert box is not None
    assert box["x"] + box["width"] < 0
    page.context.close()


def test_on_a_phone_the_form_and_the_exchange_come_before_the_proof(browser: Browser, host: str) -> None:
    page = _open(browser, f"{host}/en/magnet", width=390)
    tops = page.evaluate(
        "['.pitch', '.exchange', '.more'].map((name) => document.querySelector(name).getBoundingClientRect().top)"
    )
    page.context.close()

    assert tops == sorted(tops)


def test_the_script_solves_what_the_edge_asks_and_a_proof_counts_once(browser: Browser, tmp_path: Path) -> None:
    state = EdgeState(tmp_path / "state.sqlite3", key=b"s" * 32)
    proofs = ProofOfWork(state, key=b"k" * 32)
    with hosted() as host:
        page = _open(browser, f"{host}/en/magnet-pressure")
        page.route("**/en/solve", lambda route: route.fulfill(body=_asking(proofs.challenge()), content_type="text/html"))
        page.route("**/m/guide*", lambda route: route.fulfill(body="sent", content_type="text/html"))
        page.goto(f"{host}/en/solve")
        page.fill("#f-email", "ann@example.com")
        with page.expect_request("**/m/guide*", timeout=60_000) as sent:
            page.click("button.primary")
        proof = _posted(sent.value.post_data or "")["proof"]
        page.context.close()

    assert json.loads(base64.b64decode(proof))["solution"]
    assert proofs.accept(proof)
    assert not proofs.accept(proof)


def test_without_javascript_the_form_is_sent_all_the_same(browser: Browser, host: str) -> None:
    page = _open(browser, f"{host}/en/magnet-pressure", scripts=False)
    page.route("**/m/guide*", lambda route: route.fulfill(body="sent", content_type="text/html"))
    page.fill("#f-email", "ann@example.com")
    with page.expect_request("**/m/guide*") as sent:
        page.click("button.primary")
    posted = _posted(sent.value.post_data or "")
    page.context.close()

    assert (posted["email"], posted["proof"]) == ("ann@example.com", "")


def _asking(challenge: str) -> str:
    return galleries()[Language.ENGLISH].magnet(challenge=challenge)


def _posted(body: str) -> dict[str, str]:
    return dict(parse_qsl(body, keep_blank_values=True))
