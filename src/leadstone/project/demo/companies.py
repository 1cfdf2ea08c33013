"""Companies of the demo: what is known of those whom people wrote from, and some that are leads before anybody there speaks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from leadstone.domains.companies import queries, services
from leadstone.domains.companies.services import CompanyDetails
from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.company_lead_added import add_company_lead, add_person

DETAILS = (
    CompanyDetails(
        name="Instal-Bud sp. z o.o.",
        website="instal-bud.example",
        tax_id="6982597912",
        street="ul. Hutnicza 12",
        postcode="81-061",
        city="Gdynia",
        country="PL",
        note="Montują sami; pytają o pompy do domów z lat 80. Decyduje pani Ewa z biura.",
    ),
    CompanyDetails(
        name="Pracownia Iks",
        website="pracownia-iks.example",
        street="ul. Piwna 3/4",
        postcode="80-831",
        city="Gdańsk",
        country="PL",
    ),
    CompanyDetails(
        name="Termomax S.A.", website="termomax.example", tax_id="9074833787", postcode="60-166", city="Poznań", country="PL"
    ),
    CompanyDetails(name="Northwind Homes Ltd", website="northwind-homes.example", city="Leeds", country="GB"),
    CompanyDetails(
        name="Zielone Osiedle sp. z o.o.", website="zielone-osiedle.example", postcode="02-795", city="Warszawa", country="PL"
    ),
    CompanyDetails(
        name="Architekci Sikora i Mazur", website="architekci-sm.example", postcode="31-005", city="Kraków", country="PL"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _MetFirm:
    """A company that somebody met. `person`: who speaks for it since then, with their address; None while nobody does."""

    details: CompanyDetails
    channel: ChannelType
    where_met: str
    basis: Basis
    days_ago: int
    person: tuple[str, str, str] | None = None


MET = (
    _MetFirm(
        details=CompanyDetails(
            name="Spółdzielnia Mieszkaniowa Morena",
            website="sm-morena.example",
            postcode="80-288",
            city="Gdańsk",
            country="PL",
        ),
        channel=ChannelType.TRADE_FAIR,
        where_met="Budma, pawilon 5: 14 bloków, wymiana węzłów do 2028",
        basis=Basis.GAVE_CARD,
        days_ago=9,
    ),
    _MetFirm(
        details=CompanyDetails(name="Hotel Bursztyn sp. z o.o.", website="hotel-bursztyn.example", city="Sopot", country="PL"),
        channel=ChannelType.CHAMBER_OF_COMMERCE,
        where_met="Śniadanie w izbie: kotłownia olejowa, 38 pokoi",
        basis=Basis.ASKED_US,
        days_ago=16,
        person=("Marta Wrońska", "Dyrektorka", "marta@hotel-bursztyn.example"),
    ),
    _MetFirm(
        details=CompanyDetails(name="TermoMax", website="termomax-serwis.example", city="Poznań", country="PL"),
        channel=ChannelType.LOCAL_MEDIA,
        where_met="Artykuł w „Głosie”: szukają partnera do audytów",
        basis=Basis.PUBLIC_ROLE,
        days_ago=4,
    ),
)


def companies_and_their_leads(*, emil: int, now: datetime) -> None:
    """Fill in what is known, and enter the companies that Emil met."""
    known = queries.companies_by_domain([each.website for each in DETAILS])
    for details in DETAILS:
        if details.website in known:
            services.change_company(details, company_id=known[details.website])
    for met in MET:
        _enter(met, by=emil, at=now - timedelta(days=met.days_ago, hours=2))


def _enter(met: _MetFirm, *, by: int, at: datetime) -> None:
    lead_id = add_company_lead(met.details, channel=met.channel, where_met=met.where_met, basis=met.basis, by=by, now=at)
    if met.person is None:
        return
    name, position, email = met.person
    add_person(
        queries.companies_by_domain([met.details.website])[met.details.website],
        company=met.details.name,
        lead_id=lead_id,
        name=name,
        email=email,
        phone="",
        position=position,
        by=by,
        language="pl",
        now=at + timedelta(days=2),
    )
