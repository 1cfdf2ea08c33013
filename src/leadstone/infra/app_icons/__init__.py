"""The sign of the house as the icon of an installed page, in the sizes that devices ask for.

Owns: icon.typ.
Promises: the sign stands within the circle that every mask leaves (W3C Web Application Manifest, "Icon masks and safe zone"); the
same sign gives the same bytes.
Never: fetches anything or reads a file beside its own template.
"""

import json
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from hashlib import blake2s
from pathlib import Path

import typst

_TEMPLATE = Path(__file__).with_name("icon.typ")
_POINTS_AN_INCH = 72  # one point a pixel

# A home screen of Apple's takes 180, others ask for 192 and show 512 while the page starts.
SIDES = (180, 192, 512)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppIcon:
    """`sign`: SVG, square; `ground`: "#rrggbb" behind it, to the edge; `side` in pixels."""

    sign: str
    ground: str
    side: int


def icon_name(icon: AppIcon) -> str:
    """A name that no other icon has."""
    told = json.dumps(asdict(icon)).encode()
    return f"icon-{blake2s(_setting() + told, digest_size=16).hexdigest()}.png"


@cache
def _setting() -> bytes:
    return blake2s(_TEMPLATE.read_bytes()).digest()


@lru_cache(maxsize=8)
def icon_png(icon: AppIcon) -> bytes:
    """The picture; about 10 ms."""
    made = typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(asdict(icon))},
        format="png",
        ppi=_POINTS_AN_INCH,
    )
    if not isinstance(made, bytes):
        raise TypeError("icon.typ sets one page")
    return made
