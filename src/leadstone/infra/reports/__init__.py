"""A result as a PDF to keep: tagged (PDF/UA-1), in the company's colour, with every letter that a language has.

Owns: report.typ, the one page.
Promises: what people wrote is data for it and never markup; the same facts at the same moment give the same bytes.
Never: reaches a network, a system font or a file beside its own template.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import typst

_TEMPLATE = Path(__file__).with_name("report.typ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the page says. `words` are the headings in its language: advice, points, category, score, basis."""

    company: str
    address: str
    colour: str  # "#1f6f6b", dark enough to be read on white
    language: str  # a BCP 47 tag
    day: str
    magnet: str  # what was taken: the title of the quiz
    title: str
    text: str
    advice: str
    basis: str
    points: tuple[tuple[str, str], ...]
    words: Mapping[str, str]


def render(report: Report, *, at: datetime) -> bytes:
    """The PDF; about 20 ms."""
    told = asdict(report) | {name: _paragraphs(getattr(report, name)) for name in ("text", "advice", "basis")}
    made = typst.compile(
        _TEMPLATE,
        root=_TEMPLATE.parent,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
        pdf_standards="ua-1",
        timestamp=int(at.timestamp()),
    )
    return bytes(made)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split("\n") if part.strip()]
