"""The board in Chromium: a drag with the pointer, one with the keys, what is refused and where, and two people with one card."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.pipeline.models import Deal
from tests.browser import press
from tests.cast import Visitor, staff
from tests.studio.test_board import deal_of, decides, stage_id
from tests.studio.test_browser import enter, problems

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def plain_files() -> Iterator[None]:
    """The test server finds built files by their plain names; hashes are looked at elsewhere."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


@dataclass(frozen=True)
class Desk:
    """Somebody's browser with the board open."""

    address: str
    context: BrowserContext
    user: User

    def look(self, path: str = "/board/", *, language: str = "en", theme: str = "light", width: int = 1440) -> Page:
        User.objects.filter(pk=self.user.pk).update(language=language, theme=theme)
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(self.address + path)
        return page


@pytest.fixture
def deal(ann: Visitor) -> Deal:
    return deal_of(ann, title="Audit, 2 buildings", amount_minor=1_840_000)


@pytest.fixture
def desk(live_server: LiveServer, company: None, browser: Browser) -> Iterator[Desk]:
    yield from _desk(live_server, browser, staff("Ada", Role.ADMIN))


@pytest.fixture
def other_desk(live_server: LiveServer, company: None, browser: Browser) -> Iterator[Desk]:
    yield from _desk(live_server, browser, staff("Rita", Role.REP))


def _desk(live_server: LiveServer, browser: Browser, user: User) -> Iterator[Desk]:
    context = browser.new_context(timezone_id="Europe/Warsaw", reduced_motion="reduce")
    enter(context, user, live_server.url)
    yield Desk(live_server.url, context, user)
    context.close()


def column(key: str) -> str:
    return f"[data-cards='{stage_id(key)}']"


def card_in(page: Page, deal: Deal, key: str) -> None:
    """The card stands there, and in no other column."""
    expect(page.locator(f"{column(key)} #deal-{deal.pk}")).to_have_count(1)
    expect(page.locator(f"#deal-{deal.pk}")).to_have_count(1)


def drag(page: Page, deal: Deal, key: str) -> None:
    """With the pointer, from the middle of the card to the middle of a column's head."""
    card = page.locator(f"#deal-{deal.pk}").bounding_box()
    assert card
    page.mouse.move(card["x"] + card["width"] / 3, card["y"] + card["height"] / 2)
    page.mouse.down()
    page.mouse.move(card["x"] + card["width"] / 3 + 12, card["y"] + card["height"] / 2 + 12, steps=4)
    goal = page.locator(f"#stage-{stage_id(key)} .cards").bounding_box()
    assert goal
    page.mouse.move(goal["x"] + goal["width"] / 2, goal["y"] + 30, steps=12)
    page.mouse.up()


def stage_of(deal: Deal) -> str:
    deal.refresh_from_db()
    return str(deal.stage.key)


def test_a_card_is_dragged_with_the_pointer_and_the_toast_takes_it_back(desk: Desk, ann: Visitor, deal: Deal) -> None:
    decides(ann)
    page = desk.look()

    drag(page, deal, "need")

    expect(page.locator("[data-toast]")).to_contain_text("moved to “Need confirmed”")
    card_in(page, deal, "need")
    expect(page.locator(f"#head-{stage_id('need')}")).to_contain_text("Need confirmed 1")
    assert stage_of(deal) == "need"

    page.click("[data-toast] form button")
    expect(page.locator("[data-toast]")).to_contain_text("Undone")
    card_in(page, deal, "prospect")
    assert stage_of(deal) == "prospect"
    expect(page).to_have_url(f"{desk.address}/board/")


def test_a_drag_without_evidence_goes_back_and_names_the_missing_thing_where_it_would_land(desk: Desk, deal: Deal) -> None:
    page = desk.look()

    drag(page, deal, "need")

    need = page.locator(f"#needs-{stage_id('need')} .need")
    expect(need).to_contain_text("needs one more thing to enter: who decides.")
    card_in(page, deal, "prospect")
    assert stage_of(deal) == "prospect"
    assert problems(page) == []
    need.get_by_role("link", name="Add it").click()
    page.wait_for_url(f"**/qualification/{deal.lead_id}#point-authority")


def test_a_manager_moves_it_anyway_and_says_why_right_there(desk: Desk, deal: Deal) -> None:
    page = desk.look()
    drag(page, deal, "need")
    need = page.locator(f"#needs-{stage_id('need')} .need")

    need.locator("summary").click()
    need.locator("input[name=because]").fill("The mayor rang me up.")
    need.get_by_role("button", name="Move it anyway").click()

    expect(need).to_have_count(0)
    card_in(page, deal, "need")
    assert stage_of(deal) == "need"


