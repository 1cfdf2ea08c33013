"""The month on two pages: tagged PDF (PDF/UA-1) in the company's colour.

Owns: monthly.typ.
Promises: what people wrote is data for it and never markup; the same facts at the same moment give the same bytes.
Never: reaches a network, a system font or a file beside its own template.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import typst

_TEMPLATE = Path(__file__).with_name("monthly.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A heading, the words over the columns, and rows of words; the first column is a name, the others are numbers."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One month in a row of them. `share`: its height, of the highest; `now`: the month that the report is about."""

    label: str
    words: str
    share: float
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A heading and the months under it, the earliest first."""

    title: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What the report says. `figures`: (name, value, compared with the month before). `watch`: sentences to look at."""

    company: str
    colour: str  # "#1f6f6b", dark enough to be read on white
    language: str  # a BCP 47 tag
    title: str
    lead: str
    figures: Sequence[tuple[str, str, str]]
    watch: Sequence[str]
    rows: Sequence[Row]
    tables: Sequence[Table]
    note: str
    words: Mapping[str, str]


def render(month: Month, *, at: datetime) -> bytes:
    """The PDF; about 30 ms."""
    made = typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(asdict(month), ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(at.timestamp()),
    )
    return bytes(made)
