"""One household, however it is spelled; the flat next door is another one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.kernel.postal import household, in_poland, read_postcode


def at(street: str, *, postcode: str = "00-549", city: str = "Warszawa", country: str = "") -> str:
    return household(street=street, postcode=postcode, city=city, country=country)


@pytest.mark.parametrize(
    "spelling",
    [
        "ul. Piękna 12/3",
        "Ul.Piękna 12/3",
        "ULICA PIĘKNA 12 m. 3",
        "piekna 12 m 3",
        "Piękna 12 m.3",
        "Piękna 12m3",
        "Piękna 12 lok. 3",
        "Piękna 12, lokal 3",
        "Piękna 12/m. 3",
        "Piękna 12 / 3",
        "Piękna nr 12 mieszkanie 3",
        "Piękna 12, kl. 2, m. 3",
        "Piękna 12 3",
        "  Piękna   012/03 ",
    ],
)
def test_every_usual_spelling_of_an_address_is_one_household(spelling: str) -> None:
    assert at(spelling) == at("Piękna 12/3")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Piękna 12/3", "Piękna 12/4"),
        ("Piękna 12/3", "Piękna 123"),
        ("Piękna 1/23", "Piękna 12/3"),
        ("Piękna 12", "Piękna 12/3"),
        ("Piękna 12a", "Piękna 12b"),
        ("al. Róż 5", "ul. Róż 5"),
        ("3 Maja 12", "3 Maja 13"),
        ("3 Maja 12", "1 Maja 12"),
        ("Kowale 5", "Kowale 6"),
    ],
)
def test_the_flat_next_door_is_another_household(one: str, other: str) -> None:
    assert at(one) != at(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al. Jerozolimskie 44 a", "Aleje Jerozolimskie 44A"),
        ("os. Tysiąclecia 7/12", "Osiedle Tysiąclecia 7 m. 12"),
        ("pl. Zbawiciela 2", "Plac Zbawiciela 2"),
        ("ul. 3 Maja 12 m 4", "3 maja 12/4"),
        ("ul. gen. Andersa 5", "Generała Andersa 5"),
        ("Piękna 24/26 m. 3", "Piękna 24/26/3"),
        ("św. Marcina 8", "ul. Świętego Marcina 8"),
    ],
)
def test_abbreviations_and_letters_beside_the_number_change_nothing(one: str, other: str) -> None:
    assert at(one) == at(other)


def test_town_and_postcode_may_be_spelled_freely() -> None:
    assert at("Piękna 1", city="WARSZAWA-Mokotów", postcode="00549", country="Polska") == at("Piękna 1")
    assert at("Piękna 1", city="Bielsko-Biała") == at("Piękna 1", city="bielsko biała")
    assert at("Piękna 1", city="Łódź") != at("Piękna 1", city="Lublin")


_NAMES = st.sampled_from(["Piękna", "Żurawia", "Świętojańska", "3 Maja", "Jana Pawła II", "11 Listopada", "Łąkowa"])
_HOUSES = st.tuples(st.integers(1, 999), st.sampled_from(["", "a", "b", "F"]))


@given(name=_NAMES, house=_HOUSES, flat=st.integers(1, 400), data=st.data())
def test_any_two_spellings_of_the_same_flat_meet(name: str, house: tuple[int, str], flat: int, data: st.DataObject) -> None:
    number = f"{house[0]}{house[1]}"
    spellings = [
        f"{prefix}{spelled} {number}{joint}{flat}"
        for prefix in ("", "ul. ", "UL ", "ulica ")
        for spelled in (name, name.upper(), name.lower())
        for joint in ("/", " / ", " m. ", " m ", " lok. ", ", lok ", "/m.")
    ]
    one, other = data.draw(st.sampled_from(spellings)), data.draw(st.sampled_from(spellings))
    assert at(one) == at(other)


@given(name=_NAMES, house=_HOUSES, flats=st.tuples(st.integers(1, 400), st.integers(1, 400)))
def test_two_flats_never_meet(name: str, house: tuple[int, str], flats: tuple[int, int]) -> None:
    one, other = (at(f"ul. {name} {house[0]}{house[1]} m. {flat}") for flat in flats)
    assert (one == other) == (flats[0] == flats[1])


@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_no_text_breaks_it_and_the_same_text_is_the_same_household(street: str, city: str, country: str) -> None:
    assert at(street, city=city, country=country) == at(street, city=city, country=country)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("00-549", "00-549"), ("00549", "00-549"), ("00 549", "00-549"), ("00–549", "00-549"), ("0-549", None), ("abc", None)],
)
def test_a_polish_postcode_is_written_as_the_post_writes_it(typed: str, read: str | None) -> None:
    assert read_postcode(typed, country="") == read


def test_other_countries_keep_their_own_postcodes() -> None:
    assert read_postcode("sw1a 1aa", country="United Kingdom") == "SW1A 1AA"
    assert read_postcode("🏠", country="United Kingdom") is None
    assert in_poland("POLSKA")
    assert not in_poland("Polynesia")
