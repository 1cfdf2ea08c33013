"""How codes are written, and when one counts."""

import secrets
from datetime import UTC, date, datetime, timedelta

import pytest

from leadstone.domains.codes.rules import (
    RANDOM_CHARACTERS,
    Fault,
    RedeemFacts,
    Refusal,
    fault_of,
    is_mistyped,
    make_code,
    may_redeem,
    may_show,
)
from leadstone.kernel.typed_codes import ALPHABET, plain
from leadstone.wire.code_terms import CodeTerms

NOON = datetime(2026, 11, 16, 11, 0, tzinfo=UTC)


def facts(*, used: int = 0, given_out: bool = True, **terms: object) -> RedeemFacts:
    return RedeemFacts(terms=CodeTerms(**terms), given_out=given_out, used=used)  # type: ignore[arg-type]


def test_a_made_code_has_eighty_random_bits_in_groups_and_a_check_character() -> None:
    asked: list[int] = []

    def below(bound: int) -> int:
        asked.append(bound)
        return secrets.randbelow(bound)

    code = make_code(below)

    assert asked == [32] * RANDOM_CHARACTERS
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 5]
    assert set(plain(code)) <= set(ALPHABET)
    assert not is_mistyped(code)


def test_whoever_types_o_for_zero_and_i_or_l_for_one_in_small_letters_with_spaces_finds_the_same_code() -> None:
    code = "0123-45AB-CDEF-GHJKM"

    assert plain(" ol23 45ab—cdef".replace("—", "\u2013")) == "012345ABCDEF"
    assert plain("oi23 45ab cdef ghjkm") == plain(code) == plain("OL2345ABCDEFGHJKM")


def test_every_single_wrong_character_is_found() -> None:
    code = plain(make_code(secrets.randbelow))

    for place, right in enumerate(code):
        for wrong in ALPHABET.replace(right, ""):
            assert is_mistyped(code[:place] + wrong + code[place + 1 :]), (code, place, wrong)


def test_a_code_of_another_shop_is_never_called_mistyped() -> None:
    assert not is_mistyped("WELCOME10")
    assert not is_mistyped("Ü" * 17)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("WELCOME-10", None),
        ("żółw 1", None),
        ("A" * 65, Fault.TOO_LONG),
        ("---", Fault.NOT_A_CODE),
        ("=SUM(A1)", Fault.NOT_A_CODE),
        ("<b>10</b>", Fault.NOT_A_CODE),
        ("a\x00b", Fault.NOT_A_CODE),
    ],
)
def test_what_nobody_can_type_is_no_code(text: str, fault: Fault | None) -> None:
    assert fault_of(text) is fault


def test_a_free_code_is_nobodys_and_counts_for_nobody() -> None:
    assert may_show(facts(given_out=False), now=NOON).because is Refusal.NOT_GIVEN_OUT


def test_the_last_day_counts_to_its_end_by_the_clock_of_the_shop_and_not_by_utc() -> None:
    until = facts(valid_until=date(2026, 11, 16), zone="Europe/Warsaw")
    midnight = datetime(2026, 11, 16, 23, 0, tzinfo=UTC)  # 00:00 on the 17th in Warsaw

    assert may_show(until, now=midnight - timedelta(seconds=1))
    assert may_show(until, now=midnight).because is Refusal.EXPIRED


def test_a_day_on_which_the_clocks_change_is_still_one_day() -> None:
    terms = CodeTerms(valid_from=date(2026, 10, 25), valid_until=date(2026, 10, 25), zone="Europe/Warsaw")

    assert terms.begins_at is not None
    assert terms.ends_at is not None
    assert terms.ends_at - terms.begins_at == timedelta(hours=25)


def test_a_code_does_not_count_before_its_first_day() -> None:
    assert may_show(facts(valid_from=date(2026, 11, 17)), now=NOON).because is Refusal.NOT_YET
    assert may_show(facts(valid_from=date(2026, 11, 16)), now=NOON)


def test_a_code_for_one_order_counts_once_and_one_for_three_three_times() -> None:
    assert may_show(facts(used=1), now=NOON).because is Refusal.USED_UP
    assert may_show(facts(uses=3, used=2), now=NOON)
    assert may_show(facts(uses=3, used=3), now=NOON).because is Refusal.USED_UP


def test_a_members_code_counts_as_often_as_they_like() -> None:
    assert may_show(facts(uses=0, used=400), now=NOON)


def test_whoever_used_it_in_time_is_told_of_that_and_not_of_the_end() -> None:
    assert may_show(facts(used=1, valid_until=date(2026, 1, 1)), now=NOON).because is Refusal.USED_UP


def test_an_order_below_the_minimum_is_refused_and_one_of_the_very_minimum_taken() -> None:
    minimum = facts(minimum_minor=10_000)

    assert may_redeem(minimum, amount_minor=9_999, now=NOON).because is Refusal.TOO_SMALL
    assert may_redeem(minimum, amount_minor=10_000, now=NOON)
    assert may_redeem(minimum, amount_minor=None, now=NOON).because is Refusal.AMOUNT_MISSING


def test_without_a_minimum_the_amount_may_be_left_out() -> None:
    assert may_redeem(facts(), amount_minor=None, now=NOON)
