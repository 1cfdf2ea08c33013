"""An answer may be marked as a wish to buy: it is an explained reason of the quality, and the contract has to say so."""

from typing import Any

import msgspec
import pytest
from tests.cast import Visitor, ask, published

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.capture.models import Submission
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads import services as leads_services
from leadstone.domains.magnets.buying_signs import declares_signs, has_signs, sign_in
from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.rules import PublishFacts, gaps_of
from leadstone.domains.scoring.rules import Code
from leadstone.project.demo.quiz import QUIZ
from leadstone.wire.definition import MagnetDefinition

TOLD = "Some answers tell us that you may want to buy; they raise the rating."


def marked(*, scored: str = TOLD) -> MagnetDefinition:
    """The quiz whose first question is answered with a wish to buy by whoever only plans a house."""
    settings: dict[str, Any] = msgspec.to_builtins(QUIZ.settings)
    settings = msgspec.json.decode(msgspec.json.encode(settings))
    settings["questions"][0]["options"][0]["wants"] = True
    contract = msgspec.structs.replace(QUIZ.contract, scored=scored)
    return msgspec.structs.replace(QUIZ, settings=settings, contract=contract)


def answered(stage: str) -> Visitor:
    definition = marked()
    told = {name: getattr(definition, name) for name in ("kind", "settings", "contract", "incentive", "sales_intent")}
    answers = {"q.stage": stage, "q.flow": "floor", "q.warm": "4"}
    return ask(published(**told), "ann@example.com", **answers)


def codes(who: Visitor) -> dict[Code, int]:
    card = leads.lead_card(who.lead_id, reader=THE_HOUSE)
    return {reason.code: reason.points for reason in card.awareness.reasons}


def test_only_the_marked_answer_on_their_way_is_a_sign() -> None:
    assert sign_in(marked(), {"q.stage": "plan"}) == "Na jakim etapie jest dom?"
    assert sign_in(marked(), {"q.stage": "old"}) == ""
    assert sign_in(QUIZ, {"q.stage": "plan"}) == ""
    assert not has_signs(QUIZ)


@pytest.mark.django_db
def test_the_marked_answer_raises_awareness_and_says_by_which_question() -> None:
    who = answered("plan")

    reason = next(
        each for each in leads.lead_card(who.lead_id, reader=THE_HOUSE).awareness.reasons if each.code is Code.WANTS_TO_BUY
    )
    assert (reason.points, reason.facts) == (25, {"question": "Na jakim etapie jest dom?"})


@pytest.mark.django_db
def test_another_answer_changes_nothing_and_neither_does_scoring_again() -> None:
    who = answered("old")
    before = codes(who)
    leads_services.rescore([who.lead_id])

    assert Code.WANTS_TO_BUY not in before
    assert codes(who) == before


@pytest.mark.django_db
def test_scoring_again_keeps_the_reason_until_the_form_is_erased() -> None:
    who = answered("plan")
    leads_services.rescore([who.lead_id])
    assert codes(who)[Code.WANTS_TO_BUY] == 25

    Submission.objects.update(payload=None)
    leads_services.rescore([who.lead_id])
    assert Code.WANTS_TO_BUY not in codes(who)


@pytest.mark.parametrize("scored", [TOLD, "Niektóre odpowiedzi mówią nam, że chcesz coś kupić.", "Answers about buying count."])
def test_a_contract_that_tells_of_it_has_no_gap(scored: str) -> None:
    assert declares_signs(marked(scored=scored))


def test_a_mark_that_the_contract_keeps_quiet_about_is_not_published() -> None:
    quiet = marked(scored="We rate how complete an answer is.")

    found = [(gap.code, gap.where) for gap in gaps_of(quiet, facts=PublishFacts(slug="quiz"))]
    assert (GapCode.SIGNS_NOT_TOLD, "scored") in found
    assert GapCode.SIGNS_NOT_TOLD not in {gap.code for gap in gaps_of(marked(), facts=PublishFacts(slug="quiz"))}
