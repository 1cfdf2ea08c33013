"""`leadstone status`: the figures of this installation, for people or for machines."""

import json
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from leadstone.domains.delivery.rules.hosts import Arrival
from leadstone.project.environment import environment
from leadstone.project.figures import Figures, figures


def show(*, as_json: bool) -> int:
    """Print the figures; the exit code is always 0, because a backlog is no mistake."""
    found = figures(environment())
    if as_json:
        print(json.dumps(asdict(found), indent=2))
    else:
        Console().print(_table(found))
    return 0


def _table(found: Figures) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2))
    table.add_column(justify="right")
    table.add_column()
    for number, words in (
        (found.submissions, "submissions kept"),
        (found.contacts, "contacts"),
        (found.leads, "leads"),
        (found.journal_backlog, "records wait in the journal"),
        (found.events_waiting, "events wait for a reaction"),
        (found.quarantined, "records in quarantine"),
    ):
        table.add_row(f"{number:,}", words)
    for state, number in found.messages.items():
        table.add_row(f"{number:,}", f"messages {state}")
    for process in found.processes:
        table.add_row(str(process.pid), f"{process.name} {'runs' if process.running else 'is gone'}")
    if found.quarantine:
        table.add_row("!", quarantine_line(found))
    if not found.processes:
        table.add_row("–", "no process runs here")
    return table


def quarantine_line(found: Figures) -> str:
    """Why no mail leaves, since when, and what to do."""
    why = "this was restored from a backup" if found.quarantine_because == Arrival.RESTORED else "this is a copy, or a new host"
    since = f" since {found.quarantine_since[:16].replace('T', ' ')} UTC" if found.quarantine_since else ""
    return f"no mail leaves from here{since}: {why}. Let it: leadstone quarantine lift"
