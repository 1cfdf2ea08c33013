"""What people chose who stop half way is kept only where the quiz says so, in its contract and with a reason."""

import msgspec
import pytest
from tests.magnets.keeping import keeping

from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.kinds.quiz import settings_of
from leadstone.domains.magnets.rules import PublishFacts, gaps_of
from leadstone.domains.magnets.stopped import chosen_in, keeps_stopped
from leadstone.project.demo.quiz import QUIZ
from leadstone.wire.definition import MagnetDefinition


def gaps(definition: MagnetDefinition) -> set[tuple[GapCode, str]]:
    return {(gap.code, gap.where) for gap in gaps_of(definition, facts=PublishFacts(slug="quiz"))}


def test_usually_nothing_is_kept_and_nothing_has_to_be_said() -> None:
    assert not keeps_stopped(QUIZ)
    assert GapCode.KEEPING_UNDECLARED not in {code for code, _ in gaps(QUIZ)}


def test_what_the_contract_says_may_be_kept() -> None:
    assert keeps_stopped(keeping())
    assert gaps(keeping()) == gaps(QUIZ)


def test_a_contract_that_keeps_quiet_about_it_is_not_published() -> None:
    (gap,) = [
        each for each in gaps_of(keeping(said=""), facts=PublishFacts(slug="quiz")) if each.code is GapCode.KEEPING_UNDECLARED
    ]

    assert gap.where == "scored"
    assert gap.facts["sentence"].startswith("Jeśli przerwiesz w połowie")


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ("If you stop half way, the answers that you chose are kept without your name or address.", True),
        ("We keep your answers even if you stop before the end.", True),
        ("Zachowujemy odpowiedzi osób, które przerwą w połowie.", True),
        ("We keep your address for a year.", False),
        ("You may stop the letters at any time.", False),
    ],
)
def test_the_sentence_tells_both_that_one_stops_and_that_something_is_kept(said: str, tells: bool) -> None:
    assert ((GapCode.KEEPING_UNDECLARED, "scored") not in gaps(keeping(said=said))) is tells


def test_the_sentence_that_the_editor_offers_is_enough_in_both_languages() -> None:
    for language in ("pl", "en"):
        quiet = msgspec.structs.replace(keeping(said=""), language=language)
        sentence = next(
            gap.facts["sentence"]
            for gap in gaps_of(quiet, facts=PublishFacts(slug="quiz"))
            if gap.code is GapCode.KEEPING_UNDECLARED
        )
        told = msgspec.structs.replace(keeping(said=sentence), language=language)
        assert (GapCode.KEEPING_UNDECLARED, "scored") not in gaps(told)


def test_the_visitor_has_to_be_told_why() -> None:
    assert (GapCode.STOPPED_WITHOUT_REASON, "stopped") in gaps(keeping(keeps_why=" "))


def test_only_what_was_chosen_is_kept_and_nothing_typed_nor_anything_that_the_law_protects() -> None:
    answers = {
        "q.stage": "new",
        "q.asthma": "no",
        "q.asthma.agreed": "yes",
        "q.walls": "walls roof",
        "q.flow": "castle",
        "q.warm": "4",
        "q.worry": "Jan Kowalski, ul. Długa 4",
    }

    assert chosen_in(settings_of(keeping()).questions, answers) == {"stage": "new", "walls": "walls roof", "warm": "4"}
