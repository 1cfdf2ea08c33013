"""Somebody comes by no form of ours: from a device at a fair, another system, a mail, a card or a supplier. A batch at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from leadstone.domains.companies import services as companies
from leadstone.domains.contacts import services as contacts
from leadstone.domains.contacts.rules import Handed
from leadstone.domains.leads import services as leads
from leadstone.domains.leads.events import LeadAdded
from leadstone.domains.leads.queries import standing
from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking import services as tracking
from leadstone.domains.tracking.rules import TouchKind
from leadstone.flows.lead_added import LONGEST_NAME, NobodyToReach
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.address import Address
from leadstone.kernel.phone import Phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """One person as they were handed over; at least one of `address` and `phone`.

    `key` names the handing over for ever (`key_of`): the same key brings nothing twice. `values`: name, company, position and
    what else was said. `basis`: why we may know them; None keeps the person in quarantine until somebody names one. `vouched`
    False: anybody may have said that it is they, so nobody whom we know leaves the quarantine by it.
    """

    key: str
    at: datetime
    channel: ChannelType
    basis: Basis | None
    address: Address | None = None
    phone: Phone | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    campaign_id: int | None = None
    link_id: int | None = None
    magnet_id: int | None = None
    version_id: int | None = None
    where_met: str = ""
    owner_id: int | None = None
    kind: TouchKind = TouchKind.HANDED_OVER
    vouched: bool = True


def key_of(way: str, *parts: str) -> str:
    """The name of a handing over: the way it came ("meta") and what tells it apart there; at most 64 characters."""
    return f"{way[:20]}:{sha256(chr(0).join(parts).encode()).hexdigest()[:40]}"


@transaction.atomic
def bring_leads(batch: Sequence[Brought], *, now: datetime) -> dict[str, int]:
    """Key → lead id, for all of the batch; what had come before has no second effect.

    What is said is a claim: it changes nobody whom we know. No consent comes of it, and no mail. Raises `NobodyToReach`.
    """
    if any(one.address is None and one.phone is None for one in batch):
        raise NobodyToReach
    before = standing.arrived({one.key for one in batch})
    fresh = list({one.key: one for one in batch if one.key not in before}.values())
    at_company = companies.remember_companies(
        {one.address.domain: one.values.get("company", "") for one in fresh if one.address}, now=now
    )
    people = contacts.remember_handed([_handed(one) for one in fresh], at_company, now=now)
    opened = leads.take_over([_handover(one, people[one.key].contact_id, at_company) for one in fresh])
    contacts.mark_unfounded(
        {people[one.key].contact_id for one in fresh if one.basis is None and not people[one.key].known}, now=now
    )
    contacts.mark_founded({people[one.key].contact_id for one in fresh if one.basis is not None and one.vouched})
    tracking.note_touches([_touched(one, people[one.key].contact_id) for one in fresh])
    outbox.record(*(LeadAdded(lead_id=opened[one.key], contact_id=people[one.key].contact_id) for one in fresh), at=now)
    return before | opened


@transaction.atomic
def state_basis(*, lead_id: int, contact_id: int, basis: Basis) -> bool:
    """One of us names the reason why we may know this person: they leave the quarantine. False when one was named already."""
    named = leads.state_basis(lead_id=lead_id, basis=basis)
    if named:
        contacts.mark_founded({contact_id})
    return named


@transaction.atomic
def take_back_basis(*, lead_id: int, contact_id: int, basis: Basis, since: datetime) -> bool:
    """Undo `state_basis`: they are back in the quarantine, since when they were. False when the basis is another by now."""
    taken_back = leads.take_back_basis(lead_id=lead_id, basis=basis)
    if taken_back:
        contacts.mark_unfounded({contact_id}, now=since)
    return taken_back


def _handed(one: Brought) -> Handed:
    values = {key: " ".join(text.split())[:LONGEST_NAME] for key, text in one.values.items() if text.strip()}
    return Handed(ref=one.key, said_at=one.at, language=one.language[:8], address=one.address, phone=one.phone, values=values)


def _handover(one: Brought, contact_id: int, at_company: Mapping[str, int]) -> leads.Handover:
    return leads.Handover(
        key=one.key,
        contact_id=contact_id,
        company_id=at_company.get(one.address.domain) if one.address else None,
        magnet_id=one.magnet_id,
        version_id=one.version_id,
        channel=one.channel,
        campaign_id=one.campaign_id,
        basis=one.basis,
        where_met=one.where_met.strip()[:200],
        owner_id=one.owner_id,
        at=one.at,
    )


def _touched(one: Brought, contact_id: int) -> tracking.Touched:
    return tracking.Touched(
        contact_id=contact_id,
        at=one.at,
        kind=one.kind,
        channel=one.channel,
        origin={},
        version_id=one.version_id,
        note=one.where_met.strip()[:400],
    )
