"""Experiments in words: what they vary and count, what stands in the way, and the verdict as plain sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isinf
from typing import Any

from babel.numbers import format_percent
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from leadstone.domains.experiments.queries import ExperimentFacts
from leadstone.domains.experiments.rules import Aspect, Because, Ending, Goal, StartRefusal, State
from leadstone.domains.experiments.rules.planning import Outlook
from leadstone.domains.experiments.rules.verdict import Judgement, Verdict
from leadstone.studio.words import numbers

Lazy = Any

ASPECT: Mapping[Aspect, Lazy] = {
    Aspect.PROMISE: gettext_lazy("Promise"),
    Aspect.PAGE: gettext_lazy("Page"),
    Aspect.FORM: gettext_lazy("Form"),
    Aspect.GATE: gettext_lazy("Gate"),
    Aspect.MAIL: pgettext_lazy("of a magnet", "Mail"),
}
ASPECT_NOTE: Mapping[Aspect, Lazy] = {
    Aspect.PROMISE: gettext_lazy("The title and the sentence under it."),
    Aspect.PAGE: gettext_lazy("What stands around the promise: the contents, the proof, the words on the button."),
    Aspect.FORM: gettext_lazy("Which fields are asked, which of them are needed, and in which order."),
    Aspect.GATE: gettext_lazy("What stands before it: a way to read it without an address, or questions page by page."),
    Aspect.MAIL: gettext_lazy("Subject and preview of the one mail that brings it. Judged by those who sent the form."),
}
GOAL: Mapping[Goal, Lazy] = {
    Goal.CONFIRMED: gettext_lazy("Proved their mailbox"),
    Goal.QUALIFIED: gettext_lazy("Became prospects"),
    Goal.WON: gettext_lazy("Became customers"),
}
STATE: Mapping[State, Lazy] = {
    State.DRAFT: gettext_lazy("being written"),
    State.RUNNING: gettext_lazy("running"),
    State.ENDED: gettext_lazy("ended"),
    State.DISCARDED: gettext_lazy("thrown away"),
}
ENDING: Mapping[Ending, Lazy] = {
    Ending.DECIDED: gettext_lazy("decided"),
    Ending.NO_DECISION: gettext_lazy("no decision"),
    Ending.STOPPED: gettext_lazy("stopped"),
}
BECAUSE: Mapping[Because, Lazy] = {
    Because.BY_HAND: gettext_lazy("It was stopped by hand before the rule had spoken."),
    Because.HARM: gettext_lazy("A guardrail stopped it."),
    Because.NEW_VERSION: gettext_lazy("Another version of the magnet was published, so there was nothing left to compare."),
    Because.WITHDRAWN: gettext_lazy("The magnet was withdrawn."),
}
REFUSED: Mapping[StartRefusal, Lazy] = {
    StartRefusal.NOT_A_DRAFT: gettext_lazy("It has begun already: plan and words are fixed."),
    StartRefusal.NOT_PUBLIC: gettext_lazy("Publish the magnet first: there is nothing to compare with yet."),
    StartRefusal.WITHDRAWN: gettext_lazy("The magnet is withdrawn: nobody would meet either arm."),
    StartRefusal.RUNNING_ALREADY: gettext_lazy("Another experiment runs on this magnet. End that one first."),
    StartRefusal.NOTHING_DIFFERS: gettext_lazy("Both arms say the same. Write down what B says differently."),
    StartRefusal.CHOSEN_BY_TIME: gettext_lazy("Times are booked on a page of their own, and that page is not compared yet."),
    StartRefusal.GAPS: gettext_lazy("An arm is not fit for the public yet."),
}
WHAT: Mapping[str, Lazy] = {
    "title": gettext_lazy("Title"),
    "promise": gettext_lazy("Promise"),
    "points": gettext_lazy("What is inside"),
    "proof": gettext_lazy("Where it comes from"),
    "button": gettext_lazy("Button"),
    "asks": gettext_lazy("Fields"),
    "without_email_url": gettext_lazy("Without an e-mail address"),
    "together": gettext_lazy("Questions"),
    "mail": pgettext_lazy("of a magnet", "Mail"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A verdict: the sentence, what it rests on, and a tone ("good", "warn", "bad" or "")."""

    title: str
    text: str
    tone: str = ""


def rate(value: float | None) -> str:
    """A share of the visitors, to a tenth of a percent: few of them do anything."""
    return "" if value is None else format_percent(value, format="#,##0.0%", locale=get_language() or "en")


def change_words(change: float) -> str:
    """How much more B brings, as people say it: "12 % more", "8 % fewer", "as many"."""
    if isinf(change):
        return _("many times more")
    if round(change * 100) == 0:
        return _("as many")
    size = numbers.percent(abs(change))
    return _("%(size)s more") % {"size": size} if change > 0 else _("%(size)s fewer") % {"size": size}


