"""The event lake goes into a backup and comes back with it: every fact once, and figures that go on from there."""

from collections.abc import Callable
from pathlib import Path

from tests.project.backups import Installation, contents_of, restored


def test_a_restored_lake_holds_every_fact_once(original: Installation, tmp_path: Path, new_database: Callable[[], str]) -> None:
    original.tell("worker", "--once")
    original.tell("backup", str(tmp_path / "one.backup"))
    before = contents_of(tmp_path / "one.backup")
    recorded = {f"lake/{row['name']}" for row in before.decoded("insights_lakefile")}
    assert recorded
    assert {name for name in before.files if name.startswith("lake/")} == recorded

    again = restored(tmp_path / "again", new_database, backup=tmp_path / "one.backup")
    again.tell("worker", "--once")
    again.tell("backup", str(tmp_path / "two.backup"))

    after = contents_of(tmp_path / "two.backup")
    assert {name: data for name, data in after.files.items() if name.startswith("lake/")} == {
        name: data for name, data in before.files.items() if name.startswith("lake/")
    }
    assert after.tables["insights_funnelday"] == before.tables["insights_funnelday"]
    assert after.counts()["insights_leadtrail"] == before.counts()["insights_leadtrail"] > 0
