"""Pictures to share: two sizes, words that can be read, nothing cut and nothing fetched."""

import io
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from leadstone.infra.share_pictures import SIZES, Shape, SharePicture, share_png

GUIDE = SharePicture(
    title="Dziesięć pytań, zanim kupisz pompę ciepła",
    promise="Zażółć gęślą jaźń: po kwadransie wiesz, o co pytać.",
    kind="Poradnik",
    company="Ciepło Polskie",
    colour="#1f6f6b",
    language="pl",
)
EDGE = 40  # pixels that stay free of words


def opened(picture: SharePicture, shape: Shape) -> Image.Image:
    return Image.open(io.BytesIO(share_png(picture, shape))).convert("RGB")


@pytest.mark.parametrize("shape", Shape)
def test_it_has_the_size_that_networks_ask_for_and_is_small_enough_to_send(shape: Shape) -> None:
    png = share_png(GUIDE, shape)

    assert Image.open(io.BytesIO(png)).size == SIZES[shape]
    assert len(png) < 300_000


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("title", ["Ż" * 160, "Bardzo długi tytuł o cieple " * 8, "Krótko"])
def test_no_title_reaches_the_left_or_upper_edge_or_hides_the_company(title: str, shape: Shape) -> None:
    with_title, without = opened(replace(GUIDE, title=title), shape), opened(replace(GUIDE, title=""), shape)

    box = ImageChops.difference(with_title, without).getbbox()

    width, height = SIZES[shape]
    assert box is not None
    assert box[0] >= EDGE
    assert box[1] >= EDGE
    assert box[2] <= width - EDGE
    # Below the title stand the promise and the company.
    assert box[3] <= height * 0.75


@pytest.mark.parametrize("colour", ["#ffff00", "#ffffff", "#000000", "#7fffd4"])
def test_words_are_read_on_every_colour(colour: str) -> None:
    picture = opened(replace(GUIDE, colour=colour), Shape.WIDE)

    colours = picture.getcolors(1_000_000)
    assert colours is not None
    lightest = max(sum(one) for _count, one in colours if isinstance(one, tuple))
    ground = sum(picture.getpixel((5, 5)))  # type: ignore[arg-type]  # RGB
    assert lightest - ground > 250


def test_markup_in_a_title_is_text_and_the_same_facts_give_the_same_picture() -> None:
    typed = replace(GUIDE, title='#panic("no") *bold* $x$ = "x" \\ [a')

    assert share_png(typed, Shape.WIDE) == share_png(typed, Shape.WIDE)
