"""The only reads of activities that others may call. A reader sees those in reach, about leads in reach."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

from leadstone.domains.access.rules import Reader, Thing
from leadstone.domains.activities.models import Activity
from leadstone.domains.activities.rules import About, ActivityFilter, ActivityKind, Outcome, Standing, Whose
from leadstone.domains.consent.queries.calls import CallAnswer, CallAsk, call_decisions
from leadstone.domains.consent.rules import Ground, SubjectKind
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries.facts import people_of
from leadstone.kernel.errors import LeadstoneError

MOST_SHOWN = 200
MOST_COUNTED = 100
IN_CALENDAR_SINCE = timedelta(days=90)


class NoSuchActivity(LeadstoneError):
    code = "no_such_activity"
    sentence = "There is no such task, call, meeting or note."


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFacts:
    """One activity. Open while `done_at` is None."""

    activity_id: int
    key: UUID
    kind: ActivityKind
    about: About
    person: str  # the name, else the address
    company: str
    owner_id: int | None
    owner_name: str
    by_name: str
    title: str
    text: str
    place: str
    due_at: datetime | None
    ends_at: datetime | None
    remind_at: datetime | None
    done_at: datetime | None
    outcome: Outcome | None
    revision: int
    created_at: datetime
    removed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPage:
    lines: Sequence[ActivityFacts]
    number: int  # from 1
    has_next: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderFacts:
    """Whom to remind of what. `time_zone`: IANA name, empty when it is not known."""

    activity_id: int
    kind: ActivityKind
    due_at: datetime
    remind_at: datetime
    to_address: str
    language: str
    time_zone: str


def activity(activity_id: int, *, reader: Reader) -> ActivityFacts:
    """One activity, also one that was taken back; raises `NoSuchActivity`."""
    row = _with_names(_seen_by(reader)).filter(pk=activity_id).first()
    if row is None:
        raise NoSuchActivity
    return _facts([row])[0]


def activity_page(chosen: ActivityFilter, *, reader: Reader, page: int = 1, size: int = MOST_SHOWN) -> ActivityPage:
    """One page of a list: open ones by their due time, done ones the latest first."""
    rows = _standing(chosen.standing, _whose(chosen.whose, _seen_by(reader).filter(removed_at=None), reader))
    if chosen.kind is not None:
        rows = rows.filter(kind=chosen.kind.value)
    start = (max(page, 1) - 1) * size
    found = list(_with_names(rows)[start : start + size + 1])
    return ActivityPage(lines=_facts(found[:size]), number=max(page, 1), has_next=len(found) > size)


def each_activity(chosen: ActivityFilter, *, reader: Reader) -> Iterator[ActivityFacts]:
    """Every activity of a list for an export, in its order, a page at a time."""
    number, has_next = 1, True
    while has_next:
        page = activity_page(chosen, reader=reader, page=number)
        yield from page.lines
        number, has_next = number + 1, page.has_next


def open_activities(about: About, *, reader: Reader) -> list[ActivityFacts]:
    """What is planned about any of these, the soonest first."""
    rows = _standing(Standing.OPEN, _seen_by(reader).filter(_about(about), removed_at=None))
    return _facts(_with_names(rows)[:MOST_SHOWN])


def done_activities(about: About, *, reader: Reader, limit: int = MOST_SHOWN) -> list[ActivityFacts]:
    """What was done or written down about any of these, the latest first."""
    rows = _standing(Standing.DONE, _seen_by(reader).filter(_about(about), removed_at=None))
    return _facts(_with_names(rows)[:limit])


def count_due(user_id: int, *, until: datetime) -> int:
    """How many open activities of a member of staff are due before then, counted no further than `MOST_COUNTED`."""
    rows = Activity.objects.filter(_lasting(), owner_id=user_id, done_at=None, removed_at=None, due_at__lt=until)
    return rows.values("pk")[:MOST_COUNTED].count()


def still_open(activity_ids: Collection[int]) -> set[int]:
    """Which of these are neither done nor taken back."""
    return set(Activity.objects.filter(pk__in=activity_ids, done_at=None, removed_at=None).values_list("pk", flat=True))


def next_due_of_leads(lead_ids: Collection[int]) -> dict[int, datetime]:
    """Lead id → when the next open activity about it is due; leads without one are left out."""
    rows = Activity.objects.filter(lead_id__in=lead_ids, done_at=None, removed_at=None, due_at__isnull=False)
    return {pk: at for pk, at in rows.values_list("lead_id").annotate(Min("due_at")).order_by() if pk and at}


def next_due_of_deals(deal_ids: Collection[int]) -> dict[int, datetime]:
    """Deal id → when the next open activity about it is due; deals without one are left out."""
    rows = Activity.objects.filter(deal_id__in=deal_ids, done_at=None, removed_at=None, due_at__isnull=False)
    return {pk: at for pk, at in rows.values_list("deal_id").annotate(Min("due_at")).order_by() if pk and at}


def next_activities(deals: Mapping[int, int]) -> dict[int, ActivityFacts]:
    """Deal id → the next open activity with it: about the deal, or about its lead and no other deal; those without a due time
    come last. `deals`: deal id → lead id. Deals without one are left out. Two queries.
    """
    found: dict[int, ActivityFacts] = {}
    ordered = _of_deals(deals).filter(done_at=None).order_by(F("due_at").asc(nulls_last=True), "pk")
    rows = list(_with_names(ordered))
    for row, facts in zip(rows, _facts(rows), strict=True):
        for deal_id in _deals_of(row, deals):
            found.setdefault(deal_id, facts)
    return found


def meetings_held(deals: Mapping[int, int]) -> set[int]:
    """Those of these deals (deal id → lead id) with which, or with whose lead, somebody met."""
    held = _of_deals(deals).filter(kind=ActivityKind.MEETING.value, outcome=Outcome.HELD.value, done_at__isnull=False)
    return {deal_id for row in held for deal_id in _deals_of(row, deals)}


def meeting_ids_of(lead_ids: Collection[int]) -> list[int]:
    """Every meeting about these leads."""
    return list(Activity.objects.filter(lead_id__in=lead_ids, kind=ActivityKind.MEETING.value).values_list("pk", flat=True))


def held_leads(activity_ids: Collection[int]) -> dict[int, tuple[int, datetime | None]]:
    """Of those of these that are meetings with a lead: id → the lead, and when they met, as far as they did."""
    rows = Activity.objects.filter(pk__in=activity_ids, kind=ActivityKind.MEETING.value, lead__isnull=False)
    return {
        row.pk: (row.lead_id, row.done_at if row.outcome == Outcome.HELD and row.removed_at is None else None)
        for row in rows
        if row.lead_id is not None
    }


def planned_for(*, deal: OuterRef, lead: OuterRef) -> Exists:
    """A condition for a query of deals: something is planned with the deal or its lead."""
    rows = Activity.objects.filter(Q(deal_id=deal) | Q(deal_id=None, lead_id=lead), done_at=None, removed_at=None)
    return Exists(rows.exclude(kind=ActivityKind.NOTE.value))


def taken_back(activity: OuterRef) -> Q:
    """A condition for a query of rows that name an activity: it was taken back."""
    return Q(Exists(Activity.objects.filter(pk=activity, removed_at__isnull=False)))


def planned_call(lead_id: int, *, owner_id: int, until: datetime) -> ActivityFacts | None:
    """The call to this lead that its owner had planned to make by then: a call made now is that one."""
    rows = Activity.objects.filter(
        lead_id=lead_id, owner_id=owner_id, kind=ActivityKind.CALL.value, done_at=None, removed_at=None, due_at__lt=until
    )
    row = _with_names(rows.order_by("due_at", "pk")).first()
    return _facts([row])[0] if row else None


def calendar_of(reader: Reader, *, now: datetime) -> list[ActivityFacts]:
    """What stands in the reader's own calendar, taken back ones too, so that calendars learn of it."""
    rows = _seen_by(reader).filter(owner_id=reader.user_id, due_at__gte=now - IN_CALENDAR_SINCE)
    return _facts(_with_names(rows.exclude(kind=ActivityKind.NOTE.value).order_by("due_at", "pk")))


