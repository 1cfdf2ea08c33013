"""The funnel over the event lake: our measure beside the same question in plain SQL, and the dashboard from its summaries.

Both are asked in one reading process, in turns, on the same files and with the bounds that a worker's has; the fastest turn of
each counts. Then the summaries of the same files are made in a fresh SQLite database, and read as the screens read them.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from leadstone.infra.lake.asking import MEMORY_MB, THREADS, Engine
from leadstone.infra.lake.orders import Ask, Question
from leadstone.project.bench.insights_facts import make_files

EVENTS = 1_000_000
TURNS = 3
READER = "leadstone.project.bench.insights_reader"
BY = ("magnet_id", "kind")


def measure(*, seconds: float, events: int = EVENTS) -> dict[str, object]:
    """Figures for `events` facts. The work is given, so `seconds` changes nothing."""
    with tempfile.TemporaryDirectory(prefix="leadstone-bench-") as root:
        folder = Path(root) / "lake"
        files = make_files(folder, events=events)
        size = sum(Path(file).stat().st_size for file in files)
        return {
            "events": events,
            "files": len(files),
            "size_mb": round(size / 1e6, 1),
            "memory_limit_mb": MEMORY_MB,
            "threads": THREADS,
            **_funnel(folder, files),
            **_screens(Path(root)),
        }


def _funnel(folder: Path, files: list[str]) -> dict[str, object]:
    questions = tuple(
        Question(measure=measure, arguments={"by": BY}) for _turn in range(TURNS) for measure in ("people", "people_in_sql")
    )
    told = Engine(folder=folder, module=READER).ask(Ask(files=tuple(files), questions=questions))
    ours, plain = min(told.seconds[0::2]), min(told.seconds[1::2])
    counted = [sorted(map(tuple, rows)) for rows in told.answers]
    return {
        "funnel_s": ours,
        "funnel_in_sql_s": plain,
        "ratio": round(ours / plain, 3),
        "equal": all(rows == counted[0] for rows in counted),
        "rows": len(counted[0]),
    }


def _screens(root: Path) -> dict[str, object]:
    surroundings = os.environ | {
        "LEADSTONE_DATA": str(root),
        "LEADSTONE_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "leadstone.project.settings",
    }
    # Models can be imported only once Django is set up.
    program = "import django; django.setup(); from leadstone.project.bench.insights_screens import main; main()"
    done = subprocess.run([sys.executable, "-c", program], env=surroundings, capture_output=True, text=True, check=True)
    figures: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return figures
