"""The pages of times on a phone, in both languages and themes: what axe says of them, and that nothing stands sideways."""

from collections.abc import Mapping
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from leadstone.domains.bookings import services
from leadstone.domains.bookings.models import Booking, Host
from leadstone.domains.bookings.rules import By
from leadstone.flows.booking_links import Act, path_of
from leadstone.kernel.language import Language
from leadstone.portal.frame import pages
from leadstone.wire.pages.pages import STATIC
from tests.bookings.conftest import SLUG, Booker
from tests.bookings.test_the_offer_of_times import prove
from tests.browser import browser
from tests.worker.conftest import House

__all__ = ["browser"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WEDNESDAY, THURSDAY = "2026-03-04T08:00Z", "2026-03-05T09:00Z"
FORM = f"/book/{SLUG}/form?at={THURSDAY}"
LOOKS: tuple[tuple[Language, Literal["light", "dark"]], ...] = ((Language.ENGLISH, "light"), (Language.POLISH, "dark"))
HOST = "http://warm.example"


def every_page(house: House, booker: Booker) -> dict[str, str]:
    """Each page that somebody meets on the way, in both languages, by language and what it is."""
    visitor, made = booker.visitor, dict[str, str]()

    def look(name: str, path: str, posted: dict[str, str] | None = None) -> None:
        for language in Language:
            here = f"{path}{'&' if '?' in path else '?'}lang={language}"
            made[f"{language}/{name}"] = (visitor.get(here) if posted is None else visitor.post(here, posted))[1]

    look("times", f"/book/{SLUG}")
    look("form", FORM)
    token = booker.token()
    assert booker.send(token=token)[0] == 303
    look("wrong", FORM, {"email": "nobody", "token": booker.token(THURSDAY)})
    look("taken", FORM, {"email": "bob@home.example", "token": booker.token(THURSDAY), "at": WEDNESDAY})
    house.work()
    prove(house)
    booking = Booking.objects.get()
    look("move", path_of(Act.MOVE, booking.key))
    look("cancel", path_of(Act.CANCEL, booking.key))
    assert services.cancel(booking.pk, by=By.HOST, now=visitor.now)
    look("over", path_of(Act.MOVE, booking.key))
    look("again", path_of(Act.AGAIN, booking.key))
    look("given-back", FORM, {"email": "ann@home.example", "token": token, "at": WEDNESDAY})
    Host.objects.update(weight=0)
    look("none-free", f"/book/{SLUG}")
    return made


def serve(page: Page, made: dict[str, str], assets: Mapping[str, str]) -> None:
    """Answer with these pages, and with the styles that they ask for."""

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(f"{HOST}/")
        asset = name.removeprefix("s/")
        if asset in assets:
            route.fulfill(body=assets[asset], content_type="text/css" if asset.endswith("css") else "image/svg+xml")
        elif asset != name:
            route.fulfill(path=STATIC / asset)
        else:
            route.fulfill(body=made[name], content_type="text/html; charset=utf-8")

    page.route(f"{HOST}/**", answer)


def test_axe_finds_nothing_on_the_way_to_a_booking_and_back(house: House, booker: Booker, request: pytest.FixtureRequest) -> None:
    made = every_page(house, booker)
    renderer = pages()
    assert renderer is not None
    assets = renderer.made
    chromium: Browser = request.getfixturevalue("browser")  # only now: as long as it lives, nothing is written to the journal
    found: dict[str, object] = {}
    for language, theme in LOOKS:
        context = chromium.new_context(viewport={"width": 390, "height": 844}, color_scheme=theme, reduced_motion="reduce")
        page = context.new_page()
        serve(page, made, assets)
        for name in (each for each in made if each.startswith(language)):
            page.goto(f"{HOST}/{name}")
            expect(page.locator("html")).to_have_attribute("lang", language)
            expect(page.locator("h1")).to_be_visible()
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            violations = Axe().run(page).response["violations"]
            told = [(each["id"], [node["html"][:120] for node in each["nodes"]]) for each in violations]
            found[f"{theme}: {name}"] = ["wide"] * wide + told
        context.close()

    assert {name: complaints for name, complaints in found.items() if complaints} == {}
