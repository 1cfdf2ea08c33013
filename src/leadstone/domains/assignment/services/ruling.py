"""Managers keep the rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leadstone.domains.assignment import queries
from leadstone.domains.assignment.models import OwnerRule, RuleMember
from leadstone.domains.assignment.rules.fitting import Conditions, stored_conditions

HEAVIEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWords:
    """What a manager says about a rule. `weights`: user id → share of the turns, 1 to `HEAVIEST`."""

    name: str
    conditions: Conditions
    weights: Mapping[int, int]
    keeps_owner: bool = True
    respects_hours: bool = False
    answer_within_minutes: int | None = None


@transaction.atomic
def add_rule(words: RuleWords, *, now: datetime) -> int:
    """A new rule, the last to be asked, and a draft until it is switched on. Returns its id."""
    last = OwnerRule.objects.order_by("-position").values_list("position", flat=True).first()
    rule = OwnerRule.objects.create(position=(last or 0) + 1, created_at=now, **_columns(words))
    _seat(rule.pk, words.weights)
    return rule.pk


@transaction.atomic
def change_rule(words: RuleWords, *, rule_id: int) -> None:
    """Change what a rule says. When the members or their shares change, a new round begins."""
    rule = OwnerRule.objects.select_for_update().filter(pk=rule_id, removed_at=None).first()
    if rule is None:
        raise queries.NoSuchRule
    OwnerRule.objects.filter(pk=rule_id).update(**_columns(words))
    seated = dict(RuleMember.objects.filter(rule_id=rule_id).values_list("user_id", "weight"))
    if seated != dict(words.weights):
        RuleMember.objects.filter(rule_id=rule_id).delete()
        _seat(rule_id, words.weights)


@transaction.atomic
def switch_rule(*, rule_id: int, on: bool, now: datetime) -> bool:
    """Let a rule speak, or make a draft of it; False when it stood so already. Leads that came before are not touched."""
    rows = OwnerRule.objects.filter(pk=rule_id, active_since__isnull=on, removed_at=None)
    return bool(rows.update(active_since=now if on else None))


@transaction.atomic
def move_rule(*, rule_id: int, up: bool) -> bool:
    """Ask a rule one place earlier or later; False when it stands at that end already."""
    order = list(OwnerRule.objects.select_for_update().filter(removed_at=None).order_by("position", "pk"))
    place = next((number for number, rule in enumerate(order) if rule.pk == rule_id), None)
    if place is None:
        raise queries.NoSuchRule
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return False
    order[place], order[other] = order[other], order[place]
    for number, rule in enumerate(order, start=1):
        rule.position = number
    OwnerRule.objects.bulk_update(order, ["position"])
    return True


@transaction.atomic
def remove_rule(*, rule_id: int, now: datetime) -> bool:
    """Take a draft away; False for a rule that is on. The leads that it gave keep their owners, and the history its name."""
    return bool(OwnerRule.objects.filter(pk=rule_id, active_since=None, removed_at=None).update(removed_at=now))


@transaction.atomic
def restore_rule(*, rule_id: int) -> bool:
    """Undo `remove_rule`."""
    return bool(OwnerRule.objects.filter(pk=rule_id, removed_at__isnull=False).update(removed_at=None))


def _columns(words: RuleWords) -> dict[str, object]:
    return {
        "name": words.name.strip()[:120],
        "conditions": stored_conditions(words.conditions),
        "keeps_owner": words.keeps_owner,
        "respects_hours": words.respects_hours,
        "answer_within_minutes": words.answer_within_minutes,
    }


def _seat(rule_id: int, weights: Mapping[int, int]) -> None:
    RuleMember.objects.bulk_create(
        [
            RuleMember(rule_id=rule_id, user_id=user_id, weight=min(max(weight, 1), HEAVIEST))
            for user_id, weight in weights.items()
        ]
    )
