"""What people chose who stopped half way becomes rows that name nobody, and goes when its time is over."""

from datetime import timedelta

import pytest

from leadstone.domains.privacy import services as privacy
from leadstone.domains.tracking.models import StoppedRun as Row
from leadstone.domains.tracking.queries.stopped import chosen_by_stopped
from leadstone.flows.journal_drained import drain
from leadstone.flows.questions_asked import questions_asked
from leadstone.wire.records import QuestionsAsked, StoppedRun
from tests.cast import MONDAY, Guide, new_version, published
from tests.flows.test_the_journal_is_drained import AT, FakeJournal
from tests.magnets.guarded import guarded
from tests.magnets.keeping import keeping

pytestmark = pytest.mark.django_db

RUN, OTHER = "0123456789abcdef", "fedcba9876543210"


def told(definition: object) -> dict[str, object]:
    return {name: getattr(definition, name) for name in ("kind", "language", "title", "settings", "contract")}


@pytest.fixture
def quiz() -> Guide:
    return published(**told(keeping()))


def run(quiz: Guide, name: str = RUN, **answers: str) -> StoppedRun:
    return StoppedRun(run=name, version_id=quiz.version_id, answers=answers)


def hear(*runs: StoppedRun, finished: tuple[str, ...] = ()) -> None:
    questions_asked([QuestionsAsked(at=AT, counts=(), stopped=runs, finished=finished)], now=MONDAY)


def test_what_was_chosen_is_kept_under_the_day_and_a_random_number_alone(quiz: Guide) -> None:
    stopped = (run(quiz, stage="new", walls="walls roof"), run(quiz, OTHER, stage="old"))
    drain(FakeJournal([QuestionsAsked(at=AT, counts=(), stopped=stopped)]), now=MONDAY, limit=10)

    assert set(Row.objects.values_list("run", "version_id", "day")) == {
        (name, quiz.version_id, MONDAY.date()) for name in (RUN, OTHER)
    }
    number, chosen = chosen_by_stopped(quiz.version_id, since=MONDAY.date() - timedelta(days=1))
    assert (number, chosen["stage"], chosen["walls"]) == (2, {"new": 1, "old": 1}, {"walls": 1, "roof": 1})


def test_the_same_run_told_again_is_one_row_as_it_stopped_last(quiz: Guide) -> None:
    hear(run(quiz, stage="new"))
    hear(run(quiz, stage="new", warm="4"))

    assert Row.objects.get().answers == {"stage": "new", "warm": "4"}


def test_a_form_that_was_sent_after_all_leaves_no_run_behind(quiz: Guide) -> None:
    hear(run(quiz, stage="new"), run(quiz, OTHER, stage="old"))
    hear(finished=(RUN,))

    assert Row.objects.get().run == OTHER


def test_a_record_that_claims_what_was_not_asked_or_what_is_typed_or_protected_is_not_believed(quiz: Guide) -> None:
    hear(run(quiz, stage="castle", asthma="yes", worry="Jan Kowalski", colour="red"))
    hear(run(quiz, "no number at all", stage="new"))

    assert not Row.objects.exists()


def test_a_version_that_did_not_say_so_keeps_nothing_and_switching_it_on_takes_a_new_one(quiz: Guide) -> None:
    silent = new_version(quiz, **told(guarded()))
    hear(run(silent, stage="new"))

    assert silent.version_id != quiz.version_id
    assert not Row.objects.exists()


def test_it_is_deleted_when_the_months_of_the_contract_are_over(quiz: Guide) -> None:
    months = quiz.definition.contract.retention_months
    hear(run(quiz, stage="new"))

    privacy.forget_who_stopped(now=MONDAY + timedelta(days=28 * months - 7))
    assert Row.objects.count() == 1
    assert privacy.forget_who_stopped(now=MONDAY + timedelta(days=32 * months)) == 1
    assert not Row.objects.exists()
