"""The screen that gives what is pasted into one's own page: allowed, refused, undone, copied, on a phone, without scripts."""

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from leadstone.domains.inbound.queries import allowed_hosts
from tests.browser import browser
from tests.cast import Guide
from tests.marketer import Open, Theme, open_studio, plain_static

__all__ = ["browser", "open_studio", "plain_static"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


PICTURES = os.environ.get("LEADSTONE_TEST_PICTURES", "")  # a folder, for whoever wants to look


def looked_at(page: Page, name: str = "") -> None:
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    assert Axe().run(page, options=options).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    if PICTURES and name:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("en", "light", 1440), ("pl", "dark", 390)], ids=["a desk in English", "a phone in Polish"]
)
def test_a_host_is_allowed_and_its_snippet_copied(
    guide: Guide, open_studio: Open, language: str, theme: Theme, width: int
) -> None:
    words = {
        "en": ("Host", "Allow it", "Did you mean www.firma.example?", "Take www.firma.example off the list", "Undo", "Copied"),
        "pl": (
            "Adres witryny",
            "Dodaj",
            "Czy chodzi o www.firma.example?",
            "Usuń www.firma.example z listy",
            "Cofnij",
            "Skopiowano",
        ),
    }[language]
    field, allow, meant, take_off, undo, copied = words
    page = open_studio("/ways-in/pages", language=language, theme=theme, width=width)
    looked_at(page)

    page.get_by_label(field, exact=True).fill("https://www.firma.example/kontakt")
    page.get_by_role("button", name=allow, exact=True).click()
    expect(page.get_by_text(meant)).to_be_visible()
    expect(page.get_by_label(field, exact=True)).to_be_focused()
    looked_at(page)
    page.get_by_label(field, exact=True).fill("www.firma.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=take_off)).to_be_visible()
    page.get_by_role("button", name=take_off).click()
    expect(page.get_by_role("button", name=take_off)).to_have_count(0)
    page.get_by_role("button", name=undo).click()
    expect(page.get_by_role("button", name=take_off)).to_be_visible()
    assert allowed_hosts() == ("www.firma.example",)

    way = page.locator(".way").first
    way.get_by_role("button").click()
    expect(way.get_by_role("button")).to_have_text(copied)
    looked_at(page, f"own-pages-{language}-{theme}-{width}")


def test_without_scripts_the_snippets_stand_there_to_be_copied_by_hand(guide: Guide, open_studio: Open) -> None:
    page = open_studio("/ways-in/pages", scripts=False)

    expect(page.locator(".way textarea")).to_have_count(3)
    expect(page.locator(".way textarea").first).to_have_value(re.compile(f'data-magnet="{guide.slug}"'))
    expect(page.locator(".way button:visible")).to_have_count(0)
