"""C1: an acknowledged submission survives a `kill -9` of the edge at any moment."""

import http.client
import os
import random
import re
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from leadstone.wire.records import SubmissionReceived
from tests.edge.installation import Installation
from tests.edge.serving import Serving, serving

KILLS = 50 if os.environ.get("LEADSTONE_FULL") else 10
VISITORS = 8

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def _visit(served: Serving, stop: threading.Event, acknowledged: set[str], name: int) -> None:
    """Send forms one after another, whatever happens to the server, and note the reference of each acknowledgement."""
    number = 0
    token = ""
    while not stop.is_set():
        connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=5)
        try:
            if not token:
                connection.request("GET", "/m/guide")
                token = re.findall(r'name="token" value="([^"]+)"', connection.getresponse().read().decode())[0]
            while not stop.is_set():
                number += 1
                body = urlencode({"token": token, "email": f"visitor-{name}-{number}@example.com"})
                connection.request("POST", "/m/guide", body, {"Content-Type": "application/x-www-form-urlencoded"})
                response = connection.getresponse()
                response.read()
                if response.status == 303:
                    acknowledged.add(response.headers["location"].rpartition("/")[2])
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)
        finally:
            connection.close()


def test_no_kill_loses_what_was_acknowledged(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.publish()
    chance = random.Random(2026)
    acknowledged: set[str] = set()
    with serving(installation) as served:
        stop = threading.Event()
        visitors = [threading.Thread(target=_visit, args=(served, stop, acknowledged, name)) for name in range(VISITORS)]
        for visitor in visitors:
            visitor.start()
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.05, 0.4))
            served.kill()
            served.start()
        time.sleep(0.2)
        stop.set()
        for visitor in visitors:
            visitor.join()

    kept = {record.ref for record in installation.journaled() if isinstance(record, SubmissionReceived)}

    assert len(acknowledged) > KILLS * VISITORS, "the kills came before there was anything to lose"
    assert acknowledged - kept == set()


def test_a_graceful_stop_finishes_what_is_under_way_and_journals_the_views(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.publish()
    with serving(installation) as served:
        for _ in range(3):
            assert served.get("/m/guide").status == 200
        served.stop()

    counts = [count for record in installation.journaled() for count in getattr(record, "counts", ())]

    assert sum(count.people + count.machines for count in counts) == 3
