"""Numbers of companies at the tax office."""

import pytest

from leadstone.kernel.tax_id import read_tax_id


@pytest.mark.parametrize("text", ["5261040828", "526-10-40-828", "526 104 08 28", "PL5261040828", "pl 526-104-08-28"])
def test_a_polish_number_is_read_however_it_is_written(text: str) -> None:
    assert read_tax_id(text) == "5261040828"


@pytest.mark.parametrize("text", ["5261040829", "526104082", "52610408281", "PL 526", "", "NIP", "１２３４５６７８９０", "PLABC"])
def test_a_mistyped_polish_number_is_none(text: str) -> None:
    assert read_tax_id(text) is None


def test_every_single_wrong_digit_is_found() -> None:
    right = "5261040828"
    wrong = {right[:place] + digit + right[place + 1 :] for place in range(10) for digit in "0123456789"} - {right}

    assert [text for text in wrong if read_tax_id(text)] == []


@pytest.mark.parametrize(("text", "read"), [("DE 136695976", "DE136695976"), ("cz-25123891", "CZ25123891")])
def test_a_foreign_number_is_kept_with_its_country(text: str, read: str) -> None:
    assert read_tax_id(text) == read
