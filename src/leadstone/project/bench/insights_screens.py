"""The summaries of a lake that is there already, made and read; the process's environment names its folder."""

import json
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import median

from django.conf import settings
from django.core.management import call_command

from leadstone.domains.insights import queries as insights
from leadstone.domains.insights import services
from leadstone.domains.insights.rules.facts import Grouping
from leadstone.domains.insights.services import Lake

SINCE, UNTIL = date(2025, 7, 1), date(2026, 7, 1)
READS = 5


def main() -> None:
    """Print the figures as one line of JSON: how long everything was summed up, and each screen's reading in milliseconds."""
    call_command("migrate", interactive=False, verbosity=0)
    now = datetime(2027, 1, 1, tzinfo=UTC)
    lake = Lake.at(settings.FOLDER.lake)
    services.adopt(lake, now=now)
    started = time.perf_counter()
    while services.keep_lake(lake, now=now):
        pass
    summed = time.perf_counter() - started
    proof = _milliseconds(lambda: insights.proof_rows(by=Grouping.MAGNET, since=SINCE, until=UNTIL))
    cohorts = _milliseconds(lambda: insights.cohort_rows(since=SINCE, until=UNTIL))
    lasted = _milliseconds(lambda: insights.durations(today=now.date(), since=SINCE, until=UNTIL))
    figures = {
        "summed_up_s": round(summed, 1),
        "dashboard_ms": round(proof + cohorts + lasted, 1),
        "proof_ms": proof,
        "cohorts_ms": cohorts,
        "durations_ms": lasted,
    }
    print(json.dumps(figures))


def _milliseconds(read: Callable[[], object]) -> float:
    """The median of several readings."""
    taken = []
    for _ in range(READS):
        started = time.perf_counter()
        read()
        taken.append(time.perf_counter() - started)
    return round(median(taken) * 1000, 1)
