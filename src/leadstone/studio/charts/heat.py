"""A heat map: a table whose cells are shaded by their share. What rests on few cases is shaded lighter and says so."""

from collections.abc import Sequence
from dataclasses import dataclass

SHADES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """`words` is what the cell says; `share` from 0 to 1, None when it is too early to tell; `few`: the share says little."""

    words: str
    share: float | None
    few: bool = False
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Shaded:
    words: str
    shade: int  # 0 to SHADES
    few: bool
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    of: str
    cells: Sequence[Shaded]


def heat_rows(rows: Sequence[tuple[str, str, Sequence[Cell]]]) -> list[Row]:
    """(name, how many, cells) → rows, shaded against the largest share of the whole table that rests on enough cases."""
    firm = [cell.share for _, _, cells in rows for cell in cells if cell.share is not None and not cell.few]
    most = max(firm, default=0.0) or 1.0
    return [Row(name, of, [_shaded(cell, most) for cell in cells]) for name, of, cells in rows]


def _shaded(cell: Cell, most: float) -> Shaded:
    part = 0.0 if cell.share is None else min(1.0, cell.share / most)
    shade = 0 if part == 0 else max(1, round(SHADES * part))
    return Shaded(cell.words, shade, cell.few, cell.url, cell.title)