def test_the_keyboard_lifts_carries_and_drops_a_card_and_says_so(desk: Desk, ann: Visitor, deal: Deal) -> None:
    decides(ann)
    page = desk.look()
    page.focus(f"#deal-{deal.pk} .whole")

    press(page, " ")
    expect(page.locator("#announce")).to_contain_text("is lifted from Prospect.")
    press(page, "ArrowRight")
    expect(page.locator("#announce")).to_contain_text("over Need confirmed.")
    press(page, "Escape")
    card_in(page, deal, "prospect")
    expect(page.locator("#announce")).to_contain_text("is back in Prospect.")
    expect(page.locator(f"#deal-{deal.pk} .whole")).to_be_focused()

    for key in (" ", "ArrowRight", " "):
        press(page, key)
    expect(page.locator("[data-toast]")).to_contain_text("moved to “Need confirmed”")
    card_in(page, deal, "need")
    assert stage_of(deal) == "need"
    # The card that came back has the focus, so that it can be carried on.
    for key in (" ", "ArrowRight", "ArrowRight", "Enter"):
        press(page, key)
    expect(page.locator("[data-toast]")).to_contain_text("moved to “Won”")
    assert stage_of(deal) == "won"


def test_lost_asks_why_in_a_dialog_and_escape_puts_the_card_back(desk: Desk, deal: Deal) -> None:
    page = desk.look()

    drag(page, deal, "lost")
    expect(page.locator("#ask select[name=reason]")).to_be_focused()
    assert problems(page) == []
    press(page, "Escape")
    card_in(page, deal, "prospect")
    assert stage_of(deal) == "prospect"

    drag(page, deal, "lost")
    page.locator("#ask select[name=reason]").select_option(label="Too expensive")
    page.locator("#ask button.primary").click()
    expect(page.locator("#ask")).not_to_be_visible()
    card_in(page, deal, "lost")
    assert stage_of(deal) == "lost"


def test_two_people_drag_the_same_card_and_the_second_sees_where_it_went(
    desk: Desk, other_desk: Desk, ann: Visitor, deal: Deal
) -> None:
    decides(ann)
    mine, theirs = desk.look(), other_desk.look()

    drag(theirs, deal, "need")
    expect(theirs.locator("[data-toast]")).to_contain_text("moved to “Need confirmed”")
    drag(mine, deal, "won")

    told = mine.locator(f"#deal-{deal.pk} .told")
    expect(told).to_contain_text("Rita moved it to “Need confirmed” (Today")
    card_in(mine, deal, "need")
    assert stage_of(deal) == "need"
    drag(mine, deal, "won")  # now that it is seen
    expect(mine.locator("[data-toast]")).to_contain_text("moved to “Won”")
    assert stage_of(deal) == "won"


def test_a_failed_drop_puts_the_card_back_and_says_so(desk: Desk, ann: Visitor, deal: Deal) -> None:
    decides(ann)
    page = desk.look()
    page.route("**/move", lambda route: route.abort())

    drag(page, deal, "need")

    expect(page.locator(".toast")).to_contain_text("Nothing was changed.")
    card_in(page, deal, "prospect")


def test_a_phone_moves_a_card_without_dragging(desk: Desk, ann: Visitor, deal: Deal) -> None:
    decides(ann)
    page = desk.look(width=390)

    page.locator(f"#deal-{deal.pk} .shift summary").click()
    page.locator(f"#deal-{deal.pk} select").select_option(label="Need confirmed")
    page.locator(f"#deal-{deal.pk} .shift button").click()

    expect(page.locator("[data-toast]")).to_contain_text("moved to “Need confirmed”")
    card_in(page, deal, "need")


def test_without_a_script_the_plain_form_moves_the_card(browser: Browser, desk: Desk, ann: Visitor, deal: Deal) -> None:
    decides(ann)
    context = browser.new_context(java_script_enabled=False)
    enter(context, desk.user, desk.address)
    page = context.new_page()
    page.goto(f"{desk.address}/board/")

    page.locator(f"#deal-{deal.pk} .shift summary").click()
    page.locator(f"#deal-{deal.pk} select").select_option(label="Need confirmed")
    page.locator(f"#deal-{deal.pk} .shift button").click()

    expect(page.locator(".toast")).to_contain_text("moved to “Need confirmed”")
    assert stage_of(deal) == "need"
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_axe_finds_nothing_on_the_screens_of_deals_and_nothing_scrolls_sideways(
    desk: Desk, deal: Deal, bob: Visitor, language: str, theme: str
) -> None:
    deal_of(bob, days_ago=40)
    found: list[str] = []
    for path in ("/board/", "/board/?q=nobody", f"/board/{deal.pk}", "/board/new", "/board/stages"):
        page = desk.look(path, language=language, theme=theme)
        assert page.get_attribute("html", "lang") == language
        found += problems(page)
        page.set_viewport_size({"width": 390, "height": 844})
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append(f"{path} scrolls sideways")
        page.close()

    assert found == []
