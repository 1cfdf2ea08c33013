"""A device at a fair: the network is cut, the page reloaded, people come and go, and the house gets each of them once."""

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from leadstone.wire.pages.pages import STATIC
from tests.browser import browser
from tests.edge.installation import Installation
from tests.edge.serving import Serving, serving
from tests.kiosks.device_page import LINK, Stand, stand_at

__all__ = ["browser"]

pytestmark = pytest.mark.browser

KNOWS_OF_ITS_REVOCATION = """async () => {
  await new Promise((resolve) => { setTimeout(resolve, 250); });
  const open = indexedDB.open("leadstone-kiosk");
  await new Promise((resolve) => { open.onsuccess = resolve; });
  const asked = open.result.transaction("device").objectStore("device").get("me");
  await new Promise((resolve) => { asked.onsuccess = resolve; });
  open.result.close();
  return asked.result.revoked;
}"""
PEOPLE = {"ann@example.com": "Ann Nowak", "bob@example.com": "Bob Lis", "cleo@example.com": "Cleo Maj"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    made = Installation(tmp_path_factory.mktemp("kiosk"))
    (made.root / "static").symlink_to(STATIC)
    made.publish()
    with serving(made) as running:
        yield running


@pytest.fixture
def stand(served: Serving, browser: Browser) -> Iterator[Stand]:
    with stand_at(served, browser) as made:
        yield made


def told_to_desk(page: Page, words: str) -> None:
    expect(page.locator("#waiting-state")).to_contain_text(words, timeout=30_000)


def test_three_people_come_without_a_network_and_the_house_gets_each_once(stand: Stand) -> None:
    stand.pair()
    stand.context.set_offline(True)
    stand.page.reload()
    expect(stand.page.get_by_label("E-mail")).to_be_visible()

    for email, name in PEOPLE.items():
        stand.send(email, Your_name=name)
    stand.to_desk()
    told_to_desk(stand.page, "3 entries wait here, encrypted")

    kept = stand.dump()
    for email, name in PEOPLE.items():
        assert email not in kept
        assert name not in kept
        assert name.split()[0] not in kept
    assert stand.handed_over() == []

    # A second tab of the same device wants to hand over at the same time, and the first answer is lost on its way.
    lost: list[Route] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route)
            route.fetch()
            route.abort("connectionreset")

    stand.context.route("**/kiosk/entries", lose)
    stand.context.set_offline(False)
    second = stand.context.new_page()
    second.goto(stand.url)
    stand.page.get_by_role("button", name="Hand over").click()
    told_to_desk(stand.page, "all has been handed over")

    came = stand.handed_over()
    assert len(came) > len(PEOPLE)  # sent more than once
    assert {json.dumps(each, sort_keys=True) for each in came} == {
        json.dumps(each, sort_keys=True) for each in came[: len(PEOPLE)]
    }
    assert [each["answers"] for each in came[:3]] == [{"email": email, "name": name} for email, name in PEOPLE.items()]
    assert {entry.key for entry in stand.sealed()} == {entry.key for entry in stand.sealed()[:3]}
    assert [fault for fault in stand.faults if "ERR_" not in fault and "Failed to load" not in fault] == []


def test_nothing_of_a_visitor_is_left_for_the_next_one(stand: Stand) -> None:
    stand.pair()
    length = stand.page.evaluate("history.length")
    stand.fill_in("ann@example.com", Your_name="Ann Nowak")
    stand.page.get_by_label("Send me one letter a month").check()
    stand.page.get_by_role("button", name="Send me the guide").click()
    expect(stand.page.locator("#thanks")).to_be_focused()

    assert "ann@example.com" not in stand.page.content()
    stand.page.get_by_role("button", name="Next person").click()
    expect(stand.page.get_by_label("E-mail")).to_have_value("")
    expect(stand.page.get_by_label("Send me one letter a month")).not_to_be_checked()
    assert stand.page.evaluate("history.length") == length
    assert LINK not in stand.page.url
    stand.to_desk()
    expect(stand.page.get_by_text("sent the form at")).to_be_visible()
    for words in ("ann@example.com", "Ann Nowak"):
        assert words not in stand.page.content()
    kept = stand.dump()
    assert "ann@example.com" not in kept
    assert LINK not in kept
    for field in stand.page.locator("input:not([type=radio]), textarea").all():
        assert field.get_attribute("autocomplete") == "off"
        assert field.get_attribute("name") is None


def test_whoever_walks_away_from_a_half_filled_form_is_asked_and_then_cleared(stand: Stand) -> None:
    stand.page.clock.install()
    stand.pair()
    stand.fill_in("ann@example.com")
    stand.page.clock.run_for(61_000)
    expect(stand.page.get_by_role("dialog", name="Are you still there?")).to_be_visible()
    stand.page.get_by_role("button", name="I am still here").click()
    expect(stand.page.get_by_label("E-mail")).to_have_value("ann@example.com")

    stand.page.clock.run_for(61_000)
    expect(stand.page.get_by_role("dialog", name="Are you still there?")).to_be_visible()
    stand.page.clock.run_for(21_000)

    expect(stand.page.get_by_role("dialog")).to_be_hidden()
    expect(stand.page.get_by_label("E-mail")).to_have_value("")


