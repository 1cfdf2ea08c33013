"""The outside programs that tests need: a browser and a PostgreSQL of their own, installed where that is possible."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FONT_FOLDERS = (Path("/usr/share/fonts/truetype/dejavu"), Path("/usr/share/fonts/truetype/liberation"))


class ServiceMissing(Exception):
    """A program is missing and could not be installed; its text is the sentence to show."""


def install_what_is_missing() -> None:
    """Install Chromium, PostgreSQL and two text fonts by apt, as root; otherwise say the one command that does."""
    wanted = []
    if not browser():
        wanted.append("chromium")
    if not postgres_folder():
        wanted.append("postgresql")
    if not any(folder.exists() for folder in FONT_FOLDERS):
        wanted.append("fonts-dejavu-core")
    if not wanted:
        return
    command = f"apt-get install -y --no-install-recommends {' '.join(wanted)}"
    if os.geteuid() or not shutil.which("apt-get"):
        raise ServiceMissing(f"The tests need {' and '.join(wanted)}: sudo {command}")
    print(f"  {' '.join(wanted)} …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in ("apt-get update -qq", command):
        subprocess.run(step.split(), env=environment, check=True, stdout=subprocess.DEVNULL)


def browser() -> str | None:
    """The path of a Chromium, if one is installed."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def postgres_folder() -> Path | None:
    """The folder of the newest installed PostgreSQL server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@contextmanager
def postgres() -> Iterator[str]:
    """A throw-away cluster on a free port of this machine; yields its address, and removes it afterwards."""
    programs = postgres_folder()
    if not programs:
        raise ServiceMissing("PostgreSQL is missing.")
    with tempfile.TemporaryDirectory(prefix="leadstone-pg-") as folder:
        data = Path(folder) / "data"
        as_owner: list[str] = []
        if os.geteuid() == 0:
            shutil.chown(folder, user="postgres")
            as_owner = ["runuser", "-u", "postgres", "--"]  # the server refuses to run as root
        port = free_port()
        _quietly(
            [
                *as_owner,
                programs / "initdb",
                "-D",
                data,
                "-U",
                "leadstone",
                "--auth=trust",
                "-E",
                "UTF8",
                "--no-sync",
                "--locale=C.UTF-8",
            ]
        )
        # Tests of durability use the journal's own file; here speed is worth more than surviving a power cut.
        options = (
            f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off -c max_connections=100"
        )
        _quietly([*as_owner, programs / "pg_ctl", "-D", data, "-l", Path(folder) / "log", "-w", "-o", options, "start"])
        try:
            yield f"postgres://leadstone@127.0.0.1:{port}/postgres"
        finally:
            _quietly([*as_owner, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _quietly(command: list[str | Path]) -> None:
    # The owner of the cluster may not be allowed to enter the folder that we stand in.
    done = subprocess.run([str(part) for part in command], cwd="/", capture_output=True, text=True, check=False)
    if done.returncode:
        raise ServiceMissing(f"{Path(command[-1]).name}: {done.stderr.strip() or done.stdout.strip()}")
