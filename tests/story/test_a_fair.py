"""A fair from an empty installation: a device is paired, the network is cut, and three people are a lead and a mail each."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.story.conftest import Installation
from tests.story.test_the_honest_exchange import guide, link_in, mail_to, mails, publish, set_up

__all__ = ["guide"]

PEOPLE = ("ann@example.com", "bob@example.com", "cleo@example.com")


def pair_link(staff: Page, one: Installation) -> str:
    staff.goto(f"{one.studio}/kiosks/new")
    staff.get_by_label("Name").fill("Tablet at the door")
    staff.get_by_label("Language of the screen").select_option("en")
    staff.get_by_role("button", name="Make the link").click()
    expect(staff.get_by_role("heading", name="Hold its camera here")).to_be_visible()
    return staff.get_by_label("Or open this address").input_value()


def leads_listed(staff: Page, one: Installation) -> list[str]:
    staff.goto(f"{one.studio}/leads/")
    words = staff.locator("main").inner_text()
    return [email for email in PEOPLE for _ in range(words.count(email))]


@pytest.mark.browser
@pytest.mark.slow
def test_three_people_at_a_fair_without_a_network_are_three_leads(
    installation: Installation, browser: Browser, guide: Path
) -> None:
    staff = browser.new_context(locale="en-GB").new_page()
    set_up(staff, installation)
    publish(staff, guide)
    link = pair_link(staff, installation)

    fair = browser.new_context(locale="en-GB", viewport={"width": 1180, "height": 820})
    device = fair.new_page()
    device.goto(link)
    expect(device.get_by_label("E-mail")).to_be_visible(timeout=30_000)
    fair.set_offline(True)
    device.reload()
    for email in PEOPLE:
        device.get_by_label("E-mail").fill(email)
        device.locator("form button.primary").click()
        expect(device.get_by_role("heading", name="Thank you")).to_be_visible()
        device.get_by_role("button", name="Next person").click()
        expect(device.get_by_label("E-mail")).to_have_value("")
    device.get_by_role("button", name="Staff").click()
    device.get_by_role("button", name="Hot", exact=True).click()
    expect(device.locator("#waiting-state")).to_have_text("4 entries wait here, encrypted")
    assert mails(installation) == []

    # Two tabs hand over at once, and one of them is closed in the middle of it.
    second = fair.new_page()
    fair.set_offline(False)
    second.goto(link.partition("#")[0])
    second.close()
    device.get_by_role("button", name="Hand over").click()
    expect(device.locator("#waiting-state")).to_contain_text("all has been handed over", timeout=30_000)

    for email in PEOPLE:
        assert "/c/" in link_in(mail_to(installation, email), "c")
    assert len(mails(installation)) == len(PEOPLE)
    assert leads_listed(staff, installation) == list(PEOPLE)
    staff.goto(f"{installation.studio}/kiosks/")
    staff.get_by_role("link", name="Tablet at the door").click()
    expect(staff.locator("main")).to_contain_text("awake")
    expect(staff.get_by_role("row")).to_have_count(5)  # three forms, a note, and the heading
    staff.get_by_role("link", name="Note of staff").click()
    expect(staff.locator("main")).to_contain_text("Tablet at the door: hot")
    expect(staff.locator("main")).to_contain_text("cleo@example.com")

    told = "".join(installation.told)
    assert link.partition("pair=")[2] not in told
    assert not any(email in told for email in PEOPLE)