def between(judgement: Judgement) -> str:
    ends = {"low": change_words(judgement.change.low), "high": change_words(judgement.change.high)}
    return _("from %(low)s to %(high)s") % ends


def verdict(judgement: Judgement) -> Said:
    """What an experiment says now, in plain sentences."""
    return _VERDICTS[judgement.verdict](judgement)


def _nobody(told: Judgement) -> Said:
    if told.plan.by_form:
        return Said(
            _("Nobody has sent the form yet"), _("A mail is read by whoever sent the form, so visits say nothing about it.")
        )
    return Said(_("Nobody has come yet"), _("Visitors appear here about a minute after they came."))


def _not_trusted(told: Judgement) -> Said:
    met = {
        "b": numbers.whole(told.b.tries),
        "all": numbers.whole(told.a.tries + told.b.tries),
        "planned": numbers.percent(told.plan.share),
    }
    return Said(
        _("Do not trust these numbers"),
        _(
            "B got %(b)s of %(all)s where %(planned)s was planned. Chance alone does that less than once in a thousand"
            " experiments: something sends visitors past one arm. Find it before you decide anything."
        )
        % met,
        "bad",
    )


def _harm(told: Judgement) -> Said:
    if told.more_complaints:
        title = _("B does harm: more people complain")
        text = _("More of those who sent B’s form said that it was not them, or undid the exchange.")
    else:
        title = _("B does harm: it promises more than it keeps")
        text = _("More of those who got it under B’s words said that the promise was not kept.")
    return Said(title, text + " " + _("However many it brings, that is no way to win. It is stopped within the hour."), "bad")


def _too_early(told: Judgement) -> Said:
    days = ngettext("%(n)s day of at least %(least)s", "%(n)s days of at least %(least)s", told.days)
    text = _("%(days)s, and %(goals)s who reached the goal so far. A verdict needs whole weeks and twenty people.") % {
        "days": days % {"n": numbers.whole(told.days), "least": numbers.whole(told.plan.days)},
        "goals": numbers.whole(told.goals),
    }
    return Said(_("Too early to say"), text)


def _not_enough(told: Judgement) -> Said:
    text = _("B brings %(between)s. %(goals)s of about %(planned)s people have reached the goal.") % {
        "between": between(told),
        "goals": numbers.whole(told.goals),
        "planned": numbers.whole(told.plan.goals),
    }
    return Said(_("Not enough data yet"), text)


def _b_wins(told: Judgement) -> Said:
    text = _("B brings %(between)s. By the rule that was fixed before the start, B wins.") % {"between": between(told)}
    return Said(_("The other words bring more"), text, "good")


def _a_wins(told: Judgement) -> Said:
    text = _("B brings %(between)s. By the rule that was fixed before the start, what was public already wins.")
    return Said(_("The present words bring more"), text % {"between": between(told)}, "good")


def _no_difference(told: Judgement) -> Said:
    text = _("B brings %(between)s: whatever the difference is, it is smaller than %(least)s. Keep what you like better.")
    return Said(_("No difference that matters"), text % {"between": between(told), "least": _least(told)})


def _plan_reached(told: Judgement) -> Said:
    text = _(
        "B brings %(between)s. As many people as planned have come: a change of %(least)s would have been seen in four cases out"
        " of five. Keep what you like better, or look for a bolder idea."
    )
    return Said(_("Still no winner"), text % {"between": between(told), "least": _least(told)})


def _least(told: Judgement) -> str:
    return numbers.percent(told.plan.least_change)


_VERDICTS = {
    Verdict.NOBODY_YET: _nobody,
    Verdict.NOT_TRUSTED: _not_trusted,
    Verdict.HARM: _harm,
    Verdict.TOO_EARLY: _too_early,
    Verdict.NOT_ENOUGH: _not_enough,
    Verdict.B_WINS: _b_wins,
    Verdict.A_WINS: _a_wins,
    Verdict.NO_DIFFERENCE: _no_difference,
    Verdict.PLAN_REACHED: _plan_reached,
}


def outlook_words(outlook: Outlook, *, by_form: bool) -> str:
    """What a plan takes."""
    if outlook.tries_an_arm is None or outlook.days is None:
        return _("Nobody has reached this goal in the last four weeks, so nobody can say how long it takes.")
    facts = {"tries": numbers.whole(outlook.tries_an_arm), "days": numbers.whole(outlook.days)}
    if by_form:
        return _("About %(tries)s forms an arm: some %(days)s days at the traffic of the last four weeks.") % facts
    return _("About %(tries)s visits an arm: some %(days)s days at the traffic of the last four weeks.") % facts


def ended_words(facts: ExperimentFacts) -> str:
    """How it ended and why, and what somebody wrote about it."""
    because = str(BECAUSE[facts.because]) if facts.because else ""
    return " ".join(part for part in (because, f"„{facts.note}”" if facts.note else "") if part)
