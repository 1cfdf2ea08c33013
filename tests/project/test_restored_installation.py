"""A restored installation with every process real: it is up, it takes forms, it shows that it is silent."""

import signal
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.project.backups import EARLIEST
from tests.project.backups import Installation as Restored
from tests.project.test_up import Installation, answer, start


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    data = tmp_path_factory.mktemp("restored") / "data"
    Restored(data).tell("restore", str(EARLIEST), "--no-erasures")
    installation = start(data)
    yield installation
    installation.process.send_signal(signal.SIGTERM)
    installation.process.communicate(timeout=30)


def test_it_starts_and_does_not_ask_to_be_set_up_again(running: Installation) -> None:
    assert "First start" not in running.told
    assert answer(f"{running.public}/readyz") == 200
    assert answer(f"{running.studio}/livez") == 200


def test_its_pages_are_published_anew_from_what_was_kept(running: Installation) -> None:
    assert answer(f"{running.public}/m/cieply-dom") == 200


def test_the_metrics_say_that_no_mail_leaves(running: Installation) -> None:
    assert "leadstone_quarantine 1.0" in httpx.get(f"{running.studio}/metrics").text


def test_a_backup_is_taken_while_it_runs(running: Installation, tmp_path: Path) -> None:
    told = Restored(running.data).tell("backup", str(tmp_path / "now.backup"))

    assert "rows of" in told
    assert "82 contacts" in Restored(tmp_path / "nowhere").tell("restore", "--check", str(tmp_path / "now.backup"))
