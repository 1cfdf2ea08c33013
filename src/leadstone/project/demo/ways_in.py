"""Who came by other ways than a page of the company: a tablet at the fair, lead ads of a network, letters, a partner's form."""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from leadstone.domains.contacts import queries as contacts
from leadstone.domains.grants import queries as grants
from leadstone.domains.inbound import queries as inbound
from leadstone.domains.inbound import services as arriving
from leadstone.domains.inbound.rules import ProviderName, Said
from leadstone.domains.inbound.services.doors import Wish as DoorWish
from leadstone.domains.kiosks import services as kiosks
from leadstone.domains.leads.queries.origins import leads_of_exchanges
from leadstone.domains.leads.rules import Basis
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.pipeline.services import record_deal
from leadstone.flows.doors_changed import make_door
from leadstone.flows.handed_over import take_in
from leadstone.flows.kiosk_entries import kiosks_handed_over
from leadstone.flows.kiosks_changed import make_kiosk
from leadstone.flows.visitor_acts import mailboxes_proven
from leadstone.infra.keys import kiosk_secret
from leadstone.kernel.money import Currency
from leadstone.project.demo.campaigns import FAIR
from leadstone.project.demo.history import letters_leave, ms
from leadstone.project.demo.newsletters import NEWSLETTER, NEWSLETTER_SLUG
from leadstone.project.demo.people import Person, people
from leadstone.wire.kiosk import SealedEntry, public_key_of, seal_entry
from leadstone.wire.records import KioskHandedOver, MailboxProven

AT_THE_STAND = 9  # who typed their address beside Emil
PROVED = 6  # of them, at home
BOUGHT_AFTER = (9, 14)  # days
BADGES = (("hot", "Dwa domy w budowie, chce wyceny obu."), ("warm", "Wraca po dotację w styczniu."), ("", ""))
HANDED_OVER_AT = timedelta(days=18)


@dataclass(frozen=True)
class DemoDoor:
    """A door, and how many days ago people came by it."""

    wish: DoorWish
    campaign: str
    days_ago: Sequence[float]
    asks: Sequence[str] = ()


DOORS = (
    DemoDoor(
        DoorWish(provider=ProviderName.META, name="Formularz w reklamie pomp", language="pl", basis=Basis.ASKED_US.value),
        "pompy-jesien",
        (47, 39, 33, 26, 18, 9, 4),
    ),
    DemoDoor(
        DoorWish(provider=ProviderName.MAIL, name="Listy na adres z radia", language="pl", basis=Basis.ASKED_US.value),
        "",
        (31, 14, 3),
        (
            "Słyszałam Państwa w radiu. Mam kocioł na ekogroszek z 2009 roku i 160 metrów. Od czego zacząć?",
            "Proszę o kontakt w sprawie audytu, dom z lat 70., Tarnów.",
            "Czy przyjeżdżacie też do Rzeszowa?",
        ),
    ),
    DemoDoor(DoorWish(provider=ProviderName.GENERIC, name="Formularz u partnera, okna-na-zime", language="pl"), "", (21, 12, 6)),
)


def tell_ways_in(staff: Mapping[str, int], campaigns: Mapping[str, int], *, now: datetime) -> None:
    """`staff`, `campaigns`: key → id."""
    crowd = people(language="pl", seed=811)
    _collect_at_the_fair(list(islice(crowd, AT_THE_STAND + len(BADGES))), by=staff["emil"], campaign_id=campaigns[FAIR], now=now)
    for door in DOORS:
        who = list(islice(crowd, len(door.days_ago)))
        _come_by(door, who, by=staff["dora"], campaign_id=campaigns.get(door.campaign), now=now)