def note_like(*, lead_id: int, text: str, by: int, since: datetime) -> int | None:
    """The note about a lead with these very words that somebody wrote since then and has not taken back."""
    rows = Activity.objects.filter(
        lead_id=lead_id, kind=ActivityKind.NOTE.value, created_by_id=by, created_at__gte=since, removed_at=None, text=text.strip()
    )
    return rows.order_by("-pk").values_list("pk", flat=True).first()


def reminder_ids(*, now: datetime, limit: int) -> list[int]:
    """Open activities whose owner is to be reminded by now and was not yet."""
    rows = Activity.objects.filter(
        _lasting(), remind_at__lte=now, reminded_at=None, done_at=None, removed_at=None, owner__is_active=True
    ).order_by("remind_at")
    return list(rows.values_list("pk", flat=True)[:limit])


def _of_deals(deals: Mapping[int, int]) -> QuerySet[Activity]:
    about = Q(deal_id__in=deals) | Q(deal_id=None, lead_id__in=set(deals.values()))
    return Activity.objects.filter(about, removed_at=None).exclude(kind=ActivityKind.NOTE.value)


def _deals_of(row: Activity, deals: Mapping[int, int]) -> list[int]:
    if row.deal_id is not None:
        return [row.deal_id]
    return [deal_id for deal_id, lead_id in deals.items() if lead_id == row.lead_id]


