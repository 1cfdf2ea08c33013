"""What a rule would have done with the leads of the last weeks, before anybody switches it on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Right
from leadstone.domains.assignment import queries
from leadstone.domains.assignment.queries import OwnerRuleFacts, Simulated
from leadstone.domains.assignment.rules import AssignedBecause
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import LeadLine
from leadstone.domains.magnets import queries as magnets
from leadstone.studio.assignment.ruling import find_rule
from leadstone.studio.assignment.sentences import rule_sentence, rule_terms
from leadstone.studio.assignment.words import free_words
from leadstone.studio.shell.gate import needs, reader

DAYS = (7, 30, 90)
USUAL = 30
MOST_ROWS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One row of the table. `show`: the value of the parameter that opens its rows."""

    show: str
    words: str
    leads: int
    changed: int  # who has them now is somebody else, or nobody
    known: int  # went to whoever speaks with the person or company already


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    """One lead: whose it is, and whose it would have been."""

    lead: LeadLine
    would: str
    why: str


@require_safe
@needs(Right.ASSIGN_LEADS)
def simulation(request: HttpRequest, rule_id: int) -> HttpResponse:
    """The table of who would have got how many, and the rows behind the number that was opened."""
    rule = find_rule(rule_id)
    days = next((each for each in DAYS if str(each) == request.GET.get("days")), USUAL)
    told = queries.simulate(_asked(rule), since=timezone.now() - timedelta(days=days), reader=reader(request))
    spoken_for = [each for each in told if each.turn.rule_id == rule_id]
    names = {one.user_id: one.name for one in access.staff()}
    shares = _shares(spoken_for, names)
    show = request.GET.get("show", "")
    opened = [each for each in spoken_for if show in _keys(each)]
    facts = {
        "rule": rule,
        "sentence": rule_sentence(rule, magnets=magnets.titles()),
        "terms": rule_terms(rule),
        "days": days,
        "choices": DAYS,
        "came": len(told),
        "spoken_for": len(spoken_for),
        "others": sum(each.turn.rule_id not in (rule_id, None) for each in told),
        "nobodys": sum(each.turn.because is AssignedBecause.NO_RULE for each in told),
        "changed": sum(_is_changed(each) for each in spoken_for),
        "shares": shares,
        "most": max((share.leads for share in shares), default=0),
        "show": show if opened else "",
        "rows": _rows(opened[:MOST_ROWS], names, rule=rule, request=request),
        "more_rows": max(0, len(opened) - MOST_ROWS),
    }
    return render(request, "assignment/simulation.html", facts)


def _asked(rule: OwnerRuleFacts) -> list[OwnerRuleFacts]:
    """The rules that are on, and this one in its place among them."""
    return [each for each in queries.owner_rules() if each.active_since or each.rule_id == rule.rule_id]


def _shares(told: Sequence[Simulated], names: Mapping[int, str]) -> list[Share]:
    by_owner: dict[int | None, list[Simulated]] = {}
    for each in told:
        by_owner.setdefault(each.turn.owner_id, []).append(each)
    shares = [
        Share(
            show=_key(owner_id),
            words=names.get(owner_id or 0, "–") if owner_id is not None else _("The open queue: nobody was free"),
            leads=len(group),
            changed=sum(map(_is_changed, group)),
            known=sum(each.turn.because is AssignedBecause.EXISTING_OWNER for each in group),
        )
        for owner_id, group in by_owner.items()
    ]
    return sorted(shares, key=lambda share: (share.show == "open", -share.leads, share.words))


def _is_changed(each: Simulated) -> bool:
    return each.owner_id != each.turn.owner_id


def _keys(each: Simulated) -> set[str]:
    return {"all", _key(each.turn.owner_id)} | ({"changed"} if _is_changed(each) else set())


def _key(owner_id: int | None) -> str:
    return "open" if owner_id is None else f"owner-{owner_id}"


def _rows(told: Sequence[Simulated], names: Mapping[int, str], *, rule: OwnerRuleFacts, request: HttpRequest) -> list[RowShown]:
    lines = leads.lines_by_id([each.turn.lead_id for each in told], reader=reader(request))
    return [
        RowShown(lead=lines[each.turn.lead_id], would=names.get(each.turn.owner_id or 0, ""), why=_why(each, rule))
        for each in told
        if each.turn.lead_id in lines
    ]


def _why(each: Simulated, rule: OwnerRuleFacts) -> str:
    if each.turn.because is AssignedBecause.EXISTING_OWNER:
        return _("already speaks with them")
    if each.turn.owner_id is not None:
        return _("their turn")
    counted = {why: list(each.turn.passed_over.values()).count(why) for why in each.turn.passed_over.values()}
    return free_words(counted, rule=rule.name)
