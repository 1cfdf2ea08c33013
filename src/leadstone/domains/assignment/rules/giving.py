"""From leads and rules to owners: the one decision that the worker carries out and that a simulation only shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from leadstone.domains.assignment.rules import AssignedBecause, Unavailable
from leadstone.domains.assignment.rules.fitting import Conditions, LeadFacts, fits
from leadstone.domains.assignment.rules.hours import WorkingTime, due_after, is_at_work, is_away
from leadstone.domains.assignment.rules.turns import Place, next_turn


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """A rule as a decision needs it."""

    rule_id: int
    conditions: Conditions
    keeps_owner: bool
    respects_hours: bool
    answer_within_minutes: int | None
    places: Sequence[Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColleagueFacts:
    """Somebody whose turn may come. `works_leads`: the account is open and its role works leads."""

    works_leads: bool
    working: WorkingTime
    open_leads: int = 0
    most_open_leads: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What becomes of one lead. Without an owner it stands in the open queue; `passed_over` says why for each member."""

    lead_id: int
    because: AssignedBecause
    owner_id: int | None = None
    rule_id: int | None = None
    respond_by: datetime | None = None
    passed_over: Mapping[int, Unavailable] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Standing:
    """What turns are decided by, and what each turn changes. `owners_of_*`: who already speaks with a person or company."""

    rules: Sequence[RuleFacts]
    colleagues: Mapping[int, ColleagueFacts]
    owners_of_people: dict[int, int] = field(default_factory=dict)
    owners_of_companies: dict[int, int] = field(default_factory=dict)
    credits: dict[tuple[int, int], int] = field(default_factory=dict)  # (rule, user) → credit after the turns so far
    taken: dict[int, int] = field(default_factory=dict)  # user → leads that these turns gave them


def give_turns(leads: Sequence[LeadFacts], standing: Standing, *, now: datetime | None) -> list[Turn]:
    """An owner for each lead, in this order. `now`: when it is done; None: each as if it were the moment when the lead came.

    The first rule that fits speaks. Who already speaks with the person, then with the company, gets the lead when the rule keeps
    owners and they are free; else the turn goes round among its members; else it stays in the open queue with the reasons.
    """
    return [_turn(lead, standing, at=now or lead.opened_at) for lead in leads]


def why_unavailable(
    colleague: ColleagueFacts | None, *, at: datetime, respects_hours: bool, taken: int = 0
) -> Unavailable | None:
    """Why somebody cannot get a lead now; None when they can."""
    if colleague is None or not colleague.works_leads:
        return Unavailable.LEFT
    if is_away(colleague.working, at):
        return Unavailable.AWAY
    if respects_hours and not is_at_work(colleague.working, at):
        return Unavailable.OFF_HOURS
    if colleague.most_open_leads is not None and colleague.open_leads + taken >= colleague.most_open_leads:
        return Unavailable.FULL
    return None


def _turn(lead: LeadFacts, standing: Standing, *, at: datetime) -> Turn:
    rule = next((each for each in standing.rules if fits(each.conditions, lead)), None)
    if rule is None:
        return Turn(lead_id=lead.lead_id, because=AssignedBecause.NO_RULE)
    if rule.keeps_owner:
        for owner_id in (
            standing.owners_of_people.get(lead.contact_id or 0),
            standing.owners_of_companies.get(lead.company_id or 0),
        ):
            if owner_id is not None and _why(owner_id, rule, standing, at=at) is None:
                return _given(lead, rule, standing, owner_id=owner_id, because=AssignedBecause.EXISTING_OWNER, at=at)
    passed_over = {place.user_id: why for place in rule.places if (why := _why(place.user_id, rule, standing, at=at)) is not None}
    places = [
        Place(
            user_id=place.user_id,
            weight=place.weight,
            credit=standing.credits.get((rule.rule_id, place.user_id), place.credit),
        )
        for place in rule.places
    ]
    turn = next_turn(places, free={place.user_id for place in places} - set(passed_over))
    if turn is None:
        return Turn(lead_id=lead.lead_id, because=AssignedBecause.NOBODY_FREE, rule_id=rule.rule_id, passed_over=passed_over)
    chosen, owed = turn
    standing.credits.update({(rule.rule_id, user_id): credit for user_id, credit in owed.items()})
    return _given(lead, rule, standing, owner_id=chosen, because=AssignedBecause.RULE, at=at)


def _why(user_id: int, rule: RuleFacts, standing: Standing, *, at: datetime) -> Unavailable | None:
    return why_unavailable(
        standing.colleagues.get(user_id),
        at=at,
        respects_hours=rule.respects_hours,
        taken=standing.taken.get(user_id, 0),
    )


def _given(
    lead: LeadFacts, rule: RuleFacts, standing: Standing, *, owner_id: int, because: AssignedBecause, at: datetime
) -> Turn:
    standing.taken[owner_id] = standing.taken.get(owner_id, 0) + 1
    # The next lead of the same person or company stays in one hand, even within one batch.
    if lead.contact_id is not None:
        standing.owners_of_people[lead.contact_id] = owner_id
    if lead.company_id is not None:
        standing.owners_of_companies.setdefault(lead.company_id, owner_id)
    minutes = rule.answer_within_minutes
    return Turn(
        lead_id=lead.lead_id,
        because=because,
        owner_id=owner_id,
        rule_id=rule.rule_id,
        respond_by=due_after(standing.colleagues[owner_id].working, at, minutes=minutes) if minutes else None,
    )
