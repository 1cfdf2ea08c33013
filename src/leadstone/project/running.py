"""Who runs under `leadstone up` on this data folder, as its supervisor wrote it down."""

import json
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Process:
    """One process of the supervisor's."""

    name: str
    pid: int
    running: bool
    crashes: int


def processes(run: Path) -> list[Process]:
    """Everybody in `run/processes.json`; empty when nobody runs here."""
    try:
        rows = json.loads((run / "processes.json").read_text())["processes"]
    except FileNotFoundError:
        return []
    return [Process(row["name"], row["pid"], Path(f"/proc/{row['pid']}").exists(), row["crashes"]) for row in rows]