def _collect_at_the_fair(crowd: Sequence[Person], *, by: int, campaign_id: int, now: datetime) -> None:
    """A tablet that had no network for a day: it handed everything over in the evening."""
    magnet = magnets.by_slug(NEWSLETTER_SLUG)
    current = magnets.current_version(magnet.pk) if magnet else None
    assert magnet is not None
    assert current is not None
    at = now - HANDED_OVER_AT
    wish = kiosks.Wish(name="Tablet na ladzie", magnet_id=magnet.pk, campaign_id=campaign_id, language="pl", collector_id=by)
    mine = ec.generate_private_key(ec.SECP256R1()).public_key()
    point = mine.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint).hex()
    device = kiosks.pair(
        make_kiosk(wish, now=at - timedelta(days=1)).secret, public_key=point, now=at - timedelta(hours=23, minutes=55)
    )
    assert device is not None
    visitors, carried = crowd[:AT_THE_STAND], crowd[AT_THE_STAND:]
    told = [
        *(_visit(who, current.version_id) for who in visitors),
        *(_badge(who, *badge) for who, badge in zip(carried, BADGES, strict=True)),
    ]
    entries = [
        _sealed({**each, "at": ms(at - timedelta(minutes=17 * place))}, device=device) for place, each in enumerate(told, start=1)
    ]
    kiosks_handed_over([KioskHandedOver(at=ms(at), device=device, clock=ms(at), waiting=0, entries=tuple(entries))], now=at)
    letters_leave(NEWSLETTER.title, now=at + timedelta(seconds=2))
    ids = contacts.contact_ids_by_address([who.email for who in visitors[:PROVED]])
    _prove(ids.values(), magnet.pk, at=at + timedelta(hours=2))
    readers = leads_of_exchanges([(contact_id, magnet.pk) for contact_id in ids.values()])
    for lead_id, days in zip(readers.values(), BOUGHT_AFTER, strict=False):
        record_deal(
            lead_id=lead_id,
            amount_minor=129_000,
            currency=Currency.PLN,
            title="Audyt cieplny",
            by=by,
            now=at + timedelta(days=days),
        )


def _visit(who: Person, version_id: int) -> dict[str, object]:
    answers, ticked = {"email": who.email, "q.topics": "measured grants"}, ["newsletter-email"]
    return {"kind": "visit", "language": "pl", "version_id": version_id, "answers": answers, "ticked": ticked}


def _badge(who: Person, rating: str, note: str) -> dict[str, object]:
    values = {"name": who.name, "email": who.email, "phone": who.phone, "company": who.company}
    said = {key: text for key, text in values.items() if text}
    return {"kind": "card", "language": "pl", "values": said, "rating": rating or None, "note": note}


def _sealed(content: Mapping[str, object], *, device: str) -> SealedEntry:
    name, key = secrets.token_urlsafe(16), public_key_of(kiosk_secret(settings.FOLDER))
    words = json.dumps(content).encode().ljust(512)
    return SealedEntry(key=name, sealed=seal_entry(words, public_key=key, device=device, key=name, nonce=secrets.token_bytes(12)))


def _prove(contact_ids: Iterable[int], magnet_id: int, *, at: datetime) -> None:
    keys = [each.key for pk in contact_ids for each in grants.grants_of(pk) if each.magnet_id == magnet_id]
    mailboxes_proven([MailboxProven(at=ms(at), grant_key=str(key)) for key in keys], now=at)


def _come_by(door: DemoDoor, crowd: Sequence[Person], *, by: int, campaign_id: int | None, now: datetime) -> None:
    opened_at = now - timedelta(days=max(door.days_ago) + 1)
    wish = DoorWish(
        provider=door.wish.provider,
        name=door.wish.name,
        language=door.wish.language,
        basis=door.wish.basis,
        campaign_id=campaign_id,
    )
    made = make_door(wish, by=by, now=opened_at)
    for number, (who, days_ago) in enumerate(zip(crowd, door.days_ago, strict=True)):
        at = now - timedelta(days=days_ago)
        fields = {"full_name": who.name, "email": who.email, "phone_number": who.phone}
        if door.asks:
            fields["question"] = door.asks[number]
        said = Said(provider_id=f"demo-{door.wish.provider.value}-{number}", fields=fields, at=at)
        arriving.keep(made.door_id, [said], body=json.dumps(fields).encode(), now=at)
        facts = inbound.door(made.door_id)
        assert facts is not None
        for kept in inbound.due(now=at, limit=1):
            take_in(kept, facts, now=at)
