"""When a deal may stand where: the table of stages and what they ask."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.domains.pipeline.rules import (
    ANSWERED_ON_THE_SPOT,
    MoveRefusal,
    Requirement,
    SettingRefusal,
    StageClass,
    StageFacts,
    can_be_overridden,
    may_archive_stage,
    may_move,
    missing_for,
    requirements_of,
    rots_since,
    stays,
    words_in,
)

NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def stage(number: int, stage_class: StageClass = StageClass.OPEN, *requires: Requirement, archived: bool = False) -> StageFacts:
    return StageFacts(
        stage_id=number,
        key=f"s{number}",
        names={"en": f"S{number}"},
        stage_class=stage_class,
        position=number,
        probability=20,
        requires=requires,
        archived=archived,
    )


PROSPECT, OFFER = stage(1), stage(3)
NEED = stage(2, StageClass.OPEN, Requirement.DECIDER, Requirement.VALUE)
WON, LOST = stage(8, StageClass.WON), stage(9, StageClass.LOST)


@pytest.mark.parametrize(("before", "after"), [(PROSPECT, OFFER), (OFFER, PROSPECT), (WON, OFFER), (LOST, PROSPECT)])
def test_a_deal_goes_forward_back_and_out_of_the_end_again(before: StageFacts, after: StageFacts) -> None:
    assert may_move(before, after, met=())


def test_a_stage_that_asks_is_refused_with_everything_that_is_missing_in_one_answer() -> None:
    decision = may_move(PROSPECT, NEED, met=())

    assert (decision.because, decision.missing) == (MoveRefusal.MISSING, (Requirement.VALUE, Requirement.DECIDER))
    assert may_move(PROSPECT, NEED, met={Requirement.VALUE}).missing == (Requirement.DECIDER,)
    assert may_move(PROSPECT, NEED, met={Requirement.VALUE, Requirement.DECIDER})


def test_won_always_asks_for_a_value_and_lost_for_a_reason_whatever_the_company_says() -> None:
    assert may_move(OFFER, WON, met=()).missing == (Requirement.VALUE,)
    assert may_move(OFFER, LOST, met=()).missing == (Requirement.LOST_REASON,)
    assert may_move(WON, LOST, met={Requirement.VALUE, Requirement.LOST_REASON})


def test_a_requirement_that_makes_no_sense_in_a_class_is_not_asked() -> None:
    assert requirements_of(stage(5, StageClass.LOST, Requirement.VALUE, Requirement.DECIDER)) == {Requirement.LOST_REASON}
    assert requirements_of(stage(5, StageClass.OPEN, Requirement.LOST_REASON)) == set()


def test_an_override_names_what_it_passed_over_and_needs_a_reason() -> None:
    met = {Requirement.VALUE}
    assert may_move(PROSPECT, NEED, met=met, override="  ").because is MoveRefusal.NO_REASON_TO_OVERRIDE

    decision = may_move(PROSPECT, NEED, met=met, override="The mayor asked for it in person.")
    assert decision.allowed
    assert decision.missing == (Requirement.DECIDER,)


def test_what_can_be_said_on_the_spot_is_never_passed_over() -> None:
    assert may_move(PROSPECT, NEED, met=(), override="Because.").because is MoveRefusal.MISSING
    assert may_move(OFFER, LOST, met=(), override="Because.").because is MoveRefusal.MISSING
    assert can_be_overridden((Requirement.DECIDER, Requirement.MEETING_HELD))
    assert not can_be_overridden((Requirement.DECIDER, Requirement.VALUE))
    assert not can_be_overridden(())


def test_a_deal_goes_nowhere_when_it_stands_there_or_the_stage_left_the_board() -> None:
    assert may_move(OFFER, OFFER, met=()).because is MoveRefusal.SAME_STAGE
    assert may_move(OFFER, stage(7, archived=True), met=()).because is MoveRefusal.STAGE_ARCHIVED


@given(requires=st.frozensets(st.sampled_from(Requirement)), met=st.frozensets(st.sampled_from(Requirement)))
def test_nothing_that_a_stage_asks_is_ever_skipped_without_an_override(
    requires: frozenset[Requirement], met: frozenset[Requirement]
) -> None:
    asked = stage(4, StageClass.OPEN, *requires)
    decision = may_move(PROSPECT, asked, met=met)

    assert decision.allowed == (requirements_of(asked) <= met)
    assert set(decision.missing) == requirements_of(asked) - met == set(missing_for(asked, met=met))
    overridden = may_move(PROSPECT, asked, met=met, override="why")
    assert overridden.allowed == (not ANSWERED_ON_THE_SPOT & (requirements_of(asked) - met))


@given(
    lengths=st.lists(st.integers(min_value=0, max_value=400 * 86_400), min_size=1, max_size=30),
    since_last=st.integers(min_value=0, max_value=400 * 86_400),
)
def test_the_durations_of_a_history_sum_to_the_age_of_the_deal(lengths: list[int], since_last: int) -> None:
    moments = [NOON]
    for seconds in lengths:
        moments.append(moments[-1] + timedelta(seconds=seconds))
    now = moments[-1] + timedelta(seconds=since_last)

    told = stays([(number % 5, at) for number, at in enumerate(moments)], now=now)

    assert sum((each.length for each in told), timedelta()) == now - NOON
    assert [each.since for each in told] == moments
    assert [each.until for each in told] == [*moments[1:], None]
    assert all(each.length >= timedelta() for each in told)


def test_a_deal_rots_on_the_day_that_its_stage_names_and_not_before() -> None:
    assert not rots_since(quiet_since=NOON, rots_after_days=21, now=NOON + timedelta(days=21, seconds=-1))
    assert rots_since(quiet_since=NOON, rots_after_days=21, now=NOON + timedelta(days=21))
    assert not rots_since(quiet_since=NOON, rots_after_days=None, now=NOON + timedelta(days=900))


def test_one_open_one_won_and_one_lost_stage_always_stay() -> None:
    board = [PROSPECT, OFFER, WON, LOST]

    assert may_archive_stage(OFFER, in_use=board, deals=0)
    assert may_archive_stage(OFFER, in_use=board, deals=1).because is SettingRefusal.NOT_EMPTY
    for last in (WON, LOST):
        assert may_archive_stage(last, in_use=board, deals=0).because is SettingRefusal.LAST_OF_ITS_CLASS
    assert may_archive_stage(OFFER, in_use=[OFFER, WON, LOST], deals=0).because is SettingRefusal.LAST_OF_ITS_CLASS


def test_a_stage_is_called_in_the_readers_language_or_in_one_that_there_is() -> None:
    assert words_in({"en": "Offer", "pl": "Oferta"}, "pl") == "Oferta"
    assert words_in({"en": "Offer"}, "pl") == "Offer"
    assert words_in({"pl": "Oferta"}, "en") == "Oferta"
    assert words_in({}, "en") == ""
