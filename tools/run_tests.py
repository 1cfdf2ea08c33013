"""Everything that `make test` checks, with one summary at the end.

    python tools/run_tests.py [--lint] [pytest arguments …]

Lint, types, import contracts and messages first, side by side; then the tests in three parts, two at a time: what drives a
browser on SQLite, everything else on SQLite, and the suite on PostgreSQL, which leaves out what asks its database nothing and
what only looks at how a screen is drawn and used. Each part is one pytest; two of them speak when they have ended.
LEADSTONE_FULL=1 runs the heavy tests at the sizes that the promises state.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import services

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MEMORY = Path("/dev", "shm")
MEMORY_ENOUGH = 4 * 1024**3

LINTERS = {
    "ruff check": [BIN / "ruff", "check", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
    "types": [BIN / "mypy"],
    "import contracts": [BIN / "lint-imports"],
    "messages": [sys.executable, ROOT / "tools" / "messages.py", "check"],
}


# Folders whose tests open no database of Django's, so that a second one would answer the same.
ASK_NO_DATABASE = ("architecture", "durability", "edge", "infra", "kernel", "outbound", "pages", "wire")
# Files whose processes work on SQLite, whatever the suite runs on; tests/story and tests/worker start them on PostgreSQL too.
ASK_THEIR_OWN = ("command_line", "demo", "restored_installation", "supervisor", "up", "wheel")
# Files whose every test drives a browser through a screen: what the screen asks of the database is asked on PostgreSQL by its
# other tests, and tests/story goes through all doors with a browser there.
LOOK_AT_SCREENS = ("*_browser.py", "*/studio/test_a_morning.py")
ON_POSTGRESQL = [
    *(f"--ignore=tests/{name}" for name in ASK_NO_DATABASE),
    *(f"--ignore=tests/project/test_{name}.py" for name in ASK_THEIR_OWN),
    *(f"--ignore-glob={name}" for name in LOOK_AT_SCREENS),
]


# The tests that drive a browser take as long as many others; as a part of their own they fill the second core.
SCREENS, NO_SCREENS = ["-m", "browser"], ["-m", "not browser"]
PARTS_AT_ONCE = 2
NOTHING_CHOSEN = 5


@dataclass(frozen=True)
class Part:
    """What one pytest runs: some of the tests, on one database."""

    name: str
    database_url: str
    chosen: list[str]


@dataclass(frozen=True)
class Result:
    """How one part ended."""

    name: str
    seconds: float
    passed: bool
    output: str = ""


def lint() -> Iterator[Result]:
    """Run the linters side by side; what they say is shown only where they object."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield from pool.map(_lint_one, LINTERS.items())


def _lint_one(item: tuple[str, list[str | Path]]) -> Result:
    name, command = item
    started = time.monotonic()
    scratch = {"LEADSTONE_DATA": str(ROOT / "build" / "lint-data")}
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=os.environ | scratch, capture_output=True, text=True, check=False
    )
    return Result(name, time.monotonic() - started, done.returncode == 0, done.stdout + done.stderr)


def suite(part: Part, arguments: list[str], *, folder: Path, quiet: bool) -> Result:
    """One part of the tests, writing into a folder of its own; a quiet one keeps what it says for the end."""
    started = time.monotonic()
    folder.mkdir()
    chosen = {
        "LEADSTONE_TEST_DATABASE_URL": part.database_url,
        "LEADSTONE_CHROMIUM": services.browser() or "",
        "TMPDIR": str(folder),
    }
    command = [sys.executable, "-m", "pytest", "-q", "--durations=10", "-p", "no:cacheprovider", *part.chosen, *arguments]
    if not quiet:
        print(f"\n── {part.name}", flush=True)
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | chosen,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    # Somebody's own choice of tests may lie in another part altogether.
    passed = done.returncode == 0 or (bool(arguments) and done.returncode == NOTHING_CHOSEN)
    return Result(part.name, time.monotonic() - started, passed, done.stdout or "")


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder for what tests write: in memory where there is plenty, so that nobody waits for a disk that is thrown away.

    What is promised about the disk is tested by what is asked of it (tests/durability), on whatever it lies.
    """
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > MEMORY_ENOUGH
    with tempfile.TemporaryDirectory(
        prefix="leadstone-tests-", dir=MEMORY if roomy else None, ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


def suites(arguments: list[str]) -> Iterator[Result]:
    """Everything, in parts that go two at a time, the longest first; one is heard while it runs."""
    with services.postgres() as address, scratch() as folder, ThreadPoolExecutor(max_workers=PARTS_AT_ONCE) as pool:
        parts = (
            Part("tests on PostgreSQL", address, ON_POSTGRESQL),
            Part("tests on SQLite", "", NO_SCREENS),
            Part("screens on SQLite", "", SCREENS),
        )
        running = [
            pool.submit(suite, part, arguments, folder=folder / f"part-{number}", quiet=part.chosen is not NO_SCREENS)
            for number, part in enumerate(parts)
        ]
        for one in running:
            done = one.result()
            if done.output:
                print(f"\n── {done.name}\n{done.output}", flush=True)
            yield done


def main() -> int:
    arguments = sys.argv[1:]
    only_lint = "--lint" in arguments
    results = list(lint())
    for one in results:
        if not one.passed:
            print(f"\n── {one.name}\n{one.output.rstrip()}", flush=True)
    try:
        if not only_lint:
            services.install_what_is_missing()
            results.extend(suites(arguments))
    except services.ServiceMissing as missing:
        print(f"\n{missing}", file=sys.stderr)
        results.append(Result("services", 0, passed=False))
    print("\n── summary")
    for one in results:
        print(f"  {'passed' if one.passed else 'FAILED'}  {one.seconds:6.1f} s  {one.name}")
    return 0 if all(one.passed for one in results) else 1


if __name__ == "__main__":
    raise SystemExit(main())
