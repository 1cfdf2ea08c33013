"""Events of leads, deals and people: when they are told, and what is said. Ids only."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from leadstone.domains.consent.events import MarketingLeft
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads import queries as leads
from leadstone.domains.pipeline import queries as pipeline
from leadstone.domains.pipeline.events import DealWon
from leadstone.domains.privacy.events import ContactErased
from leadstone.domains.qualification.events import LeadQualified
from leadstone.domains.webhooks import services as webhooks
from leadstone.domains.webhooks.rules import EventKind
from leadstone.domains.webhooks.services import Occasion


def tell_qualified(events: Sequence[LeadQualified], /, *, now: datetime) -> None:
    """A lead became a prospect."""
    webhooks.queue(
        [
            Occasion(
                kind=EventKind.LEAD_QUALIFIED,
                key=f"lead.qualified:{event.promotion_id}",
                at=now,
                facts={"lead_id": event.lead_id},
            )
            for event in events
        ],
        now=now,
    )


def tell_won(events: Sequence[DealWon], /, *, now: datetime) -> None:
    """Somebody bought. A deal that is won, taken back and won again is told once."""
    webhooks.queue(
        [
            Occasion(kind=EventKind.DEAL_WON, key=f"deal.won:{event.deal_id}", at=now, facts={"deal_id": event.deal_id})
            for event in events
        ],
        now=now,
    )


def tell_withdrawn(events: Sequence[MarketingLeft], /, *, now: datetime) -> None:
    """Somebody said no. Told at every no: there may have been a yes between."""
    webhooks.queue(
        [
            Occasion(
                kind=EventKind.CONSENT_WITHDRAWN,
                key=f"consent.withdrawn:{event.contact_id}:{event.channel}:{now.isoformat()}",
                at=now,
                facts={"contact_id": event.contact_id, "channel": event.channel},
            )
            for event in events
        ],
        now=now,
    )


def tell_forgotten(events: Sequence[ContactErased], /, *, now: datetime) -> None:
    """Everything known about somebody was erased."""
    webhooks.queue(
        [
            Occasion(
                kind=EventKind.CONTACT_FORGOTTEN,
                key=f"contact.forgotten:{event.contact_id}",
                at=event.at or now,
                facts={"contact_id": event.contact_id},
            )
            for event in events
        ],
        now=now,
    )


def lead_qualified(facts: Mapping[str, Any]) -> Mapping[str, Any] | None:
    found = leads.people_of([facts["lead_id"]]).get(facts["lead_id"])
    return None if found is None else {"lead_id": facts["lead_id"], "contact_id": found.contact_id}


def deal_won(facts: Mapping[str, Any]) -> Mapping[str, Any] | None:
    sale = pipeline.sale(facts["deal_id"])
    if sale is None:
        return None
    return {
        "deal_id": facts["deal_id"],
        "lead_id": sale.lead_id,
        "amount_minor": sale.amount_minor,
        "currency": sale.currency,
        "won_at": sale.won_at,
    }


def person(facts: Mapping[str, Any]) -> Mapping[str, Any] | None:
    known = facts["contact_id"] in contacts.mailboxes([facts["contact_id"]])
    return {"contact_id": facts["contact_id"], "channel": facts["channel"]} if known else None


def forgotten(facts: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return {"contact_id": facts["contact_id"]}


def test(facts: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return {"hello": "from Leadstone"}
