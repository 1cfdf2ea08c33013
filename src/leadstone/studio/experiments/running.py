"""How an experiment stands: the verdict first, then what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from leadstone.domains.experiments.queries import ExperimentFacts
from leadstone.domains.experiments.rules import Goal, State
from leadstone.domains.experiments.rules.evidence import Trials
from leadstone.domains.experiments.rules.verdict import Verdict
from leadstone.flows.experiments_judged import Judged, judged
from leadstone.studio.experiments import words
from leadstone.studio.experiments.picture import picture


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table: how many in each arm, and of how many; `is_goal` marks what decides."""

    name: str
    a: int
    b: int
    of_a: str = ""  # the share of the tries, in words
    of_b: str = ""
    is_goal: bool = False


def figures(facts: ExperimentFacts, *, now: datetime) -> dict[str, Any]:
    """Everything that the page of a begun experiment shows."""
    found = judged(facts, now=now)
    assert found is not None
    told = found.judgement
    return {
        "facts": facts,
        "told": told,
        "said": words.verdict(told),
        "ended": words.ended_words(facts),
        "ending": words.ENDING[facts.ending] if facts.ending else "",
        "aspect": words.ASPECT[facts.plan.aspect],
        "goal": words.GOAL[facts.plan.goal],
        "measures": measures(found),
        "picture": picture(told),
        "interval": words.between(told),
        "ticks": [(place, words.change_words(change)) for place, change in picture(told).ticks],
        "runs": facts.state is State.RUNNING,
        "b_wins": told.verdict is Verdict.B_WINS,
        "may_adopt": facts.state is State.ENDED and not facts.adopted,
        "has_spoken": told.verdict.is_decision,
    }


def measures(found: Judged) -> Sequence[Measure]:
    """The way from the page to the customer, arm beside arm. Shares are of the tries that the verdict is about."""
    a, b, plan = found.a, found.b, found.facts.plan
    tries = [arm.forms if plan.by_form else arm.visits for arm in (a, b)]

    def line(name: str, of_a: int, of_b: int, *, goal: Goal | None = None) -> Measure:
        share_a, share_b = (words.rate(Trials(tried, met).rate) for tried, met in zip(tries, (of_a, of_b), strict=True))
        return Measure(name, of_a, of_b, share_a, share_b, is_goal=goal is plan.goal)

    return [
        Measure(_("Visits"), a.visits, b.visits),
        Measure(_("Sent the form"), a.forms, b.forms) if plan.by_form else line(_("Sent the form"), a.forms, b.forms),
        line(str(words.GOAL[Goal.CONFIRMED]), a.confirmed, b.confirmed, goal=Goal.CONFIRMED),
        line(str(words.GOAL[Goal.QUALIFIED]), a.qualified, b.qualified, goal=Goal.QUALIFIED),
        line(str(words.GOAL[Goal.WON]), a.won, b.won, goal=Goal.WON),
        Measure(_("Complained, or undid the exchange"), a.complaints, b.complaints),
        Measure(_("Answered whether the promise was kept"), a.answered, b.answered),
        Measure(_("Said that it was not, or partly"), a.not_kept, b.not_kept),
    ]
