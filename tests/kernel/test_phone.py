import pytest

from leadstone.kernel.phone import read_phone


@pytest.mark.parametrize("typed", ["601 234 567", "+48601234567", "0048 601-234-567", "(+48) 601.234.567", "tel. 601 234 567"])
def test_one_number_has_one_key_however_it_is_typed(typed: str) -> None:
    phone = read_phone(typed)
    assert phone is not None
    assert (phone.key, phone.value, phone.plausible) == ("+48601234567", "+48 601 234 567", True)


def test_a_number_with_its_country_code_is_read_as_such() -> None:
    phone = read_phone("+44 20 7946 0958")
    assert phone is not None
    assert phone.key == "+442079460958"


def test_a_number_of_the_right_length_that_nobody_has_is_kept_but_not_plausible() -> None:
    phone = read_phone("111 111 111")
    assert phone is not None
    assert not phone.plausible


@pytest.mark.parametrize("typed", ["", "call me", "12", "+48 601", "6" * 41, "601 234 567 " * 20, "\x00"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_phone(typed) is None
