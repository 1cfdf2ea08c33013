"""The demo company's sample: a piece of wood-fibre insulation by post, with a shelf, a queue, and some that have left."""

import random
from datetime import datetime, timedelta

import msgspec

from leadstone.domains.capture.rules import ReceivedRecord
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.grants import queries as grants
from leadstone.domains.magnets import services as magnets
from leadstone.domains.shipments import queries as shipments
from leadstone.domains.shipments.rules import Carrier, MovementKind, ParcelFilter, ParcelOrder, ParcelState
from leadstone.domains.shipments.services.parcels import Sending
from leadstone.domains.shipments.services.shelf import note_by_hand
from leadstone.flows.parcels_sent import parcel_came_back, send_parcels
from leadstone.flows.submissions_received import submissions_received
from leadstone.flows.visitor_acts import mailboxes_proven
from leadstone.infra.blobs.store import BlobStore
from leadstone.project.demo.catalogue import polish_contract
from leadstone.project.demo.history import letters_leave, ms, react_until_quiet
from leadstone.project.demo.people import people
from leadstone.wire.definition import AskedField, Availability, Channel, FieldKey, MagnetDefinition, NextStep
from leadstone.wire.records import MailboxProven, SubmissionReceived

STREAM = "demo-samples"
SAMPLE_SLUG = "sample"

_CONTRACT = polish_contract("Jedna próbka płyty z włókna drzewnego pocztą, bezpłatnie. Niczego nie trzeba odsyłać.")

SAMPLE = MagnetDefinition(
    kind="sample",
    language="pl",
    title="Weź ocieplenie do ręki: próbka płyty z włókna drzewnego",
    promise="Kawałek 12 × 12 cm i grubość 16 cm: taka, jaką naprawdę kładzie się na dach. Dotknij, zważ, podpal zapalniczką.",
    points=(
        "Próbka 12 × 12 × 16 cm, 290 g",
        "Karta z parametrami, które da się sprawdzić na budowie",
        "Jedna na gospodarstwo domowe, dopóki leżą na półce",
    ),
    proof="Od 2024 roku wysłaliśmy 212 próbek; 9 na 10 wyszło w ciągu dwóch dni.",
    button="Wyślij mi próbkę",
    contract=msgspec.structs.replace(
        _CONTRACT,
        asks=(
            AskedField(key=FieldKey.EMAIL, reason="Tam wyślemy numer paczki.", required=True),
            AskedField(key=FieldKey.NAME, reason="Na etykietę paczki.", required=True),
            AskedField(key=FieldKey.STREET, reason="Idzie tam jedna paczka i nic więcej.", required=True),
            AskedField(key=FieldKey.POSTCODE, reason="Dla poczty.", required=True),
            AskedField(key=FieldKey.CITY, reason="Dla poczty.", required=True),
            AskedField(key=FieldKey.COUNTRY, reason="Tylko jeśli to nie Polska."),
        ),
        next_steps=(
            NextStep(channel=Channel.EMAIL, text="Od razu: jedna wiadomość z przyciskiem, który odkłada próbkę dla Ciebie."),
            NextStep(channel=Channel.EMAIL, text="Gdy paczka wyjdzie: jedna wiadomość z jej numerem."),
            NextStep(channel=Channel.EMAIL, text="Po 14 dniach: jedno pytanie, czy było jak w opisie.", asks_after_days=14),
            *_CONTRACT.next_steps[1:],
        ),
        without_marketing="Nie zaznaczaj pola z listem: próbkę dostaniesz tak samo.",
    ),
    settings={
        "item": "próbka płyty z włókna drzewnego, 12 × 12 × 16 cm, z kartą parametrów",
        "worth_minor": 1900,
        "currency": "PLN",
        "within_days": 3,
    },
    availability=Availability(waiting=True, shows_left=True),
)

STREETS = ("Polna", "Lipowa", "Ogrodowa", "Słoneczna", "Żurawia", "Świętojańska", "Długa", "3 Maja", "os. Tysiąclecia", "al. Róż")
TOWNS = (
    ("00-549", "Warszawa"),
    ("30-001", "Kraków"),
    ("61-001", "Poznań"),
    ("80-244", "Gdańsk"),
    ("90-006", "Łódź"),
    ("20-029", "Lublin"),
    ("35-030", "Rzeszów"),
    ("05-800", "Pruszków"),
)
ASKED = 34  # how many asked for one in the last weeks
TWINS = (10, 21)  # which of them live in the same flat
LATELY = 6  # of them since yesterday: these wait for the post
DAYS = 45


