"""A supplier delivers leads: each is looked at before it is paid for, and whoever is bought has to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.consent import queries as consent
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads.queries import standing
from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.suppliers import queries, services
from leadstone.domains.suppliers.queries import SupplierFacts
from leadstone.domains.suppliers.rules import MOST_AT_ONCE, Known, Offered, Refused, refusal
from leadstone.domains.suppliers.services import Judged
from leadstone.flows.lead_brought import Brought, bring_leads, key_of
from leadstone.infra.blind_index import address_hash
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.definition import Channel


class TooManyAtOnce(LeadstoneError):
    code = "too_many_at_once"
    sentence = "So many leads do not fit into one delivery. Split the file."


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What became of a delivery. `known`: it had come before, and this is what became of it then."""

    batch_id: int
    known: bool


@transaction.atomic
def look_at(supplier_id: int, offers: Sequence[Offered], *, now: datetime) -> list[Judged]:
    """What would become of a delivery; nothing is bought. Raises `NoSuchSupplier`, `TooManyAtOnce`."""
    return _judged(queries.supplier(supplier_id), offers, now=now)


@transaction.atomic
def buy_leads(
    supplier_id: int, offers: Sequence[Offered], *, name: str, by: int | None, now: datetime, key: str = ""
) -> Delivered:
    """Buy what stands the checks; the same rows a second time are the same delivery, and buy nothing twice. `key`: what a program
    calls the delivery; under another one the same rows are looked at anew.

    Raises `NoSuchSupplier`, `TooManyAtOnce`.
    """
    supplier = services.hold_supplier(supplier_id)
    digest = _digest(offers, key=key)
    before = services.find_batch(supplier_id, digest=digest)
    if before is not None:
        return Delivered(batch_id=before, known=True)
    judged = _judged(supplier, offers, now=now)
    wanted = {_key(supplier_id, digest, one.row): one for one in judged if one.refused is None}
    channel = campaigns.channels([supplier.campaign_id]).get(supplier.campaign_id, ChannelType.THIRD_PARTY)
    opened = bring_leads([_brought(supplier, key, one.offered, channel, now=now) for key, one in wanted.items()], now=now)
    bought = {one.row: opened[key] for key, one in wanted.items()}
    settled = [Judged(row=one.row, offered=one.offered, lead_id=bought.get(one.row), refused=one.refused) for one in judged]
    batch_id = services.keep_batch(supplier, settled, digest=digest, name=name, by=by, now=now)
    services.owe_notices(
        {bought[one.row]: _source(supplier, one.offered) for one in judged if one.row in bought},
        within_days=supplier.notice_days,
        received_at=now,
    )
    return Delivered(batch_id=batch_id, known=False)


def _judged(supplier: SupplierFacts, offers: Sequence[Offered], *, now: datetime) -> list[Judged]:
    if len(offers) > MOST_AT_ONCE:
        raise TooManyAtOnce
    known = _known(offers)
    taken = queries.taken_today(supplier.supplier_id, now=now)
    seen: set[str] = set()
    judged = []
    for row, offered in enumerate(offers, start=1):
        ways = _ways(offered)
        because = refusal(offered, terms=supplier.terms, known=_of(offered, known), taken_today=taken, now=now)
        if because is None and ways & seen:
            because = Refused.TWICE
        if because is None:
            taken += 1
            seen |= ways
        judged.append(Judged(row=row, offered=offered, refused=because))
    return judged


def _ways(offered: Offered) -> set[str]:
    return {way.key for way in (offered.address, offered.number) if way is not None}


def _known(offers: Sequence[Offered]) -> Mapping[str, Known]:
    """Key of a way → what we know of whoever is reached there; a fixed number of queries."""
    keys = {key for offered in offers for key in _ways(offered)}
    owners = contacts.contact_ids_by_way(keys)
    hashes = {key: address_hash(key) for key in keys}
    stops = {
        hashed
        for channel in (Channel.EMAIL, Channel.PHONE)
        for hashed in consent.stops_in_force(set(hashes.values()), channel=channel)
    }
    of_people = standing.leads_of_people(set(owners.values()))
    bought = queries.bought_leads({lead_id for ids in of_people.values() for lead_id in ids})
    return {
        key: Known(
            known=key in owners,
            bought=key in owners and any(lead_id in bought for lead_id in of_people.get(owners[key], ())),
            stopped=hashes[key] in stops,
        )
        for key in keys
    }


def _of(offered: Offered, known: Mapping[str, Known]) -> Known:
    ways = [known[key] for key in _ways(offered)]
    return Known(
        known=any(way.known for way in ways), bought=any(way.bought for way in ways), stopped=any(way.stopped for way in ways)
    )


def _brought(supplier: SupplierFacts, key: str, offered: Offered, channel: ChannelType, *, now: datetime) -> Brought:
    said = {"name": offered.name, "email": offered.email, "phone": offered.phone, "company": offered.company}
    # Without the words that the person agreed to we have them on no basis, whatever the supplier says.
    basis = Basis.AGREED_ELSEWHERE if offered.words.strip() and offered.agreed_at is not None else None
    return Brought(
        key=key,
        at=now,
        channel=channel,
        basis=basis,
        address=offered.address,
        phone=offered.number,
        values=said,
        language=offered.language,
        campaign_id=supplier.campaign_id,
        where_met=supplier.name,
    )


def _source(supplier: SupplierFacts, offered: Offered) -> str:
    """Where we have the data from, as the person is told (GDPR art. 14 (2) (f))."""
    return f"{supplier.name}: {offered.source.strip()}" if offered.source.strip() != supplier.source else supplier.source


def _key(supplier_id: int, digest: str, row: int) -> str:
    return key_of("supplier", str(supplier_id), digest, str(row))


def _digest(offers: Sequence[Offered], *, key: str) -> str:
    told = sha256(key.encode())
    for offered in offers:
        line = (offered.reference, offered.email, offered.phone, offered.name, offered.company, offered.source, offered.words)
        told.update(repr((*line, offered.agreed_at and offered.agreed_at.isoformat())).encode())
    return told.hexdigest()
