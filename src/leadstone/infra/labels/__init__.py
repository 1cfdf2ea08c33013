"""Address labels as a PDF.

Owns: the sheets that the shops sell, and how a label is set.
Promises: what people typed is data to the typesetter and never part of a template; a long address is set smaller, not cut.
Never: fetches a font or a package; what the machine has will do.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

_TEMPLATE = Path(__file__).with_name("labels.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of labels: the paper and the grid on it, in millimetres."""

    name: str
    width: float
    height: float
    columns: int
    rows: int
    label_width: float
    label_height: float
    left: float  # from the edge of the paper to the first label
    top: float
    gap: float = 0  # between two columns
    roll: bool = False  # one label a page, with the sender on it

    @property
    def places(self) -> int:
        return self.columns * self.rows


SHEETS: Mapping[str, Sheet] = {
    "a4-3x8": Sheet(
        name="A4, 3 × 8 (70 × 37 mm)",
        width=210,
        height=297,
        columns=3,
        rows=8,
        label_width=70,
        label_height=37,
        left=0,
        top=0.5,
    ),
    "a4-2x7": Sheet(
        name="A4, 2 × 7 (99.1 × 38.1 mm)",
        width=210,
        height=297,
        columns=2,
        rows=7,
        label_width=99.1,
        label_height=38.1,
        left=4.65,
        top=15.15,
        gap=2.5,
    ),
    "roll-100x150": Sheet(
        name="100 × 150 mm",
        width=100,
        height=150,
        columns=1,
        rows=1,
        label_width=100,
        label_height=150,
        left=0,
        top=0,
        roll=True,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One label: the lines of the address, the first of which is the name; `mark` tells staff which parcel it belongs to."""

    lines: tuple[str, ...]
    mark: str = ""


def labels_pdf(
    labels: Sequence[Label], *, sheet: Sheet, start: int = 1, sender: Sequence[str] = (), language: str = "en"
) -> bytes:
    """The labels on their sheets, the first one at place `start` (from 1) of a sheet that was begun before."""
    data = {
        "sheet": asdict(sheet),
        "start": min(max(start, 1), sheet.places) - 1,
        "sender": list(sender),
        "labels": [asdict(label) for label in labels],
        "language": language,
    }
    return bytes(typst.compile(_TEMPLATE, sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, root=_TEMPLATE.parent))
