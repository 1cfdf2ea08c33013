"""Codes in Chromium: axe on page, card and counter in both languages and themes at a phone's width, with and without scripts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.codes.queries import CodeFacts
from leadstone.domains.magnets.models import Magnet
from leadstone.kernel.language import Language
from leadstone.portal.codes import qr_of
from leadstone.wire.bundle import PublishedVersion
from leadstone.wire.definition import MagnetDefinition
from leadstone.wire.pages import FormView, Pages
from leadstone.wire.pages.held_view import HeldView
from leadstone.wire.pages.pages import STATIC
from tests.cast import MONDAY, staff
from tests.codes.cast import CLUB, club, holder, shipping, told
from tests.pages.gallery import EXPIRES, POLICY, TOKEN, galleries
from tests.studio.conftest import company
from tests.studio.test_browser import enter, problems

__all__ = ["company"]

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 390, "height": 844}
HOST = "http://pages.example"
CUTS = [{"product": "Termostat T2", "before_minor": 34_900, "now_minor": 29_900, "lowest_minor": 32_900}]
TEXT = "7K2M-9QRS-TVWX-YZ012"


def card(*, because: str = "", left: int | None = None) -> HeldView:
    facts = {
        "code": TEXT,
        "qr": qr_of(TEXT),
        "terms": CLUB | {"cuts": CUTS},
        "member": True,
        "since": MONDAY,
        "used": 2,
        "left": left,
        "because": because,
    }
    return HeldView("codes/card.html", facts)


def public(pages: Pages, magnet: MagnetDefinition, language: Language) -> Mapping[str, str]:
    """Name → page."""
    version = PublishedVersion(version_id=1, number=1, definition=magnet)

    def delivery(held: HeldView) -> str:
        return pages.delivery(version, "club", TOKEN, language=language, expires_at=EXPIRES, uses_left=3, held=held)

    return {
        "page": pages.magnet(version, "club", language=language, form=FormView(token="t", first=True)),
        "card": delivery(card()),
        "used": delivery(card(because="used_up", left=0)),
        "gone": delivery(HeldView("codes/gone.html", {"place": 3}, given=False)),
    }


def served(context: BrowserContext, shown: Mapping[str, str], pages: Pages) -> Page:
    """A page whose host serves these, with the policy of the real one."""

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2].partition("?")[0]
        headers = {"content-security-policy": POLICY}
        if name in shown:
            route.fulfill(body=shown[name], content_type="text/html; charset=utf-8", headers=headers)
        elif name in pages.made:
            kind = "text/css" if name.endswith(".css") else "image/svg+xml"
            route.fulfill(body=pages.made[name], content_type=kind)
        elif (STATIC / name).is_file():
            kind = "text/javascript" if name.endswith(".js") else "font/woff2"
            route.fulfill(body=(STATIC / name).read_bytes(), content_type=kind)
        else:
            route.fulfill(status=404)

    context.route("**/*", answer)
    return context.new_page()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", list(Language))
def test_axe_finds_nothing_on_the_page_the_card_and_the_end_of_the_list(browser: Browser, language: Language, theme: Any) -> None:
    pages = galleries(None)[language].pages
    shown = public(pages, told(cuts=CUTS, valid_until="2026-12-31", minimum_minor=10_000), language)
    context = browser.new_context(viewport=PHONE, color_scheme=theme)
    page = served(context, shown, pages)
    found: list[str] = []
    for name in shown:
        page.goto(f"{HOST}/{name}")
        found += problems(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        assert len(shown[name].encode()) < 50_000
    context.close()

    assert found == []


def test_the_page_before_the_gate_names_the_rules_and_the_lowest_price_and_no_code(browser: Browser) -> None:
    pages = galleries(None)[Language.ENGLISH].pages
    shown = public(pages, told(cuts=CUTS), Language.ENGLISH)
    context = browser.new_context(java_script_enabled=False)
    page = served(context, shown, pages)
    page.goto(f"{HOST}/page")

    expect(page.locator(".cuts")).to_contain_text("Lowest of the 30 days before the cut")
    expect(page.locator(".cuts")).to_contain_text("PLN 329")
    expect(page.locator(".voucher-terms")).to_contain_text("10% off")
    assert TEXT not in shown["page"]
    context.close()


def test_the_code_is_copied_by_a_button_with_scripts_and_marked_whole_by_one_press_without(browser: Browser) -> None:
    pages = galleries(None)[Language.ENGLISH].pages
    shown = public(pages, told(), Language.ENGLISH)
    scripted = browser.new_context(viewport=PHONE)
    scripted.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => { globalThis.copied = text }}})"
    )
    page = served(scripted, shown, pages)
    page.goto(f"{HOST}/card")
    page.get_by_role("button", name="Copy the code").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("globalThis.copied") == TEXT
    scripted.close()

    plain = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = served(plain, shown, pages)
    page.goto(f"{HOST}/card")
    expect(page.get_by_role("button", name="Copy the code")).to_be_hidden()
    page.locator("#code").click()
    assert page.evaluate("String(getSelection())") == TEXT
    plain.close()


def test_printed_only_the_card_and_its_rules_come_out(browser: Browser) -> None:
    pages = galleries(None)[Language.ENGLISH].pages
    shown = public(pages, told(), Language.ENGLISH)
    context = browser.new_context()
    page = served(context, shown, pages)
    page.goto(f"{HOST}/card")
    page.emulate_media(media="print")

    expect(page.locator(".voucher-code b")).to_be_visible()
    expect(page.locator(".voucher .rules")).to_be_visible()
    for gone in (".head", ".foot", ".ways", ".get"):
        expect(page.locator(gone)).to_be_hidden()
    context.close()


@dataclass(frozen=True)
class Till:
    """A running studio with a club, its member, and a list that is nearly used up."""

    address: str
    context: BrowserContext
    user: User
    code: CodeFacts
    list_id: int

    def look(self, *, language: str = "en", theme: str = "light") -> Page:
        User.objects.filter(pk=self.user.pk).update(language=language, theme=theme)
        page = self.context.new_page()
        page.set_viewport_size({"width": 390, "height": 844})
        return page


@pytest.fixture
def till(live_server: LiveServer, company: None, browser: Browser) -> Iterator[Till]:
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": plain}):
        user = staff("Ada", Role.ADMIN)
        _who, code = holder(club(minimum_minor=10_000), name="Ann Nowak")
        listed = shipping(codes=["ALFA-1", "BETA-2"])
        holder(listed, "bob@example.com")
        context = browser.new_context(timezone_id="Europe/Warsaw", reduced_motion="reduce")
        enter(context, user, live_server.url)
        yield Till(live_server.url, context, user, code, listed.magnet_id)
        context.close()


def check(page: Page, till: Till, text: str) -> None:
    page.goto(f"{till.address}/counter/")
    page.fill("form[action$=check] [name=code]", text)
    page.press("form[action$=check] [name=code]", "Enter")
    expect(page.locator(".till-answer")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "pl"])
def test_axe_finds_nothing_at_the_counter_in_the_lists_and_in_the_editor(till: Till, language: str, theme: str) -> None:
    page = till.look(language=language, theme=theme)
    found: list[str] = []
    for text in (till.code.text, "NOBODY-1"):
        check(page, till, text)
        found += problems(page)
    Magnet.objects.filter(pk=till.list_id).update(draft=_draft())
    for path in ("/counter/redemptions", "/counter/pools", f"/counter/pools/{till.list_id}", f"/magnets/{till.list_id}"):
        answer = page.goto(till.address + path)
        assert answer is not None
        assert answer.status == 200, path
        found += problems(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path

    assert found == []


def _draft() -> dict[str, Any]:
    draft: dict[str, Any] = msgspec.to_builtins(told("free_shipping", cuts=CUTS))
    return draft


def code_field(page: Page) -> Locator:
    return page.locator("[data-till] [name=code]")


def test_by_keyboard_alone_a_code_is_checked_redeemed_and_undone(till: Till) -> None:
    page = till.look()
    page.goto(f"{till.address}/counter/")
    expect(code_field(page)).to_be_focused()
    page.keyboard.type(till.code.text.lower())
    page.keyboard.press("Enter")
    expect(page.locator("#verdict")).to_have_text("This code counts")
    expect(page.locator("[data-verdict]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Amount of the order")).to_be_focused()
    page.keyboard.type("many")
    page.keyboard.press("Enter")
    expect(page.locator(".till-answer .error")).to_contain_text("This is not an amount")
    expect(page.get_by_label("Amount of the order")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("423")
    page.keyboard.press("Enter")
    expect(page.locator("[data-toast]")).to_contain_text("It counts as a sale")
    page.get_by_role("button", name="Undo").first.press("Enter")

    expect(page.locator("body")).to_contain_text("the code counts again")


def test_a_hand_scanner_that_types_at_once_reads_one_code_after_another(till: Till) -> None:
    page = till.look()
    page.add_init_script("addEventListener('load', () => { globalThis.atLoad = document.activeElement.name })")
    page.goto(f"{till.address}/counter/")
    assert page.evaluate("globalThis.atLoad") == "code"
    page.keyboard.type("NOBODY-1\n")
    expect(page.locator("#verdict")).to_have_text("Do not take it")
    expect(code_field(page)).to_be_focused()
    expect(code_field(page)).to_have_accessible_description(re.compile("^Do not take it"))
    page.keyboard.type(f"{till.code.text}\n")

    expect(page.locator("#verdict")).to_have_text("This code counts")


def test_the_camera_fills_in_what_it_reads_and_says_so_when_it_may_not(till: Till) -> None:
    page = till.look()
    page.add_init_script(
        """
        globalThis.BarcodeDetector = class {
          static async getSupportedFormats() { return ["qr_code"]; }
          async detect() { return [{ rawValue: globalThis.seen }]; }
        };
        """
        f"globalThis.seen = {till.code.text!r};"
        """
        const canvas = document.createElement("canvas");
        canvas.getContext("2d");
        Object.defineProperty(navigator, "mediaDevices", { value: { getUserMedia: async () => {
          if (globalThis.refuses) throw new DOMException("no", "NotAllowedError");
          return canvas.captureStream();
        } } });
        HTMLMediaElement.prototype.play = async () => {};
        """
    )
    page.goto(f"{till.address}/counter/")
    page.evaluate("globalThis.refuses = true")
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.locator("[data-scan-says]")).to_contain_text("The camera may not be used.")

    page.evaluate("globalThis.refuses = false")
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.locator("#verdict")).to_have_text("This code counts")
    assert till.code.text not in page.url
