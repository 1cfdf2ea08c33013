"""What calculators, trials, newsletters and consultations lack before they may be published, each gap by its place."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import msgspec
import pytest

from leadstone.domains.magnets.drafting import draft_from_example
from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.kinds.calculator import MOST_FORMULAS
from leadstone.domains.magnets.rules import PublishFacts, gaps_of

WHOLE: Mapping[str, Mapping[str, Any]] = {
    "calculator": {"basis": "Our own invoices of 2025", "basis_date": "2026-03-31"},
    "trial": {"start_url": "https://app.example/start"},
    "newsletter": {},
    "consultation": {"place": "phone"},
    "quiz": {},
}


def settings(kind: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The example of a kind, whole, and changed at places like "questions.0.text"."""
    example = KINDS[kind].example
    assert example is not None
    made: dict[str, Any] = {**deepcopy(dict(example("en").settings)), **WHOLE[kind]}
    for place, value in changes.items():
        *path, last = place.split(".")
        at: Any = made
        for step in path:
            at = at[int(step)] if step.isdigit() else at[step]
        at[int(last) if last.isdigit() else last] = value
    return made


def gaps(kind: str, changes: Mapping[str, Any]) -> set[tuple[GapCode, str]]:
    made = KINDS[kind]
    return {(gap.code, gap.where) for gap in made.gaps(msgspec.convert(settings(kind, changes), made.settings))}


TABLE: list[tuple[str, Mapping[str, Any], GapCode, str]] = [
    ("calculator", {"questions": [], "low": "1", "values": []}, GapCode.INPUT_MISSING, "questions"),
    ("calculator", {"questions.0.key": "two words"}, GapCode.NAME_UNUSABLE, "questions.0"),
    ("calculator", {"questions.0.least": "70"}, GapCode.LIMITS_WRONG, "questions.0"),
    ("calculator", {"questions.2.options.0.number": "1"}, GapCode.NUMBERS_FOR_SOME, "questions.2"),
    ("calculator", {"tables.0.rows": [["none", "much"]]}, GapCode.TABLE_WRONG, "tables.0"),
    ("calculator", {"low": "year * "}, GapCode.FORMULA_WRONG, "low"),
    (
        "calculator",
        {"values": [{"key": f"value_{number}", "formula": "hours"} for number in range(MOST_FORMULAS + 1)]},
        GapCode.TOO_MANY_FORMULAS,
        "values",
    ),
    ("calculator", {"percent": "500"}, GapCode.PERCENT_OFF, "percent"),
    ("calculator", {"percent": ""}, GapCode.RANGE_MISSING, "percent"),
    ("calculator", {"digits": 9}, GapCode.DIGITS_WRONG, "digits"),
    ("calculator", {"unit": " "}, GapCode.UNIT_MISSING, "unit"),
    ("calculator", {"text": ""}, GapCode.MEANING_MISSING, "text"),
    ("calculator", {"basis": ""}, GapCode.BASIS_MISSING, "basis"),
    ("calculator", {"basis_date": "soon"}, GapCode.BASIS_UNDATED, "basis_date"),
    ("calculator", {"brackets": [{"key": "a", "at_least": "x"}]}, GapCode.BRACKET_WITHOUT_BEGINNING, "brackets.0"),
    ("calculator", {"questions.0.least": "0", "low": "1 / hours"}, GapCode.NO_RESULT_FOR_SOME, "low"),
    ("quiz", {"questions.0.options.0.picture": "0123abcd"}, GapCode.PICTURE_WITHOUT_WORDS, "questions.0"),
    ("quiz", {"questions.0.options.0.tags": ["Roof", "ROOF"]}, GapCode.TAGS_UNFIT, "questions.0"),
    ("trial", {"days": 0, "remind_days": 0}, GapCode.TRIAL_DAYS_WRONG, "length"),
    ("trial", {"remind_days": 14}, GapCode.TRIAL_REMINDER_WRONG, "length"),
    ("trial", {"zone": "Europe/Radom"}, GapCode.ZONE_UNKNOWN, "length"),
    ("trial", {"at_end": ""}, GapCode.TRIAL_END_UNSAID, "end"),
    ("trial", {"start_url": ""}, GapCode.TRIAL_START_MISSING, "start"),
    ("trial", {"start_url": "http://app.example"}, GapCode.TRIAL_START_WRONG, "start"),
    ("newsletter", {"topics": []}, GapCode.TOPIC_MISSING, "letters.topics"),
    ("newsletter", {"topics.1.name": ""}, GapCode.TOPIC_WITHOUT_WORDS, "letters.topics.1"),
    ("newsletter", {"at_most": 0}, GapCode.FREQUENCY_MISSING, "letters.frequency"),
    ("newsletter", {"sample_url": "javascript:alert(1)"}, GapCode.SAMPLE_WRONG, "letters.sample_url"),
    ("consultation", {"minutes": 7}, GapCode.MEETING_LENGTH_WRONG, "consultation.minutes"),
    ("consultation", {"days_ahead": 0}, GapCode.MEETING_WINDOW_WRONG, "consultation.days_ahead"),
    ("consultation", {"reminders": [0]}, GapCode.MEETING_WINDOW_WRONG, "consultation.reminders"),
    ("consultation", {"place": "video", "where": ""}, GapCode.MEETING_PLACE_MISSING, "consultation.where"),
]
GAPS_OF_KINDS = {code for _kind, _changes, code, _where in TABLE} | {GapCode.CONSENT_MISSING}


@pytest.mark.parametrize(("kind", "changes", "code", "where"), TABLE, ids=[f"{row[0]}-{row[2]}" for row in TABLE])
def test_each_gap_of_a_kind_is_named_by_its_place(kind: str, changes: Mapping[str, Any], code: GapCode, where: str) -> None:
    assert (code, where) in gaps(kind, changes)


@pytest.mark.parametrize("kind", WHOLE)
def test_a_whole_example_of_a_kind_has_no_gap(kind: str) -> None:
    assert gaps(kind, {}) == set()


def test_a_newsletter_is_agreed_to_by_its_button_or_by_nothing() -> None:
    draft = draft_from_example(kind="newsletter", language="en", company="Heat")
    facts = PublishFacts(slug="letters")
    assert GapCode.CONSENT_MISSING not in {gap.code for gap in gaps_of(draft, facts=facts)}

    without = msgspec.structs.replace(draft, contract=msgspec.structs.replace(draft.contract, consents=()))

    assert GapCode.CONSENT_MISSING in {gap.code for gap in gaps_of(without, facts=facts)}
