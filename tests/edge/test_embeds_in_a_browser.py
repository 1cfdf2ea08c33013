"""Forms on a page of somebody else, whose policy lets in nothing but us: seen, filled in, and as high as they need to be."""

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, FrameLocator, Page, expect

from leadstone.wire.pages.areas.embeds import snippets
from leadstone.wire.pages.pages import STATIC
from leadstone.wire.records import Origin, SubmissionReceived
from tests.browser import browser
from tests.edge.installation import Installation, guide
from tests.edge.own_website import Website, website
from tests.edge.serving import Serving, serving

__all__ = ["browser"]

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("LEADSTONE_TEST_PICTURES", "")  # a folder, for whoever wants to look

FITS = """() => new Promise((resolve) => {
  const look = () => {
    const frame = document.querySelector("iframe");
    if (Number(frame.dataset.told) === frame.clientHeight) resolve(true);
    else requestAnimationFrame(look);
  };
  look();
})"""
LISTEN = """addEventListener("message", ({ source, data }) => {
  const frame = document.querySelector("iframe");
  if (source === frame?.contentWindow && data?.leadstone === "height") frame.dataset.told = data.height;
});"""


@pytest.fixture(scope="module")
def theirs() -> Iterator[Website]:
    with website() as made:
        yield made


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, theirs: Website) -> Iterator[Serving]:
    made = Installation(tmp_path_factory.mktemp("embeds"), hosts=(theirs.host,))
    (made.root / "static").symlink_to(STATIC)
    made.publish()
    with serving(made) as running:
        theirs.ours = f"http://127.0.0.1:{running.port}"
        yield running


@pytest.fixture
def place(served: Serving, theirs: Website) -> snippets.Place:
    return snippets.Place(public_url=theirs.ours, slug="guide", definition=guide(), language="en")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.faults = []  # type: ignore[attr-defined]
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)  # type: ignore[attr-defined]
    yield page
    assert context.cookies() == []
    context.close()


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def faults(page: Page) -> list[str]:
    # Every browser asks for it, and their page has none.
    return [fault for fault in page.faults if "Failed to load resource" not in fault]  # type: ignore[attr-defined]


def sent(served: Serving) -> list[SubmissionReceived]:
    return [record for record in served.installation.journaled() if isinstance(record, SubmissionReceived)]


def form_in(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


def test_the_script_puts_the_form_on_a_page_under_a_strict_policy_and_its_thanks_stay_there(
    opened: Page, served: Serving, theirs: Website, place: snippets.Place
) -> None:
    theirs.body = snippets.script(place)
    opened.goto(f"{theirs.url}?utm_campaign=spring&gclid=1")
    frame = form_in(opened)
    expect(frame.get_by_role("heading", name="The exchange")).to_be_visible()
    assert opened.evaluate(FITS)
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # On a phone the form takes the width that there is, and is no taller than a form.
    assert frame.get_by_label("E-mail").evaluate("field => field.offsetWidth > .75 * innerWidth")
    assert frame.locator("html").evaluate("page => page.offsetHeight < 2500")
    assert Axe().run(opened.frames[1]).response["violations"] == []

    picture(opened, "embed-form")
    # Whoever pretends to be the frame changes nothing.
    opened.evaluate("postMessage({ leadstone: 'height', height: 9999 }, '*')")
    frame.get_by_label("E-mail").fill("ann at example")
    frame.get_by_role("button", name="Send me the guide").click()
    expect(frame.get_by_role("alert")).to_be_visible()
    assert opened.evaluate(FITS)
    frame.get_by_label("E-mail").fill("ann@example.com")
    frame.get_by_label("E-mail").press("Enter")
    expect(frame.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    assert opened.evaluate(FITS)
    picture(opened, "embed-thanks")

    kept = sent(served)[-1]
    assert kept.answers["email"] == "ann@example.com"
    assert kept.origin == Origin(campaign="spring", referrer_host="localhost")
    assert opened.url.startswith(theirs.url)
    assert faults(opened) == []


def test_a_frame_of_their_own_grows_with_its_page(opened: Page, theirs: Website, place: snippets.Place) -> None:
    theirs.body = snippets.frame(place)
    opened.goto(theirs.url)

    expect(form_in(opened).get_by_label("E-mail")).to_be_visible()
    assert opened.evaluate(FITS)
    assert faults(opened) == []


def test_a_plain_form_without_scripts_is_sent_by_one_press_on_our_page(
    browser: Browser, served: Serving, theirs: Website, place: snippets.Place
) -> None:
    theirs.body = snippets.plain_form(place)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(theirs.url)
    page.get_by_label("E-mail").fill("eve@example.com")
    page.get_by_role("button", name="Send me the guide").click()

    expect(page.get_by_role("heading", name="One press more")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("eve@example.com")
    picture(page, "embed-brought")
    assert all(record.answers["email"] != "eve@example.com" for record in sent(served))
    page.get_by_role("button", name="Send me the guide").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    assert sent(served)[-1].answers["email"] == "eve@example.com"
    assert context.cookies() == []
    context.close()


def test_a_page_that_is_not_on_the_list_shows_no_form(opened: Page, theirs: Website, place: snippets.Place) -> None:
    with website() as stranger:
        stranger.ours, stranger.body = theirs.ours, snippets.script(place)
        opened.goto(stranger.url)

        expect(opened.locator("iframe")).to_be_attached()
        expect(form_in(opened).get_by_label("E-mail")).to_have_count(0)
        assert any("frame" in fault.lower() for fault in faults(opened))
