"""Companies and assignment in Chromium: axe on every screen in both languages and themes, a phone, and the keyboard alone."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.assignment import services
from leadstone.domains.assignment.rules.fitting import Conditions
from leadstone.domains.assignment.services import RuleWords
from leadstone.domains.companies.services import CompanyDetails
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.company_lead_added import add_company_lead
from tests.browser import press
from tests.cast import MONDAY, Visitor, staff
from tests.studio.test_browser import enter, problems

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@dataclass(frozen=True)
class House:
    """A running studio with a company, a person, two rules and something in the open queue."""

    address: str
    context: BrowserContext
    user: User
    company_id: int
    contact_id: int
    rule_id: int
    company_lead_id: int
    lead_id: int

    def look(self, *, language: str = "en", theme: str = "light", width: int = 1280) -> Page:
        User.objects.filter(pk=self.user.pk).update(language=language, theme=theme)
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        return page

    def paths(self) -> tuple[str, ...]:
        """Every screen, full and empty."""
        return (
            "/companies/",
            "/companies/?q=nobody",
            "/companies/leads/new",
            f"/companies/{self.company_id}",
            f"/companies/{self.company_id}/people/new",
            f"/companies/{self.company_id}/leads/new",
            f"/companies/people/{self.contact_id}",
            f"/leads/{self.company_lead_id}",
            "/assignment/",
            "/assignment/rules/new",
            f"/assignment/rules/{self.rule_id}",
            f"/assignment/rules/{self.rule_id}/simulation?days=90&show=all",
            "/assignment/queue",
            "/assignment/availability",
        )


@pytest.fixture(autouse=True)
def plain_files() -> Iterator[None]:
    """The test server finds built files by their plain names."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        yield


@pytest.fixture
def house(live_server: LiveServer, company: None, browser: Browser, ann: Visitor, bob: Visitor) -> Iterator[House]:
    user, emil = staff("Ada", Role.ADMIN), staff("Emil", Role.REP)
    details = CompanyDetails(name="Młyn Sztuki", website="mlyn.pl", tax_id="5261040828", city="Poznań", country="PL")
    lead_id = add_company_lead(
        details, channel=ChannelType.TRADE_FAIR, where_met="Budma", basis=Basis.GAVE_CARD, by=user.pk, now=MONDAY
    )
    words = RuleWords(name="All", conditions=Conditions(), weights={user.pk: 2, emil.pk: 1}, answer_within_minutes=90)
    first = services.add_rule(words, now=MONDAY)
    services.switch_rule(rule_id=first, on=True, now=MONDAY)
    rule_id = services.add_rule(words, now=MONDAY)
    services.move_rule(rule_id=rule_id, up=True)
    services.hand_over(lead_id=ann.lead_id, to=emil.pk, by=user.pk, now=MONDAY, note="Lives near you")
    services.hand_over(lead_id=lead_id, to=user.pk, by=emil.pk, now=MONDAY)
    context = browser.new_context(timezone_id="Europe/Warsaw", reduced_motion="reduce")
    enter(context, user, live_server.url)
    yield House(
        live_server.url,
        context,
        user,
        Lead.objects.get(pk=lead_id).company_id or 0,
        ann.contact_id,
        rule_id,
        lead_id,
        bob.lead_id,
    )
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_axe_finds_nothing_on_companies_and_assignment(house: House, language: str, theme: str) -> None:
    page = house.look(language=language, theme=theme)
    found: list[str] = []
    for path in house.paths():
        answer = page.goto(house.address + path)
        assert answer is not None
        assert answer.status == 200, path
        for closed in page.locator(".hands details, aside details.more").all():
            closed.evaluate("each => { each.open = true }")
        found += problems(page)

    assert found == []


def test_axe_finds_nothing_in_errors_of_companies_and_assignment(house: House) -> None:
    page = house.look()
    found: list[str] = []
    for path, fill in (
        ("/companies/leads/new", {"name": "X", "tax_id": "5261040829"}),
        ("/assignment/rules/new", {"countries": "Poland"}),
        ("/assignment/availability", {"from_1": "17:00", "until_1": "09:00"}),
    ):
        page.goto(house.address + path)
        for name, value in fill.items():
            page.fill(f"[name={name}]", value)
        page.click(".card.pad button.primary")
        expect(page.locator(".error").first).to_be_visible()
        found += problems(page)

    assert found == []


def test_companies_and_assignment_do_not_scroll_sideways_on_a_phone(house: House) -> None:
    page = house.look(width=360)
    wide = []
    for path in house.paths():
        page.goto(house.address + path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)

    assert wide == []


def test_a_lead_is_taken_from_the_open_queue_and_given_back_by_keyboard_alone(house: House) -> None:
    page = house.look()
    page.goto(f"{house.address}/leads/{house.lead_id}")

    press(page, "y")
    expect(page.locator("[data-toast]")).to_contain_text("It is yours.")
    assert Lead.objects.get(pk=house.lead_id).owner_id == house.user.pk
    page.locator("[data-toast] button.link").press("Enter")

    expect(page.locator("[data-toast]")).to_contain_text("Undone.")
    assert Lead.objects.get(pk=house.lead_id).owner_id is None
