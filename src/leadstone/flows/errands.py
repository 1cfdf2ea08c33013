"""One task for many people: whoever has people of a supplier gets one task a day for all of them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, date, datetime, time

from django.utils import translation

from leadstone.domains.access import queries as access
from leadstone.domains.access.queries import StaffFacts
from leadstone.domains.access.rules import Right, may
from leadstone.domains.activities import queries as tasks
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About, ActivityKind, Outcome
from leadstone.domains.activities.services import Plan
from leadstone.domains.leads.queries import standing
from leadstone.domains.suppliers import queries, services
from leadstone.domains.suppliers.queries.notices import ErrandFacts, errands
from leadstone.domains.suppliers.rules import Asks

DONE_BY = time(12)  # UTC: a task is due by noon of its day

# Name of the supplier, day, and whom the task is for → title and text, in the language that is on.
Words = Callable[[str, date, StaffFacts], tuple[str, str]]


def hand_out(asks: Asks, people: Mapping[int, date], *, words: Words, now: datetime) -> dict[int, int]:
    """Lead id → the task of whoever has it; `people`: lead id → the day by which. Within a transaction.

    Whoever has a task for people of the same supplier and day gets no second one. A lead that nobody sold us, and one for which
    there is nobody at all, is left out.
    """
    bought, whose = queries.purchases_of_leads(people), responsible(people)
    groups: dict[tuple[int, date, int], list[int]] = {}
    for lead_id, due_on in people.items():
        if lead_id in bought and lead_id in whose:
            groups.setdefault((bought[lead_id].supplier_id, due_on, whose[lead_id].user_id), []).append(lead_id)
    owners = {member.user_id: member for member in whose.values()}
    found: dict[int, int] = {}
    for (supplier_id, due_on, owner_id), lead_ids in sorted(groups.items()):
        supplier = services.hold_supplier(supplier_id)  # so that two workers do not plan two tasks
        open_one = _open_task(supplier_id, asks, due_on, owner_id)
        if open_one is None:
            open_one = _plan(supplier.name, due_on, owners[owner_id], words=words, now=now)
            services.keep_errand(supplier_id, asks=asks, due_on=due_on, owner_id=owner_id, activity_id=open_one)
        found.update(dict.fromkeys(lead_ids, open_one))
    return found


def close(activity_ids: Collection[int], *, now: datetime) -> None:
    """Nobody is left of these."""
    for activity_id in sorted(tasks.still_open(activity_ids)):
        activities.finish(activity_id=activity_id, outcome=Outcome.DONE, now=now)


def responsible(lead_ids: Collection[int]) -> dict[int, StaffFacts]:
    """Lead id → whoever has it, else whoever gave in the delivery, else who began to buy from the supplier, else somebody who
    runs campaigns: a person has to be told, whoever left the company. One without anybody is left out."""
    here = {member.user_id: member for member in access.staff(active_only=True)}
    at_last = next((pk for pk, member in sorted(here.items()) if may(member.role, Right.RUN_CAMPAIGNS)), None)
    owners, buyers = standing.owners(lead_ids), queries.buyers_of(lead_ids)

    def asked(lead_id: int) -> Iterator[int | None]:
        yield owners.get(lead_id)
        yield from buyers.get(lead_id, ())
        yield at_last

    found = {lead_id: next((pk for pk in asked(lead_id) if pk in here), None) for lead_id in lead_ids}
    return {lead_id: here[pk] for lead_id, pk in found.items() if pk is not None}


def _open_task(supplier_id: int, asks: Asks, due_on: date, owner_id: int) -> int | None:
    known = [each.activity_id for each in errands(supplier_ids=[supplier_id], asks=asks) if _is(each, due_on, owner_id)]
    return next(iter(tasks.still_open(known)), None)


def _is(errand: ErrandFacts, due_on: date, owner_id: int) -> bool:
    return (errand.due_on, errand.owner_id) == (due_on, owner_id)


def _plan(supplier_name: str, due_on: date, owner: StaffFacts, *, words: Words, now: datetime) -> int:
    with translation.override(owner.language):
        title, text = words(supplier_name, due_on, owner)
    due_at = datetime.combine(due_on, DONE_BY, UTC)
    planned = Plan(kind=ActivityKind.TASK, about=About(), owner_id=owner.user_id, title=title, text=text, due_at=due_at)
    return activities.plan(planned, by=owner.user_id, now=now)
