"""Without JavaScript: a time is booked, the mailbox proven, the booking moved and called off, through every real process."""

import os
import re
import subprocess
import sys
import time
from email.message import EmailMessage

import pytest
from playwright.sync_api import Browser, expect

from tests.story.conftest import PATIENCE_SECONDS, Installation
from tests.story.test_the_honest_exchange import mail_to, mails, text_of

ANN = "ann.zolw@example.com"


def subjects(one: Installation) -> list[str]:
    return [str(mail["Subject"]).partition(":")[0] for mail in mails(one) if ANN in str(mail["To"])]


@pytest.mark.browser
@pytest.mark.slow
def test_a_time_is_booked_moved_and_called_off_on_a_phone(installation: Installation, browser: Browser) -> None:
    installation.stop()
    surroundings = {**os.environ, **installation.environment, "LEADSTONE_DATA": str(installation.data)}
    subprocess.run([sys.executable, "-m", "leadstone", "seed"], env=surroundings, check=True, capture_output=True)
    installation.start()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()

    page.goto(f"{installation.public}/m/consultation?lang=en")
    page.locator("form button.primary").click()
    page.locator(".times a").nth(25).click()
    page.get_by_label("E-mail").fill(ANN)
    page.get_by_role("button", name="Book this time").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    code = re.search(r"^\s*(\d{6})\s*$", text_of(mail_to(installation, ANN)), re.MULTILINE)
    assert code is not None
    page.locator("#code").fill(code[1])
    page.locator("form button.primary").click()
    expect(page.locator(".meeting")).to_be_visible()
    _when_told(installation, count=2)  # a time that is moved before this letter leaves is told of once

    page.locator('a[href^="/book/move/"]').click()
    page.locator(".times button").nth(5).click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto(page.url.replace("done=moved", ""))
    page.goto(installation.public + re.findall(r"/book/cancel/[0-9a-f]+", text_of(_when_told(installation, count=3)))[0])
    page.locator("form.act button").click()
    _when_told(installation, count=4)

    assert context.cookies() == []
    assert len(set(subjects(installation))) == 4


def _when_told(one: Installation, *, count: int) -> EmailMessage:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = [mail for mail in mails(one) if ANN in str(mail["To"])]
        if len(found) >= count:
            return found[count - 1]
        time.sleep(0.1)
    raise AssertionError(subjects(one))
