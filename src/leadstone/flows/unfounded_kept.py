"""People whom we know without a reason: somebody is asked for one, and who has none after thirty days is forgotten."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from leadstone.domains.access import queries as access
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About, ActivityKind
from leadstone.domains.activities.services import Plan
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads.events import LeadAdded
from leadstone.domains.leads.queries import standing
from leadstone.domains.privacy import services as privacy
from leadstone.domains.suppliers import queries as suppliers
from leadstone.kernel.moments import spoken_day

KEPT = timedelta(days=30)
WARNED_BEFORE = timedelta(days=7)
AT_ONCE = 100


@transaction.atomic
def ask_for_basis(events: Sequence[LeadAdded], /, *, now: datetime) -> None:
    """A task for whoever has the lead, else for whoever bought it: state why we may know them, a week before they are erased."""
    unfounded = contacts.unfounded({event.contact_id for event in events if event.contact_id})
    waiting = {event.lead_id: event.contact_id for event in events if event.contact_id in unfounded}
    owners = standing.owners(waiting)
    for lead_id, contact_id in waiting.items():
        user_id = owners.get(lead_id) or suppliers.buyer_of(lead_id)
        owner = access.member(user_id) if user_id is not None else None
        if owner is None or not owner.is_active:
            continue
        with translation.override(owner.language):
            title = _("State why we may know them, or they are erased")
            text = _(
                "They were handed over without a reason, so nobody may write or call. State one on the card of the lead; without "
                "one everything about them is erased on {day}."
            ).format(day=spoken_day((now + KEPT).date(), language=owner.language))
        planned = Plan(
            kind=ActivityKind.TASK,
            about=About(lead_id=lead_id, contact_id=contact_id),
            owner_id=owner.user_id,
            title=title,
            text=text,
            due_at=now + KEPT - WARNED_BEFORE,
        )
        activities.plan(planned, by=owner.user_id, now=now)


@transaction.atomic
def forget_unfounded(*, now: datetime) -> bool:
    """Erase whom we have known without a reason for thirty days; whether there may be more."""
    due = contacts.long_unfounded(before=now - KEPT, limit=AT_ONCE)
    for contact_id in due:
        privacy.erase_contact(contact_id, now=now)
    return len(due) == AT_ONCE
