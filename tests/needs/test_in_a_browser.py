"""Needs, kept promises and the life of a magnet in Chromium: axe in both languages and themes, nothing sideways, plain forms."""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.needs import queries, services
from tests.cast import Guide, ask, published, staff
from tests.needs.test_studio import fallen
from tests.needs.test_themes import BILLS, NOISE
from tests.studio.conftest import company
from tests.studio.test_browser import enter, problems

__all__ = ["company"]

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def plain_files() -> Iterator[None]:
    """The test server finds built files by their plain names; hashes are looked at elsewhere."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


@pytest.fixture
def ada(company: None) -> User:
    return staff("Ada", Role.ADMIN)


@pytest.fixture
def guide(ada: User) -> Guide:
    made = published("guide", title="Choosing a roof", promise="Tiles and their prices.")
    Magnet.objects.filter(pk=made.magnet_id).update(draft=msgspec.to_builtins(made.definition), created_by=ada)
    published("poradnik", language="pl", title="Wybór dachu")
    now = datetime.now(UTC)
    for n, text in enumerate((*BILLS, *NOISE)):
        ask(made, f"p{n}@example.com", now=now, question=text)
    fallen(made)
    services.listen(now=now)
    services.gather(now=now)
    return made


@pytest.fixture
def studio(live_server: LiveServer, browser: Browser, ada: User, guide: Guide) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url, timezone_id="Europe/Warsaw", reduced_motion="reduce")
    enter(context, ada, live_server.url)
    yield context
    context.close()


def look(studio: BrowserContext, ada: User, *, language: str = "en", theme: str = "light", width: int = 1280) -> Page:
    User.objects.filter(pk=ada.pk).update(language=language, theme=theme)
    page = studio.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    return page


def paths(guide: Guide) -> list[str]:
    theme = queries.themes(now=datetime.now(UTC))[0].theme_id
    place = f"/magnets/{guide.magnet_id}"
    return ["/needs/", "/needs/?q=nowhere", f"/needs/{theme}", "/needs/loose", f"{place}/promise", f"{place}/", "/"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_axe_finds_nothing_and_nothing_stands_sideways(
    studio: BrowserContext, ada: User, guide: Guide, language: str, theme: str
) -> None:
    found: list[str] = []
    for width in (1280, 390):
        page = look(studio, ada, language=language, theme=theme, width=width)
        for path in paths(guide):
            page.goto(path)
            assert page.get_attribute("html", "lang") == language
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            found += problems(page)
        page.close()

    assert found == []


def test_a_theme_is_put_right_by_keyboard_alone(studio: BrowserContext, ada: User, guide: Guide) -> None:
    page = look(studio, ada)
    page.goto("/needs/")
    page.get_by_role("link", name="Electricity").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Name").fill("What heating costs")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("What heating costs")


def test_a_link_to_a_draft_is_copied_with_and_without_scripts(
    studio: BrowserContext, ada: User, guide: Guide, browser: Browser, live_server: LiveServer
) -> None:
    studio.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    page = look(studio, ada)
    page.goto(f"/magnets/{guide.magnet_id}/")
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A link to the draft")
    assert problems(page) == []
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.get_by_label("The address").input_value()

    plain = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    enter(plain, ada, live_server.url)
    bare = plain.new_page()
    bare.goto(f"/magnets/{guide.magnet_id}/")
    bare.get_by_role("button", name="Make another").click()
    expect(bare.get_by_role("heading", level=1)).to_have_text("A link to the draft")
    expect(bare.get_by_role("button", name="Copy")).to_be_hidden()
    plain.close()
