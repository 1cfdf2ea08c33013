"""Activities in Chromium: by keyboard alone, on a phone, without scripts, and with axe in every state."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.activities import services
from leadstone.domains.activities.models import Activity
from leadstone.domains.activities.rules import About, ActivityKind, Outcome
from leadstone.domains.activities.services import Call, Plan
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from tests.browser import press
from tests.cast import Visitor, staff

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@dataclass(frozen=True)
class Desk:
    """A rep at work: three things to do about Ann and Bob, one done; Ann asked to be called, Bob did not."""

    address: str
    context: BrowserContext
    user: User
    ann: Visitor
    bob: Visitor
    task: int

    def look(self, *, language: str = "en", theme: str = "light", width: int = 1280) -> Page:
        User.objects.filter(pk=self.user.pk).update(language=language, theme=theme)
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 844})
        return page


@pytest.fixture(autouse=True)
def plain_files() -> Iterator[None]:
    """The test server finds built files by their plain names; hashes are looked at elsewhere."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


@pytest.fixture
def desk(live_server: LiveServer, company: None, browser: Browser, ann: Visitor, bob: Visitor) -> Iterator[Desk]:
    user, now = staff("Erik", Role.REP), timezone.now()
    Lead.objects.filter(pk=ann.lead_id).update(basis=Basis.ASKED_US.value)

    def plan(kind: ActivityKind, title: str, who: Visitor, away: timedelta) -> int:
        told = Plan(kind=kind, about=About(lead_id=who.lead_id), owner_id=user.pk, title=title, due_at=now + away)
        return services.plan(told, by=user.pk, now=now)

    task = plan(ActivityKind.TASK, "Send the quote", ann, -timedelta(days=1))
    plan(ActivityKind.MEETING, "Look at the house", ann, timedelta(days=30))
    plan(ActivityKind.CALL, "", bob, timedelta(days=60))
    services.log_call(Call(about=About(lead_id=bob.lead_id), outcome=Outcome.REACHED, note="Likes it"), by=user.pk, now=now)
    context = browser.new_context()
    enter(context, user, live_server.url)
    yield Desk(live_server.url, context, user, ann, bob, task)
    context.close()


def enter(context: BrowserContext, user: User, address: str) -> None:
    client = Client(headers={"host": address.removeprefix("http://")})
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": address}])


def axe(page: Page) -> list[str]:
    return [
        f"{page.url} {each['id']}: {each['nodes'][0]['html']}" for each in Axe().run(page, options=RULES).response["violations"]
    ]


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_in_any_state(desk: Desk, language: str, theme: str, width: int) -> None:
    page, found = desk.look(language=language, theme=theme, width=width), []
    for path in ("", "?state=done", "?kind=note&state=done", f"{desk.task}", "calendar"):
        page.goto(f"{desk.address}/activities/{path}")
        found += axe(page)
        assert sideways(page) <= 0, page.url
    page.goto(f"{desk.address}/activities/")
    press(page, "n")
    page.wait_for_selector("details.plan[open]")
    found += axe(page)
    page.click("details.plan button.primary")  # a task without a title
    page.wait_for_selector(".error")
    found += axe(page)
    assert sideways(page) <= 0
    page.goto(f"{desk.address}/activities/calendar")
    page.click("button[value=make]")
    page.wait_for_selector("input[readonly]")
    found += axe(page)
    assert sideways(page) <= 0
    for who in (desk.ann, desk.bob):
        page.goto(f"{desk.address}/leads/{who.lead_id}")
        press(page, "c")
        page.wait_for_selector("details.log-call[open]")
        found += axe(page)
        assert sideways(page) <= 0
    press(page, "4")
    page.wait_for_selector("input[type=time]")
    found += axe(page)
    assert found == []


def test_the_day_is_worked_off_with_the_keyboard_alone(desk: Desk) -> None:
    page = desk.look()
    page.goto(f"{desk.address}/")
    press(page, "g")
    press(page, "a")
    page.wait_for_url("**/activities/")
    press(page, "j")
    expect(page.locator("a.whole:focus")).to_have_text("Send the quote")
    press(page, "e")
    page.wait_for_selector("[data-toast]")
    assert Activity.objects.get(pk=desk.task).outcome == "done"

    press(page, "j")
    press(page, "x")
    expect(page.locator("[data-toast]")).to_contain_text("Tomorrow")
    assert Activity.objects.get(title="Look at the house").due_at < timezone.now() + timedelta(days=2)

    press(page, "n")
    press(page, "Tab")
    page.keyboard.type("Buy cake e x")
    press(page, "Enter")
    page.wait_for_selector("text=Buy cake e x")
    assert Activity.objects.filter(title="Buy cake e x", done_at=None).exists()


@pytest.mark.parametrize("width", [1280, 390])
def test_c_and_one_digit_log_a_call(desk: Desk, width: int) -> None:
    page = desk.look(width=width)
    page.goto(f"{desk.address}/leads/{desk.ann.lead_id}")
    press(page, "2")  # a closed drawer hears no digit: one call is noted in the end, and not two
    press(page, "c")
    expect(page.locator("details.log-call[open] a[href='tel:+48601234567']")).to_be_focused()
    press(page, "2")
    page.wait_for_selector("[data-toast]")

    expect(page).to_have_url(f"{desk.address}/leads/{desk.ann.lead_id}")
    assert Activity.objects.filter(lead_id=desk.ann.lead_id, outcome="no_answer").count() == 1


def test_whom_one_may_not_call_one_digit_still_notes_what_was_said(desk: Desk) -> None:
    page = desk.look()
    page.goto(f"{desk.address}/leads/{desk.bob.lead_id}")
    press(page, "c")
    expect(page.locator("details.log-call[open]")).to_contain_text("Mail first")
    press(page, "1")
    page.wait_for_selector("[data-toast]")

    assert Activity.objects.filter(lead_id=desk.bob.lead_id, outcome="reached").count() == 2


def test_everything_works_without_a_script(desk: Desk, browser: Browser) -> None:
    plain = browser.new_context(java_script_enabled=False)
    enter(plain, desk.user, desk.address)
    page = plain.new_page()
    page.goto(f"{desk.address}/leads/{desk.ann.lead_id}")
    page.click("details.log-call summary")
    page.fill("details.log-call textarea", "Ring after five")
    page.click("details.log-call button[value=call_back]")
    expect(page.locator("input[name=clock], input[type=time]").first).to_be_visible()
    page.click("button.primary")
    expect(page).to_have_url(f"{desk.address}/leads/{desk.ann.lead_id}")
    call, planned = Activity.objects.filter(lead_id=desk.ann.lead_id, kind="call").order_by("pk")
    assert (call.outcome, call.text, planned.done_at) == ("call_back", "Ring after five", None)

    page.goto(f"{desk.address}/activities/")
    page.select_option("select[name=state]", "done")
    page.click("button[data-without-script]")
    expect(page).to_have_url(re.compile("state=done"))
    plain.close()
