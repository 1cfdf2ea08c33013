"""The linters from the command line: one text a line in, one JSON object a line out."""

import sys
from typing import BinaryIO

import msgspec

from leadstone.domains.vetting.linters import Finding, Linter, lint


class _Line(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of one line. `line` counts from 1; places are characters of the line without its end."""

    line: int
    flagged: bool
    findings: list[Finding]


def lint_lines(*, kind: str, language: str, source: BinaryIO | None = None, into: BinaryIO | None = None) -> None:
    """Read `source` (standard input) to its end. Bytes that are no UTF-8 are read as replacement characters, never refused."""
    linter, encoder = Linter(kind), msgspec.json.Encoder()
    out = into or sys.stdout.buffer
    for number, raw in enumerate(source or sys.stdin.buffer, start=1):
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8", errors="replace").rstrip("\r\n")
        found = lint(text, linter=linter, language=language)
        out.write(encoder.encode(_Line(line=number, flagged=bool(found), findings=found)) + b"\n")
    out.flush()
