"""Whoever writes the lake may die at any moment: a fact is never lost and never there twice."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.pristine import Migrated

KILLS = 40 if os.environ.get("LEADSTONE_FULL") else 4

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def start(data: Path, database_url: str, program: str) -> subprocess.Popen[str]:
    """A process of its own with Django set up, on the data folder `data` and its database."""
    surroundings = os.environ | {
        "LEADSTONE_DATA": str(data),
        "LEADSTONE_DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "leadstone.project.settings",
    }
    command = [sys.executable, "-c", f"import django; django.setup(); {program}"]
    return subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)


def finished(process: subprocess.Popen[str]) -> str:
    told, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return told


def test_no_kill_loses_or_doubles_a_fact(tmp_path: Path, migrated: Migrated) -> None:
    database = migrated(tmp_path)
    chance = random.Random(2026)
    lake = tmp_path / "lake"
    for _ in range(KILLS):
        already = set(lake.glob("*/*.parquet"))
        with start(tmp_path, database, "from tests.insights.killed import work; work()") as writer:
            deadline = time.monotonic() + 60
            while set(lake.glob("*/*.parquet")) <= already and time.monotonic() < deadline:
                time.sleep(0.01)
            time.sleep(chance.uniform(0.0, 0.6))
            writer.kill()

    names = finished(start(tmp_path, database, "from tests.insights.killed import finish; finish()")).splitlines()[-1].split()

    rows = duckdb.read_parquet([str(lake / name) for name in names]).select("lead").fetchall()
    leads = sorted(lead for (lead,) in rows)
    assert len(leads) > KILLS * 20, "the kills came before there was anything to lose"
    assert leads == list(range(1, len(leads) + 1))
    assert not list(lake.glob("*/*.part")), "half files are swept away"