def publish_sample(blobs: BlobStore, *, by: int, now: datetime) -> int:
    """Put the first box on the shelf and publish; returns the version."""
    made = magnets.create_from_definition(SAMPLE, slug=SAMPLE_SLUG, by=by, now=now)
    _put_on_shelf(made.pk, 30, "Pierwsza dostawa z tartaku", by=by, now=now)
    published = magnets.publish_version(magnet_id=made.pk, slug=SAMPLE_SLUG, blobs=blobs, by=by, now=now)
    if published.version_id is None:
        raise AssertionError(f"{SAMPLE_SLUG}: {[gap.code for gap in published.gaps]}")
    return published.version_id


def tell_samples(version_id: int, *, by: int, now: datetime) -> None:
    """Weeks of forms, parcels and one that came back; the latest still wait for the post."""
    chance = random.Random(29)
    magnet_id = next(iter(shipments.left()))
    asked = _forms(version_id, chance, now=now)
    for sequence, (at, record) in enumerate(asked, start=1):
        submissions_received([ReceivedRecord(STREAM, sequence, 0, record)], now=at)
        letters_leave("Twoja próbka – otwórz tutaj", now=at + timedelta(seconds=2))
        if sequence == ASKED - 8:
            _put_on_shelf(magnet_id, 12, "Druga dostawa", by=by, now=at)
        if sequence in TWINS or chance.random() < 0.88:
            _confirm(record, now=at + timedelta(minutes=6))
            react_until_quiet(now=at + timedelta(minutes=7))
        _post_what_is_due(chance, by=by, at=at)
    letters_leave("Paczka w drodze", now=now)


def _forms(version_id: int, chance: random.Random, *, now: datetime) -> list[tuple[datetime, SubmissionReceived]]:
    crowd = people(language="pl", seed=290)
    earlier = [now - timedelta(days=1 + DAYS * chance.random()) for _ in range(ASKED - LATELY)]
    times = sorted(earlier + [now - timedelta(hours=chance.uniform(1, 20)) for _ in range(LATELY)])
    made: list[tuple[datetime, SubmissionReceived]] = []
    for number, at in enumerate(times):
        person = next(crowd)
        postcode, town = chance.choice(TOWNS)
        flat = f" m. {chance.randint(1, 40)}" if chance.random() < 0.5 else ""
        street = f"{chance.choice(STREETS)} {chance.randint(1, 90)}{flat}"
        if number + 1 == TWINS[1]:  # the same household once more, spelled another way
            first = made[TWINS[0] - 1][1].answers
            postcode, town, street = first["postcode"], first["city"], first["street"].replace(" m. ", "/")
        answers = {"email": person.email, "name": person.name, "street": street, "postcode": postcode, "city": town}
        record = SubmissionReceived(
            at=ms(at),
            ref=f"demo-sample-{number:04d}",
            nonce=f"demo-sample-{number:04d}",
            slug=SAMPLE_SLUG,
            version_id=version_id,
            language="pl",
            answers=answers,
            fill_ms=chance.randint(20_000, 120_000),
            network=f"203.0.113.{chance.randint(0, 15) * 16}/24",
        )
        made.append((at, record))
    return made


def _confirm(record: SubmissionReceived, *, now: datetime) -> None:
    contact_id = contacts.contact_ids_by_address([record.answers["email"]])[record.answers["email"]]
    (grant,) = (grant for grant in grants.grants_of(contact_id) if grant.version_id == record.version_id)
    mailboxes_proven([MailboxProven(at=ms(now), grant_key=str(grant.key))], now=now)


def _post_what_is_due(chance: random.Random, *, by: int, at: datetime) -> None:
    """The post was visited a day or two after each was set aside, once in a while too late."""
    waiting = shipments.parcel_page(ParcelFilter(states=(ParcelState.RESERVED,), order=ParcelOrder.DUE), page=1).lines
    for parcel in waiting:
        late = parcel.parcel_id % 9 == 4
        when = (parcel.reserved_at or at) + timedelta(days=4 if late else 1 + parcel.parcel_id % 2)
        if when > at:
            continue
        sending = Sending(sent_on=when.date(), carrier=Carrier.INPOST, tracking=f"60{chance.randint(10**9, 10**10 - 1)}")
        send_parcels({parcel.parcel_id: sending}, by=by, now=when)
        if parcel.parcel_id % 17 == 0:
            parcel_came_back(parcel.parcel_id, usable=True, by=by, now=when + timedelta(days=5))


def _put_on_shelf(magnet_id: int, quantity: int, note: str, *, by: int, now: datetime) -> None:
    note_by_hand(magnet_id=magnet_id, kind=MovementKind.RECEIVED, quantity=quantity, note=note, by=by, now=now)
