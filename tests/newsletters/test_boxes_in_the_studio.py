"""Where somebody chooses the topic that keeps what another magnet's box promises, and sees whom it concerns."""

import pytest
from django.test import Client
from django.urls import reverse

from leadstone.domains.access.rules import Role
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.audit.rules import Action
from leadstone.domains.newsletters.models import LetterBox
from tests.newsletters.test_boxes_of_other_magnets import Guided, letters
from tests.studio.conftest import Browser, admin, browser_of
from tests.worker.conftest import House, house

__all__ = ["admin", "browser_of", "house", "letters"]

WORDS = "Also send me one letter a month about heating costs."


@pytest.fixture
def company(house: House) -> None:
    """The house has one already."""


@pytest.fixture
def promised(letters: Guided) -> Guided:
    letters.tick("ann@home.example")
    return letters


def choose(client: Client, letters: Guided, topic: str) -> str:
    """The page after choosing, with its toast."""
    address = reverse("newsletter_box", args=[letters.magnet_id, letters.guide_id])
    return client.post(address, {"topic": topic}, follow=True).content.decode()


def test_the_list_points_at_promises_that_nobody_keeps_until_a_topic_does(browser_of: Browser, promised: Guided) -> None:
    dora = browser_of(Role.MARKETER)
    before = dora.get(reverse("newsletters")).content.decode()

    assert "1 person was promised letters that nobody sends" in before
    assert f"{reverse('newsletter_boxes', args=[promised.magnet_id])}#box-{promised.guide_id}" in before
    assert WORDS in dora.get(reverse("newsletter_boxes", args=[promised.magnet_id])).content.decode()
    assert "1 person gets the letters of this topic from now on." in choose(dora, promised, "practice")
    assert "was promised letters that nobody sends" not in dora.get(reverse("newsletters")).content.decode()


def test_a_choice_can_be_undone(browser_of: Browser, promised: Guided) -> None:
    dora = browser_of(Role.MARKETER)
    choose(dora, promised, "practice")
    choose(dora, promised, "rules")
    address = reverse("newsletter_box", args=[promised.magnet_id, promised.guide_id])

    dora.post(f"{address}?topic=practice")
    assert LetterBox.objects.get().topic == "practice"
    dora.post(f"{address}?topic=")
    assert not LetterBox.objects.exists()


def test_who_chose_what_stands_in_the_audit_log(browser_of: Browser, promised: Guided) -> None:
    dora = browser_of(Role.MARKETER)
    for topic in ("practice", "practice", "castle", ""):
        choose(dora, promised, topic)

    lines = AuditLine.objects.filter(action=Action.BOX_KEPT).order_by("pk")
    assert [(line.facts["before"], line.facts["topic"], line.facts["people"]) for line in lines] == [
        ("", "practice", 1),
        ("practice", "", 1),
    ]
    assert {line.subject_id for line in lines} == {promised.guide_id}
    assert None not in {line.actor_id for line in lines}


@pytest.mark.parametrize("topic", ["castle", "p" * 5000])
def test_a_topic_that_the_newsletter_does_not_have_is_refused_in_words(browser_of: Browser, promised: Guided, topic: str) -> None:
    assert "does not have this topic" in choose(browser_of(Role.MARKETER), promised, topic)
    assert not LetterBox.objects.exists()


def test_the_draft_counts_them_apart_and_each_row_says_why(browser_of: Browser, promised: Guided) -> None:
    dora = browser_of(Role.MARKETER)
    choose(dora, promised, "practice")
    issue = promised.write()

    assert "by a box that another magnet showed them" in dora.get(reverse("issue", args=[issue])).content.decode()
    rows = dora.get(reverse("issue_readers", args=[issue]) + "?by=promise&because=gets").content.decode()
    none = dora.get(reverse("issue_readers", args=[issue]) + "?by=choice").content.decode()
    file = dora.get(reverse("issue_readers_csv", args=[issue]) + "?by=promise")

    assert f"Ticked “{WORDS}”" in rows
    assert "Nobody reads these topics for this reason." in none
    assert WORDS in b"".join(file.streaming_content).decode()


@pytest.mark.parametrize("query", ["?after=x", "?after=99999999999999999999", "?by=%00&because=%00", "?because=left_marketing"])
def test_the_rows_survive_any_address(browser_of: Browser, promised: Guided, query: str) -> None:
    assert browser_of(Role.MARKETER).get(reverse("issue_readers", args=[promised.write()]) + query).status_code == 200


def test_what_is_no_newsletter_has_no_such_page(browser_of: Browser, promised: Guided) -> None:
    assert browser_of(Role.MARKETER).get(reverse("newsletter_boxes", args=[promised.guide_id])).status_code == 404
