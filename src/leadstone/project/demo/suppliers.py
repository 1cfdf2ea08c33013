"""A supplier whose leads are cheap and poor: many bought, few worth a word, some given back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import islice

from leadstone.domains.campaigns.services.campaigns import CampaignWords, open_campaign
from leadstone.domains.leads.rules import Because, Status
from leadstone.domains.leads.services import moving
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.suppliers import queries, services
from leadstone.domains.suppliers.rules import How, Offered, Returned, State, Wants
from leadstone.domains.suppliers.services import Agreed
from leadstone.flows.leads_bought import buy_leads
from leadstone.kernel.address import read_address
from leadstone.kernel.money import Currency
from leadstone.kernel.phone import read_phone
from leadstone.project.demo.people import Person, people

KEY, NAME = "porownywarka-ogrzewania", "Porównywarka Ogrzewania"
WORDS = "Zgadzam się, aby firmy instalacyjne skontaktowały się ze mną w sprawie ogrzewania."
DELIVERIES = ((62, 18), (41, 16), (19, 14))  # days ago, leads
PRICE_MINOR = 4_500
WITHOUT_WORDS = 6  # one in so many comes without the words, and is refused
TOLD_AFTER = timedelta(days=6)
BACK = (Returned.WRONG_NUMBER, Returned.NOT_ME, Returned.ASKED_FOR_NOTHING, Returned.WRONG_NUMBER, Returned.MAIL_BOUNCED)
GIVEN_UP = (Because.NO_ANSWER, Because.NO_NEED, Because.WRONG_PERSON, Because.NOT_REAL)


def buy_from_supplier(staff: Mapping[str, int], *, now: datetime) -> None:
    """Three deliveries in two months, and what came of them."""
    supplier_id = _agree(staff["dora"], now=now - timedelta(days=70))
    strangers = people(language="pl", seed=23)
    for number, (days_ago, size) in enumerate(DELIVERIES, start=1):
        at = now - timedelta(days=days_ago)
        offers = [_offer(who, number, row, at=at) for row, who in enumerate(islice(strangers, size), start=1)]
        buy_leads(supplier_id, offers, name=f"leady-{number}.csv", by=staff["dora"], now=at)
    _call_them(supplier_id, by=staff["emil"])
    _give_back(supplier_id, by=staff["dora"], now=now)


def _agree(by: int, *, now: datetime) -> int:
    words = CampaignWords(name=NAME, channel=ChannelType.THIRD_PARTY, starts_on=now.date(), owner_id=by)
    terms = Agreed(
        name=f"{NAME} sp. z o.o.",
        email="leady@porownywarka-ogrzewania.example",
        campaign_id=open_campaign(words, key=KEY, by=by, now=now),
        price_minor=PRICE_MINOR,
        currency=Currency.PLN.value,
        wants=frozenset({Wants.WORDS, Wants.PHONE}),
        oldest_days=60,
        a_day=None,
        return_days=30,
        notice_days=14,
        source="porównanie kosztów ogrzewania na porownywarka-ogrzewania.example",
    )
    return services.open_supplier(terms, by=by, now=now)


def _offer(who: Person, delivery: int, row: int, *, at: datetime) -> Offered:
    return Offered(
        reference=f"PO-{delivery}{row:03}",
        email=who.email,
        phone=who.phone,
        address=read_address(who.email),
        number=read_phone(who.phone),
        name=who.name,
        company=who.company,
        source="formularz porównania",
        words="" if row % WITHOUT_WORDS == 0 else WORDS,
        agreed_at=at - timedelta(days=1 + row % 5),
        language="pl",
    )


def _call_them(supplier_id: int, *, by: int) -> None:
    """Two of three wanted nothing; the rest comes back in spring, and everybody was told where we have them from."""
    for number, row in enumerate(queries.purchases(supplier_id, states=[State.ACCEPTED])):
        if row.lead_id is None:
            continue
        called_at = row.at + TOLD_AFTER
        services.note_told([row.lead_id], how=How.MAIL, by=by, now=called_at)
        moving.move(lead_id=row.lead_id, to=Status.WORKING, by=by, now=called_at)
        if number % 3:
            because = GIVEN_UP[number % len(GIVEN_UP)]
            moving.give_up(lead_id=row.lead_id, because=because, note="", by=by, now=called_at + timedelta(days=1))


def _give_back(supplier_id: int, *, by: int, now: datetime) -> None:
    """Of the last delivery what was worth nothing; what is older is too old to be given back."""
    for row, because in zip(queries.purchases(supplier_id, states=[State.ACCEPTED]), BACK, strict=False):
        services.give_back(row.purchase_id, because=because, note="", by=by, now=now - timedelta(days=5))
