"""What other systems are told of what happened here: which events, and the body of each, made when it leaves.

A body holds ids; personal values only where a contract says so, and only to the one endpoint that it names (`trials`).
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from leadstone.domains.webhooks.queries import Parcel
from leadstone.domains.webhooks.rules import EventKind
from leadstone.flows.hooks import events, trials

# Facts → the data of the body; None: whom it was about is gone, and there is nothing to say any more.
Tell = Callable[[Mapping[str, Any]], Mapping[str, Any] | None]

TOLD: Mapping[EventKind, Tell] = {
    EventKind.TRIAL_STARTED: trials.told,
    EventKind.TRIAL_ENDING: trials.told,
    EventKind.TRIAL_ENDED: trials.told,
    EventKind.LEAD_QUALIFIED: events.lead_qualified,
    EventKind.DEAL_WON: events.deal_won,
    EventKind.CONSENT_WITHDRAWN: events.person,
    EventKind.CONTACT_FORGOTTEN: events.forgotten,
    EventKind.TEST: events.test,
}


def body_of(parcel: Parcel) -> bytes | None:
    """The bytes that are signed and sent, the same at every attempt while nothing changes here."""
    data = TOLD[parcel.kind](parcel.facts)
    if data is None:
        return None
    return msgspec.json.encode({"type": parcel.kind.value, "timestamp": parcel.happened_at, "data": data})
