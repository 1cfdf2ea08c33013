"""A calculator as a visitor uses it on a phone: all on one page, with and without JavaScript, in both themes and languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from leadstone.project.demo.calculator import CALCULATOR
from leadstone.wire.bundle import PublishedMagnet, PublishedVersion
from leadstone.wire.pages.pages import STATIC
from tests.browser import browser
from tests.edge.installation import Installation
from tests.edge.serving import Serving, serving
from tests.edge.test_quiz_in_a_browser import looked_at

__all__ = ["browser"]

pytestmark = pytest.mark.browser

WORDS = {"pl": ("Zacznij", "Dalej"), "en": ("Start", "Next")}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    version = PublishedVersion(version_id=9, number=1, definition=CALCULATOR)
    magnet = PublishedMagnet(slug="calculator", magnet_id=2, versions=(version,))
    made = Installation(tmp_path_factory.mktemp("calculator"), magnets=[magnet])
    (made.root / "static").symlink_to(STATIC)
    made.publish()
    with serving(made) as running:
        yield running


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_filled_in_on_a_phone(browser: Browser, served: Serving, language: str, scripts: bool, theme: str) -> None:
    start, onward = WORDS[language]
    shown = browser.new_context(
        viewport={"width": 390, "height": 780}, java_script_enabled=scripts, color_scheme="dark" if theme == "dark" else "light"
    )
    page = shown.new_page()

    def look() -> None:
        # axe itself is a script: it looks where scripts run.
        if scripts:
            looked_at(page)

    page.goto(f"http://127.0.0.1:{served.port}/m/calculator?lang={language}")
    look()
    page.get_by_role("button", name=start).click()
    page.get_by_role("button", name=onward).wait_for()
    look()
    page.get_by_role("button", name=onward).click()
    page.get_by_role("alert").first.wait_for()
    look()
    page.get_by_label("Ile metrów kwadratowych ma dom?").fill("140,0")
    page.get_by_label("Bez ocieplenia, stare okna").check()
    page.get_by_label("Ściany i strop").check()
    page.get_by_label("Gazem ziemnym").focus()
    page.keyboard.press("Space")
    page.get_by_label("Tak", exact=True).check()
    page.keyboard.press("Enter")
    page.get_by_label("E-mail").fill(f"ann-{language}-{scripts}-{theme}@example.com")
    look()
    page.get_by_role("button", name="Wyślij mi wynik").click()

    page.wait_for_url("**/thanks/**")
    assert shown.cookies() == []
    shown.close()
