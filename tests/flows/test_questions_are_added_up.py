"""Totals of questions: added up by version, day and question, whatever the record claims."""

import pytest

from leadstone.domains.tracking.models import QuestionTimes, QuestionTotals
from leadstone.domains.tracking.queries import questions_reached
from leadstone.domains.tracking.rules import LEAST_REACHED, Reached, seconds_of
from leadstone.flows.journal_drained import drain
from leadstone.wire.records import QuestionCount, QuestionsAsked
from tests.cast import MONDAY, Guide, published
from tests.flows.test_the_journal_is_drained import AT, FakeJournal


@pytest.fixture
def guide(db: None) -> Guide:
    return published()


def count(
    version_id: int, question: str = "stage", *, shown: int = 3, answered: int = 2, took: tuple[int, ...] = ()
) -> QuestionCount:
    return QuestionCount(
        version_id=version_id,
        question=question,
        shown=shown,
        shown_to_machines=1,
        answered=answered,
        answered_by_machines=0,
        took=took or (0, 1, 1, 0, 0, 0, 0),
    )


@pytest.mark.django_db
def test_totals_are_added_up_by_version_day_and_question(guide: Guide) -> None:
    record = QuestionsAsked(at=AT, counts=(count(guide.version_id), count(guide.version_id, ""), count(999_999)))

    drain(FakeJournal([record, record]), now=MONDAY, limit=10)
    drain(FakeJournal([], [record]), now=MONDAY, limit=10)

    rows = QuestionTotals.objects.values_list("version_id", "question", "shown", "shown_to_machines", "answered")
    assert set(rows) == {(guide.version_id, "stage", 9, 3, 6), (guide.version_id, "", 9, 3, 6)}
    assert set(QuestionTimes.objects.values_list("question", "bucket", "answers")) == {
        (question, bucket, 3) for question in ("stage", "") for bucket in (1, 2)
    }


@pytest.mark.django_db
def test_a_record_that_claims_nonsense_takes_nothing_away_and_has_no_further_buckets(guide: Guide) -> None:
    honest = count(guide.version_id, took=(5, 0, 0, 0, 0, 0, 0))
    lie = count(guide.version_id, shown=-7, answered=-1, took=(-3, 0, 0, 0, 0, 0, 0, 90, 91))
    longer = count(guide.version_id, question="k" * 500)

    drain(FakeJournal([QuestionsAsked(at=AT, counts=(honest, lie, longer))]), now=MONDAY, limit=10)

    reached = questions_reached(guide.version_id, since=MONDAY.date())
    assert (reached["stage"].shown, reached["stage"].answered, list(reached["stage"].took)) == (3, 2, [5, 0, 0, 0, 0, 0, 0])
    assert len(reached) == 2


@pytest.mark.django_db
def test_only_the_days_that_are_asked_for_count(guide: Guide) -> None:
    drain(FakeJournal([QuestionsAsked(at=AT, counts=(count(guide.version_id),))]), now=MONDAY, limit=10)
    day = QuestionTotals.objects.get().day

    assert set(questions_reached(guide.version_id, since=day)) == {"stage"}
    assert questions_reached(guide.version_id, since=day.replace(year=day.year + 1)) == {}


def test_a_share_needs_enough_people() -> None:
    few, enough = Reached(shown=LEAST_REACHED - 1), Reached(shown=LEAST_REACHED, answered=15)

    assert few.share_away is None
    assert enough.share_away == 5 / LEAST_REACHED


def test_an_answer_on_the_day_after_its_question_makes_nobody_come_back() -> None:
    assert Reached(shown=1, answered=2).went_away == 0


def test_the_typical_time_is_that_of_the_answer_in_the_middle() -> None:
    assert Reached(took=(5, 4, 11, 0, 0, 0, 0)).typical == (6, 12)
    assert Reached(took=(0, 0, 0, 0, 0, 0, 20)).typical == (100, None)
    assert Reached(took=(9, 10)).typical is None
    assert seconds_of(0) == (0, 3)
