"""A sample's form and the pages of limited offers on a phone, in both languages and themes, and what axe says of them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from leadstone.project.demo.sample import SAMPLE
from leadstone.wire.bundle import Counters, PublishedMagnet, PublishedVersion
from leadstone.wire.definition import Availability, with_availability
from leadstone.wire.pages.pages import STATIC
from leadstone.wire.records import SubmissionReceived
from tests.browser import browser
from tests.edge.installation import Installation
from tests.edge.serving import Serving, serving

__all__ = ["browser"]

pytestmark = pytest.mark.browser

NOW = datetime.now(UTC)
OFFERS = {
    "sample": Availability(waiting=True, shows_left=True),
    "line": Availability(waiting=True),
    "soon": Availability(opens_at=NOW + timedelta(days=3), closes_at=NOW + timedelta(days=9), zone="Europe/Warsaw"),
    "over": Availability(closes_at=NOW - timedelta(days=1), zone="Europe/Warsaw"),
    "taken": Availability(cap=5),
}
LEFT = {"sample": 7, "line": 0, "taken": 0}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    magnets = [
        PublishedMagnet(
            slug=slug,
            magnet_id=number,
            versions=(PublishedVersion(version_id=number, number=1, definition=with_availability(SAMPLE, limits)),),
        )
        for number, (slug, limits) in enumerate(OFFERS.items(), start=1)
    ]
    installation = Installation(tmp_path_factory.mktemp("offers"), magnets=magnets)
    (installation.root / "static").symlink_to(STATIC)
    installation.publish()
    numbers = {slug: str(number) for number, slug in enumerate(OFFERS, start=1)}
    counters = Counters(left={numbers[slug]: left for slug, left in LEFT.items()})
    installation._replace("counters.json", msgspec.json.encode(counters))
    return installation


@pytest.fixture(scope="module")
def served(made: Installation) -> Iterator[Serving]:
    with serving(made) as running:
        yield running


def looked_at(page: Page) -> None:
    """Nothing to object to: not for whoever cannot see, not on a phone."""
    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("slug", OFFERS)
def test_every_state_of_an_offer_is_readable(browser: Browser, served: Serving, slug: str, theme: str, language: str) -> None:
    shown = browser.new_context(viewport={"width": 390, "height": 780}, color_scheme="dark" if theme == "dark" else "light")
    page = shown.new_page()
    page.goto(f"http://127.0.0.1:{served.port}/m/{slug}?lang={language}")

    looked_at(page)
    assert (page.locator("form").count() > 0) == (slug in {"sample", "line"})
    shown.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_sample_is_asked_for_by_keyboard_with_and_without_scripts(
    browser: Browser, served: Serving, made: Installation, scripts: bool
) -> None:
    before = sum(isinstance(record, SubmissionReceived) for record in made.journaled())
    shown = browser.new_context(viewport={"width": 390, "height": 780}, java_script_enabled=scripts)
    page = shown.new_page()
    page.goto(f"http://127.0.0.1:{served.port}/m/sample?lang=pl")
    page.get_by_label("E-mail").fill("ann@home.example")
    page.get_by_label("Ulica, dom i mieszkanie").fill("Piękna 12 m. 3")
    page.get_by_label("Kod pocztowy").fill("0054")
    page.get_by_label("Kod pocztowy").press("Enter")
    page.get_by_role("alert").wait_for()
    expect(page.locator("#e-postcode")).to_contain_text("00-549")
    expect(page.get_by_label("Ulica, dom i mieszkanie")).to_have_value("Piękna 12 m. 3")
    if scripts:
        looked_at(page)
    page.get_by_label("Imię i nazwisko").fill("Ann Żółw")
    page.get_by_label("Miejscowość").fill("Warszawa")
    page.get_by_label("Kod pocztowy").fill("00549")
    page.get_by_label("Kod pocztowy").press("Enter")
    page.get_by_role("heading", name="Zajrzyj do skrzynki").wait_for()

    sent = [record for record in made.journaled() if isinstance(record, SubmissionReceived)]
    assert len(sent) == before + 1
    assert sent[-1].answers["postcode"] == "00-549"
    shown.close()
