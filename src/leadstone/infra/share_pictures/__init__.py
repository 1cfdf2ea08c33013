"""A magnet as a picture to share: its title in the company's colour, in the two sizes that networks ask for.

Owns: share.typ.
Promises: what people typed is data to the typesetter; a long title is set smaller and never cut; same facts, same bytes.
Never: fetches a font or reads a file beside its own template.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import blake2s
from pathlib import Path

import typst

from leadstone.kernel.colour import readable

_TEMPLATE = Path(__file__).with_name("share.typ")
_POINTS_AN_INCH = 72  # one point a pixel


class Shape(StrEnum):
    WIDE = "wide"  # beside a link: Facebook, LinkedIn, X
    SQUARE = "square"  # a picture by itself: Instagram, Pinterest


SIZES: Mapping[Shape, tuple[int, int]] = {Shape.WIDE: (1200, 630), Shape.SQUARE: (1080, 1080)}


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePicture:
    """What stands on it. `kind`: what one gets, "Guide"; `colour`: "#rrggbb", darkened until the words on it can be read."""

    title: str
    promise: str
    kind: str
    company: str
    colour: str
    language: str


class NotSet(Exception):
    """The typesetter did not set it; the words are its own."""


def share_name(picture: SharePicture, shape: Shape) -> str:
    """A name that no other picture has: of what stands on it, and of how it is set."""
    told = json.dumps([shape, asdict(picture)]).encode()
    return f"share-{blake2s(_setting() + told, digest_size=16).hexdigest()}.png"


@cache
def _setting() -> bytes:
    return blake2s(_TEMPLATE.read_bytes()).digest()


@lru_cache(maxsize=16)
def share_png(picture: SharePicture, shape: Shape) -> bytes:
    """The picture; about 50 ms. Raises `NotSet`."""
    width, height = SIZES[shape]
    ground = readable(picture.colour, dark=False)
    told = asdict(picture) | {"colour": ground.colour, "ink": ground.ink, "width": width, "height": height}
    try:
        made = typst.compile(
            _TEMPLATE,
            root=_TEMPLATE.parent,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
            format="png",
            ppi=_POINTS_AN_INCH,
        )
    except typst.TypstError as wrong:
        raise NotSet from wrong
    if not isinstance(made, bytes):
        raise TypeError("share.typ sets one page")
    return made
