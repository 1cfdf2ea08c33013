"""Printed cards that lead to a page: a code to scan, and beside it one to type.

Owns: QR codes as pictures, and sheets of cards as PDF.
Promises: what people typed is data to the typesetter; a code keeps its quiet zone and stays readable when a corner is dirty.
Never: fetches a font or a package, or puts a person into a code.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import segno
import typst

_TEMPLATE = Path(__file__).with_name("cards.typ")
QUIET_MODULES = 4  # around the code, as ISO/IEC 18004 asks for
_PIXELS_A_MODULE = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """How many cards stand on a sheet of A4."""

    columns: int
    rows: int

    @property
    def places(self) -> int:
        return self.columns * self.rows


GRIDS: Mapping[str, Grid] = {
    "1": Grid(columns=1, rows=1),  # a poster
    "2": Grid(columns=1, rows=2),
    "4": Grid(columns=2, rows=2),
    "8": Grid(columns=2, rows=4),
    "10": Grid(columns=2, rows=5),  # about the size of business cards
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card. `address` and `code` are what is typed by hand; `mark` tells staff which link it is."""

    headline: str
    target: str  # what the code holds
    call: str  # "Scan, or type:"
    address: str
    code: str
    mark: str = ""
    language: str = "en"


def qr_svg(target: str) -> bytes:
    """A code as a drawing that prints sharp at any size; error level M (15 % may be lost), with its quiet zone."""
    picture = io.BytesIO()
    _code(target).save(picture, kind="svg", border=QUIET_MODULES, xmldecl=False, light="#fff")
    return picture.getvalue()


def qr_png(target: str) -> bytes:
    """The same code in pixels, black on white."""
    picture = io.BytesIO()
    _code(target).save(picture, kind="png", border=QUIET_MODULES, scale=_PIXELS_A_MODULE)
    return picture.getvalue()


def cards_pdf(cards: Sequence[Card], *, grid: Grid, company: str, language: str) -> bytes:
    """The cards on sheets of A4 with marks to cut by."""
    data = {
        "columns": grid.columns,
        "rows": grid.rows,
        "company": company,
        "language": language,
        "cards": [asdict(card) | {"picture": qr_svg(card.target).decode()} for card in cards],
    }
    return bytes(typst.compile(_TEMPLATE, sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, root=_TEMPLATE.parent))


def _code(target: str) -> segno.QRCode:
    return segno.make_qr(target, error="m", boost_error=True)
