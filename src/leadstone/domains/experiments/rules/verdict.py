"""What an experiment says at this moment, by the rule that stood before its start."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from leadstone.domains.experiments.rules import Aspect, Goal
from leadstone.domains.experiments.rules.evidence import (
    Interval,
    Trials,
    chance_that_b_is_better,
    change_interval,
    change_is_within,
    differs,
    prior_for,
    shares_are_off,
)
from leadstone.domains.experiments.rules.planning import LEAST_GOALS

LEAST_HARM = 5  # complaints or broken promises in B, before they are more than a bad day
HARM_SOUGHT = 1.0  # twice as many: what the guardrails are quickest to see


class Verdict(StrEnum):
    NOBODY_YET = "nobody_yet"
    NOT_TRUSTED = "not_trusted"  # the arms got other shares of the visitors than planned: something is broken
    HARM = "harm"  # B brings more complaints or broken promises: it is stopped
    TOO_EARLY = "too_early"  # less than the days or people that were agreed on
    NOT_ENOUGH = "not_enough"
    B_WINS = "b_wins"
    A_WINS = "a_wins"
    NO_DIFFERENCE = "no_difference"  # whatever it is, it is smaller than what matters
    PLAN_REACHED = "plan_reached"  # as many people as planned, and still not told apart

    @property
    def is_decision(self) -> bool:
        """Whether the rule has spoken: waiting longer is not asked for."""
        return self in {Verdict.B_WINS, Verdict.A_WINS, Verdict.NO_DIFFERENCE, Verdict.PLAN_REACHED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The rule, as it was fixed before the start. `least_change` is a fraction: 0.2 is 20 % more or less."""

    aspect: Aspect
    goal: Goal
    least_change: float
    goals: int  # people who reach the goal, in both arms together
    days: int  # the least
    share: float = 0.5  # of the visitors, who meet B

    @property
    def by_form(self) -> bool:
        """Whether a try is a form that was sent (a mail says nothing to anybody else), and not a visit."""
        return self.aspect is Aspect.MAIL

    @property
    def prior(self) -> float:
        return prior_for(self.least_change, share=self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArmFigures:
    """One arm since the start. `visits` counts a visitor once a day; everything else counts people, once each."""

    visits: int = 0
    forms: int = 0
    confirmed: int = 0
    qualified: int = 0
    won: int = 0
    complaints: int = 0  # said "this was not me", or undid the exchange
    answered: int = 0  # whether the promise was kept
    not_kept: int = 0  # of these: not, or partly

    def reached(self, goal: Goal) -> int:
        return {Goal.CONFIRMED: self.confirmed, Goal.QUALIFIED: self.qualified, Goal.WON: self.won}[goal]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Both arms after so many whole days, and what they say. Each number is computed when it is asked for."""

    plan: Plan
    arms: tuple[ArmFigures, ArmFigures]
    days: int

    @cached_property
    def a(self) -> Trials:
        return self._trials(self.arms[0])

    @cached_property
    def b(self) -> Trials:
        return self._trials(self.arms[1])

    @property
    def goals(self) -> int:
        """How many people reached the goal, in both arms together."""
        return self.a.reached + self.b.reached

    @cached_property
    def change(self) -> Interval:
        """How much more B brings than A, or less: always valid."""
        return change_interval(self.a.reached, self.b.reached, share=self.plan.share, prior=self.plan.prior)

    @cached_property
    def chance_of_b(self) -> float:
        """That B is better: exact Beta-Bernoulli."""
        return chance_that_b_is_better(self.a, self.b)

    @property
    def shares_off(self) -> bool:
        return shares_are_off(self.a.tries, self.b.tries, share=self.plan.share)

    @property
    def more_complaints(self) -> bool:
        """Whether the people of B complain more: of each hundred who sent the form, not of each hundred who came."""
        a, b = self.arms
        return _is_harm((a.forms, b.forms), (a.complaints, b.complaints))

    @property
    def more_broken(self) -> bool:
        """Whether the people of B say more often that the promise was not kept, of each hundred who answered."""
        a, b = self.arms
        return _is_harm((a.answered, b.answered), (a.not_kept, b.not_kept))

    @property
    def tells_apart(self) -> bool:
        return differs(self.b.reached, self.goals, share=self.plan.share, prior=self.plan.prior)

    @property
    def is_small(self) -> bool:
        """Whether the difference, whatever it is, is smaller than what matters: in either direction."""
        least, plan = self.plan.least_change, self.plan
        bounds = Interval(-least / (1 + least), least)
        return change_is_within(self.a.reached, self.b.reached, bounds, share=plan.share, prior=plan.prior)

    @cached_property
    def verdict(self) -> Verdict:
        """The first that applies: what is wrong comes before what is too early, and that before what the numbers say."""
        return next((verdict for verdict, applies in _IN_ORDER if applies(self)), Verdict.NOT_ENOUGH)

    def _trials(self, arm: ArmFigures) -> Trials:
        return Trials(arm.forms if self.plan.by_form else arm.visits, arm.reached(self.plan.goal))


_IN_ORDER: Sequence[tuple[Verdict, Callable[[Judgement], bool]]] = (
    (Verdict.HARM, lambda told: told.more_complaints or told.more_broken),
    (Verdict.NOBODY_YET, lambda told: not told.a.tries and not told.b.tries),
    (Verdict.NOT_TRUSTED, lambda told: told.shares_off),
    (Verdict.TOO_EARLY, lambda told: told.days < told.plan.days or told.goals < LEAST_GOALS),
    (Verdict.B_WINS, lambda told: told.tells_apart and told.b.reached > told.goals * told.plan.share),
    (Verdict.A_WINS, lambda told: told.tells_apart),
    (Verdict.NO_DIFFERENCE, lambda told: told.is_small),
    (Verdict.PLAN_REACHED, lambda told: told.goals >= told.plan.goals),
)


def judge(plan: Plan, a: ArmFigures, b: ArmFigures, *, days: int) -> Judgement:
    """The judgement after so many whole days."""
    return Judgement(plan=plan, arms=(a, b), days=days)


def _is_harm(of: tuple[int, int], bad: tuple[int, int]) -> bool:
    """Whether bad things happen in B more often than in A, among so many to whom they could."""
    if bad[1] < LEAST_HARM or not all(of):
        return False
    share = of[1] / sum(of)
    happened = change_interval(*bad, share=share, prior=prior_for(HARM_SOUGHT, share=share))
    return happened.low > 0
