"""How long `leadstone up` takes, and how much memory everything takes together when nobody comes."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

START_LIMIT_SECONDS = 60
SETTLE_SECONDS = 5.0


def measure(*, seconds: float) -> dict[str, object]:
    """`ready_s`: of a start after the first one; `pss_mb`: proportional set size of all processes, idle for `seconds`."""
    with tempfile.TemporaryDirectory(prefix="leadstone-footprint-") as folder:
        surroundings = _surroundings(Path(folder))
        first, _, _ = _start_once(surroundings, idle_seconds=1)
        ready, pss_mb, processes = _start_once(surroundings, idle_seconds=max(seconds, SETTLE_SECONDS))
    return {
        "first_start_s": round(first, 2),
        "ready_s": round(ready, 2),
        "pss_mb": round(sum(pss_mb.values()), 1),
        "processes": processes,
        "pss_mb_by_process": {name: round(size, 1) for name, size in pss_mb.items()},
    }


def _surroundings(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEADSTONE_")}
    return kept | {
        "LEADSTONE_DATA": str(folder),
        "LEADSTONE_PUBLIC_PORT": str(_free_port()),
        "LEADSTONE_STUDIO_PORT": str(_free_port()),
        "PYTHONUNBUFFERED": "1",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start_once(surroundings: dict[str, str], *, idle_seconds: float) -> tuple[float, dict[str, float], int]:
    started = time.monotonic()
    command = [sys.executable, "-m", "leadstone", "up"]
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as up:
        try:
            told = _wait_until_ready(up)
            ready = time.monotonic() - started
            time.sleep(idle_seconds)
            pids = [up.pid, *_descendants(up.pid)]
            sizes = {f"{_name(pid)} {pid}": _pss_mb(pid) for pid in pids}
        finally:
            up.send_signal(signal.SIGTERM)
            up.wait(timeout=START_LIMIT_SECONDS)
    if not told:
        raise RuntimeError("leadstone up did not get ready")
    return ready, sizes, len(pids)


def _wait_until_ready(up: "subprocess.Popen[str]") -> bool:
    deadline = time.monotonic() + START_LIMIT_SECONDS
    for line in up.stdout or ():
        if "is ready" in line:
            return True
        if time.monotonic() > deadline:
            break
    return False


def _descendants(pid: int) -> list[int]:
    """Every process that came from `pid`, at any depth (Linux)."""
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            children += [child, *_descendants(child)]
    return children


def _pss_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _name(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return next((word for word in ("edge", "studio", "worker") if word in words), "supervisor")
