"""A company's colour is corrected until text can be read, and no further."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.kernel.colour import HOUSE_COLOUR, PAPER_DARK, PAPER_LIGHT, contrast, read_hex, readable, soft
from leadstone.wire.pages import Pages
from tests.pages.gallery import ENGLISH, brand, bundle_of

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, written out so that the rule cannot soften unseen

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours, st.booleans())
def test_every_colour_becomes_readable_on_the_page_and_under_its_own_ink(colour: str, dark: bool) -> None:
    made = readable(colour, dark=dark)

    assert contrast(made.colour, PAPER_DARK if dark else PAPER_LIGHT) >= LEAST_CONTRAST
    assert contrast(made.colour, made.ink) >= LEAST_CONTRAST


@given(colours, st.booleans())
def test_a_corrected_colour_needs_no_second_correction(colour: str, dark: bool) -> None:
    once = readable(colour, dark=dark).colour

    assert readable(once, dark=dark).colour == once
    assert not readable(once, dark=dark).corrected


@given(colours, st.booleans())
def test_a_link_reads_on_the_quiet_background_of_its_own_hue(colour: str, dark: bool) -> None:
    assert contrast(readable(colour, dark=dark).colour, soft(colour, dark=dark)) >= LEAST_CONTRAST


@pytest.mark.parametrize("colour", ["#0f6673", "#1f6f6b", "#7a1f1f"])
def test_a_colour_that_reads_already_stays_as_it_is(colour: str) -> None:
    assert readable(colour, dark=False).colour == colour


def test_yellow_becomes_a_darker_yellow_and_not_another_hue() -> None:
    made = readable("#ffd400", dark=False)
    red, green, blue = (int(made.colour[i : i + 2], 16) for i in (1, 3, 5))

    assert made.corrected
    assert red > blue
    assert green > blue


@given(st.sampled_from([("#000000", "#ffffff", 21.0), ("#777777", "#777777", 1.0), ("#767676", "#ffffff", 4.54)]))
def test_contrast_is_the_ratio_that_the_guidelines_define(known: tuple[str, str, float]) -> None:
    one, other, ratio = known

    assert round(contrast(one, other), 2) == ratio
    assert contrast(one, other) == contrast(other, one)


@pytest.mark.parametrize("typed", ["", "red", "#12", "#12345", "#1234567", "url(x)", "#fff;}body{display:none", "#12345g"])
def test_what_is_no_colour_leaves_the_house_colour_and_no_trace(typed: str) -> None:
    assert read_hex(typed) is None

    pages = Pages(bundle_of(ENGLISH, who=brand(colour=typed)))
    plain = Pages(bundle_of(ENGLISH))
    assert pages.stylesheet == plain.stylesheet
    assert HOUSE_COLOUR in pages.icon


def test_the_company_colour_is_in_the_stylesheet_for_light_and_dark_and_changes_its_name() -> None:
    yellow, plain = Pages(bundle_of(ENGLISH, who=brand(colour="#FFD400"))), Pages(bundle_of(ENGLISH))

    poles = re.findall(r"--pole:(#[0-9a-f]{6})", yellow.stylesheet)
    assert poles == [readable("#ffd400", dark=False).colour, readable("#ffd400", dark=True).colour]
    assert yellow.stylesheet_name != plain.stylesheet_name
    assert yellow.icon_name != plain.icon_name


def test_short_and_bare_spellings_of_a_colour_are_read() -> None:
    assert read_hex(" #1AF ") == read_hex("1af") == "#11aaff"
