"""The worker gives turns."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from leadstone.domains.assignment import queries
from leadstone.domains.assignment.models import Assignment, OwnerRule, RuleMember
from leadstone.domains.assignment.queries.simulation import lead_facts, standing
from leadstone.domains.assignment.rules import HandOver
from leadstone.domains.assignment.rules.giving import Standing, Turn, give_turns
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads import services as leads_services
from leadstone.infra.bulk import insert_rows


@transaction.atomic
def assign_leads(lead_ids: Collection[int], *, now: datetime) -> list[Turn]:
    """Give an owner to each of these leads that nobody owns, by the rules that are on; returns what was decided.

    Without a rule nothing happens. A lead that was decided before, or has an owner, is left alone, so a repeated call changes
    nothing. The rules are held meanwhile: no two workers give the same turn.
    """
    # Everybody locks the rules first and the leads second, so that nobody waits in a circle.
    on = list(
        OwnerRule.objects.select_for_update().filter(active_since__isnull=False).order_by("pk").values_list("pk", flat=True)
    )
    if not on:
        return []
    unowned = leads_services.hold_unowned(lead_ids)
    decided = set(Assignment.objects.filter(lead_id__in=unowned).values_list("lead_id", flat=True))
    facts = [lead_facts(lead) for lead in leads.assignable_leads([each for each in unowned if each not in decided])]
    if not facts:
        return []
    rules = [rule.as_rule() for rule in queries.owner_rules(active_only=True)]
    now_standing = standing(rules, facts, counting=True)
    turns = give_turns(facts, now_standing, now=now)
    _keep(turns, now_standing, now=now)
    return turns


def _keep(turns: Sequence[Turn], after: Standing, *, now: datetime) -> None:
    insert_rows(_row(turn, now=now) for turn in turns)
    for turn in turns:
        if turn.owner_id is not None:
            leads_services.assign_owner(lead_id=turn.lead_id, owner_id=turn.owner_id)
    leads_services.start_clock({turn.lead_id: turn.respond_by for turn in turns if turn.respond_by is not None})
    members = list(RuleMember.objects.filter(rule_id__in={rule_id for rule_id, _user in after.credits}))
    for member in members:
        member.credit = after.credits.get((member.rule_id, member.user_id), member.credit)
    RuleMember.objects.bulk_update(members, ["credit"])


def _row(turn: Turn, *, now: datetime) -> Assignment:
    given = turn.owner_id is not None
    return Assignment(
        lead_id=turn.lead_id,
        owner_id=turn.owner_id,
        rule_id=turn.rule_id,
        because=turn.because.value,
        # A turn needs no answer: it is theirs, and may be returned with a reason.
        state=(HandOver.ACCEPTED if given else HandOver.OFFERED).value,
        at=now,
        answered_at=now if given else None,
        facts={"passed_over": {str(user): why.value for user, why in turn.passed_over.items()}} if turn.passed_over else {},
    )
