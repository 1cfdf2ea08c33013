"""Suppliers in Chromium: a workbook is looked at and bought, its people are told, and every screen holds in every look."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.leads.models import Lead
from leadstone.domains.suppliers import services
from leadstone.domains.suppliers.models import Purchase
from leadstone.domains.suppliers.rules import Returned
from leadstone.flows.leads_bought import buy_leads
from leadstone.kernel.phone import read_phone
from tests.cast import staff
from tests.studio.test_browser import enter, problems
from tests.suppliers.cast import offered, one_supplier
from tests.workbooks import sheet, workbook

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEAD = ["ID", "Imię i nazwisko", "E-mail", "Telefon", "Treść zgody", "Data zgody"]
WORDS = "Zgadzam się na kontakt w sprawie ogrzewania"


@dataclass(frozen=True)
class Studio:
    """A running studio with a supplier of whom something was bought, refused and given back."""

    address: str
    context: BrowserContext
    user: User
    supplier_id: int

    def look(self, *, language: str = "en", theme: str = "light", width: int = 1440) -> Page:
        User.objects.filter(pk=self.user.pk).update(language=language, theme=theme)
        page = self.context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        return page

    @property
    def card(self) -> str:
        return f"{self.address}/suppliers/{self.supplier_id}"


def workbook_of_march() -> bytes:
    agreed = timezone.now() - timedelta(days=3)
    march = sheet(
        [
            HEAD,
            ["M-1", "Łucja Żak", "lucja@zak.example", 48_601_234_567, WORDS, agreed],
            ["M-2", "Jan Ćwik", "jan@cwik.example", None, WORDS, agreed],
            ["M-3", "Bez zgody", "bez@zgody.example", None, None, agreed],
        ]
    )
    return workbook({"Read me": sheet([["Leads of spring"]]), "March": march, "April": sheet([HEAD])})


def some_history(user: User) -> int:
    """Two suppliers; of one a delivery of weeks ago whose people should know by now, one given back, and one in quarantine."""
    before = timezone.now() - timedelta(days=20)
    supplier_id = one_supplier(by=user.pk, wants=frozenset())
    one_supplier(by=user.pk, name="Adresy i Kontakty sp. z o.o.", source="konkurs w galerii handlowej", price_minor=900)
    phone = {"phone": "602 234 567", "number": read_phone("602 234 567")}
    offers = [
        offered("ola@sold.example", name="Ola Nowak-Wyszyńska", agreed_at=before),
        offered("", address=None, name="Bez Adresu", reference="C-2", agreed_at=before, **phone),
        offered("nina@sold.example", name="Nina", words="", agreed_at=None),
        offered("nobody", address=None, reference="C-4"),
    ]
    buy_leads(supplier_id, offers, name="february.csv", by=user.pk, now=before)
    row = Purchase.objects.get(reference="no-ola")
    services.give_back(row.pk, because=Returned.WRONG_NUMBER, note="twice", by=user.pk, now=timezone.now())
    return supplier_id


@pytest.fixture
def studio(live_server: LiveServer, company: None, browser: Browser) -> Iterator[Studio]:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        user = staff("Ada", Role.ADMIN)
        supplier_id = some_history(user)
        context = browser.new_context(timezone_id="Europe/Warsaw", reduced_motion="reduce")
        enter(context, user, live_server.url)
        yield Studio(live_server.url, context, user, supplier_id)
        context.close()


def screens(supplier_id: int) -> list[str]:
    quarantined = Lead.objects.get(basis="")
    places = ["", "new", "people", "people?standing=told", f"{supplier_id}", f"{supplier_id}?state=credited"]
    places += [f"{supplier_id}/change", f"{supplier_id}/deliver"]
    return [f"/suppliers/{place}" for place in places] + [f"/leads/{quarantined.pk}"]


@pytest.mark.parametrize(("language", "theme"), [("en", "dark"), ("pl", "light")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(studio: Studio, language: str, theme: str) -> None:
    page = studio.look(language=language, theme=theme)
    found: list[str] = []
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for path in screens(studio.supplier_id):
            page.goto(studio.address + path)
            expect(page.locator("h1")).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, path)
            found += problems(page)
        page.goto(f"{studio.card}/deliver")
        page.locator("#id_file").set_input_files(
            {"name": "march.xlsx", "mimeType": "application/octet-stream", "buffer": workbook_of_march()}
        )
        page.locator("main form button.primary").first.click()
        expect(page.locator("#sheet")).to_have_value("1")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, "look")
        found += problems(page)

    assert found == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_workbook_is_bought_and_its_people_are_told_with_undo(studio: Studio, browser: Browser, scripts: bool) -> None:
    context = browser.new_context(java_script_enabled=scripts, timezone_id="Europe/Warsaw", reduced_motion="reduce")
    enter(context, studio.user, studio.address)
    page = context.new_page()
    page.goto(f"{studio.card}/change")
    page.get_by_label("The words that the person agreed to").check()
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="A delivery").first.click()
    page.locator("#id_file").set_input_files(
        {"name": "march.xlsx", "mimeType": "application/octet-stream", "buffer": workbook_of_march()}
    )
    page.get_by_role("button", name="Look at it").click()
    lines = page.locator("section[aria-labelledby=lines] tbody tr")
    expect(lines).to_have_count(3)
    expect(lines.first).to_contain_text("The words that they agreed to are missing")
    page.get_by_role("button", name="Buy 2 leads").click()
    expect(page.locator("table.purchases tbody tr")).to_have_count(3)

    page.get_by_role("link", name="Who, and by when").click()
    rows = page.locator("#rows tbody tr")
    expect(rows).to_have_count(5)
    expect(rows.first.locator(".late")).to_be_visible()
    page.get_by_role("button", name="Send the letter to 3 people").click()
    expect(rows.filter(has_text="A letter is on its way")).to_have_count(3)
    expect(page.get_by_role("button", name="Send the letter")).to_have_count(0)
    page.get_by_role("button", name="All 5 on this list were told").click()
    expect(page.get_by_role("heading", name="Nobody here")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(5)
    context.close()
