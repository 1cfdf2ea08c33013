"""The figures of an installation that its keepers watch: the same for `leadstone status` and for `/metrics`."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from leadstone.domains.capture import queries as capture
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.leads import queries as leads
from leadstone.infra.host import this_host
from leadstone.infra.keys import core_keys
from leadstone.infra.outbox import queries as outbox
from leadstone.project.environment import Environment
from leadstone.project.running import Process, processes
from leadstone.wire.journal import JournalReader, journal_file

EDGE_COUNTERS = "edge.json"


@dataclass(frozen=True)
class Figures:
    """Counts only; nobody is in here."""

    submissions: int
    contacts: int
    leads: int
    journal_backlog: int  # records that the worker has not taken in yet
    quarantined: int
    events_waiting: int
    messages: dict[str, int]
    quarantine: bool  # a restored or copied installation: no mail leaves from here
    quarantine_because: str  # "restored", "unknown", or empty
    quarantine_since: str  # ISO 8601, empty when it is in none or no worker has started here yet
    processes: list[Process]
    edge: dict[str, int] = field(default_factory=dict)  # the edge's own counters since its start


def figures(given: Environment) -> Figures:
    """Count everything now."""
    run = given.folder.run
    standing = delivery.standing(this_host())
    return Figures(
        submissions=capture.count_submissions(),
        contacts=contacts.count_contacts(),
        leads=leads.total_leads(),
        journal_backlog=journal_backlog(given),
        quarantined=len(capture.quarantined()),
        events_waiting=outbox.waiting(),
        messages=delivery.messages_by_state(),
        quarantine=standing.quarantine,
        quarantine_because=standing.because.value if standing.because else "",
        quarantine_since=standing.since.isoformat() if standing.since else "",
        processes=processes(run),
        edge=edge_counters(run / EDGE_COUNTERS),
    )


def journal_backlog(given: Environment) -> int:
    """How many records wait in the journal; 0 before the edge has ever written one."""
    path = journal_file(given.journal_url, default=given.folder.journal)
    if not path.exists():
        return 0
    reader = JournalReader(path, core_keys(given.folder).journal_private_key)
    try:
        return reader.backlog(after=capture.cursor(reader.stream))
    finally:
        reader.close()


def edge_counters(file: Path) -> dict[str, int]:
    """What the edge counted since its start; empty when it has not written yet."""
    try:
        told = json.loads(file.read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return {name: number for name, number in told.items() if isinstance(number, int) and name != "at"}
