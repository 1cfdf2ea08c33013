"""A question about a special kind of data is asked under an explicit consent of its own, and used for the result alone."""

from typing import Any

import msgspec
import pytest
from tests.magnets.guarded import WORDS, guarded

from leadstone.domains.magnets.buying_signs import signs_in
from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.kinds.quiz import QuizSettings, gaps_in, points_of, settings_of, tell
from leadstone.domains.magnets.kinds.quiz import find as finding_of
from leadstone.domains.magnets.questionnaire import AnswerError, claims_in, walk
from leadstone.domains.magnets.rules import PublishFacts, gaps_of
from leadstone.domains.magnets.simulation import simulate
from leadstone.domains.magnets.special import agreed_in, special_names
from leadstone.domains.needs.rules.listening import heard_in
from leadstone.wire.definition import Channel, ConsentOffer, MagnetDefinition, NextStep, Purpose

FIRST = {"q.stage": "new"}
REST = {"q.walls": "walls", "q.flow": "floor", "q.warm": "4"}
SAID = {"q.asthma": "no"}
TICKED = {"q.asthma.agreed": "yes"}


def codes(definition: MagnetDefinition) -> set[GapCode]:
    return {gap.code for gap in gaps_in(settings_of(definition))}


def about(definition: MagnetDefinition) -> list[tuple[str, str, bool]]:
    gaps = gaps_in(settings_of(definition))
    return [(g.where, g.facts["about"], "askable" in g.facts) for g in gaps if g.code is GapCode.QUESTION_SENSITIVE]


def test_the_complete_flow_opens_the_way_to_the_public() -> None:
    assert codes(guarded()) == set()


def test_without_the_words_of_a_consent_it_is_not_published() -> None:
    assert about(guarded(consent=" ")) == [("questions.1", "health", True)]


def test_a_question_that_the_marketer_marks_needs_the_words_too() -> None:
    quiet: dict[str, Any] = {"text": "Ile razy w tygodniu?", "about": "beliefs"}

    assert about(guarded(consent="", **quiet)) == [("questions.1", "beliefs", True)]
    assert codes(guarded(**quiet)) == set()


@pytest.mark.parametrize("words", ["Zgadzam się.", "Twoja odpowiedź o astmie posłuży do obliczenia Twojego wyniku."])
def test_words_that_agree_to_nothing_in_particular_are_no_explicit_consent(words: str) -> None:
    assert codes(guarded(consent=words)) == {GapCode.EXPLICIT_CONSENT_THIN}


def test_no_consent_lets_a_quiz_speak_to_children() -> None:
    assert about(guarded(text="Co ci dolega i do której klasy chodzisz?")) == [("questions.1", "children", False)]


@pytest.mark.parametrize(
    "change",
    [
        {"says": "company", "type": "text", "options": []},
        {"need": True, "type": "text", "options": []},
        {"options": [{"key": "yes", "text": "Tak", "need": True}, {"key": "no", "text": "Nie"}]},
        {"options": [{"key": "yes", "text": "Tak", "wants": True}, {"key": "no", "text": "Nie"}]},
        {"options": [{"key": "yes", "text": "Tak", "tags": ["Often"]}, {"key": "no", "text": "Nie"}]},
    ],
)
def test_such_an_answer_may_mean_nothing_to_us(change: dict[str, Any]) -> None:
    assert GapCode.SPECIAL_FOR_US in codes(guarded(**change))


def test_a_consent_to_it_cannot_stand_among_the_boxes_of_the_form() -> None:
    definition = guarded()
    box = ConsentOffer(key="special-email", purpose=Purpose.SPECIAL, channel=Channel.EMAIL, text="I agree to all of it.")
    step = NextStep(channel=Channel.EMAIL, text="Your result.", purpose=Purpose.SPECIAL)
    contract = msgspec.structs.replace(
        definition.contract, consents=(*definition.contract.consents, box), next_steps=(*definition.contract.next_steps, step)
    )
    gaps = gaps_of(msgspec.structs.replace(definition, contract=contract), facts=PublishFacts(slug="quiz"))

    assert [gap.where for gap in gaps if gap.code is GapCode.STEP_UNDECLARED] == [f"consents.{len(contract.consents) - 1}"]


def test_an_answer_without_the_tick_stops_the_way_and_counts_nowhere() -> None:
    questions = settings_of(guarded()).questions

    way = walk(questions, FIRST | SAID | REST)

    assert (way.waiting, way.error) == (questions[1], AnswerError.NO_CONSENT)
    assert "q.asthma" not in way.answers
    assert (
        points_of(settings_of(guarded()), FIRST | SAID | REST)[0]
        < points_of(settings_of(guarded()), FIRST | SAID | TICKED | REST)[0]
    )


def test_with_the_tick_it_counts_for_the_result() -> None:
    way = walk(settings_of(guarded()).questions, FIRST | SAID | TICKED | REST)

    assert way.complete
    assert way.answers["q.asthma"] == "no"
    assert tell(guarded(), finding_of(guarded(), way.answers))


def test_whoever_would_rather_not_say_goes_on_without_it_even_where_an_answer_is_needed() -> None:
    way = walk(settings_of(guarded(required=True)).questions, FIRST | REST)

    assert way.complete
    assert not special_names(guarded()) & set(way.answers)


def test_a_tick_without_an_answer_is_asked_about_and_never_kept() -> None:
    way = walk(settings_of(guarded()).questions, FIRST | TICKED | REST)

    assert way.error is AnswerError.MISSING
    assert agreed_in(guarded(), FIRST | TICKED) == []


def test_a_form_gives_exactly_the_consents_beside_the_answers_that_it_holds() -> None:
    (offer,) = agreed_in(guarded(), FIRST | SAID | TICKED)

    assert (offer.purpose, offer.channel, offer.text) == (Purpose.SPECIAL, Channel.EMAIL, WORDS)
    assert agreed_in(guarded(), FIRST | SAID) == []
    assert agreed_in(guarded(consent=""), FIRST | SAID | TICKED) == []


def test_no_need_no_wish_and_no_claim_is_read_from_it() -> None:
    marked = {"options": [{"key": "yes", "text": "Nie mogę oddychać", "need": True, "wants": True}, {"key": "no", "text": "Nie"}]}
    told = FIRST | {"q.asthma": "yes"} | TICKED | REST
    spoken = guarded(type="text", options=[], need=True, says="company")
    words = FIRST | {"q.asthma": "Astma od dziecka i duszności"} | TICKED | REST

    assert signs_in(guarded(**marked), told) == []
    assert list(heard_in(guarded(**marked), told)) == []
    assert list(heard_in(spoken, words)) == []
    assert claims_in(settings_of(spoken).questions, words) == {}


def test_the_simulator_tries_it_answered_and_left_out() -> None:
    quiz: QuizSettings = settings_of(guarded())
    seen: set[str] = set()

    def judge(answers: Any) -> str:
        seen.add(answers.get("q.asthma", "-"))
        assert walk(quiz.questions, answers).complete
        return ""

    simulate(quiz.questions, judge)
    assert seen == {"-", "yes", "no"}
