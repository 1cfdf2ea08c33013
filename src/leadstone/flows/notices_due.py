"""People who did not come to us themselves are told that we have their data: by a task, or by a letter."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from leadstone.domains.access import queries as access
from leadstone.domains.access.queries import StaffFacts
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.events import ActivityDone, ActivityPlanned
from leadstone.domains.activities.rules import About, ActivityKind, Outcome
from leadstone.domains.activities.services import Plan
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.rules import Scope
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.events import MessageFailed, MessageHandedOver
from leadstone.domains.delivery.services.queueing import MessageRequest, queue_messages
from leadstone.domains.leads.queries import standing
from leadstone.domains.suppliers import queries, services
from leadstone.domains.suppliers.events import NoticeDue
from leadstone.domains.suppliers.queries import NoticeFacts
from leadstone.domains.suppliers.rules import How, NoticeState
from leadstone.flows.notices.suppliers import DATA_NOTICE
from leadstone.infra.blind_index import address_hash
from leadstone.kernel.moments import spoken_day
from leadstone.wire.definition import Channel

AT_ONCE = 200
DONE_BY = time(12)  # UTC: a task is due by noon of its day


@transaction.atomic
def plan_tasks(events: Sequence[NoticeDue], /, *, now: datetime) -> None:
    """A task for whoever has the lead, else for whoever bought it. None for a letter that leaves by itself, and none while
    nobody may turn to them at all (`unfounded_kept`)."""
    notices = queries.notices_of_leads({event.lead_id for event in events})
    unfounded = _without_basis(notices)
    by_itself = {each.supplier_id for each in queries.suppliers() if each.tells_itself}
    bought, owners = queries.purchases_of_leads(notices), standing.owners(notices)
    for lead_id, notice in notices.items():
        owner = _active(owners.get(lead_id)) or _active(queries.buyer_of(lead_id))
        lead_bought = bought.get(lead_id)
        writes_itself = lead_bought is not None and lead_bought.supplier_id in by_itself and reachable(lead_id) is not None
        waits = notice.state is NoticeState.DUE and notice.activity_id is None and lead_id not in unfounded
        if waits and owner is not None and not writes_itself:
            services.note_task(lead_id, activity_id=_plan(notice, owner, now=now))


@transaction.atomic
def write_to(lead_id: int, *, now: datetime) -> bool:
    """Queue the letter to the person of a lead; False when there is one, they were told, or no letter may reach them."""
    mailbox = reachable(lead_id)
    if mailbox is None or not services.note_letter(lead_id, message_key=f"{DATA_NOTICE}:{lead_id}"):
        return False
    request = MessageRequest(
        effect_key=f"{DATA_NOTICE}:{lead_id}:{int(now.timestamp())}",
        kind=DATA_NOTICE,
        contact_id=mailbox.contact_id,
        to_address=mailbox.value,
        address_hash=address_hash(mailbox.key),
        language=mailbox.language,
        facts={"lead_id": lead_id},
    )
    queue_messages([request], now=now)
    return True


@transaction.atomic
def write_what_is_due(*, now: datetime) -> bool:
    """The letters that leave by themselves; whether there was one."""
    written = [write_to(lead_id, now=now) for lead_id in queries.notices_by_letter(today=now.date(), limit=AT_ONCE)]
    return True in written


@transaction.atomic
def letters_left(events: Sequence[MessageHandedOver], /, *, now: datetime) -> None:
    """The letter left: they are told, and nobody has to do it."""
    for lead_id in _leads_of([event.message_id for event in events]):
        tell(lead_id, how=How.MAIL, by=None, now=now)


@transaction.atomic
def letters_lost(events: Sequence[MessageFailed], /, *, now: datetime) -> None:
    """The letter did not leave: whoever has the lead must tell them another way."""
    lost = _leads_of([event.message_id for event in events])
    for lead_id in lost:
        services.note_letter_lost(lead_id)
    due = queries.notices_of_leads(lost)
    for lead_id, notice in due.items():
        owner = _active(standing.owners([lead_id]).get(lead_id)) or _active(queries.buyer_of(lead_id))
        if notice.state is NoticeState.DUE and notice.activity_id is None and owner is not None:
            services.note_task(lead_id, activity_id=_plan(notice, owner, now=now))


@transaction.atomic
def tell(lead_id: int, *, how: How, by: int | None, now: datetime) -> bool:
    """They were told, and the task of it is done; False when they had been before."""
    notice = queries.notices_of_leads([lead_id]).get(lead_id)
    if notice is None or not services.note_told(lead_id, how=how, by=by, now=now):
        return False
    if notice.activity_id is not None:
        activities.finish(activity_id=notice.activity_id, outcome=Outcome.DONE, now=now)
    return True


@transaction.atomic
def take_back(lead_id: int, *, told_at: datetime, now: datetime) -> bool:
    """Undo `tell` of that moment: the task is open again."""
    notice = queries.notices_of_leads([lead_id]).get(lead_id)
    if notice is None or not services.take_back_told(lead_id, told_at=told_at):
        return False
    if notice.activity_id is not None:
        activities.reopen(activity_id=notice.activity_id, now=now)
    return True


@transaction.atomic
def task_done(events: Sequence[ActivityDone], /, *, now: datetime) -> None:
    """Whoever did the task has told them."""
    for notice in queries.notices_of_tasks([event.activity_id for event in events]):
        services.note_told(notice.lead_id, how=How.TASK, by=None, now=now)


@transaction.atomic
def task_open(events: Sequence[ActivityPlanned], /, *, now: datetime) -> None:
    """The task was not done after all."""
    for notice in queries.notices_of_tasks([event.activity_id for event in events]):
        if notice.how == How.TASK.value and notice.told_at is not None:
            services.take_back_told(notice.lead_id, told_at=notice.told_at)


def _plan(notice: NoticeFacts, owner: StaffFacts, *, now: datetime) -> int:
    with translation.override(owner.language):
        title = _("Tell them that we have their data")
        text = _(
            "They did not come to us themselves. Say who we are, that we have their data from “{source}”, what for, and that "
            "they may see it, have it erased and object. On the card of the lead one press sends a letter with all of it. The "
            "law gives time until {day}."
        ).format(source=notice.source, day=spoken_day(notice.latest, language=owner.language))
    contact_id = standing.subjects([notice.lead_id])[notice.lead_id].contact_id
    due_at = datetime.combine(notice.due_on, DONE_BY, UTC)
    about = About(lead_id=notice.lead_id, contact_id=contact_id)
    planned = Plan(kind=ActivityKind.TASK, about=about, owner_id=owner.user_id, title=title, text=text, due_at=due_at)
    return activities.plan(planned, by=owner.user_id, now=now)


def _without_basis(lead_ids: Iterable[int]) -> set[int]:
    people = {pk: subject.contact_id for pk, subject in standing.subjects(set(lead_ids)).items() if subject.contact_id}
    unfounded = contacts.unfounded(set(people.values()))
    return {lead_id for lead_id, contact_id in people.items() if contact_id in unfounded}


def _leads_of(message_ids: Sequence[int]) -> list[int]:
    messages = delivery.message_facts(message_ids).values()
    named = [message.facts.get("lead_id") for message in messages if message.kind == DATA_NOTICE]
    return [lead_id for lead_id in named if isinstance(lead_id, int)]


def reachable(lead_id: int) -> contacts.Mailbox | None:
    """Where a letter may go; None without an address, without a basis, and to whoever wants to hear nothing from us."""
    mailbox = _mailbox(lead_id)
    if mailbox is None or mailbox.contact_id in contacts.unfounded({mailbox.contact_id}):
        return None
    hashed = address_hash(mailbox.key)
    stops = consent.stops_in_force({hashed}, channel=Channel.EMAIL).get(hashed, frozenset())
    return None if Scope.EVERYTHING in stops else mailbox


def _mailbox(lead_id: int) -> contacts.Mailbox | None:
    subject = standing.subjects([lead_id]).get(lead_id)
    if subject is None or subject.contact_id is None:
        return None
    return contacts.mailboxes([subject.contact_id]).get(subject.contact_id)


def _active(user_id: int | None) -> StaffFacts | None:
    member = access.member(user_id) if user_id is not None else None
    return member if member is not None and member.is_active else None
