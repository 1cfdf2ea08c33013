"""The whole story in one browser: an empty installation, a guide, a visitor, a lead, and the way back."""

import email
import hashlib
import re
import time
from email import policy
from pathlib import Path

import pytest
import typst
from playwright.sync_api import Browser, Page, expect

from tests.story.conftest import PATIENCE_SECONDS, Installation

GUIDE = """
#set document(title: "Read a heat-pump quote like an engineer")
#set text(lang: "en")
= Read a heat-pump quote like an engineer
Five lines in every offer decide what you will really pay over fifteen years. We show you where they are.
== The number that sellers leave out
Ask for the seasonal performance at your flow temperature, and for the house that it was measured in.
== A worksheet for four offers
Write the five lines of each offer side by side. The cheapest is often not the cheapest.
"""
PASSWORD = "a calm sentence of words"


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    source = tmp_path / "guide.typ"
    source.write_text(GUIDE)
    path = tmp_path / "Heat pump quotes.pdf"
    path.write_bytes(typst.compile(source))
    return path


def set_up(page: Page, one: Installation) -> None:
    page.goto(f"{one.studio}/setup")
    page.get_by_label("Key from the console").fill(one.setup_key)
    page.get_by_label("Company").fill("Ciepło Polskie")
    page.get_by_label("Sender").fill("guides@cieplo.example")
    page.get_by_label("Postal address").fill("ul. Prosta 1, 00-001 Warszawa")
    page.get_by_label("Your name").fill("Dora Maj")
    page.get_by_label("Your e-mail address").fill("dora@cieplo.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Begin with the first magnet").click()
    expect(page.get_by_role("heading", name="Your first magnet")).to_be_visible()


def publish(page: Page, guide: Path) -> str:
    """Drop the PDF, publish the draft as it stands; returns the public address."""
    page.locator("input[type=file]").set_input_files(guide)
    page.get_by_role("button", name="Make a draft").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Read a heat-pump quote like an engineer")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="Try it as a visitor")).to_be_visible()
    address = page.locator("main p.lead a").get_attribute("href")
    assert address is not None
    # The phone shows the page as soon as the edge serves it.
    expect(page.frame_locator(".phone iframe").locator("form button").first).to_be_visible()
    return address


def ask_for_it(page: Page, address: str, *, mailbox: str, letters: bool) -> None:
    page.goto(address)
    page.get_by_label("E-mail").fill(mailbox)
    if letters:
        page.locator("input[name=consent]").first.check()
    page.wait_for_timeout(2500)  # nobody fills in a form faster than this
    page.locator("form button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")


def mails(one: Installation) -> list[email.message.EmailMessage]:
    return [
        email.message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in sorted((one.data / "mail" / "new").glob("*"), key=lambda path: path.stat().st_mtime_ns)
    ]


def mail_to(one: Installation, mailbox: str, *, seconds: float = PATIENCE_SECONDS) -> email.message.EmailMessage:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = [mail for mail in mails(one) if mailbox in str(mail["To"])]
        if found:
            return found[-1]
        time.sleep(0.1)
    raise AssertionError("no mail came:\n" + "".join(one.told))


def text_of(mail: email.message.EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_in(mail: email.message.EmailMessage, door: str) -> str:
    found = re.search(rf"https?://[^\s)\]]*/{door}/[^\s)\]]+", text_of(mail))
    assert found is not None, text_of(mail)
    return found[0]


def show_leads(page: Page, one: Installation, words: str) -> None:
    page.goto(f"{one.studio}/leads/?q={words}")


@pytest.mark.browser
@pytest.mark.slow
def test_a_guide_is_published_asked_for_opened_judged_and_undone(
    installation_of_nothing: Installation, browser: Browser, guide: Path
) -> None:
    installation = installation_of_nothing
    staff = browser.new_context(locale="en-GB").new_page()
    set_up(staff, installation)
    address = publish(staff, guide)

    # The visitor's browser runs no script.
    visitor_context = browser.new_context(java_script_enabled=False, locale="en-GB")
    visitor = visitor_context.new_page()
    ask_for_it(visitor, address, mailbox="ann@example.com", letters=True)
    mail = mail_to(installation, "ann@example.com")
    assert len(mails(installation)) == 1
    assert "List-Unsubscribe" not in mail

    visitor.goto(link_in(mail, "c"))
    visitor.get_by_role("button", name="Open it").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Read a heat-pump quote like an engineer")
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Download the file").click()
    assert hashlib.sha256(Path(download.value.path()).read_bytes()).digest() == hashlib.sha256(guide.read_bytes()).digest()
    visitor.get_by_role("button", name="Yes").click()
    expect(visitor.get_by_role("status")).to_have_text("Good to know. Thank you.")
    assert visitor_context.cookies() == []

    expect(staff.locator("#arrival")).to_contain_text("ann@example.com")
    show_leads(staff, installation, "ann@example.com")
    staff.locator("main table a, main .rows a").filter(has_text="ann@example.com").first.click()
    expect(staff.locator("main")).to_contain_text("mailbox proven")

    visitor.get_by_role("button", name="Undo the exchange now").click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("The exchange is undone")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        show_leads(staff, installation, "ann@example.com")
        if "ann@example.com" not in str(staff.locator("main table").all_inner_texts()):
            break
        time.sleep(0.3)
    else:
        raise AssertionError("the lead is still listed")


@pytest.mark.browser
@pytest.mark.slow
def test_the_six_digits_open_the_file_on_another_device(installation: Installation, browser: Browser, guide: Path) -> None:
    staff = browser.new_context(locale="en-GB").new_page()
    set_up(staff, installation)
    address = publish(staff, guide)
    visitor = browser.new_context(java_script_enabled=False, locale="en-GB").new_page()
    ask_for_it(visitor, address, mailbox="bob@example.com", letters=False)
    digits = re.search(r"^\s*(\d{6})\s*$", text_of(mail_to(installation, "bob@example.com")), re.MULTILINE)
    assert digits is not None

    for _ in range(20):  # the code exists from the moment that the hand-over is written down
        visitor.locator("input[name=code]").fill(digits[1])
        with visitor.expect_navigation():
            visitor.get_by_role("button", name="Open it").click()
        if "/d/" in visitor.url:
            break
        visitor.wait_for_timeout(300)

    expect(visitor.get_by_role("link", name="Download the file")).to_be_visible()


@pytest.mark.browser
@pytest.mark.slow
def test_forms_sent_while_the_worker_is_down_become_leads_when_it_is_back(
    installation: Installation, browser: Browser, guide: Path
) -> None:
    staff = browser.new_context(locale="en-GB").new_page()
    set_up(staff, installation)
    address = publish(staff, guide)
    visitor = browser.new_context(java_script_enabled=False, locale="en-GB").new_page()
    ask_for_it(visitor, address, mailbox="cleo@example.com", letters=False)
    mail_to(installation, "cleo@example.com")

    assert installation.process is not None
    installation.process.kill()  # the supervisor dies without a word, and its children with it
    installation.process.wait()
    installation.start()
    ask_for_it(visitor, address, mailbox="emma@example.com", letters=False)
    mail_to(installation, "emma@example.com")

    assert sorted(str(mail["To"]) for mail in mails(installation)) == ["cleo@example.com", "emma@example.com"]
