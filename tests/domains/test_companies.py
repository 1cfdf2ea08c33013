"""Companies: found again by domain and number, never merged by name, seen by reach, subjects of leads without a person."""

from collections.abc import Mapping

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE, Reach, Reader, Role, Thing
from leadstone.domains.companies import queries, services
from leadstone.domains.companies.models import Company
from leadstone.domains.companies.queries import NoSuchCompany
from leadstone.domains.companies.rules import CompanyFilter, CompanyOrder, bare_name, website_host
from leadstone.domains.companies.services import CompanyDetails, CompanyKnown, NotATaxId, NotAWebsite
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads import services as leads_services
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis, LeadFilter, Order
from leadstone.domains.privacy import services as privacy
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows import company_lead_added, lead_added
from tests.cast import MONDAY, Visitor, ask, published, staff

MLYN = CompanyDetails(name="Młyn Sztuki sp. z o.o.", website="https://www.mlyn.pl/kontakt", city="Poznań", country="PL")


def company_lead(details: CompanyDetails = MLYN, *, by: User) -> Lead:
    lead_id = company_lead_added.add_company_lead(
        details, channel=ChannelType.TRADE_FAIR, where_met="Budma, hall 5", basis=Basis.GAVE_CARD, by=by.pk, now=MONDAY
    )
    return Lead.objects.get(pk=lead_id)


def person_at(company_id: int, *, by: User, lead_id: int | None = None, email: str = "ann@mlyn.pl") -> int:
    return company_lead_added.add_person(
        company_id,
        company="Młyn Sztuki",
        lead_id=lead_id,
        name="Ann Nowak",
        email=email,
        phone="",
        position="Owner",
        by=by.pk,
        language="pl",
        now=MONDAY,
    )


def own(user: User) -> Reader:
    return Reader(user_id=user.pk, role=Role.REP, reaches=dict.fromkeys(Thing, Reach.OWN))


def names(reader: Reader = THE_HOUSE, **chosen: object) -> list[str]:
    page = leads.company_page(CompanyFilter(**chosen), reader=reader)  # type: ignore[arg-type]  # the keys of the filter
    return [line.company.name for line in page.lines]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Młyn Sztuki sp. z o.o.", "mlyn sztuki"),
        ("MŁYN SZTUKI S.A.", "mlyn sztuki"),
        ("Młyn Sztuki Spółka z ograniczoną odpowiedzialnością", "mlyn sztuki"),
        ("Northwind Homes Ltd", "northwind homes"),
        ("Dom, sp. z o. o. sp. k.", "dom"),
        ("S.A.", "sa"),
        ("Spółka", "spolka"),
    ],
)
def test_a_bare_name_has_no_legal_form(name: str, bare: str) -> None:
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("https://www.mlyn.pl/kontakt?x=1", "mlyn.pl"),
        ("mlyn.pl", "mlyn.pl"),
        ("http://młyn.pl", "xn--myn-hwa.pl"),
        ("not a site", None),
        ("javascript:alert(1)", None),
        ("http://[::1", None),
        ("localhost", None),
        ("", None),
    ],
)
def test_a_website_is_read_as_its_host(typed: str, host: str | None) -> None:
    assert website_host(typed) == host


def test_a_company_is_found_again_by_its_domain_and_by_its_number(db: None) -> None:
    first, _ = services.add_company(CompanyDetails(name="Młyn", website="mlyn.pl", tax_id="526-10-40-828"), now=MONDAY)

    assert services.add_company(CompanyDetails(name="Other words", website="sklep.mlyn.pl"), now=MONDAY) == (first, True)
    assert services.add_company(CompanyDetails(name="Same number", tax_id="PL5261040828"), now=MONDAY) == (first, True)
    assert queries.company(first).name == "Młyn"


def test_the_same_name_is_a_hint_and_never_the_same_company(db: None) -> None:
    first, _ = services.add_company(CompanyDetails(name="Młyn sp. z o.o.", website="mlyn.pl"), now=MONDAY)
    second, known = services.add_company(CompanyDetails(name="MŁYN S.A.", website="mlyn.com"), now=MONDAY)

    assert not known
    assert dict(leads.company_card(second, reader=THE_HOUSE).alike) == {first: "Młyn sp. z o.o."}


def test_a_website_at_a_free_mail_provider_is_nobodys_domain(db: None) -> None:
    first, _ = services.add_company(CompanyDetails(name="Jan", website="gmail.com"), now=MONDAY)
    second, _ = services.add_company(CompanyDetails(name="Ewa", website="gmail.com"), now=MONDAY)

    assert first != second


@pytest.mark.parametrize(("changes", "mistake"), [({"tax_id": "5261040829"}, NotATaxId), ({"website": "no site"}, NotAWebsite)])
def test_what_is_mistyped_is_refused_by_name(db: None, changes: Mapping[str, str], mistake: type[Exception]) -> None:
    with pytest.raises(mistake):
        services.add_company(CompanyDetails(name="Młyn", **changes), now=MONDAY)


def test_a_company_does_not_take_the_number_of_another(db: None) -> None:
    services.add_company(CompanyDetails(name="Młyn", tax_id="5261040828"), now=MONDAY)
    other, _ = services.add_company(CompanyDetails(name="Dom", website="dom.pl"), now=MONDAY)

    with pytest.raises(CompanyKnown):
        services.change_company(CompanyDetails(name="Dom", website="dom.pl", tax_id="5261040828"), company_id=other)