def test_a_form_with_something_wrong_says_so_beside_the_field_and_keeps_nothing(stand: Stand) -> None:
    stand.pair()
    stand.fill_in("ann@example")
    stand.page.get_by_role("button", name="Send me the guide").click()

    expect(stand.page.get_by_label("E-mail")).to_be_focused()
    expect(stand.page.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")
    expect(stand.page.get_by_text("This is not a complete e-mail address.")).to_be_visible()
    stand.page.get_by_role("button", name="Polski").click()
    expect(stand.page.locator("#v-email")).to_have_value("ann@example")
    assert stand.handed_over() == []


def test_staff_rate_with_one_tap_and_take_down_a_card(stand: Stand) -> None:
    stand.pair()
    stand.send("ann@example.com")
    stand.to_desk()
    stand.page.get_by_role("button", name="Hot", exact=True).click()
    expect(stand.page.get_by_role("status")).to_contain_text("Kept: hot.")
    stand.page.locator("#visit-note").get_by_label("Note").fill("Builds in May.")
    stand.page.get_by_role("button", name="Keep the note").click()
    expect(stand.page.get_by_role("status")).to_contain_text("Kept. The note")

    stand.page.get_by_role("button", name="Keep the card").click()
    expect(stand.page.get_by_text("Give an e-mail address or a phone number.")).to_be_visible()
    stand.page.locator("#card-form").get_by_label("Name").fill("Bob Lis")
    stand.page.locator("#card-form").get_by_label("Phone").fill("601 234 567")
    stand.page.get_by_role("radio", name="Warm").check()
    stand.page.get_by_role("button", name="Keep the card").click()
    expect(stand.page.get_by_role("status")).to_contain_text("The lead will be yours")
    expect(stand.page.locator("#card-form").get_by_label("Name")).to_have_value("")
    told_to_desk(stand.page, "all has been handed over")

    visit, rating, note, card = stand.handed_over()
    assert visit["kind"] == "visit"
    about = stand.sealed()[0].key
    assert (rating["about"], rating["rating"]) == (about, "hot")
    assert (note["about"], note["note"]) == (about, "Builds in May.")
    assert (card["kind"], card["rating"], card["values"]) == ("card", "warm", {"name": "Bob Lis", "phone": "601 234 567"})


def test_a_revoked_device_collects_no_more_and_hands_over_what_it_holds(stand: Stand) -> None:
    stand.pair()
    stand.context.set_offline(True)
    stand.revoke()
    stand.send("ann@example.com")
    stand.to_desk()
    stand.context.set_offline(False)
    # The edge reads of the revocation within a moment; until it has, the device is told nothing new, and asks again.
    button = stand.page.get_by_role("button", name="Hand over")
    for _ in range(20):
        button.click()
        told_to_desk(stand.page, "all has been handed over")
        if stand.page.evaluate(KNOWS_OF_ITS_REVOCATION):
            break
    stand.page.get_by_role("button", name="Back to the visitors").click()

    expect(stand.page.get_by_role("heading", name="This device collects no more")).to_be_visible()
    assert [each["answers"] for each in stand.handed_over()] == [{"email": "ann@example.com"}]
    stand.page.reload()
    expect(stand.page.get_by_role("heading", name="This device collects no more")).to_be_visible()


def test_a_link_that_opens_nothing_says_so_in_words(stand: Stand) -> None:
    stand.page.goto(f"{stand.url}#pair=another-link-altogether")

    expect(stand.page.get_by_role("heading", name="This link opens nothing any more")).to_be_visible()
    assert "another-link" not in stand.page.url


def looked_at(page: Page) -> None:
    """Nothing to object to: not for whoever cannot see, not on a phone."""
    page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
    violations = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(390, 844), (1180, 820)])
def test_every_screen_can_be_read_by_everybody(served: Serving, browser: Browser, theme: str, size: tuple[int, int]) -> None:
    viewport = {"width": size[0], "height": size[1]}
    with stand_at(served, browser, viewport=viewport, color_scheme=theme) as stand:
        page = stand.page
        page.goto(stand.url)
        expect(page.get_by_role("heading", name="This device is not paired yet")).to_be_visible()
        looked_at(page)
        stand.pair()
        page.get_by_role("button", name="Scan my badge or card").click()
        expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
        looked_at(page)
        page.get_by_role("button", name="Close the camera").click()
        expect(page.get_by_role("dialog")).to_be_hidden()
        for language in ("English", "Polski"):
            page.get_by_role("button", name=language).click()
            expect(page.get_by_role("button", name=language)).to_have_attribute("aria-pressed", "true")
            page.get_by_role("button", name="Send me the guide").click()
            expect(page.locator("#v-email")).to_be_focused()
            looked_at(page)
            page.locator("#to-desk").click()
            expect(page.locator("#desk h1")).to_be_visible()
            page.get_by_role("button", name=language).click()
            looked_at(page)
            page.locator("#to-visitors").click()
        stand.fill_in("ann@example.com")
        page.get_by_role("button", name="Send me the guide").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        looked_at(page)
        page.locator("#to-desk").click()
        expect(page.get_by_role("button", name="Hot", exact=True)).to_be_visible()
        looked_at(page)
        assert stand.context.cookies() == []
