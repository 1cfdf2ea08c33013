"""A number that may not be dialled is on no screen: neither a link nor its digits, wherever the person is shown."""

import re

import pytest
from django.test import Client

from leadstone.domains.access.rules import Role
from leadstone.domains.activities import services
from leadstone.domains.activities.rules import About
from leadstone.domains.companies.models import Company
from leadstone.domains.contacts.models import ContactPoint
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.lead_added import add_lead
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


def nameless(client: Client, *, owner_id: int | None, status: str) -> Lead:
    """Somebody of whom nothing is known but a number that may not be called."""
    lead_id = add_lead(
        name="",
        email="",
        phone="601 234 567",
        company="",
        channel=ChannelType.TRADE_FAIR,
        where_met="Fair",
        basis=Basis.GAVE_CARD,
        by=int(client.session["_auth_user_id"]),
        language="pl",
        now=MONDAY,
    )
    Lead.objects.filter(pk=lead_id).update(owner=owner_id, status=status, responded_at=MONDAY)
    return Lead.objects.get(pk=lead_id)


def test_nobody_is_called_by_a_number_where_no_name_is_known(rep: Client) -> None:
    mine = nameless(rep, owner_id=int(rep.session["_auth_user_id"]), status="qualified")
    nameless(rep, owner_id=None, status="working")
    paths = ["/", "/leads/", f"/leads/{mine.pk}", f"/companies/people/{mine.contact_id}", "/assignment/queue"]
    paths += ["/board/new", f"/board/new/{mine.pk}", f"/qualification/{mine.pk}", "/board/", "/activities/"]

    assert [path for path in paths if shown(rep, path)] == []


def test_the_number_of_a_company_stands_in_no_field_either_and_stays_when_the_rest_is_changed(rep: Client, ann: Visitor) -> None:
    company = Company.objects.get(pk=Lead.objects.get(pk=ann.lead_id).company_id)
    Company.objects.filter(pk=company.pk).update(phone="+48 601 234 567")

    assert not shown(rep, f"/companies/{company.pk}")
    rep.post(f"/companies/{company.pk}/change", {"name": "Zakład i Syn", "phone": ""})

    company.refresh_from_db()
    assert (company.name, company.phone) == ("Zakład i Syn", "+48 601 234 567")
