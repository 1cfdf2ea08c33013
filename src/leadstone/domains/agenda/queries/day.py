"""The queue of a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from leadstone.domains.access.rules import Reader
from leadstone.domains.activities import queries as activities
from leadstone.domains.activities.queries import ActivityFacts
from leadstone.domains.activities.rules import ActivityFilter
from leadstone.domains.agenda.models import PutOff
from leadstone.domains.agenda.queries.writing import writing_answers
from leadstone.domains.agenda.rules import LeadFacts, Line, Planned, RottingDeal, Today, queue
from leadstone.domains.capture import queries as capture
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads.queries import standing as leads
from leadstone.domains.leads.queries.standing import StandingLead
from leadstone.domains.pipeline.queries.deal_list import DealLine, deal_page
from leadstone.domains.pipeline.rules.board import Whose
from leadstone.domains.pipeline.rules.deal_filter import DealFilter
from leadstone.wire.definition import FieldKey

MOST_NEW = 200  # new leads looked at; whoever has more has another problem than their order
MOST_DEALS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A lead in the queue with what its line shows."""

    line: Line
    lead: StandingLead
    question: str
    deal: DealLine | None
    address: str  # of whoever gave no name; else empty


def day_of(user_id: int, *, reader: Reader, today: Today) -> list[Entry]:
    """Everybody whom the day asks for, in order; last whom nobody may reach, without those put off.

    A fixed number of queries, however long the queue.
    """
    due = _due(user_id, reader=reader, today=today)
    rotting = {deal.lead_id: deal for deal in _rotting(reader, now=today.now)}
    away = put_off_until(user_id, now=today.now)
    rows = leads.leads_for_today(
        owner_id=user_id, also={*due, *rotting} - away.keys(), today=today.day, reader=reader, limit=MOST_NEW
    )
    known = {row.lead_id: row for row in rows if row.lead_id not in away}
    planned = activities.next_due_of_leads(known)
    asked = capture.answers_to(FieldKey.QUESTION, {row.submission_id for row in known.values() if row.submission_id})
    reachable = _reachable(known, on=today.day)
    facts = [
        LeadFacts(
            lead_id=row.lead_id,
            status=row.status,
            band=row.band,
            opened_at=row.opened_at,
            respond_by=row.respond_by,
            responded_at=row.responded_at,
            recycle_on=row.recycle_on,
            asked=(row.submission_id or 0) in asked,
            planned=_planned(due.get(row.lead_id)),
            has_plan=row.lead_id in planned,
            deal=_silent(rotting.get(row.lead_id)),
            reachable=row.lead_id in reachable,
        )
        for row in known.values()
    ]
    nameless = {row.contact_id for row in known.values() if row.contact_id is not None and not row.name}
    mailboxes = contacts.mailboxes(nameless)
    return [
        Entry(
            line=line,
            lead=known[line.lead_id],
            question=asked.get(known[line.lead_id].submission_id or 0, ""),
            deal=rotting.get(line.lead_id),
            address=mailboxes[contact_id].value if (contact_id := known[line.lead_id].contact_id or 0) in mailboxes else "",
        )
        for line in queue(facts, today=today)
    ]


def _reachable(known: Mapping[int, StandingLead], *, on: date) -> set[int]:
    """Who may be called or written to. A company without a person counts: to find one is the work."""
    called, written = activities.call_answers(known, on=on), writing_answers(known, on=on)
    return {
        lead_id
        for lead_id, row in known.items()
        if row.contact_id is None or written[lead_id].decision.allowed or called[lead_id].phone is not None
    }


def put_off_until(user_id: int, *, now: datetime) -> dict[int, datetime]:
    """Lead id → when it comes back, for what somebody does not want to see yet."""
    return dict(PutOff.objects.filter(user_id=user_id, until__gt=now).values_list("lead_id", "until"))


def _due(user_id: int, *, reader: Reader, today: Today) -> dict[int, ActivityFacts]:
    """Lead id → the first thing that its owner planned with it by the end of the day."""
    found: dict[int, ActivityFacts] = {}
    for each in activities.activity_page(ActivityFilter(), reader=reader).lines:
        mine = each.owner_id == user_id and each.due_at is not None and each.due_at < today.ends
        if mine and each.about.lead_id is not None:
            found.setdefault(each.about.lead_id, each)
    return found


def _rotting(reader: Reader, *, now: datetime) -> Sequence[DealLine]:
    return deal_page(DealFilter(whose=Whose.MINE, rotting=True), reader=reader, now=now, size=MOST_DEALS).lines


def _planned(mine: ActivityFacts | None) -> Planned | None:
    return Planned(kind=mine.kind, due_at=mine.due_at) if mine is not None and mine.due_at is not None else None


def _silent(deal: DealLine | None) -> RottingDeal | None:
    return RottingDeal(amount_minor=deal.amount_minor, quiet_since=deal.touched_at) if deal else None
