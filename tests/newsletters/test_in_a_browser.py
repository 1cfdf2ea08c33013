"""Letters in Chromium: written by keyboard, saved by themselves, looked at by axe on a phone and a desk; nothing in them runs."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.newsletters.models import Issue
from leadstone.domains.newsletters.services import writing
from leadstone.domains.newsletters.services.writing import Draft
from leadstone.wire.bundle import PublishedIssue, PublishedMagnet, PublishedVersion
from leadstone.wire.letter_body import read_body
from leadstone.wire.pages.pages import STATIC
from tests.browser import browser
from tests.cast import staff
from tests.edge.serving import Serving, serving
from tests.newsletters.making import BODY, newsletter_definition, published_newsletter
from tests.newsletters.test_the_public_archive import News, issue
from tests.studio.conftest import company
from tests.studio.test_browser import enter, problems

__all__ = ["browser", "company"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# Each runs somewhere if it is not plain text there: in an element, an attribute, an address, a script, a feed.
POLYGLOTS = (
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert(1) )//%0D%0A%0d%0a//</stYle/</titLe/</teXtarEa/</scRipt/--!>"
    "\\x3csVg/<sVg/oNloAd=alert(1)//>",
    "\"'--></style></script><svg onload=alert(1)>{{7*7}}${7*7}]]><img src=x onerror=alert(1)>",
)
LOOKS = [(language, theme, width) for language in ("en", "pl") for theme in ("light", "dark") for width in (390, 1440)]


@dataclass(frozen=True)
class Desk:
    """A running studio with a newsletter and a draft."""

    address: str
    context: BrowserContext
    user: User
    magnet_id: int
    issue_id: int

    def look(self, path: str, *, language: str = "en", theme: str = "light", width: int = 1440) -> Page:
        User.objects.filter(pk=self.user.pk).update(language=language, theme=theme)
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(self.address + path)
        return page

    def draft(self, *, subject: str = "March", body: str = BODY) -> int:
        told = Draft(subject=subject, preheader=subject, body=body, topics=("practice",))
        return writing.create_issue(told, magnet_id=self.magnet_id, language="en", by=None, now=timezone.now())


@pytest.fixture
def desk(live_server: LiveServer, company: None, browser: Browser) -> Iterator[Desk]:
    user = staff("Dora", Role.MARKETER)
    magnet_id = published_newsletter(now=timezone.now())
    context = browser.new_context(timezone_id="Europe/Warsaw", reduced_motion="reduce")
    enter(context, user, live_server.url)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        made = Desk(live_server.url, context, user, magnet_id, 0)
        yield Desk(live_server.url, context, user, magnet_id, made.draft())
    context.close()


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    version = PublishedVersion(version_id=9, number=1, definition=newsletter_definition())
    made = News(tmp_path_factory.mktemp("news"), magnets=[PublishedMagnet(slug="letters", magnet_id=2, versions=(version,))])
    (made.root / "static").symlink_to(STATIC)
    made.letters = {"letters": (_hostile(2), issue(1))}
    made.publish()
    with serving(made) as running:
        yield running


def _hostile(number: int) -> PublishedIssue:
    told = issue(number, subject=POLYGLOTS[0])
    return type(told)(
        **{name: getattr(told, name) for name in told.__struct_fields__}
        | {"preheader": POLYGLOTS[1], "blocks": read_body("\n\n".join(POLYGLOTS))}
    )


def alarms(page: Page) -> list[str]:
    """What tried to run."""
    rung: list[str] = []
    page.on("dialog", lambda dialog: (rung.append(dialog.message), dialog.dismiss()))
    return rung


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
def test_axe_finds_nothing_on_the_screens_of_letters(desk: Desk, language: str, theme: str, width: int) -> None:
    found: list[str] = []
    for path in (
        "/newsletters/",
        f"/newsletters/{desk.issue_id}",
        f"/newsletters/{desk.issue_id}/readers",
        f"/newsletters/promised/{desk.magnet_id}",
    ):
        page = desk.look(path, language=language, theme=theme, width=width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        found += problems(page)
        page.close()

    assert found == []


def test_a_letter_is_written_by_keyboard_and_saved_by_itself(desk: Desk) -> None:
    page = desk.look(f"/newsletters/{desk.issue_id}")
    page.get_by_label("Subject").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("April")

    expect(page.locator("#keeping")).to_contain_text("Saved at")
    page.keyboard.type(" and May")
    expect(page.locator("#keeping input[name=revision]")).to_have_value("3")

    assert Issue.objects.get(pk=desk.issue_id).subject == "April and May"
    expect(page.locator("#leaving input[name=revision]")).to_have_value("3")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_role("heading", level=1)).to_have_text("April and May")


def test_what_a_colleague_saved_meanwhile_is_not_saved_over_and_nothing_typed_is_lost(desk: Desk) -> None:
    mine, theirs = desk.look(f"/newsletters/{desk.issue_id}"), desk.look(f"/newsletters/{desk.issue_id}")
    theirs.get_by_label("Subject").fill("Theirs")
    expect(theirs.locator("#keeping")).to_contain_text("Saved at")
    mine.get_by_label("Subject").fill("Mine")

    expect(mine.locator("#keeping")).to_contain_text("Somebody changed this letter while you wrote.")
    assert Issue.objects.get(pk=desk.issue_id).subject == "Theirs"
    mine.get_by_role("button", name="Save and look").click()
    expect(mine.get_by_label("Subject")).to_have_value("Mine")


@pytest.mark.parametrize("polyglot", POLYGLOTS)
def test_nothing_in_a_letter_runs_in_the_composer_or_its_preview(desk: Desk, polyglot: str) -> None:
    issue_id = desk.draft(
        subject=polyglot[:150], body=f"## {polyglot}\n\n- {polyglot}\n\n[{polyglot}](https://x.example/{polyglot})"
    )
    for path in ("/newsletters/", f"/newsletters/{issue_id}", f"/newsletters/{issue_id}/preview"):
        page = desk.context.new_page()
        rung = alarms(page)
        page.goto(desk.address + path)
        page.wait_for_load_state("networkidle")
        assert rung == []
        expect(page.locator("svg[onload], img[onerror]")).to_have_count(0)
        page.close()


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
def test_the_public_pages_of_letters_hold_for_everybody_and_nothing_in_them_runs(
    browser: Browser, public: Serving, language: str, theme: str, width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce"
    )
    page = context.new_page()
    rung = alarms(page)
    found: list[str] = []
    for path in ("/m/letters", "/m/letters/letters", "/m/letters/letters/2", "/m/letters/letters/1"):
        page.goto(f"http://127.0.0.1:{public.port}{path}?lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        found += problems(page)
    page.goto(f"http://127.0.0.1:{public.port}/m/letters/feed.xml")
    context.close()

    assert (found, rung) == ([], [])
