"""`leadstone export`: the same CSV as the studio's list, written by the same code."""

import sys
from pathlib import Path

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.rules import LeadFilter
from leadstone.studio.leads.export import csv_lines


def export_leads(*, into: Path | None) -> None:
    """Write every lead to `into` (for its owner alone), or to standard output; a file appears only when it is whole."""
    lines = csv_lines(leads.each_lead(LeadFilter(), reader=THE_HOUSE))
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
