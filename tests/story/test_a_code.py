"""A discount club from an empty installation to a sale at the counter; neither the visitor nor the counter runs a script."""

import re
import time
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.story.conftest import PATIENCE_SECONDS, Installation
from tests.story.test_the_honest_exchange import PASSWORD, ask_for_it, link_in, mails, set_up, text_of

CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}\b")


def publish_club(page: Page, one: Installation) -> str:
    page.goto(f"{one.studio}/magnets/")
    page.get_by_role("button", name="Begin: Discount club").click()
    expect(page.get_by_role("heading", name="What the code is worth")).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="Try it as a visitor")).to_be_visible()
    address = page.locator("main p.lead a").get_attribute("href")
    assert address is not None
    expect(page.frame_locator(".phone iframe").locator("form button").first).to_be_visible()
    return address


def mail_with(one: Installation, words: str) -> EmailMessage:
    """The mail whose subject says this, as soon as it is there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = [mail for mail in mails(one) if words in str(mail["Subject"])]
        if found:
            return found[0]
        time.sleep(0.1)
    raise AssertionError("no mail came:\n" + "".join(one.told))


def sign_in(page: Page, one: Installation) -> None:
    page.goto(f"{one.studio}/counter/")
    page.get_by_label("E-mail").fill("dora@cieplo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.mark.browser
@pytest.mark.slow
def test_a_member_gets_a_code_and_pays_less_at_the_counter(installation: Installation, browser: Browser) -> None:
    staff = browser.new_context(locale="en-GB").new_page()
    set_up(staff, installation)
    address = publish_club(staff, installation)

    visitor_context = browser.new_context(java_script_enabled=False, locale="en-GB", viewport={"width": 390, "height": 844})
    visitor = visitor_context.new_page()
    ask_for_it(visitor, address, mailbox="ann@example.com", letters=False)
    first = mail_with(installation, "your code is here")
    assert not CODE.search(visitor.content())
    assert not CODE.search(text_of(first))

    visitor.goto(link_in(first, "c"))
    visitor.get_by_role("button", name="Open it").click()
    expect(visitor.get_by_text("Member card", exact=True)).to_be_visible()
    code = visitor.locator(".voucher-code b").inner_text()
    assert CODE.fullmatch(code)
    assert visitor_context.cookies() == []
    second = mail_with(installation, ": your code")
    assert code in text_of(second)
    visitor.goto(link_in(second, "d"))
    expect(visitor.locator(".voucher-code b")).to_have_text(code)

    till = browser.new_context(java_script_enabled=False, locale="en-GB", viewport={"width": 390, "height": 844}).new_page()
    sign_in(till, installation)
    till.get_by_label("Code", exact=True).fill(code.lower().replace("-", " "))
    till.get_by_role("button", name="Check the code").click()
    expect(till.get_by_role("heading", name="The next code")).to_be_visible()
    till.get_by_label("Amount of the order").fill("423,00")
    till.get_by_role("button", name="Redeem it").click()
    expect(till.locator("body")).to_contain_text("It counts as a sale")
    assert code not in till.url

    visitor.reload()
    expect(visitor.locator(".voucher .banner")).to_contain_text("used for 1 order")
    staff.goto(f"{installation.studio}/results/")
    expect(staff.locator("main")).to_contain_text("423")
    assert code.replace("-", "") not in "".join(installation.told).replace("-", "")
