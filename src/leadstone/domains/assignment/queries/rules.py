"""The rules as they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from leadstone.domains.assignment.models import OwnerRule
from leadstone.domains.assignment.rules.fitting import Conditions, read_conditions
from leadstone.domains.assignment.rules.giving import RuleFacts
from leadstone.domains.assignment.rules.turns import Place
from leadstone.kernel.errors import LeadstoneError


class NoSuchRule(LeadstoneError):
    code = "no_such_rule"
    sentence = "There is no such rule."


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberFacts:
    """Somebody whose turn may come, with the share that is theirs."""

    user_id: int
    name: str
    weight: int
    credit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerRuleFacts:
    """A rule with its members, by name. `active_since`: None for a draft."""

    rule_id: int
    name: str
    position: int
    conditions: Conditions
    keeps_owner: bool
    respects_hours: bool
    answer_within_minutes: int | None
    active_since: datetime | None
    members: Sequence[MemberFacts]

    def as_rule(self) -> RuleFacts:
        """What a decision needs of it."""
        return RuleFacts(
            rule_id=self.rule_id,
            conditions=self.conditions,
            keeps_owner=self.keeps_owner,
            respects_hours=self.respects_hours,
            answer_within_minutes=self.answer_within_minutes,
            places=[Place(user_id=each.user_id, weight=each.weight, credit=each.credit) for each in self.members],
        )


def owner_rules(*, active_only: bool = False) -> list[OwnerRuleFacts]:
    """The rules in the order in which they are asked. Two queries."""
    rows = OwnerRule.objects.filter(removed_at=None).order_by("position", "pk").prefetch_related("members__user")
    return [_facts(row) for row in (rows.filter(active_since__isnull=False) if active_only else rows)]


def owner_rule(rule_id: int) -> OwnerRuleFacts:
    """One rule; raises `NoSuchRule`."""
    row = OwnerRule.objects.filter(pk=rule_id, removed_at=None).prefetch_related("members__user").first()
    if row is None:
        raise NoSuchRule
    return _facts(row)


def _facts(row: OwnerRule) -> OwnerRuleFacts:
    members = [
        MemberFacts(user_id=each.user_id, name=each.user.name, weight=each.weight, credit=each.credit)
        for each in row.members.all()
    ]
    return OwnerRuleFacts(
        rule_id=row.pk,
        name=row.name,
        position=row.position,
        conditions=read_conditions(row.conditions),
        keeps_owner=row.keeps_owner,
        respects_hours=row.respects_hours,
        answer_within_minutes=row.answer_within_minutes,
        active_since=row.active_since,
        members=sorted(members, key=lambda each: (each.name, each.user_id)),
    )
