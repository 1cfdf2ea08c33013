"""Companies and people at the door of the studio."""

import pytest
from django.test import Client

from leadstone.domains.access.models import ReachOfRole, User
from leadstone.domains.access.rules import Reach, Role, Thing
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.companies.models import Company
from leadstone.domains.companies.services import CompanyDetails, add_company
from leadstone.domains.leads import services as leads_services
from leadstone.domains.leads.models import Lead
from tests.cast import MONDAY, Visitor, staff
from tests.studio.conftest import Browser

NEW = {
    "name": "Młyn Sztuki sp. z o.o.",
    "website": "https://www.mlyn.pl",
    "tax_id": "526-10-40-828",
    "city": "Poznań",
    "channel": "trade_fair",
    "where_met": "Budma",
    "basis": "gave_card",
}


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def mlyn(db: None) -> int:
    return add_company(CompanyDetails(name="Młyn Sztuki", website="mlyn.pl", phone="61 222 33 44", city="Poznań"), now=MONDAY)[0]


def own_only() -> None:
    ReachOfRole.objects.create(role=Role.REP.value, thing=Thing.LEADS.value, reach=Reach.OWN.value)


def test_only_a_company_becomes_a_lead_and_its_card_opens(admin: Client) -> None:
    answer = admin.post("/companies/leads/new", NEW, follow=True)

    lead = Lead.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/leads/{lead.pk}", 302)]
    assert (lead.contact_id, lead.where_met) == (None, "Budma")
    assert "Młyn Sztuki sp. z o.o." in page
    assert "nobody there is known in person yet" in page
    assert Company.objects.get().tax_id == "5261040828"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tax_id": "526-10-40-829"}, "a digit is wrong or missing"),
        ({"website": "no site"}, "not the address of a website"),
        ({"website": "", "tax_id": ""}, "so that it can be found again"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_a_mistake_stands_beside_its_field_and_nothing_is_kept(admin: Client, changes: dict[str, str], words: str) -> None:
    answer = admin.post("/companies/leads/new", NEW | changes)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Company.objects.exists()
    assert not Lead.objects.exists()


def test_the_screens_of_leads_cope_with_a_lead_without_a_person(admin: Client) -> None:
    admin.post("/companies/leads/new", NEW)

    for path in ("/", "/leads/", "/leads/?order=name", "/leads/?proven=no", f"/leads/{Lead.objects.get().pk}", "/companies/"):
        assert "Młyn Sztuki" in text(admin, path), path
    assert "Młyn Sztuki" in b"".join(admin.get("/leads/export.csv")).decode()  # type: ignore[call-overload]  # it streams


def test_a_person_is_added_and_speaks_for_the_lead(admin: Client) -> None:
    admin.post("/companies/leads/new", NEW)
    lead = Lead.objects.get()

    page = text(admin, f"/companies/{lead.company_id}/people/new?lead={lead.pk}")
    assert f'<option value="{lead.pk}" selected>Budma</option>' in page
    given = {"name": "Ann Nowak", "position": "Owner", "email": "ann@mlyn.pl", "lead": str(lead.pk)}
    answer = admin.post(f"/companies/{lead.company_id}/people/new", given, follow=True)

    lead.refresh_from_db()
    assert lead.contact is not None
    assert lead.contact.name == "Ann Nowak"
    assert "named this person for the company" in answer.content.decode()
    assert "Ann Nowak" in text(admin, f"/companies/{lead.company_id}")


def test_somebody_without_a_way_to_reach_them_is_not_kept(admin: Client, mlyn: int) -> None:
    answer = admin.post(f"/companies/{mlyn}/people/new", {"name": "Ann"})

    assert answer.status_code == 422
    assert "needs an e-mail address or a phone number" in answer.content.decode()


def test_details_are_changed_in_place(admin: Client, mlyn: int) -> None:
    page = admin.post(
        f"/companies/{mlyn}/change",
        {"name": "Młyn Sztuki S.A.", "website": "mlyn.pl", "country": "PL", "note": "Two halls"},
        follow=True,
    ).content.decode()

    assert "Młyn Sztuki S.A." in page
    assert "Two halls" in page
    assert "Poland" in page


def test_a_taken_tax_number_is_refused_beside_the_form(admin: Client, mlyn: int) -> None:
    add_company(CompanyDetails(name="Dom", tax_id="5261040828"), now=MONDAY)

    answer = admin.post(f"/companies/{mlyn}/change", {"name": "Młyn", "tax_id": "5261040828"})

    assert answer.status_code == 422
    assert "Another company has this website or number already." in answer.content.decode()


def test_a_number_that_nobody_may_dial_stands_on_no_card(admin: Client, mlyn: int, ann: Visitor) -> None:
    card = text(admin, f"/companies/{mlyn}").split("<details", 1)[0]
    assert "222 33 44" not in card
    person = text(admin, f"/companies/people/{ann.contact_id}")
    assert "601" not in person.replace("601040", "")
    assert "tel:" not in person


def test_the_card_of_a_person_says_who_said_what(admin: Client, ann: Visitor) -> None:
    page = text(admin, f"/companies/people/{ann.contact_id}")

    assert "Ann Nowak" in page
    assert ">verified<" in page
    assert "Heating without gas" in page
    assert "ann@zaklad.example.com" in page


def test_each_card_that_is_opened_leaves_a_line_in_the_audit_log(admin: Client, mlyn: int, ann: Visitor) -> None:
    text(admin, f"/companies/{mlyn}")
    text(admin, f"/companies/people/{ann.contact_id}")

    lines = AuditLine.objects.filter(action="read").values_list("subject", "subject_id")
    assert {("company", mlyn), ("contact", ann.contact_id)} <= set(lines)


def test_what_is_out_of_reach_is_not_listed_and_answers_like_nothing(browser_of: Browser, ann: Visitor) -> None:
    own_only()
    rep, gosia = browser_of(Role.REP), staff("Gosia", Role.REP)
    company_id = Lead.objects.get(pk=ann.lead_id).company_id
    assert company_id is not None
    assert text(rep, f"/companies/{company_id}")

    leads_services.assign_owner(lead_id=ann.lead_id, owner_id=gosia.pk)

    assert "example.com" not in text(rep, "/companies/")
    for path in (f"/companies/{company_id}", f"/companies/{company_id}/people/new", f"/companies/people/{ann.contact_id}"):
        assert rep.get(path).status_code == 404, path
    assert rep.post(f"/companies/{company_id}/change", {"name": "Mine"}).status_code == 404
    assert Company.objects.get(pk=company_id).name != "Mine"


def test_who_may_not_work_leads_reads_but_changes_nothing(browser_of: Browser, mlyn: int, fay: User) -> None:
    officer = browser_of(Role.PRIVACY_OFFICER)

    assert "Młyn Sztuki" in text(officer, f"/companies/{mlyn}")
    assert officer.post(f"/companies/{mlyn}/change", {"name": "X"}).status_code == 403
    assert officer.post("/companies/leads/new", NEW).status_code == 403


def test_the_list_filters_by_address_and_its_export_has_the_same_rows(admin: Client, mlyn: int) -> None:
    add_company(CompanyDetails(name="=cmd()", website="dom.de", country="DE"), now=MONDAY)

    assert "Młyn" not in text(admin, "/companies/?country=DE")
    assert "Młyn" in text(admin, "/companies/?q=mlyn&people=nobody")
    assert "No company matches" in text(admin, "/companies/?q=zzz")
    answer = admin.get("/companies/export.csv?country=DE")
    lines = b"".join(answer).decode("utf-8-sig").splitlines()  # type: ignore[call-overload]  # it streams
    assert len(lines) == 2
    assert lines[1].startswith("'=cmd()")
    assert AuditLine.objects.filter(action="exported", facts__rows=1).exists()


@pytest.mark.parametrize("query", ["?owner=x&order=%27&country=%00&page=-3", "?page=99999999999999999999&q=%00", "?owner=²"])
def test_an_address_that_makes_no_sense_shows_the_list(admin: Client, mlyn: int, query: str) -> None:
    assert admin.get(f"/companies/{query}").status_code == 200


def test_possible_doubles_are_a_hint(admin: Client, mlyn: int) -> None:
    add_company(CompanyDetails(name="MŁYN SZTUKI S.A.", website="mlyn.com"), now=MONDAY)

    page = text(admin, f"/companies/{mlyn}")

    assert "Perhaps the same company" in page
    assert "MŁYN SZTUKI S.A." in page
