"""What a trial tells other systems. The one that opens the account may hear the address, where the terms say so; no other."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads.queries import facts as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.trial import terms_of
from leadstone.domains.trials import queries as trials
from leadstone.domains.trials.queries import TrialFacts
from leadstone.domains.webhooks import services as webhooks
from leadstone.domains.webhooks.rules import EventKind
from leadstone.domains.webhooks.services import Occasion


def occasion_of(kind: EventKind, trial_key: object) -> str:
    """The name of what is told; each trial tells each kind once."""
    return f"{kind.value}:{trial_key}"


def tell_trial(kind: EventKind, trial_id: int, *, now: datetime) -> None:
    """To the endpoint that opens the accounts of this magnet, whatever else it chose to hear, and to all that chose this kind."""
    found = trials.trial(trial_id)
    if found is None:
        return
    key, facts = occasion_of(kind, found.key), {"trial_id": trial_id}
    if found.endpoint_key is not None:
        # The first one counts: an endpoint hears an occasion once.
        opening = Occasion(kind=kind, key=key, at=now, facts=facts | {"opens": True}, only_to=found.endpoint_key)
        webhooks.queue([opening], now=now)
    webhooks.queue([Occasion(kind=kind, key=key, at=now, facts=facts)], now=now)


def told(facts: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The trial as it stands when it leaves, also when whose it was is forgotten: there may be an account to close."""
    found = trials.trial(facts["trial_id"])
    if found is None:
        return None
    data = {
        "trial_id": str(found.key),
        "magnet_id": found.magnet_id,
        "magnet": magnets.slugs([found.version_id])[found.version_id],
        "contact_id": found.contact_id,
        "lead_id": _lead_of(found),
        "state": found.state.value,
        "days": found.days,
        "started_at": found.started_at,
        "ends_at": found.ends_at,
    }
    return data | (_address_of(found) if facts.get("opens") else {})


def _lead_of(found: TrialFacts) -> int | None:
    return leads.lead_of_exchange(found.contact_id, magnet_id=found.magnet_id) if found.contact_id is not None else None


def _address_of(found: TrialFacts) -> dict[str, str]:
    definition = magnets.definitions([found.version_id])[found.version_id]
    mailbox = contacts.mailboxes([found.contact_id or 0]).get(found.contact_id or 0)
    return {"email": mailbox.value, "language": mailbox.language} if mailbox and terms_of(definition).shares_email else {}
