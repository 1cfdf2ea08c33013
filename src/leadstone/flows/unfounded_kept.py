"""People whom we know without a reason: somebody is asked for one, and who has none after thirty days is forgotten."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from leadstone.domains.access.queries import StaffFacts
from leadstone.domains.activities import queries as tasks
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About, ActivityKind
from leadstone.domains.activities.services import Plan
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads.events import LeadAdded
from leadstone.domains.leads.rules import Basis
from leadstone.domains.privacy import services as privacy
from leadstone.domains.suppliers import queries, services
from leadstone.domains.suppliers.queries.notices import ErrandFacts, errands, notices_of_leads, still_due, unfounded_of
from leadstone.domains.suppliers.rules import Asks
from leadstone.flows import lead_brought
from leadstone.flows.errands import close, hand_out, responsible
from leadstone.kernel.moments import spoken_day

KEPT = timedelta(days=30)
WARNED_BEFORE = timedelta(days=7)
AT_ONCE = 100


@transaction.atomic
def ask_for_basis(events: Sequence[LeadAdded], /, *, now: datetime) -> None:
    """A task for whoever has the lead, else for whoever bought it: state why we may know them, a week before they are erased.
    Of a supplier's people who came on one day it is one task."""
    unfounded = contacts.unfounded({event.contact_id for event in events if event.contact_id})
    waiting = {event.lead_id: event.contact_id for event in events if event.contact_id in unfounded}
    bought = queries.purchases_of_leads(waiting)
    hand_out(Asks.BASIS, {pk: _ask_on(bought[pk].at) for pk in waiting if pk in bought}, words=_of_many, now=now)
    whose = responsible(waiting)
    for lead_id, contact_id in waiting.items():
        if lead_id not in bought and lead_id in whose:
            _ask_of_one(About(lead_id=lead_id, contact_id=contact_id), whose[lead_id], now=now)


@transaction.atomic
def state_basis(lead_id: int, *, contact_id: int, basis: Basis, now: datetime) -> datetime | None:
    """One of us names the reason: they leave the quarantine, and are to be told now. Returns since when they were in it, for
    whoever takes it back; None when a reason was named already."""
    since = contacts.unfounded_since(contact_id)
    if not lead_brought.state_basis(lead_id=lead_id, contact_id=contact_id, basis=basis):
        return None
    services.renew_notices([lead_id], now=now)
    _close_answered(_asked_about(lead_id), now=now)
    return since


@transaction.atomic
def take_back_basis(lead_id: int, *, contact_id: int, basis: Basis, since: datetime, now: datetime) -> bool:
    """Undo `state_basis`: they are back in the quarantine since when they were, and nobody tells them. False when it stands
    otherwise by now."""
    if not lead_brought.take_back_basis(lead_id=lead_id, contact_id=contact_id, basis=basis, since=since):
        return False
    notice = notices_of_leads([lead_id]).get(lead_id)
    if notice is not None and notice.activity_id is not None:
        services.note_task([lead_id], activity_id=None)
        close({notice.activity_id} - still_due([notice.activity_id]), now=now)
    for each in _asked_about(lead_id):
        activities.reopen(activity_id=each.activity_id, now=now)
    return True


@transaction.atomic
def forget_unfounded(*, now: datetime) -> bool:
    """Erase whom we have known without a reason for thirty days; whether there may be more."""
    due = contacts.long_unfounded(before=now - KEPT, limit=AT_ONCE)
    for contact_id in due:
        privacy.erase_contact(contact_id, now=now)
    _close_answered(errands(asks=Asks.BASIS), now=now)
    return len(due) == AT_ONCE


def _close_answered(asked: Sequence[ErrandFacts], *, now: datetime) -> None:
    """Nobody is asked any more for a reason when none is missing, whether it was stated, or they came themselves, or are gone."""
    waiting = tasks.still_open([each.activity_id for each in asked])
    answered = {
        each.activity_id
        for each in asked
        if each.activity_id in waiting and not unfounded_of(each.supplier_id, bought_on=_bought_on(each.due_on))
    }
    close(answered, now=now)


def _asked_about(lead_id: int) -> list[ErrandFacts]:
    """The tasks that ask for a reason for the person of a lead."""
    bought = queries.purchases_of_leads([lead_id]).get(lead_id)
    if bought is None:
        return []
    asked = errands(supplier_ids=[bought.supplier_id], asks=Asks.BASIS)
    return [each for each in asked if each.due_on == _ask_on(bought.at)]


def _ask_on(bought_at: datetime) -> date:
    return (bought_at.astimezone(UTC) + KEPT - WARNED_BEFORE).date()


def _bought_on(asked_on: date) -> date:
    return asked_on - KEPT + WARNED_BEFORE


def _of_many(supplier_name: str, due_on: date, owner: StaffFacts) -> tuple[str, str]:
    title = _("State why we may know people from {supplier}, or they are erased").format(supplier=supplier_name)
    text = _(
        "They were handed over without a reason, so nobody may write or call. State one on the card of each; whoever has none is "
        "erased on {day}, with everything about them."
    ).format(day=spoken_day(due_on + WARNED_BEFORE, language=owner.language))
    return title, text


def _ask_of_one(about: About, owner: StaffFacts, *, now: datetime) -> None:
    with translation.override(owner.language):
        title = _("State why we may know them, or they are erased")
        text = _(
            "They were handed over without a reason, so nobody may write or call. State one on the card of the lead; without "
            "one everything about them is erased on {day}."
        ).format(day=spoken_day((now + KEPT).date(), language=owner.language))
    due_at = now + KEPT - WARNED_BEFORE
    planned = Plan(kind=ActivityKind.TASK, about=about, owner_id=owner.user_id, title=title, text=text, due_at=due_at)
    activities.plan(planned, by=owner.user_id, now=now)
