"""What staff see of a copy: one line above every page, and a page that lets mail leave for whoever may."""

import pytest
from django.test import Client

from leadstone.domains.access.rules import Role
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.services import hosts
from leadstone.infra.host import this_host
from tests.cast import MONDAY
from tests.studio.conftest import Browser

pytestmark = pytest.mark.django_db

BANNER = "This is a restored copy."


@pytest.fixture
def restored(company: None) -> None:
    hosts.begin_quarantine(this_host(), now=MONDAY)


def test_every_role_reads_on_every_page_that_no_mail_leaves(restored: None, browser_of: Browser) -> None:
    for role in Role:
        page = browser_of(role).get("/leads/").content.decode()
        assert BANNER in page
        assert ("Let mail leave …" in page) is (role is Role.ADMIN)


def test_an_ordinary_installation_says_nothing(admin: Client) -> None:
    hosts.arrive(this_host(), now=MONDAY)

    assert 'class="alert quarantine"' not in admin.get("/leads/").content.decode()
    assert admin.get("/quarantine").status_code == 302


def test_looking_at_the_page_lifts_nothing(restored: None, admin: Client) -> None:
    assert admin.get("/quarantine").status_code == 200
    assert delivery.standing(this_host()).quarantine


def test_an_administrator_lets_mail_leave_and_the_line_goes(restored: None, admin: Client) -> None:
    answer = admin.post("/quarantine", {"waiting": "drop"}, follow=True)

    assert not delivery.standing(this_host()).quarantine
    assert "Mail leaves from here again." in answer.content.decode()
    assert BANNER not in answer.content.decode()


def test_without_a_choice_nothing_is_lifted_and_that_is_said(restored: None, admin: Client) -> None:
    answer = admin.post("/quarantine", {"waiting": "perhaps"})

    assert answer.status_code == 422
    assert "Choose one of the two." in answer.content.decode()
    assert delivery.standing(this_host()).quarantine


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_lets_mail_leave(restored: None, browser_of: Browser, role: Role) -> None:
    browser = browser_of(role)

    assert browser.get("/quarantine").status_code == 403
    assert browser.post("/quarantine", {"waiting": "send"}).status_code == 403
    assert delivery.standing(this_host()).quarantine


def test_in_polish_too(restored: None, admin: Client) -> None:
    admin.post("/language", {"language": "pl"})

    assert "To odtworzona kopia." in admin.get("/leads/").content.decode()
    assert "Działa tu od:" in admin.get("/quarantine").content.decode()
