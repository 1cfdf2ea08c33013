"""The screens of the ways in: a door is opened, tried, changed, given another secret; its log, boxes and trouble are read."""

import os
from dataclasses import dataclass
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from leadstone.domains.inbound import services
from leadstone.domains.inbound.models import AskedBox, Delivery, Door
from leadstone.domains.inbound.rules import Because, Box, ProviderName, Said, Trouble
from leadstone.domains.inbound.services import doors
from tests.browser import browser
from tests.cast import Guide
from tests.inbound.conftest import Opened, work
from tests.inbound.lead_servers import BOX, TERMS
from tests.marketer import Open, Theme, open_studio, plain_static

__all__ = ["browser", "open_studio", "plain_static"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PICTURES = os.environ.get("LEADSTONE_TEST_PICTURES", "")  # a folder, for whoever wants to look
WORDS = {
    "en": {
        "open": "Open a door", "name": "Name", "theirs": "Secret of theirs", "it": "Open the door", "to": "To the door",
        "sample": "Send a sample", "change": "Change", "undo": "Undo", "new": "New secret",
        "only": "Accept only the new one", "refused": "refused", "phone": "Offers by phone",
        "all": "Show all of them", "waiting": "waiting",
    },
    "pl": {
        "open": "Otwórz wejście", "name": "Nazwa", "theirs": "Ich sekret", "it": "Otwórz wejście", "to": "Przejdź do wejścia",
        "sample": "Wyślij próbkę", "change": "Zmień", "undo": "Cofnij", "new": "Nowy sekret",
        "only": "Przyjmuj tylko nowy", "refused": "odrzucone", "phone": "Oferty przez telefon",
        "all": "Pokaż wszystkie", "waiting": "czeka",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """What every screen promises, and a picture of it for whoever wants to look."""

    language: str
    theme: Theme
    width: int

    def __str__(self) -> str:
        return f"{self.language}-{self.theme}-{self.width}"

    def at(self, page: Page, name: str) -> None:
        options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
        assert Axe().run(page, options=options).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{self}.png", full_page=True)


LOOKS = [Look("en", "light", 1440), Look("pl", "dark", 390)]
THEMES: tuple[Theme, ...] = ("light", "dark")
ALL_LOOKS = [Look(language, theme, width) for language in ("en", "pl") for theme in THEMES for width in (1440, 390)]


@pytest.mark.parametrize("look", ALL_LOOKS if PICTURES else LOOKS, ids=str)
def test_a_door_is_opened_tried_changed_and_given_another_secret(guide: Guide, open_studio: Open, look: Look) -> None:
    words = WORDS[look.language]
    page = open_studio("/ways-in/", language=look.language, theme=look.theme, width=look.width)
    expect(page.locator(".empty")).to_be_visible()
    look.at(page, "list-empty")

    page.get_by_role("link", name=words["open"], exact=True).first.click()
    page.locator("#id_provider").select_option("linkedin")
    page.get_by_label(words["name"], exact=True).fill("Pompy, wiosna")
    page.get_by_role("button", name=words["it"], exact=True).click()
    expect(page.get_by_label(words["theirs"])).to_be_focused()
    look.at(page, "new-refused")
    page.locator("#id_provider").select_option("typeform")
    page.get_by_role("button", name=words["it"], exact=True).click()
    expect(page.locator("#secret")).to_have_value("whsec_" + page.locator("#secret").input_value().removeprefix("whsec_"))
    look.at(page, "made")

    page.get_by_role("link", name=words["to"]).click()
    expect(page.locator("#log")).to_be_visible()
    look.at(page, "door-empty")
    page.get_by_role("button", name=words["sample"]).click()
    expect(page.locator(".way-log tbody tr")).to_have_count(1)

    page.get_by_role("link", name=words["change"], exact=True).click()
    page.get_by_label(words["name"], exact=True).fill("Pompy, jesień")
    look.at(page, "change")
    page.locator("main .form .btn.primary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pompy, jesień")
    page.get_by_role("button", name=words["undo"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pompy, wiosna")

    page.get_by_role("link", name=words["new"]).click()
    look.at(page, "secret")
    page.locator("main .form .btn.primary").click()
    expect(page.locator("#secret")).to_be_visible()
    look.at(page, "secret-made")
    page.get_by_role("link", name=words["to"]).click()
    expect(page.locator("#old-secret")).to_be_visible()
    look.at(page, "door-two-secrets")
    page.get_by_role("button", name=words["only"]).click()
    expect(page.locator("#old-secret")).to_have_count(0)
    assert Door.objects.get().sealed_old_secret == ""


@pytest.mark.parametrize("look", ALL_LOOKS if PICTURES else LOOKS, ids=str)
def test_what_came_what_troubles_the_door_and_the_boxes_of_its_forms_are_read_and_answered(
    guide: Guide, opened: Opened, open_studio: Open, look: Look
) -> None:
    words = WORDS[look.language]
    door_id = a_busy_door(opened, guide)
    page = open_studio(f"/ways-in/{door_id}", language=look.language, theme=look.theme, width=look.width)
    expect(page.locator(".way-log tbody tr")).to_have_count(5)
    expect(page.locator("#trouble")).to_be_visible()
    look.at(page, "door")

    page.locator(".asked-box select").select_option(label=words["phone"])
    page.locator(".asked-box button").click()
    expect(page.locator("[data-toast]")).to_be_visible()
    expect(page.locator(".asked-box select")).to_have_value("offers:phone")
    assert AskedBox.objects.get(free=True).means == "offers:phone"

    piles = page.locator(".way-piles")
    piles.get_by_role("link", name=words["refused"]).click()
    expect(page.locator(".way-log tbody tr")).to_have_count(1)
    piles.get_by_role("link", name=words["waiting"]).click()
    expect(page.locator(".way-log tbody tr")).to_have_count(2)
    look.at(page, "door-waiting")
    page.goto(page.url.partition("/ways-in/")[0] + "/ways-in/")
    expect(page.locator(".table tbody tr")).to_have_count(2)
    look.at(page, "list")


def a_busy_door(opened: Opened, guide: Guide) -> int:
    """A door of LinkedIn with all that may stand at one, beside a paused one."""
    now = timezone.now()
    doors.pause(opened(ProviderName.GOOGLE, name="Reklama w Google, zima").door.pk, now=now)
    stand = opened(ProviderName.LINKEDIN, name="Formularz na LinkedInie, wiosna", token="AQX", magnet_id=guide.magnet_id)
    pk, answers = stand.door.pk, {"Imię i nazwisko": "Ann Test", "email": "ann@test.example"}
    urn = "urn:li:leadGenFormResponse:249592fc-d272-44ba-a7db-c2bdce5795"
    boxes = [Box(words=BOX, ticked=True, language="pl"), Box(words=TERMS, ticked=True, free=False, language="pl")]
    services.keep(pk, [Said(provider_id=f"{urn}01", fields=answers, boxes=boxes)], body=b"1", now=now)
    services.keep(pk, [Said(provider_id=f"{urn}02", fields={"Dokąd pisać": "zoe@test.example"})], body=b"2", now=now)
    services.keep(pk, [Said(provider_id=f"{urn}03", fields=answers)], body=b"3", is_test=True, now=now)
    work()
    fetch = "https://api.linkedin.com/rest/leadFormResponses/1"
    services.keep(pk, [Said(provider_id=f"{urn}{each}", fetch=fetch) for each in ("04", "05")], body=b"4", now=now)
    later = now + timedelta(hours=6)
    for row in Delivery.objects.filter(fetch=fetch):
        services.put_off(row.pk, because=Because.NOT_TOLD, until=later)
    doors.note_trouble(pk, Trouble.TOKEN_OVER, asks_from=later, now=now)
    doors.change_secret(pk, secret="the client secret, renewed", overlap=timedelta(days=1), now=now)
    doors.note_old_secret(pk, now=now)
    return pk
