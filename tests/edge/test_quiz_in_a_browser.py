"""A quiz as a visitor takes it on a phone: with and without JavaScript, in both languages, by keyboard too."""

import re
from collections.abc import Iterator
from uuid import uuid4

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from leadstone.domains.magnets.kind import encode_finding
from leadstone.domains.magnets.kinds.quiz import find
from leadstone.project.demo.quiz import QUIZ
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.pages.pages import STATIC
from leadstone.wire.records import SubmissionReceived
from leadstone.wire.tokens import mint_deliver
from tests.browser import browser
from tests.edge.installation import Installation, _in
from tests.edge.serving import Serving, serving

__all__ = ["browser"]

pytestmark = pytest.mark.browser

WORDS = {"pl": ("Zacznij", "Dalej", "Wyślij mi wynik"), "en": ("Start", "Next", "Wyślij mi wynik")}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    version = PublishedVersion(version_id=9, number=1, definition=msgspec.structs.replace(QUIZ))
    made = Installation(tmp_path_factory.mktemp("quiz"), magnets=[PublishedMagnet(slug="quiz", magnet_id=2, versions=(version,))])
    (made.root / "static").symlink_to(STATIC)
    made.publish()
    with serving(made) as running:
        yield running


def looked_at(page: Page) -> None:
    """Nothing to object to: not for whoever cannot see, not on a phone."""
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_quiz_is_taken_from_the_first_screen_to_the_mailbox(
    browser: Browser, served: Serving, language: str, scripts: bool, theme: str
) -> None:
    start, onward, send = WORDS[language]
    shown = browser.new_context(
        viewport={"width": 390, "height": 780}, java_script_enabled=scripts, color_scheme="dark" if theme == "dark" else "light"
    )
    page = shown.new_page()
    strangers: list[str] = []
    page.on("request", lambda request: strangers.append(request.url) if f":{served.port}/" not in request.url else None)

    def look() -> None:
        # axe itself is a script: it looks where scripts run.
        if scripts:
            looked_at(page)

    page.goto(f"http://127.0.0.1:{served.port}/m/quiz?lang={language}")
    look()
    page.get_by_role("button", name=start).click()
    page.get_by_role("button", name=onward).click()
    page.get_by_role("alert").wait_for()
    look()
    page.get_by_label("Starszy").check()
    page.get_by_role("button", name=onward).click()
    page.get_by_label("Ściany").check()
    page.get_by_label("Dach albo strop").check()
    look()
    page.get_by_role("button", name=onward).click()
    page.get_by_label("Samymi grzejnikami").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_label("4", exact=True).check()
    look()
    page.get_by_role("button", name=onward).click()
    page.get_by_role("heading", name="Co Cię najbardziej zastanawia?").wait_for()
    look()
    page.get_by_role("button", name=onward).click()
    page.get_by_label("E-mail").fill(f"ann-{language}-{scripts}-{theme}@example.com")
    look()
    page.get_by_role("button", name=send).click()

    page.wait_for_url("**/thanks/**")
    look()
    assert shown.cookies() == []
    assert strangers == []
    shown.close()
    records = [each for each in served.installation.journaled() if isinstance(each, SubmissionReceived)]
    assert records[-1].answers["q.walls"] == "walls roof"
    assert records[-1].language == language


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_of_the_result_is_whole(browser: Browser, served: Serving, theme: str) -> None:
    code = encode_finding(find(QUIZ, {"q.stage": "new", "q.walls": "walls roof", "q.flow": "floor", "q.warm": "4"}))
    token = mint_deliver(served.installation.signer, grant_key=uuid4(), version_id=9, expires_at=_in(3), result=code)
    shown = browser.new_context(viewport={"width": 390, "height": 780}, color_scheme="dark" if theme == "dark" else "light")
    page = shown.new_page()

    page.goto(f"http://127.0.0.1:{served.port}/d/{token}")

    expect(page.get_by_role("heading", name="Gotowy", exact=True)).to_be_visible()
    looked_at(page)
    shown.close()


def test_with_scripts_the_questions_follow_on_one_page_and_back_gives_what_was_chosen(browser: Browser, served: Serving) -> None:
    shown = browser.new_context(viewport={"width": 390, "height": 780})
    page = shown.new_page()
    page.goto(f"http://127.0.0.1:{served.port}/m/quiz")
    page.evaluate("window.same = true")

    page.get_by_role("button", name="Zacznij").click()
    first = page.get_by_role("heading", name="Na jakim etapie jest dom?")
    expect(first).to_be_focused()
    page.get_by_role("button", name="Dalej").click()
    page.get_by_role("alert").wait_for()
    expect(page.locator("[aria-invalid=true]:focus")).to_have_count(1)
    page.get_by_label("Starszy").check()
    page.get_by_role("button", name="Dalej").click()
    page.get_by_role("heading", name="Co jest ocieplone?").wait_for()
    expect(page).to_have_title(re.compile("Pytanie 2"))

    page.go_back()
    page.get_by_role("heading", name="Na jakim etapie jest dom?").wait_for()
    expect(page.get_by_label("Starszy")).to_be_checked()
    page.go_forward()
    page.get_by_role("heading", name="Co jest ocieplone?").wait_for()
    assert page.evaluate("window.same")
    source = page.evaluate("document.documentElement.outerHTML")
    assert "Gotowy" not in source
    assert "Jak ciepło jest w domu" not in source
    shown.close()


def test_where_the_network_fails_the_browser_itself_says_so_and_nothing_is_lost(browser: Browser, served: Serving) -> None:
    shown = browser.new_context(viewport={"width": 390, "height": 780})
    page = shown.new_page()
    page.goto(f"http://127.0.0.1:{served.port}/m/quiz")
    failed: list[str] = []
    page.route("**/m/quiz*", lambda route: failed.append("x") or route.abort() if not failed else route.continue_())

    page.get_by_role("button", name="Zacznij").click()

    page.get_by_role("heading", name="Na jakim etapie jest dom?").wait_for()
    assert failed == ["x"]
    shown.close()
