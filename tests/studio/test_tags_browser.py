"""Tags in Chromium: by keyboard alone, with and without JavaScript, and at the width of a phone."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.contacts import services as people
from leadstone.domains.contacts.rules import Tagged, TagSource
from tests.cast import MONDAY, Visitor, staff
from tests.studio.test_browser import enter, problems

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True)
class Studio:
    """A running studio with a person whom an answer calls something long."""

    address: str
    context: BrowserContext
    user: User
    who: Visitor

    def look(self, *, language: str = "en", theme: str = "light", width: int = 1440) -> Page:
        User.objects.filter(pk=self.user.pk).update(language=language, theme=theme)
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        return page

    @property
    def card(self) -> str:
        return f"{self.address}/leads/{self.who.lead_id}"


@pytest.fixture
def studio(live_server: LiveServer, company: None, browser: Browser, ann: Visitor) -> Iterator[Studio]:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    answer = Tagged(contact_id=ann.contact_id, names=["W" * 30, "Gas"], source=TagSource.ANSWER, said_ref=ann.ref)
    people.tag_people([answer], now=MONDAY)
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        user = staff("Ada", Role.ADMIN)
        context = browser.new_context(timezone_id="Europe/Warsaw", reduced_motion="reduce")
        enter(context, user, live_server.url)
        yield Studio(live_server.url, context, user, ann)
        context.close()


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("pl", "light")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(studio: Studio, language: str, theme: str) -> None:
    page = studio.look(language=language, theme=theme)
    found: list[str] = []
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for path in (f"/leads/{studio.who.lead_id}", f"/companies/people/{studio.who.contact_id}", "/leads/?tag=gas"):
            page.goto(studio.address + path)
            if "tag=" in path:
                page.locator("form.filters details > summary").press("Enter")
                expect(page.get_by_role("textbox", name="Tag")).to_have_value("gas")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, path)
            found += problems(page)

    assert found == []


def test_by_keyboard_alone_tags_come_go_and_come_back_and_find_their_people(studio: Studio) -> None:
    page = studio.look()
    page.goto(studio.card)
    tags = page.get_by_role("group", name="Tags")
    field = page.get_by_label("New tag")
    for word in ("Dach płaski", "Sąsiad"):
        field.focus()
        page.keyboard.type(word)
        page.keyboard.press("Enter")
        expect(tags.get_by_role("link", name=word)).to_be_visible()
        expect(field).to_be_focused()
    expect(tags.locator("small").last).to_have_text("said by Ada")

    tags.get_by_role("button", name="Remove the tag Gas").press("Enter")
    expect(tags.get_by_role("link", name="Gas")).to_have_count(0)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(tags.get_by_role("link", name="Gas")).to_be_visible()

    tags.get_by_role("link", name="Dach płaski").press("Enter")
    expect(page).to_have_url(f"{studio.address}/leads/?tag=Dach%20p%C5%82aski")
    expect(page.locator("#rows tbody tr")).to_have_count(1)
    expect(page.locator("#rows .words")).to_contain_text("+1")


def test_without_scripts_a_tag_is_added_and_an_odd_one_refused_in_words(studio: Studio, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    enter(context, studio.user, studio.address)
    page = context.new_page()
    page.goto(studio.card)
    page.get_by_label("New tag").fill("one, two")
    page.get_by_role("group", name="Tags").get_by_role("button", name="Add").click()
    expect(page.get_by_text("One tag at a time, of at most 30 letters, without commas.")).to_be_visible()
    page.get_by_label("New tag").fill("Neighbour")
    page.get_by_role("group", name="Tags").get_by_role("button", name="Add").click()
    expect(page.get_by_role("link", name="Neighbour")).to_be_visible()
    context.close()
