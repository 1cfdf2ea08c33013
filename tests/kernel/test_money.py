"""Amounts as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.kernel.money import read_amount


@pytest.mark.parametrize(
    ("typed", "minor"),
    [
        ("18400", 1_840_000),
        ("18 400", 1_840_000),
        ("18 400,50", 1_840_050),
        ("18,400.50", 1_840_050),
        ("18.400,5", 1_840_050),
        ("18.400", 1_840_000),
        ("1,234,567", 123_456_700),
        ("0,99", 99),
        ("12'500.00", 1_250_000),
    ],
)
def test_an_amount_is_read_as_it_is_written_in_either_language(typed: str, minor: int) -> None:
    assert read_amount(typed) == minor


@pytest.mark.parametrize("typed", ["", "abc", "-5", "1.2.3", "1,23,456", "5 zł", "1e9", "٣", "=1+1", "9" * 40, "18,4005"])
def test_what_is_no_amount_is_refused_and_not_guessed(typed: str) -> None:
    assert read_amount(typed) is None


@given(st.integers(min_value=0, max_value=10**12))
def test_what_is_written_with_cents_reads_back(minor: int) -> None:
    assert read_amount(f"{minor // 100},{minor % 100:02}") == minor
    assert read_amount(f"{minor // 100:,}.{minor % 100:02}") == minor