def test_a_changed_company_is_found_under_its_new_name_and_city(db: None) -> None:
    pk, _ = services.add_company(CompanyDetails(name="Młyn", website="mlyn.pl"), now=MONDAY)

    services.change_company(CompanyDetails(name="Żabka", website="mlyn.pl", city="Łódź"), company_id=pk)

    assert names(search="zabka lodz") == ["Żabka"]
    assert names(search="mlyn") == ["Żabka"]  # its domain is still its own


def test_a_company_without_a_person_is_a_lead(emil: User) -> None:
    lead = company_lead(by=emil)

    card = leads.lead_card(lead.pk, reader=THE_HOUSE)
    assert (card.contact_id, card.company, card.owner_id) == (None, "Młyn Sztuki sp. z o.o.", emil.pk)
    assert card.accuracy.value > 0
    page = leads.lead_page(LeadFilter(search="sztuki", order=Order.NAME), reader=THE_HOUSE)
    assert [line.lead_id for line in page.lines] == [lead.pk]


def test_a_company_lead_needs_something_to_find_it_by(emil: User) -> None:
    with pytest.raises(company_lead_added.NothingToFindThemBy):
        company_lead(CompanyDetails(name="Młyn"), by=emil)

    assert not Company.objects.exists()


def test_a_person_who_is_named_later_speaks_for_the_lead_and_the_history_says_so(emil: User) -> None:
    lead = company_lead(by=emil)

    contact_id = person_at(lead.company_id or 0, by=emil, lead_id=lead.pk)

    card = leads.lead_card(lead.pk, reader=THE_HOUSE)
    assert card.contact_id == contact_id
    assert (card.status, card.owner_id, card.opened_at) == ("new", emil.pk, lead.opened_at)
    assert [(entry.kind.value, entry.facts.get("by")) for entry in card.timeline] == [("met", None), ("person_named", "Emil")]
    assert card.accuracy.value > lead.accuracy


def test_a_second_person_does_not_take_the_lead_from_the_first(emil: User) -> None:
    lead = company_lead(by=emil)
    first = person_at(lead.company_id or 0, by=emil, lead_id=lead.pk)

    person_at(lead.company_id or 0, by=emil, lead_id=lead.pk, email="bea@mlyn.pl")

    assert Lead.objects.get(pk=lead.pk).contact_id == first
    assert len(leads.company_card(lead.company_id or 0, reader=THE_HOUSE).people) == 2


def test_somebody_known_at_another_company_is_not_moved_silently(emil: User) -> None:
    lead = company_lead(by=emil)
    lead_added.add_lead(
        name="Ann",
        email="ann@dom.pl",
        phone="",
        company="Dom",
        channel=ChannelType.TRADE_FAIR,
        where_met="",
        basis=Basis.GAVE_CARD,
        by=emil.pk,
        language="pl",
        now=MONDAY,
    )

    with pytest.raises(company_lead_added.KnownElsewhere):
        person_at(lead.company_id or 0, by=emil, lead_id=lead.pk, email="ann@dom.pl")

    assert Lead.objects.get(pk=lead.pk).contact_id is None


def test_a_company_is_seen_by_whoever_sees_one_of_its_leads_and_by_all_while_it_has_none(emil: User) -> None:
    gosia = staff("Gosia", Role.REP)
    lead = company_lead(by=gosia)
    free, _ = services.add_company(CompanyDetails(name="Free", website="free.pl"), now=MONDAY)

    assert names(own(gosia)) == ["Free", "Młyn Sztuki sp. z o.o."]
    assert names(own(emil)) == ["Free"]
    assert leads.company_card(free, reader=own(emil)).company.name == "Free"
    with pytest.raises(NoSuchCompany):
        leads.company_card(lead.company_id or 0, reader=own(emil))


def test_a_person_is_seen_like_a_company_and_only_with_the_leads_in_reach(ann: Visitor, emil: User) -> None:
    gosia = staff("Gosia", Role.REP)
    other = ask(published("other"), ann.email)
    leads_services.assign_owner(lead_id=ann.lead_id, owner_id=gosia.pk)
    leads_services.assign_owner(lead_id=other.lead_id, owner_id=emil.pk)

    seen = leads.contact_card(ann.contact_id, reader=own(emil))
    assert [line.lead_id for line in seen.leads] == [other.lead_id]

    leads_services.assign_owner(lead_id=other.lead_id, owner_id=gosia.pk)
    with pytest.raises(leads.NoSuchPerson):
        leads.contact_card(ann.contact_id, reader=own(emil))


def test_the_list_filters_sorts_and_counts(emil: User) -> None:
    company_lead(by=emil)
    company_lead(CompanyDetails(name="Dom", website="dom.de", country="DE", city="Bonn"), by=emil)
    services.add_company(CompanyDetails(name="Alfa", website="alfa.pl", city="Kraków"), now=MONDAY)

    assert names() == ["Alfa", "Dom", "Młyn Sztuki sp. z o.o."]
    assert names(country="DE") == ["Dom"]
    assert names(owner_id=emil.pk, order=CompanyOrder.NEWEST) == ["Dom", "Młyn Sztuki sp. z o.o."]
    assert names(order=CompanyOrder.CITY) == ["Dom", "Alfa", "Młyn Sztuki sp. z o.o."]
    page = leads.company_page(CompanyFilter(), reader=THE_HOUSE, size=2)
    assert (len(page.lines), page.has_next, page.count.number) == (2, True, 3)


def test_a_company_that_is_a_lead_itself_outlives_the_last_person_who_is_forgotten(emil: User) -> None:
    lead = company_lead(by=emil)
    contact_id = person_at(lead.company_id or 0, by=emil)

    privacy.erase_contact(contact_id=contact_id, now=MONDAY)

    assert leads.lead_card(lead.pk, reader=THE_HOUSE).company == "Młyn Sztuki sp. z o.o."
