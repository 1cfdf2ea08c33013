"""The editor as a marketer meets it: a dropped file, a page that follows the typing, a keyboard, and no scripts at all."""

import base64

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as installed
from playwright.sync_api import Page, expect
from tests.magnets import documents
from tests.marketer import Open, Theme

from leadstone.domains.magnets import queries
from leadstone.domains.magnets.models import Magnet
from leadstone.flows.bundle_published import publish_bundle

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def drop(page: Page, content: bytes, *, name: str) -> None:
    """Let go of a file over the page, as a hand with a mouse does."""
    page.evaluate(
        """([data, name]) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], name));
            const over = { dataTransfer: transfer, bubbles: true, cancelable: true };
            document.querySelector("main").dispatchEvent(new DragEvent("dragover", over));
            document.querySelector("main").dispatchEvent(new DragEvent("drop", over));
        }""",
        [base64.b64encode(content).decode(), name],
    )
    page.wait_for_url("**/magnets/*/")


def choose(page: Page, content: bytes) -> None:
    """Choose a file and press the button, as everybody can."""
    page.locator("input[type=file]").set_input_files({"name": "oferta.pdf", "mimeType": "application/pdf", "buffer": content})
    page.locator("form[data-drop] button").click()
    page.wait_for_url("**/magnets/*/")


def complaints(page: Page) -> list[str]:
    # The public page in the frame is judged by its own tests.
    found = Axe().run(
        page,
        context={"exclude": [["iframe"]]},
        options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    )
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found.response["violations"]]


def test_a_dropped_pdf_becomes_a_page_that_follows_the_typing_and_is_published(open_studio: Open) -> None:
    page = open_studio("/magnets/")
    drop(page, documents.polish_pdf(), name="Oferta.pdf")
    preview = page.frame_locator("iframe[data-preview]")
    expect(preview.locator("h1")).to_have_text("Jak czytać ofertę na pompę ciepła")

    page.get_by_label("Title").fill("Jak czytać ofertę bez inżyniera")
    expect(preview.locator("h1")).to_have_text("Jak czytać ofertę bez inżyniera")
    page.get_by_label("Is it asked: Phone").select_option("optional")
    expect(page.locator("#gap-asks-phone")).to_have_text("Why do you ask? The reason stands beside the field.")
    expect(page.locator("#missing")).to_contain_text("2 things are missing")
    expect(preview.locator("input[name=phone]")).to_be_visible()

    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("alert")).to_contain_text("2 things are missing before it can be published")
    page.wait_for_load_state()  # what is typed is kept by a script
    page.get_by_label("Is it asked: Phone").select_option("")
    expect(page.locator("#missing")).to_contain_text("Nothing is missing.")
    page.get_by_role("button", name="Publish").click()

    expect(page.get_by_role("heading", name="Try it as a visitor")).to_be_visible()
    expect(page.get_by_text("Going public, a moment …")).to_be_visible()
    publish_bundle(installed.FOLDER, public_url=installed.PUBLIC_URL, studio_url=installed.STUDIO_URL)
    expect(page.locator(".phone iframe")).to_be_attached()
    (version,) = queries.versions(Magnet.objects.get().pk)
    assert version.definition.title == "Jak czytać ofertę bez inżyniera"


def test_undo_brings_back_what_was_written_before(open_studio: Open) -> None:
    page = open_studio("/magnets/")
    choose(page, documents.polish_pdf())
    page.get_by_label("What you sell").fill("Nic.")
    page.get_by_role("button", name="Undo the last change").click()

    expect(page.get_by_label("What you sell")).to_have_value(
        "Dajemy to za darmo, bo liczymy, że część czytelników zostanie klientami Ciepło Polskie."
    )


def test_the_preview_is_seen_as_wide_as_on_a_desktop(open_studio: Open) -> None:
    page = open_studio("/magnets/")
    choose(page, documents.polish_pdf())
    page.get_by_label("Desktop").check()

    preview = page.locator("iframe[data-preview]").element_handle().content_frame()
    assert preview is not None
    preview.wait_for_function("innerWidth === 1200")
    glass = page.locator(".glass").bounding_box()
    frame = page.locator("iframe[data-preview]").bounding_box()
    assert glass is not None
    assert frame is not None
    assert abs(glass["width"] - frame["width"]) < 4


def test_without_scripts_everything_can_be_done_with_plain_forms(open_studio: Open) -> None:
    page = open_studio("/magnets/", scripts=False)
    choose(page, documents.english_pdf())
    page.get_by_label("Title").fill("Read a quote")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Add another step").click()
    page.locator("[id=id_step-3-text]").fill("One call within two days.")
    page.get_by_role("button", name="Publish").click()

    expect(page.get_by_role("heading", name="Try it as a visitor")).to_be_visible()
    (version,) = queries.versions(Magnet.objects.get().pk)
    assert version.definition.title == "Read a quote"
    assert version.definition.contract.next_steps[-1].text == "One call within two days."


def test_the_keyboard_alone_publishes(open_studio: Open) -> None:
    page = open_studio("/magnets/")
    choose(page, documents.polish_pdf())
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "Publish":
            break
    assert page.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none"
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Try it as a visitor")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("en", "light", 390), ("pl", "dark", 390), ("pl", "light", 1440), ("en", "dark", 1440)]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    open_studio: Open, language: str, theme: Theme, width: int
) -> None:
    found: dict[str, list[str]] = {}
    page = open_studio("/magnets/", language=language, theme=theme, width=width)

    def look(name: str) -> None:
        found[name] = complaints(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[name].append("wider than the screen")

    look("first magnet")
    page.locator("input[type=file]").set_input_files({"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"no"})
    page.locator("form[data-drop] button").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    look("refused file")
    page.goto(page.url.replace("drop", ""))
    choose(page, documents.polish_pdf())
    look("editor")
    page.locator("#id_sells").fill("")
    page.locator("#state .primary").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    look("editor with gaps")
    page.locator("#id_sells").fill("Audyty")
    page.locator("#state .primary").click()
    page.wait_for_url("**/try")
    look("trial")
    page.goto(page.url.replace("try", "versions"))
    look("versions")
    page.goto(page.url.split("/magnets/")[0] + "/magnets/")
    look("list")

    assert {name: each for name, each in found.items() if each} == {}
