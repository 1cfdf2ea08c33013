"""Sending an order to the reading process, which is started for it and ends with it."""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec
import structlog

from leadstone.infra.lake.orders import Answered, Ask, Merge, Order, Write, Written, encode
from leadstone.kernel.errors import LeadstoneError

log = structlog.get_logger()

MEMORY_MB = 384
THREADS = 2
SECONDS = 900
_RAISED = re.compile(r"^[\w.]+(?:Error|Exception): .*$", re.MULTILINE)

_Answer = TypeVar("_Answer", Written, Answered)


class LakeUnread(LeadstoneError):
    """The reading process died, was late, or could not do what it was told."""

    code = "lake_unread"
    sentence = "The event lake could not be read: {because}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """How the reading process is started: `module` calls `child.serve` with its measures."""

    folder: Path
    module: str
    memory_mb: int = MEMORY_MB
    threads: int = THREADS
    seconds: float = SECONDS

    def write(self, order: Write | Merge) -> int:
        """Have a file made; returns how many rows it holds. Raises `LakeUnread`."""
        return self._send(order, Written).rows

    def ask(self, order: Ask) -> Answered:
        """Raises `LakeUnread`."""
        return self._send(order, Answered)

    def _send(self, do: Write | Merge | Ask, answer: type[_Answer]) -> _Answer:
        order = Order(folder=str(self.folder), do=do, memory_mb=self.memory_mb, threads=self.threads)
        command = [sys.executable, "-I", "-B", "-m", self.module]
        try:
            done = subprocess.run(  # noqa: S603 - our own module
                command, input=encode(order), capture_output=True, timeout=self.seconds, check=True, env={}
            )
            return msgspec.json.decode(done.stdout, type=answer)
        except subprocess.CalledProcessError as trouble:
            said = _RAISED.findall(trouble.stderr.decode("utf-8", "replace"))
            because = said[-1][:400] if said else f"exit code {trouble.returncode}"
            log.warning("lake.unread", because=because)
            raise LakeUnread(because=because) from trouble
        except (subprocess.TimeoutExpired, msgspec.DecodeError) as trouble:
            raise LakeUnread(because=type(trouble).__name__) from trouble
