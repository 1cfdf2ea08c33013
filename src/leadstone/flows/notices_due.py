"""People who did not come to us themselves are told that we have their data: by a task, or by a letter."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from leadstone.domains.access.queries import StaffFacts
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.events import ActivityDone, ActivityPlanned
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.rules import Scope
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.events import MessageFailed, MessageHandedOver
from leadstone.domains.delivery.services.queueing import MessageRequest, queue_messages
from leadstone.domains.leads.queries import standing
from leadstone.domains.suppliers import queries, services
from leadstone.domains.suppliers.events import NoticeDue
from leadstone.domains.suppliers.queries.notices import notices_by_letter, notices_of_leads, notices_of_tasks, still_due
from leadstone.domains.suppliers.rules import Asks, How, NoticeState
from leadstone.flows.errands import close, hand_out
from leadstone.flows.notices.suppliers import DATA_NOTICE
from leadstone.infra.blind_index import address_hash
from leadstone.kernel.moments import spoken_day
from leadstone.wire.definition import Channel

AT_ONCE = 200


@transaction.atomic
def plan_tasks(events: Sequence[NoticeDue], /, *, now: datetime) -> None:
    """A task for whoever has the lead, else for whoever bought it: one for all of a supplier who are due on a day. None for a
    letter that leaves by itself, and none while nobody may turn to them at all (`unfounded_kept`)."""
    _hand_out({event.lead_id for event in events}, but_letters=True, now=now)


@transaction.atomic
def write_to(lead_ids: Collection[int], *, now: datetime) -> set[int]:
    """Queue the letters to the people of leads. Returns whose is written now: not whom no letter may reach, who was told, and who
    has one already."""
    mailboxes = reachable(lead_ids)
    written = services.note_letters({lead_id: f"{DATA_NOTICE}:{lead_id}" for lead_id in mailboxes})
    requests = [
        MessageRequest(
            effect_key=f"{DATA_NOTICE}:{lead_id}:{int(now.timestamp())}",
            kind=DATA_NOTICE,
            contact_id=mailbox.contact_id,
            to_address=mailbox.value,
            address_hash=address_hash(mailbox.key),
            language=mailbox.language,
            facts={"lead_id": lead_id},
        )
        for lead_id, mailbox in mailboxes.items()
        if lead_id in written
    ]
    queue_messages(requests, now=now)
    return written


@transaction.atomic
def write_what_is_due(*, now: datetime) -> bool:
    """The letters that leave by themselves; whether there was one."""
    return bool(write_to(notices_by_letter(today=now.date(), limit=AT_ONCE), now=now))


@transaction.atomic
def letters_left(events: Sequence[MessageHandedOver], /, *, now: datetime) -> None:
    """The letter left: they are told, and nobody has to do it."""
    tell(_leads_of([event.message_id for event in events]), how=How.MAIL, by=None, now=now)


@transaction.atomic
def letters_lost(events: Sequence[MessageFailed], /, *, now: datetime) -> None:
    """The letter did not leave: whoever has the lead must tell them another way."""
    lost = _leads_of([event.message_id for event in events])
    services.note_letter_lost(lost)
    _hand_out(lost, but_letters=False, now=now)


@transaction.atomic
def tell(lead_ids: Collection[int], *, how: How, by: int | None, now: datetime) -> set[int]:
    """They were told; a task of which nobody is left is done. Returns whom nobody had told before."""
    told = services.note_told(lead_ids, how=how, by=by, now=now)
    done = {each.activity_id for each in notices_of_leads(told).values() if each.activity_id is not None}
    close(done - still_due(done), now=now)
    return told


@transaction.atomic
def take_back(lead_ids: Collection[int], *, told_at: datetime, now: datetime) -> set[int]:
    """Undo `tell` of that moment: a task that was done by it is open again."""
    untold = services.take_back_told(lead_ids, told_at=told_at)
    for activity_id in {each.activity_id for each in notices_of_leads(untold).values() if each.activity_id is not None}:
        activities.reopen(activity_id=activity_id, now=now)
    return untold


@transaction.atomic
def task_done(events: Sequence[ActivityDone], /, *, now: datetime) -> None:
    """Whoever did the task has told them: everybody who was left of it."""
    due = notices_of_tasks([event.activity_id for event in events])
    services.note_told([notice.lead_id for notice in due], how=How.TASK, by=None, now=now)


@transaction.atomic
def task_open(events: Sequence[ActivityPlanned], /, *, now: datetime) -> None:
    """The task was not done after all."""
    moments: dict[datetime, list[int]] = {}
    for notice in notices_of_tasks([event.activity_id for event in events]):
        if notice.how == How.TASK.value and notice.told_at is not None:
            moments.setdefault(notice.told_at, []).append(notice.lead_id)
    for told_at, lead_ids in moments.items():
        services.take_back_told(lead_ids, told_at=told_at)


def _hand_out(lead_ids: Collection[int], *, but_letters: bool, now: datetime) -> None:
    due = {
        lead_id: notice
        for lead_id, notice in notices_of_leads(lead_ids).items()
        if notice.state is NoticeState.DUE and notice.activity_id is None
    }
    unfounded, by_itself = _without_basis(due), _tell_themselves(due) if but_letters else set()
    people = {lead_id: notice.due_on for lead_id, notice in due.items() if lead_id not in unfounded | by_itself}
    latest = {notice.due_on: notice.latest for notice in due.values()}
    given: dict[int, list[int]] = {}
    for lead_id, activity_id in hand_out(Asks.TELL, people, words=partial(_words, latest), now=now).items():
        given.setdefault(activity_id, []).append(lead_id)
    for activity_id, of_task in given.items():
        services.note_task(of_task, activity_id=activity_id)


def _words(latest: Mapping[date, date], supplier_name: str, due_on: date, owner: StaffFacts) -> tuple[str, str]:
    title = _("Tell people from {supplier} that we have their data").format(supplier=supplier_name)
    text = _(
        "They did not come to us themselves. Say who we are, that we have their data and from whom, what for, and that they may "
        "see it, have it erased and object. The list names each of them: one press sends the letter to everybody with an "
        "address; whoever has none is told another way. Done here means that all of them were told. The law gives time until "
        "{day}."
    )
    return title, text.format(day=spoken_day(latest[due_on], language=owner.language))


def _tell_themselves(lead_ids: Collection[int]) -> set[int]:
    """Whom a letter reaches that leaves by itself."""
    by_itself = {each.supplier_id for each in queries.suppliers() if each.tells_itself}
    bought = queries.purchases_of_leads(lead_ids)
    of_these = {lead_id for lead_id in lead_ids if lead_id in bought and bought[lead_id].supplier_id in by_itself}
    return set(reachable(of_these))


def _without_basis(lead_ids: Collection[int]) -> set[int]:
    people = {pk: subject.contact_id for pk, subject in standing.subjects(lead_ids).items() if subject.contact_id}
    unfounded = contacts.unfounded(set(people.values()))
    return {lead_id for lead_id, contact_id in people.items() if contact_id in unfounded}


def _leads_of(message_ids: Sequence[int]) -> list[int]:
    messages = delivery.message_facts(message_ids).values()
    named = [message.facts.get("lead_id") for message in messages if message.kind == DATA_NOTICE]
    return [lead_id for lead_id in named if isinstance(lead_id, int)]


def reachable(lead_ids: Collection[int]) -> dict[int, contacts.Mailbox]:
    """Lead id → where a letter may go; without whoever has no address, whom we know without a basis, and who wants to hear
    nothing from us. A fixed number of queries."""
    people = {pk: subject.contact_id for pk, subject in standing.subjects(lead_ids).items() if subject.contact_id is not None}
    mailboxes = contacts.mailboxes(set(people.values()))
    unfounded = contacts.unfounded(set(mailboxes))
    hashes = {pk: address_hash(mailbox.key) for pk, mailbox in mailboxes.items()}
    stops = consent.stops_in_force(set(hashes.values()), channel=Channel.EMAIL)
    return {
        lead_id: mailboxes[pk]
        for lead_id, pk in people.items()
        if pk in mailboxes and pk not in unfounded and Scope.EVERYTHING not in stops.get(hashes[pk], frozenset())
    }
