"""What somebody answered before they left their address, and what it came to, for the card of their lead."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leadstone.domains.capture import queries as capture
from leadstone.domains.leads.queries import LeadCard, standing
from leadstone.domains.magnets.kind import Outcome
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.questionnaire import answer_words, points_for, walk
from leadstone.flows.results import result_of


@dataclass(frozen=True, slots=True)
class AnswersShown:
    """Each question that was asked with its answer and points; `outcome` is what was sent to them."""

    lines: Sequence[tuple[str, str, int]]
    outcome: Outcome | None


def answers_shown(card: LeadCard) -> AnswersShown | None:
    """The answers of the form that the lead began with; None when it asked nothing, or its words were erased."""
    kind = KINDS.get(card.definition.kind) if card.definition else None
    if card.definition is None or kind is None or kind.asking is None:
        return None
    form_id = standing.submissions_of([card.lead_id]).get(card.lead_id)
    form = capture.forms([form_id]).get(form_id) if form_id else None
    if form is None or form.answers is None:
        return None
    way = walk(kind.asking.questions(card.definition), form.answers)
    lines = []
    for question in way.passed:
        answer = way.answers.get(question.name, "")
        if question.guarded:
            # They agreed that it counts for their result, and not that any of us reads it.
            lines.append((question.text, _("answered for their result alone, read by nobody") if answer else "", 0))
            continue
        lines.append((question.text, answer_words(question, answer), sum(points_for(question, answer).values())))
    told = result_of(form, card.definition)
    return AnswersShown(lines, told.outcome if told else None)
