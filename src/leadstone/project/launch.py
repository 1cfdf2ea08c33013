"""What `leadstone up` does before it hands over to the supervisor: look, migrate if needed, seed if asked."""

import fcntl
import os
import shutil
import subprocess
import sys
import time

from leadstone.kernel.errors import LeadstoneError
from leadstone.project.backup.marker import refuse_half_restored
from leadstone.project.environment import Environment, environment
from leadstone.project.migration_stamp import is_migrated
from leadstone.project.ports import refuse_taken_port
from leadstone.project.supervisor import Child, Plan
from leadstone.studio.setup.key import first_start_lines
from leadstone.wire.data_folder import DataFolder

EVERYWHERE = {"", "0.0.0.0", "::"}
LEAST_FREE_BYTES = 64 * 1024 * 1024


class FolderUnusable(LeadstoneError):
    code = "folder_unusable"
    sentence = "The data folder {path} cannot be used: {problem}. Choose another with --data, or change its owner."


class DiskAlmostFull(LeadstoneError):
    code = "disk_almost_full"
    sentence = "The disk of {path} has {free} MB left; at least {least} MB are needed. Free some space and start again."


class AlreadyRunning(LeadstoneError):
    code = "already_running"
    sentence = "Leadstone already runs on the data folder {path}."


def up(*, demo: bool) -> None:
    """Become the supervisor of this installation; comes back only by a mistake that was found first."""
    started_at = time.time()
    given = environment()
    prepare_folder(given.folder)
    refuse_half_restored(given.folder)
    lock = take_lock(given.folder)
    refuse_taken_port(host=given.host, port=given.public_port, option="--port")
    refuse_taken_port(host=given.host, port=given.studio_port, option="--studio-port")
    if not is_migrated(given.folder, given.database_url):
        first_do("migrate")
    if demo and not (given.folder.run / "seeded").exists():
        first_do("seed")
    os.set_inheritable(lock, True)
    plan = plan_of(given, started_at=started_at)
    sys.stdout.flush()
    hand_over(plan)
    os.execv(sys.executable, [sys.executable, "-m", "leadstone.project.supervisor"])


def hand_over(plan: Plan) -> None:
    """Lay the plan into our own standard input: on the command line, everybody on the machine could read its keys."""
    source, sink = os.pipe()
    with os.fdopen(sink, "w") as file:
        file.write(plan.encode())  # far smaller than a pipe holds
    os.dup2(source, 0)
    os.close(source)


def prepare_folder(folder: DataFolder) -> None:
    """Make the data folder where missing; raises a mistake with its path when it cannot hold anything."""
    try:
        for path in (folder.root, folder.run, folder.keys):
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder.run / f".probe.{os.getpid()}"
        probe.write_bytes(b"leadstone")
        probe.unlink()
    except OSError as fault:
        raise FolderUnusable(path=folder.root, problem=(fault.strerror or str(fault)).lower()) from fault
    free = shutil.disk_usage(folder.root).free
    if free < LEAST_FREE_BYTES:
        raise DiskAlmostFull(path=folder.root, free=free // 1024**2, least=LEAST_FREE_BYTES // 1024**2)


def take_lock(folder: DataFolder) -> int:
    """An open file descriptor whose lock says that this folder is in use, as long as we live."""
    handle = os.open(folder.run / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as held:
        raise AlreadyRunning(path=folder.root) from held
    return handle


def first_do(command: str) -> None:
    """Run one of our own commands to its end; it has told its mistake itself when it failed."""
    done = subprocess.run([sys.executable, "-m", "leadstone", command], check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


def plan_of(given: Environment, *, started_at: float) -> Plan:
    """The processes of one machine, and what is printed when they are ready."""
    itself = [sys.executable, "-m", "leadstone"]
    host = f"[{given.host}]" if ":" in given.host else given.host
    here = "127.0.0.1" if given.host in EVERYWHERE else host
    return Plan(
        children=[
            Child("edge", [*itself, "edge"], f"http://{here}:{given.public_port}/readyz"),
            Child("studio", [*itself, "studio"], f"http://{here}:{given.studio_port}/livez"),
            Child("worker", [*itself, "worker"]),
        ],
        banner=banner(given),
        state_file=str(given.folder.run / "processes.json"),
        started_at=started_at,
        prefix=given.log_format == "text",
    )


def banner(given: Environment) -> str:
    """The few lines that a person needs now: two addresses, and how to sign in."""
    lines = [
        "",
        "  Leadstone is ready ({seconds} s).",
        "",
        f"    Public pages   {given.public_url}/",
        f"    Studio         {given.studio_url}/",
    ]
    notes = given.folder.run / "sign-in.txt"
    if notes.exists():
        lines += ["", *(f"    {line}" for line in notes.read_text().splitlines())]
    else:
        lines += ["", *(f"    {line}" for line in first_start_lines(given.folder, studio_url=given.studio_url))]
    return "\n".join([*lines, "", "  Ctrl-C stops everything.", ""])
