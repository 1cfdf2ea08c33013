"""Experiments in Chromium: axe on every screen in both languages and themes, a phone, and the way by keyboard alone."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.experiments.queries import ExperimentFacts
from leadstone.domains.experiments.rules import Aspect
from leadstone.domains.experiments.rules.overlay import Overlay
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.tracking.models import PageViews
from leadstone.infra.blobs.store import BlobStore
from tests.browser import press
from tests.cast import MONDAY, staff
from tests.studio.test_browser import enter, problems

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Draft, Begin = Callable[..., int], Callable[..., ExperimentFacts]


@pytest.fixture(autouse=True)
def plain_files() -> Iterator[None]:
    """The test server finds built files by their plain names."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


@pytest.fixture
def blobs(transactional_db: None) -> BlobStore:
    """Where the screens look for files too."""
    return BlobStore(settings.FOLDER.blobs)


@pytest.fixture
def dora(transactional_db: None) -> User:
    return staff("Dora", Role.MARKETER)


@pytest.fixture
def context(live_server: LiveServer, browser: Browser, magnet: Magnet, dora: User) -> Iterator[BrowserContext]:
    made = browser.new_context(timezone_id="Europe/Warsaw", reduced_motion="reduce", base_url=live_server.url)
    enter(made, dora, live_server.url)
    yield made
    made.close()


@pytest.mark.parametrize("look", [("en", "light", 1280), ("pl", "dark", 390), ("pl", "light", 1280)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    context: BrowserContext, dora: User, drafted: Draft, started: Begin, look: tuple[str, str, int]
) -> None:
    language, theme, width = look
    User.objects.filter(pk=dora.pk).update(language=language, theme=theme)
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/experiments/")
    found = problems(page)
    facts = started()
    for version_id, people in zip(facts.version_ids.values(), (412, 398), strict=True):
        PageViews.objects.create(version_id=version_id, day=MONDAY.date(), channel="direct", people=people)
    drafts = [drafted(aspect, Overlay()) for aspect in Aspect]
    for path in ("/experiments/", "/experiments/?state=ended", "/experiments/new", *(f"/experiments/{pk}" for pk in drafts)):
        page.goto(path)
        found += problems(page)
    page.goto(f"/experiments/{facts.experiment_id}")
    for closed in page.locator("main details").all():
        closed.evaluate("each => { each.open = true }")
    found += problems(page)
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_experiment_is_written_started_ended_by_keyboard(context: BrowserContext, magnet: Magnet) -> None:
    page = context.new_page()
    page.goto("/experiments/")
    press(page, "n")
    expect(page.get_by_label("Name")).to_be_visible()
    page.get_by_label("Name").focus()
    page.keyboard.type("Warmer words")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Warmer words")).to_be_visible()

    page.get_by_label("Title").focus()
    expect(page.get_by_label("Title")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("A warm house without gas")
    page.get_by_role("button", name="Start").press("Enter")

    expect(page.get_by_role("heading", name="Nobody has come yet")).to_be_visible()
    page.get_by_text("End it").first.press("Enter")
    page.get_by_label("Why now?").focus()
    expect(page.get_by_label("Why now?")).to_be_focused()
    page.keyboard.type("The fair is over")
    page.get_by_role("button", name="End it").press("Enter")
    expect(page.get_by_text("The fair is over")).to_be_visible()
    page.get_by_role("button", name="Let everybody read B").press("Enter")
    expect(page.get_by_text("Everybody reads B since")).to_be_visible()
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("button", name="Let everybody read B")).to_be_visible()
