"""Who is free, and who takes how much."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right, may
from leadstone.domains.assignment.models import Availability
from leadstone.domains.assignment.rules.giving import ColleagueFacts
from leadstone.domains.assignment.rules.hours import HOME_ZONE, OFFICE_HOURS, WorkingTime, read_hours
from leadstone.domains.leads import queries as leads


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityFacts:
    """What somebody said about when and how much they take; office hours and no limit until they say otherwise."""

    hours: Mapping[int, tuple[time, time]]
    most_open_leads: int | None = None
    away_from: date | None = None
    away_until: date | None = None


def availability_of(user_id: int) -> AvailabilityFacts:
    """What this colleague said, or what holds until they do."""
    row = Availability.objects.filter(user_id=user_id).first()
    return _said(row) if row else AvailabilityFacts(hours=OFFICE_HOURS)


def colleague_facts(*, counting: bool = True) -> dict[int, ColleagueFacts]:
    """Everybody with an account, as a turn needs to know them. `counting`: with the leads that take their time now."""
    people = access.staff()
    said = {row.user_id: _said(row) for row in Availability.objects.all()}
    carrying = leads.open_leads_by_owner([one.user_id for one in people]) if counting else {}
    return {
        one.user_id: _facts(one, said.get(one.user_id), open_leads=carrying.get(one.user_id, 0), counting=counting)
        for one in people
    }


def _facts(one: access.StaffFacts, said: AvailabilityFacts | None, *, open_leads: int, counting: bool) -> ColleagueFacts:
    said = said or AvailabilityFacts(hours=OFFICE_HOURS)
    return ColleagueFacts(
        works_leads=one.is_active and may(one.role, Right.WORK_LEADS),
        working=WorkingTime(
            hours=said.hours,
            zone=one.time_zone or HOME_ZONE,
            away_from=said.away_from,
            away_until=said.away_until,
        ),
        open_leads=open_leads,
        most_open_leads=said.most_open_leads if counting else None,
    )


def _said(row: Availability) -> AvailabilityFacts:
    return AvailabilityFacts(
        hours=read_hours(row.hours),
        most_open_leads=row.most_open_leads,
        away_from=row.away_from,
        away_until=row.away_until,
    )
