"""The demo company's club and its free shipping: members, codes from a shop's list, and what was bought with them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from leadstone.domains.capture.rules import ReceivedRecord
from leadstone.domains.codes import queries, services
from leadstone.domains.codes.rules import Door
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.magnets import queries as magnets
from leadstone.flows.codes_redeemed import redeem_code
from leadstone.flows.submissions_received import submissions_received
from leadstone.flows.visitor_acts import files_served
from leadstone.project.demo.catalogue import polish_contract
from leadstone.project.demo.history import confirm, keys_of_grants, letters_leave, ms, react_until_quiet
from leadstone.project.demo.people import Person, people
from leadstone.wire.definition import AskedField, Channel, Contract, FieldKey, IncentiveClass, MagnetDefinition, NextStep
from leadstone.wire.records import FileServed, Origin, SubmissionReceived

CLUB_SLUG, SHIPPING_SLUG = "discount-club", "free-shipping"
STREAM = "demo-codes"
LISTED = 40
CONFIRM_AFTER = timedelta(minutes=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wave:
    """People who asked on one day: how many, how many confirmed, and the orders that came of it."""

    days_ago: int
    asked: int
    confirmed: int
    orders: tuple[tuple[int, int], ...] = ()  # days later, amount in grosze


CLUB_WAVES = (
    Wave(days_ago=61, asked=5, confirmed=4, orders=((4, 24_900), (9, 129_000), (30, 18_450), (41, 22_800))),
    Wave(days_ago=38, asked=6, confirmed=5, orders=((2, 31_700), (12, 64_980))),
    Wave(days_ago=16, asked=4, confirmed=4, orders=((3, 15_990), (11, 42_300))),
    Wave(days_ago=3, asked=3, confirmed=2, orders=((1, 27_450),)),
)
SHIPPING_WAVES = (
    Wave(days_ago=29, asked=7, confirmed=6, orders=((2, 21_900), (6, 34_600), (15, 12_990))),
    Wave(days_ago=13, asked=9, confirmed=8, orders=((1, 45_200), (5, 16_480), (9, 11_350))),
    Wave(days_ago=2, asked=4, confirmed=3, orders=((1, 18_900),)),
)


def _contract(you_get: str, *steps: str, without: str) -> Contract:
    usual = polish_contract(you_get)
    return msgspec.structs.replace(
        usual,
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="Tam wyślemy kod.", required=True),
            AskedField(key=FieldKey.NAME, reason="Żebyśmy wiedzieli, jak się do Ciebie zwrócić."),
        ),
        next_steps=(*(NextStep(channel=Channel.EMAIL, text=text) for text in steps), *usual.next_steps[1:]),
        without_marketing=without,
    )


CLUB = MagnetDefinition(
    kind="discount_club",
    language="pl",
    title="Klub Ciepło Polskie",
    promise="Termostaty, filtry i uszczelki w naszym sklepie i przy ladzie na Pięknej o 8% taniej. Bez punktów i bez poziomów.",
    points=("Karta z kodem QR w telefonie albo na papierze", "Ten sam rabat za każdym razem", "Wypisanie się jednym kliknięciem"),
    proof="Ceny z naszego cennika detalicznego; obniżki liczymy od najniższej ceny z 30 dni.",
    button="Wyślij mi kartę",
    incentive=IncentiveClass.PRIZE,
    contract=_contract(
        "Karta członkowska z Twoim własnym kodem: 8% taniej na osprzęt, za każdym razem.",
        "Od razu: jedna wiadomość, żeby potwierdzić adres, i jedna z kodem.",
        without="Nie zaznaczaj pola z listem: kartę dostaniesz tak samo.",
    ),
    settings={
        "benefit": "percent",
        "percent": 8,
        "applies_to": "termostaty, filtry, uszczelki i sterowniki; nie dotyczy audytów, projektów i montażu",
        "minimum_minor": 10_000,
        "uses": 0,
        "cuts": [{"product": "Termostat pokojowy T2", "before_minor": 34_900, "now_minor": 29_900, "lowest_minor": 32_900}],
    },
)
_SHIPPING = MagnetDefinition(
    kind="free_shipping",
    language="pl",
    title="Filtry do rekuperatora z darmową dostawą",
    promise="Przy jednym zamówieniu w naszym sklepie za paczkę płacimy my.",
    points=("Kod na jedno zamówienie", "Paczka kurierem albo do automatu", "Żadnej minimalnej liczby sztuk"),
    button="Wyślij mi kod",
    incentive=IncentiveClass.PRIZE,
    contract=_contract(
        "Jeden kod na darmową dostawę, tylko dla Ciebie.",
        "Od razu: jedna wiadomość, żeby potwierdzić adres, i jedna z kodem.",
        "Trzy dni przed końcem ważności: jedno przypomnienie, jeśli kod nie był użyty.",
        without="Nie zaznaczaj pola z listem: kod dostaniesz tak samo.",
    ),
    settings={
        "benefit": "shipping",
        "applies_to": "jedna paczka do 20 kg na terenie Polski",
        "minimum_minor": 10_000,
        "uses": 1,
        "supply": "listed",
    },
)


def shipping(*, now: datetime) -> MagnetDefinition:
    """The offer as it is published now: its codes end in seven weeks."""
    until = (now + timedelta(days=49)).date().isoformat()
    return msgspec.structs.replace(_SHIPPING, settings=_SHIPPING.settings | {"valid_until": until})


def codes_and_redemptions(*, emil: int, dora: int, now: datetime) -> None:
    """Fill the list of the shop, let people ask and confirm, and redeem at the counter what they bought."""
    chance = random.Random(19)
    club, offer = magnets.by_slug(CLUB_SLUG), magnets.by_slug(SHIPPING_SLUG)
    if club is None or offer is None:
        raise AssertionError("the club and the offer of shipping are published first")
    founded = now - timedelta(days=70)
    pool_id = services.open_pool(offer.pk, now=founded)
    listed = (f"DOSTAWA-{number:05}" for number in chance.sample(range(10_000, 99_999), LISTED))
    services.add_codes(listed, pool_id=pool_id, now=founded)
    crowd = people(language="pl", seed=101)
    for magnet_id, slug, waves in ((club.pk, CLUB_SLUG, CLUB_WAVES), (offer.pk, SHIPPING_SLUG, SHIPPING_WAVES)):
        version = magnets.current_version(magnet_id)
        if version is None:
            raise AssertionError(slug)
        for number, wave in enumerate(waves):
            at = now - timedelta(days=wave.days_ago, hours=chance.randint(1, 8))
            forms = [_form(slug, version.version_id, next(crowd), at, chance) for _ in range(wave.asked)]
            _ask(forms, wave, version.definition.title, sequence=magnet_id * 100 + number, at=at)
            _redeem(magnet_id, forms[: wave.confirmed], wave, at=at, by=(emil, dora)[number % 2], chance=chance)
    react_until_quiet(now=now)


def _form(slug: str, version_id: int, person: Person, at: datetime, chance: random.Random) -> SubmissionReceived:
    ref = f"demo-{slug}-{chance.randrange(10**12)}"
    sources = (Origin(source="google", medium="organic", referrer_host="www.google.com"), Origin(), Origin(source="paragon"))
    return SubmissionReceived(
        at=ms(at),
        ref=ref,
        nonce=ref,
        slug=slug,
        version_id=version_id,
        language="pl",
        answers={"email": person.email, "name": person.name},
        ticked=("newsletter-email",) if chance.random() < 0.4 else (),
        origin=chance.choice(sources),
        fill_ms=chance.randint(9_000, 40_000),
        network="192.0.2.0/24",
    )


def _ask(forms: list[SubmissionReceived], wave: Wave, title: str, *, sequence: int, at: datetime) -> None:
    submissions_received([ReceivedRecord(STREAM, sequence, place, form) for place, form in enumerate(forms)], now=at)
    letters_leave(f"{title}: otwórz tutaj", now=at + timedelta(seconds=2))
    keys = keys_of_grants(forms[: wave.confirmed])
    confirm(keys, now=at + CONFIRM_AFTER)
    letters_leave(f"{title}: Twój kod", now=at + CONFIRM_AFTER + timedelta(seconds=5))
    opened = at + CONFIRM_AFTER + timedelta(seconds=9)
    files_served([FileServed(at=ms(opened), grant_key=key.grant) for key in keys], now=opened)


def _redeem(magnet_id: int, forms: list[SubmissionReceived], wave: Wave, *, at: datetime, by: int, chance: random.Random) -> None:
    codes = list(_codes(magnet_id, forms))
    for number, (later, amount) in enumerate(wave.orders):
        bought = at + timedelta(days=later, minutes=chance.randint(0, 300))
        redeem_code(
            codes[number % len(codes)],
            amount_minor=amount,
            door=Door.COUNTER,
            by=by,
            nonce=UUID(int=chance.getrandbits(128), version=4),
            now=bought,
        )


def _codes(magnet_id: int, forms: list[SubmissionReceived]) -> Iterator[str]:
    ids = contacts.contact_ids_by_address([form.answers["email"] for form in forms])
    for contact_id in ids.values():
        code = queries.code_of(magnet_id=magnet_id, contact_id=contact_id)
        if code is not None:
            yield code.text
