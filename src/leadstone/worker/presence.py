"""Who is alive: one locked file a worker in `run/workers/`, so that the work of a dead one is taken over at once.

The lock (flock) ends with the process, however it ends. Workers that do not share the folder are judged by their leases alone.
"""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

BURIED_AFTER_SECONDS = 120

_SUFFIX = ".worker"


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What a worker last wrote about itself. `facts`: task → {"ok_at", "failures"}."""

    worker: str
    alive: bool
    beat_at: datetime | None
    facts: dict[str, Any]


class Presence:
    """The file of this worker; `worker` is its name in the rows that it claims."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        self.worker = secrets.token_hex(8)
        self._folder = folder
        self._path = folder / f"{self.worker}{_SUFFIX}"
        self._file: IO[str] = self._path.open("x")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def beat(self, *, now: datetime, facts: dict[str, Any]) -> None:
        """Say that we live. Written in place, for replacing the file would lose the lock."""
        text = json.dumps({"pid": os.getpid(), "beat_at": now.isoformat(), "tasks": facts})
        self._file.seek(0)
        self._file.write(text)
        self._file.truncate()
        self._file.flush()

    def gone(self) -> list[str]:
        """The workers that died without saying goodbye."""
        return [path.stem for path in _files(self._folder) if path != self._path and not _is_held(path)]

    def bury(self, workers: list[str], *, now: datetime) -> None:
        """Forget them, once nothing of theirs is left to take over.

        A database server may still commit for somebody who has just died, so they are looked after for a while.
        """
        for worker in workers:
            path = self._folder / f"{worker}{_SUFFIX}"
            try:
                quiet_seconds = now.timestamp() - path.stat().st_mtime
            except FileNotFoundError:
                continue  # another worker was quicker
            if quiet_seconds > BURIED_AFTER_SECONDS:
                path.unlink(missing_ok=True)

    def leave(self) -> None:
        self._path.unlink(missing_ok=True)
        self._file.close()


def read_heartbeats(folder: Path) -> list[Heartbeat]:
    """Every worker that has a file there, for `status` and `doctor`; takes no lock for longer than a look."""
    return [_read(path) for path in sorted(_files(folder))]


def _read(path: Path) -> Heartbeat:
    try:
        told = json.loads(path.read_text())
        beat_at = datetime.fromisoformat(told["beat_at"])
    except (OSError, ValueError, KeyError, TypeError):
        # Just being written, or just gone: the lock alone tells.
        return Heartbeat(path.stem, _is_held(path), None, {})
    return Heartbeat(path.stem, _is_held(path), beat_at, told.get("tasks", {}))


def _files(folder: Path) -> Iterator[Path]:
    return folder.glob(f"*{_SUFFIX}")


def _is_held(path: Path) -> bool:
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False
