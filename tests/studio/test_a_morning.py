"""The morning of a rep, by keyboard only, on a wide screen and on a phone's width."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE, Role
from leadstone.domains.activities import queries as activities
from leadstone.domains.activities.rules import About, Outcome
from leadstone.domains.delivery.models import Message
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis, Status
from leadstone.domains.qualification.models import Evidence, Promotion
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.lead_added import add_lead
from tests.browser import press
from tests.cast import Guide, Visitor, ask, confirm, staff
from tests.studio.test_browser import enter, plain_files, problems

__all__ = ["plain_files"]
# The checklist that migrations laid out must come back after each test with real transactions.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

WIDTHS = pytest.mark.parametrize("width", [1440, 390])


@dataclass(frozen=True)
class Morning:
    """A rep with two people in the day: Jan asked a question on a form, Ola asked at a fair to be called."""

    address: str
    context: BrowserContext
    rep: User
    jan: Visitor
    ola: int

    def open(self, path: str = "/", *, width: int = 1440, language: str = "en", theme: str = "light") -> Page:
        User.objects.filter(pk=self.rep.pk).update(language=language, theme=theme)
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(self.address + path)
        return page


@pytest.fixture
def morning(live_server: LiveServer, company: None, browser: Browser, guide: Guide) -> Iterator[Morning]:
    rep = staff("Emil", Role.REP)
    now = datetime.now(UTC) - timedelta(hours=1)
    jan = ask(guide, "jan@example.org", name="Jan Nowak", question="Will it heat a house of 1932?", now=now)
    confirm(jan, now=now)
    told = {"name": "Ola Lis", "email": "ola@example.net", "phone": "601 234 567", "company": "", "where_met": "Fair in Kielce"}
    ola = add_lead(
        **told, language="en", channel=ChannelType.TRADE_FAIR, basis=Basis.ASKED_US, by=rep.pk, now=now - timedelta(days=2)
    )
    context = browser.new_context(timezone_id="Europe/Warsaw", reduced_motion="reduce")
    enter(context, rep, live_server.url)
    yield Morning(live_server.url, context, rep, jan, ola)
    context.close()


def comes_up(page: Page, name: str) -> None:
    """This person stands there, and what was swapped in has settled: from then on its forms are sent without a new page."""
    expect(page.locator("#person")).to_have_text(name)
    expect(page.locator(".htmx-swapping, .htmx-settling, .htmx-request")).to_have_count(0)


def mark(page: Page) -> None:
    """What a whole new page would not know of."""
    page.evaluate("window.marked = true")


def stayed(page: Page) -> bool:
    return bool(page.evaluate("window.marked === true"))


@WIDTHS
def test_a_question_is_answered_and_the_next_person_comes_up_by_themselves(morning: Morning, width: int) -> None:
    page = morning.open(width=width)
    comes_up(page, "Jan Nowak")
    expect(page.locator(".say")).to_contain_text("You asked us: “Will it heat a house of 1932?”")
    mark(page)

    press(page, "e")
    expect(page.locator("input[name=subject]")).to_be_focused()
    press(page, "Tab")
    press(page, "Control+End")
    page.keyboard.type("Yes, it will.")
    press(page, "Tab")
    press(page, "Enter")

    comes_up(page, "Ola Lis")
    expect(page.locator("[data-toast]")).to_contain_text("It leaves in a moment")
    assert stayed(page)
    assert Message.objects.get(kind="personal").contact_id == morning.jan.contact_id
    assert Lead.objects.get(pk=morning.jan.lead_id).responded_at is not None


@WIDTHS
def test_a_call_is_logged_with_one_key_more(morning: Morning, width: int) -> None:
    page = morning.open(width=width)
    press(page, "x")
    comes_up(page, "Ola Lis")
    mark(page)

    press(page, "c")
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    press(page, "1")

    expect(page.get_by_role("heading", name="Everybody has an answer")).to_be_visible()
    assert stayed(page)
    [call] = activities.done_activities(About(lead_id=morning.ola), reader=THE_HOUSE)
    assert call.outcome is Outcome.REACHED


def test_a_digit_is_an_outcome_and_no_letter_of_a_note_where_no_number_is_shown(morning: Morning) -> None:
    page = morning.open()
    comes_up(page, "Jan Nowak")

    press(page, "c")
    expect(page.locator(".log-call .panel")).to_be_visible()
    press(page, "2")

    comes_up(page, "Ola Lis")
    [call] = activities.done_activities(About(lead_id=morning.jan.lead_id), reader=THE_HOUSE)
    assert call.outcome is Outcome.NO_ANSWER


@WIDTHS
def test_a_call_that_needs_a_time_is_asked_for_it(morning: Morning, width: int) -> None:
    page = morning.open(width=width)
    press(page, "x")
    comes_up(page, "Ola Lis")

    press(page, "c")
    press(page, "4")

    expect(page.locator("input[type=time], input[type=datetime-local], input[name=clock]").first).to_be_visible()
    assert activities.done_activities(About(lead_id=morning.ola), reader=THE_HOUSE) == []


@WIDTHS
def test_what_was_put_off_comes_back_with_one_key(morning: Morning, width: int) -> None:
    page = morning.open(width=width)
    press(page, "x")
    comes_up(page, "Ola Lis")
    expect(page.locator("[data-toast]")).to_contain_text("Put off until")

    press(page, "u")

    expect(page.locator("#person")).to_have_text("Jan Nowak")


@WIDTHS
def test_a_lead_becomes_a_prospect_by_evidence_that_is_in_the_house_and_a_short_note(morning: Morning, width: int) -> None:
    page = morning.open(width=width)
    press(page, "q")
    page.wait_for_url("**/qualification/*")
    expect(page.locator("#missing")).to_have_text("Needs 2 more things: “Intent” and “Interest”.")

    press(page, "1")
    expect(page.locator("#point-intent q")).to_have_text("Will it heat a house of 1932?")
    expect(page.locator("#missing")).to_have_text("Needs one more thing: “Interest”.")
    press(page, "m")
    expect(page.locator("[data-toast]")).to_contain_text("there is no evidence for “Interest”")
    assert Lead.objects.get(pk=morning.jan.lead_id).status == Status.NEW

    page.locator("#jot-interest").focus()
    page.keyboard.type("Asks what the audit costs.")
    press(page, "Enter")
    expect(page.locator("#point-interest q")).to_have_text("Asks what the audit costs.")
    press(page, "m")

    page.wait_for_url(morning.address + "/")
    assert Lead.objects.get(pk=morning.jan.lead_id).status == Status.QUALIFIED
    assert set(Promotion.objects.get().receipts) == {"intent", "interest"}
    assert Evidence.objects.count() == 2


def test_the_same_morning_works_without_a_script(morning: Morning, browser: Browser) -> None:
    plain = browser.new_context(java_script_enabled=False)
    enter(plain, morning.rep, morning.address)
    page = plain.new_page()
    page.goto(morning.address + "/")
    page.click("button[data-key=x]")
    comes_up(page, "Ola Lis")

    page.click("summary[data-key=c]")
    page.click("button[data-key='1']")

    expect(page.get_by_role("heading", name="Everybody has an answer")).to_be_visible()
    plain.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_axe_finds_nothing_on_the_screens_of_the_morning(morning: Morning, language: str, theme: str) -> None:
    User.objects.filter(pk=morning.rep.pk).update(role=Role.ADMIN.value)
    page = morning.open(language=language, theme=theme)
    press(page, "e")
    expect(page.locator("input[name=subject]")).to_be_focused()
    found = problems(page)
    press(page, "Escape")
    press(page, "x")
    expect(page.locator("[data-toast]")).to_be_visible()
    found += problems(page)
    for path in (f"/qualification/{morning.jan.lead_id}", f"/leads/{morning.jan.lead_id}", "/qualification/points"):
        page.goto(morning.address + path)
        found += problems(page)
    page.goto(f"{morning.address}/qualification/points")
    page.locator("form.point-fields[action$='/points'] button.primary").click()
    expect(page.locator(".error").first).to_be_visible()
    found += problems(page)

    assert found == []


def test_nothing_of_the_morning_scrolls_sideways_on_a_phone(morning: Morning) -> None:
    User.objects.filter(pk=morning.rep.pk).update(role=Role.ADMIN.value)
    wide = []
    for path in ("/", f"/qualification/{morning.jan.lead_id}", f"/leads/{morning.jan.lead_id}", "/qualification/points"):
        page = morning.open(path, width=360, language="pl")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
        page.close()

    assert wide == []
