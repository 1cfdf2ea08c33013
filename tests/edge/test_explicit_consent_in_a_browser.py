"""A question that the law protects, on a phone: with and without JavaScript, in both languages, by keyboard."""

import os
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.pages.pages import STATIC
from leadstone.wire.records import SubmissionReceived
from tests.browser import browser
from tests.edge.installation import Installation
from tests.edge.serving import Serving, serving
from tests.magnets.guarded import WORDS
from tests.magnets.keeping import WHY, keeping

__all__ = ["browser"]

pytestmark = pytest.mark.browser

BUTTONS = {
    "pl": ("Zacznij", "Dalej", "Odpowiadam, dalej", "Wolę nie mówić"),
    "en": ("Start", "Next", "Answer and go on", "I would rather not say"),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    version = PublishedVersion(version_id=9, number=1, definition=keeping())
    made = Installation(
        tmp_path_factory.mktemp("asked"), magnets=[PublishedMagnet(slug="quiz", magnet_id=2, versions=(version,))]
    )
    (made.root / "static").symlink_to(STATIC)
    made.publish()
    with serving(made) as running:
        yield running


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(("language", "theme"), [("pl", "light"), ("en", "dark")])
def test_it_is_answered_under_a_tick_or_left_out_as_easily(
    browser: Browser, served: Serving, language: str, theme: str, scripts: bool
) -> None:
    start, onward, answer, skip = BUTTONS[language]
    shown = browser.new_context(
        viewport={"width": 390, "height": 780}, java_script_enabled=scripts, color_scheme="dark" if theme == "dark" else "light"
    )
    page = shown.new_page()

    def look(name: str) -> None:
        if scripts:  # axe itself is a script
            assert Axe().run(page).response["violations"] == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if os.environ.get("PICTURES"):
            page.screenshot(path=f"{os.environ['PICTURES']}/{name}-{language}-{theme}-{scripts}.png", full_page=True)

    page.goto(f"http://127.0.0.1:{served.port}/m/quiz?lang={language}")
    expect(page.get_by_text(WHY)).to_be_visible()
    look("start")
    page.get_by_role("button", name=start).click()
    page.get_by_label("Zbudowany po 2010 roku").check()
    page.get_by_role("button", name=onward, exact=True).click()
    box = page.get_by_label(WORDS)
    expect(box).not_to_be_checked()
    expect(page.get_by_text(WHY)).to_be_visible()
    same = [page.get_by_role("button", name=name).bounding_box() for name in (answer, skip)]
    assert same[0] is not None
    assert same[1] is not None
    assert (same[0]["width"], same[0]["height"]) == (same[1]["width"], same[1]["height"])
    look("asked")

    page.get_by_label("Tak").check()
    page.get_by_role("button", name=answer).click()
    expect(page.get_by_role("alert")).to_be_visible()
    if scripts:
        expect(box).to_be_focused()
    look("refused")
    box.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name=answer).click()
    expect(page.get_by_label("Ściany")).to_be_visible()
    page.get_by_role("button", name="Wstecz" if language == "pl" else "Back").click()
    expect(box).to_be_checked()

    page.get_by_role("button", name=skip).click()
    expect(page.get_by_label("Ściany")).to_be_visible()
    page.get_by_label("Ściany").check()
    page.get_by_role("button", name=onward, exact=True).click()
    page.get_by_label("Podłogówką w całym domu").check()
    page.get_by_role("button", name=onward, exact=True).click()
    page.get_by_label("4", exact=True).check()
    page.get_by_role("button", name=onward, exact=True).click()
    page.get_by_role("button", name=onward, exact=True).click()
    address = f"ann-{language}-{scripts}@example.com"
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name="Wyślij mi wynik").click()
    expect(page).to_have_url(re.compile("/thanks/"))
    assert shown.cookies() == []
    sent = [each for each in served.installation.journaled() if isinstance(each, SubmissionReceived)]
    (form,) = [each for each in sent if each.answers["email"] == address]
    assert not any("asthma" in name for name in form.answers)
    shown.close()
