"""A number that may not be dialled is on no screen: neither a link nor its digits, wherever the person is shown."""

import re

import pytest
from django.test import Client

from leadstone.domains.access.rules import Role
from leadstone.domains.activities import services
from leadstone.domains.activities.rules import About
from leadstone.domains.contacts.models import ContactPoint
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from tests.cast import MONDAY, Visitor
from tests.studio.conftest import Browser

DIGITS = "601234567"


@pytest.fixture
def rep(browser_of: Browser) -> Client:
    return browser_of(Role.REP)


def screens(who: Visitor) -> list[str]:
    company_id = Lead.objects.get(pk=who.lead_id).company_id
    return [
        "/",
        "/leads/",
        "/leads/?q=ann",
        f"/leads/{who.lead_id}",
        f"/companies/{company_id}",
        f"/companies/people/{who.contact_id}",
        "/activities/",
    ]


def shown(client: Client, path: str) -> bool:
    """Whether the page holds the number, however it is spaced."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return DIGITS in re.sub(r"[\s\u00a0()+-]|&nbsp;", "", answer.content.decode())


def test_a_number_that_may_not_be_called_is_on_no_screen(rep: Client, ann: Visitor) -> None:
    assert ContactPoint.objects.filter(contact_id=ann.contact_id, key=f"+48{DIGITS}").exists()

    assert [path for path in screens(ann) if shown(rep, path)] == []


def test_whom_we_may_call_has_the_number_on_the_card(rep: Client, ann: Visitor) -> None:
    Lead.objects.filter(pk=ann.lead_id).update(basis=Basis.ASKED_US.value)

    assert shown(rep, f"/leads/{ann.lead_id}")


def test_what_staff_did_is_told_on_the_cards_of_lead_person_and_company(rep: Client, ann: Visitor) -> None:
    user_id = int(rep.session["_auth_user_id"])
    services.write_note(about=About(lead_id=ann.lead_id), text="Has two boilers", by=user_id, now=MONDAY)

    for path in screens(ann)[3:6]:
        assert "Has two boilers" in rep.get(path).content.decode(), path
