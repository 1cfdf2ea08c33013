"""The places of the studio on a phone: four at the thumb, all of them one touch away, without a script too."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import press
from tests.studio.test_browser import Studio, broken, enter, plain_files, problems, studio

__all__ = ["broken", "plain_files", "studio"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def phone(studio: Studio) -> Page:
    page = studio.look(language="pl", width=390)
    page.goto(f"{studio.address}/leads/")
    return page


def test_a_phone_shows_four_places_and_unfolds_the_rest(studio: Studio) -> None:
    page = phone(studio)
    places = page.get_by_role("navigation", name="Studio").get_by_role("link")
    expect(places.filter(visible=True)).to_have_count(4)

    page.get_by_role("link", name="Więcej").click()

    expect(page.get_by_role("link", name="Ustawienia")).to_be_in_viewport()
    expect(places.filter(visible=True)).to_have_count(places.count())
    assert problems(page) == []
    page.get_by_role("link", name="Zamknij", exact=True).click()
    expect(places.filter(visible=True)).to_have_count(4)


def test_escape_folds_the_places_again(studio: Studio) -> None:
    page = phone(studio)
    page.get_by_role("link", name="Więcej").click()

    press(page, "Escape")

    expect(page.get_by_role("link", name="Ustawienia")).to_be_hidden()


def test_a_place_that_is_not_at_the_thumb_is_reached_without_a_script(studio: Studio, browser: Browser) -> None:
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    enter(plain, studio.user, studio.address)
    page = plain.new_page()
    page.goto(f"{studio.address}/leads/")
    page.locator(".side .all").click()

    page.locator('.side a[data-go="s"]').click()

    expect(page).to_have_url(re.compile("/settings/"))
    plain.close()
