"""Everything that `make test` checks, with one summary at the end.

    python tools/run_tests.py [--lint] [pytest arguments …]

Lint, types, import contracts and messages first, side by side; then the suite on SQLite and on PostgreSQL, also side by side:
each waits for disks, browsers and clocks most of the time. What the second one says is printed when it has ended. It leaves out
what asks no database anything, and what only looks at how a screen is drawn.
LEADSTONE_FULL=1 runs the heavy tests at the sizes that the promises state.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import services

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

LINTERS = {
    "ruff check": [BIN / "ruff", "check", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
    "types": [BIN / "mypy"],
    "import contracts": [BIN / "lint-imports"],
    "messages": [sys.executable, ROOT / "tools" / "messages.py", "check"],
}


# Folders whose tests open no database of Django's, so that a second one would answer the same.
ASK_NO_DATABASE = ("architecture", "kernel", "wire", "pages", "edge", "durability")
ON_POSTGRESQL = [*(f"--ignore=tests/{name}" for name in ASK_NO_DATABASE), "-k", "not axe"]


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


def suite(name: str, database_url: str, arguments: list[str], *, quiet: bool) -> Result:
    """The whole suite on one database; a quiet one keeps what it says for the end."""
    started = time.monotonic()
    chosen = {"LEADSTONE_TEST_DATABASE_URL": database_url, "LEADSTONE_CHROMIUM": services.browser() or ""}
    command = [sys.executable, "-m", "pytest", "-q", "--durations=10", "-p", "no:cacheprovider", *arguments]
    if not quiet:
        print(f"\n── tests on {name}", flush=True)
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
    return Result(f"tests on {name}", time.monotonic() - started, done.returncode == 0, done.stdout or "")


def suites(arguments: list[str]) -> Iterator[Result]:
    """The suite on both databases at once."""
    with services.postgres() as address, ThreadPoolExecutor(max_workers=1) as beside:
        postgres = beside.submit(suite, "PostgreSQL", address, [*ON_POSTGRESQL, *arguments], quiet=True)
        yield suite("SQLite", "", arguments, quiet=False)
        print("\n── tests on PostgreSQL", flush=True)
        done = postgres.result()
        print(done.output, flush=True)
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
