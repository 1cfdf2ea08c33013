"""`leadstone export`: the same CSV as the studio's list, written by the same code."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.rules import LeadFilter
from leadstone.studio.leads.export import csv_lines


def export_leads(*, into: Path | None) -> None:
    """Write every lead to `into` (for its owner alone), or to standard output; a file appears only when it is whole."""
    lines = _noted(csv_lines(leads.each_lead(LeadFilter(), reader=THE_HOUSE)))
    if into is None:
        for line in lines:
            sys.stdout.buffer.write(line.encode())
        sys.stdout.flush()
        return
    draft = into.with_name(f".{into.name}.part")
    draft.touch(mode=0o600)
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            file.writelines(lines)
        draft.replace(into)
    finally:
        draft.unlink(missing_ok=True)


def _noted(lines: Iterator[str]) -> Iterator[str]:
    """The lines; what was taken out is written down, also when the reader went away in the middle."""
    sent = -1  # the first line names the columns
    try:
        for line in lines:
            sent += 1
            yield line
    finally:
        audit.note(
            actor_id=None,
            action=Action.EXPORTED,
            subject=Subject.LIST,
            facts={"list": "leads", "rows": max(sent, 0)},
            now=datetime.now(UTC),
        )