def reminder_facts(activity_ids: Collection[int]) -> dict[int, ReminderFacts]:
    """Activity id → the reminder; what is done, was taken back, or belongs to nobody who works here any more is left out."""
    rows = Activity.objects.filter(
        _lasting(),
        pk__in=activity_ids,
        done_at=None,
        removed_at=None,
        remind_at__isnull=False,
        due_at__isnull=False,
        owner__is_active=True,
    )
    fields = ("pk", "kind", "due_at", "remind_at", "owner__email", "owner__language", "owner__time_zone")
    return {
        pk: ReminderFacts(
            activity_id=pk,
            kind=ActivityKind(kind),
            due_at=due_at,
            remind_at=remind_at,
            to_address=to_address,
            language=language,
            time_zone=time_zone,
        )
        for pk, kind, due_at, remind_at, to_address, language, time_zone in rows.values_list(*fields)
    }


def _seen_by(reader: Reader) -> QuerySet[Activity]:
    owners = reader.owners(Thing.ACTIVITIES)
    rows = Activity.objects.filter(_lasting(), leads.visible(reader, via="lead__"))
    return rows if owners is None else rows.filter(Q(owner_id__in=owners) | Q(owner=None))


def _lasting() -> Q:
    """Not about somebody who was forgotten."""
    return (Q(lead=None) | Q(lead__ended_at=None)) & (Q(contact=None) | Q(contact__erased_at=None))


def _whose(whose: Whose, rows: QuerySet[Activity], reader: Reader) -> QuerySet[Activity]:
    if whose is Whose.MINE:
        return rows.filter(owner_id=reader.user_id)
    if whose is Whose.TEAM:
        return rows.filter(owner_id__in={*reader.team, reader.user_id})
    return rows


def _standing(standing: Standing, rows: QuerySet[Activity]) -> QuerySet[Activity]:
    if standing is Standing.DONE:
        return rows.filter(done_at__isnull=False).order_by("-done_at", "-pk")
    return rows.filter(done_at=None).order_by(F("due_at").asc(nulls_last=True), "pk")


def _about(about: About) -> Q:
    named = [
        Q(**{name: value})
        for name, value in (
            ("lead_id", about.lead_id),
            ("contact_id", about.contact_id),
            ("company_id", about.company_id),
            ("deal_id", about.deal_id),
        )
        if value is not None
    ]
    found = Q(pk__in=[])
    for each in named:
        found |= each
    return found


def _with_names(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    return rows.select_related("contact", "company", "owner", "created_by")


def _facts(rows: Iterable[Activity]) -> list[ActivityFacts]:
    found = list(rows)
    nameless = {row.contact_id for row in found if row.contact_id and row.contact and not row.contact.name}
    mailboxes = contacts.mailboxes(nameless) if nameless else {}
    addresses = {contact_id: mailbox.value for contact_id, mailbox in mailboxes.items()}
    return [_fact(row, addresses) for row in found]


def _fact(row: Activity, addresses: Mapping[int, str]) -> ActivityFacts:
    return ActivityFacts(
        activity_id=row.pk,
        key=row.key,
        kind=ActivityKind(row.kind),
        about=About(lead_id=row.lead_id, contact_id=row.contact_id, company_id=row.company_id, deal_id=row.deal_id),
        person=(row.contact.name or addresses.get(row.contact.pk, "")) if row.contact else "",
        company=row.company.name if row.company else "",
        owner_id=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        by_name=row.created_by.name if row.created_by else "",
        title=row.title,
        text=row.text,
        place=row.place,
        due_at=row.due_at,
        ends_at=row.ends_at,
        remind_at=row.remind_at,
        done_at=row.done_at,
        outcome=Outcome(row.outcome) if row.outcome else None,
        revision=row.revision,
        created_at=row.created_at,
        removed_at=row.removed_at,
    )


def call_answers(lead_ids: Collection[int], *, on: date) -> dict[int, CallAnswer]:
    """Lead id → whether and where it may be called. Somebody is at work when the lead has a company."""
    people = people_of(lead_ids)
    asks = [
        CallAsk(
            contact_id=each.contact_id,
            ground=Ground(each.basis),
            kind=SubjectKind.BUSINESS if each.company_id else SubjectKind.PERSON,
        )
        for each in people.values()
    ]
    return dict(zip(people, call_decisions(asks, on=on), strict=True))
