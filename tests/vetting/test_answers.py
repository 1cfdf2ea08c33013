"""Words that are objected to, and who answers for them."""

from datetime import date

import pytest

from leadstone.domains.vetting.rules import Answer, Said, Standing, Way, Wrong, objections, standing, wrong_with_evidence

TODAY = date(2026, 3, 2)
TITLE = Said("title", "Triple your home's value", headline=True)


def test_an_objection_marks_its_words_inside_their_sentence() -> None:
    (one,) = objections([Said("promise", "We measured. Results guaranteed! Read on.")], language="en")
    assert (one.before, one.words, one.after) == ("", "Results guaranteed", "!")
    assert (one.where, one.rule) == ("promise", "guarantee")


def test_an_answer_is_tied_to_the_exact_words() -> None:
    (before,) = objections([TITLE], language="en")
    answers = {before.digest: Answer(digest=before.digest, way=Way.APPROVAL)}
    (moved,) = objections([Said("points", TITLE.text)], language="en")
    (changed,) = objections([Said("title", "Triple your home's value today")], language="en")

    assert standing(before, answers, today=TODAY) is Standing.ANSWERED
    assert standing(moved, answers, today=TODAY) is Standing.ANSWERED
    assert standing(changed, answers, today=TODAY) is Standing.OPEN


def test_evidence_holds_through_its_last_day_and_no_longer() -> None:
    (one,) = objections([TITLE], language="en")
    answers = {one.digest: Answer(digest=one.digest, way=Way.EVIDENCE, expires_on=TODAY)}
    assert standing(one, answers, today=TODAY) is Standing.ANSWERED
    assert standing(one, answers, today=date(2026, 3, 3)) is Standing.EXPIRED


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, None),
        ({"address": "", "has_file": True}, None),
        ({"address": ""}, Wrong.NO_EVIDENCE),
        ({"address": "javascript:alert(1)"}, Wrong.NO_ADDRESS),
        ({"who": " "}, Wrong.NO_NAME),
        ({"expires_on": None}, Wrong.OUT_OF_DATE),
        ({"expires_on": date(2026, 3, 1)}, Wrong.OUT_OF_DATE),
        ({"dated_on": date(2026, 3, 3)}, Wrong.OUT_OF_DATE),
    ],
)
def test_evidence_names_who_says_it_where_when_and_until_when(changes: dict[str, object], wrong: Wrong | None) -> None:
    given = {
        "who": "Institute of Buildings",
        "address": "https://example.org/study",
        "has_file": False,
        "dated_on": date(2026, 1, 1),
        "expires_on": date(2026, 12, 31),
    }
    assert wrong_with_evidence(**(given | changes), today=TODAY) is wrong  # type: ignore[arg-type]


def test_a_sentence_that_goes_on_to_tell_is_read_more_kindly_than_a_headline() -> None:
    tease = "What nobody but you would ever really want to know"
    as_headline = {one.rule for one in objections([Said("title", tease, headline=True)], language="en")}
    as_text = {one.rule for one in objections([Said("promise", tease)], language="en")}
    assert "teasing" in as_headline
    assert "teasing" not in as_text


def test_a_language_without_rules_is_not_judged() -> None:
    assert objections([TITLE], language="de") == ()
