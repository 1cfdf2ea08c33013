"""What bought leads cost becomes facts of the event lake; what is given back is taken off on the day on which it was bought."""

from collections.abc import Sequence
from datetime import datetime

from leadstone.domains.insights import services as insights
from leadstone.domains.insights.rules.facts import Fact, FactKind, Source
from leadstone.domains.suppliers import queries
from leadstone.domains.suppliers.events import LeadGivenBack, LeadKept, LeadsBought
from leadstone.domains.suppliers.queries import Price


def note_bought(events: Sequence[LeadsBought], /, *, now: datetime) -> None:
    """Deliveries were paid for."""
    insights.note_facts(_cost(price) for price in queries.prices_of_batches({event.batch_id for event in events}))


def note_given_back(events: Sequence[LeadGivenBack], /, *, now: datetime) -> None:
    """Leads were given back: they cost nothing after all."""
    prices = queries.prices_of_purchases({event.purchase_id for event in events})
    insights.note_facts(_cost(prices[event.purchase_id], sign=-1) for event in events if event.purchase_id in prices)


def note_kept(events: Sequence[LeadKept], /, *, now: datetime) -> None:
    """They were not: they cost what they cost."""
    prices = queries.prices_of_purchases({event.purchase_id for event in events})
    insights.note_facts(_cost(prices[event.purchase_id]) for event in events if event.purchase_id in prices)


def _cost(price: Price, *, sign: int = 1) -> Fact:
    return Fact(
        at=price.at,
        kind=FactKind.COST,
        source=Source(campaign_id=price.campaign_id, supplier_id=price.supplier_id),
        number=sign * price.leads,
        amount_minor=sign * price.amount_minor,
        currency=price.currency,
    )
