"""An installation goes into one file and comes back the same, on either database, from any earlier schema."""

import os
from collections.abc import Callable
from pathlib import Path

from tests.project.backups import EARLIEST, Contents, Installation, contents_of
from tests.project.test_command_line import leadstone

NewDatabase = Callable[[], str]
# Who is here differs by design.
PLACE = {"delivery_host"}


def same_rows(first: Contents, second: Contents) -> None:
    assert first.tables.keys() == second.tables.keys()
    different = {name for name in first.tables if first.tables[name] != second.tables[name]}
    assert different <= PLACE
    assert {name: last for name, last in first.last_ids.items() if name not in PLACE} == {
        name: last for name, last in second.last_ids.items() if name not in PLACE
    }


def test_every_row_and_file_comes_back_and_from_one_database_into_the_other(
    original: Installation, tmp_path: Path, new_database: NewDatabase
) -> None:
    (original.data / "mail" / "new").mkdir(parents=True)
    (original.data / "mail" / "new" / "one.leadstone").write_bytes(b"Subject: hello\n\nyou\n")
    first, second, third = (tmp_path / f"{name}.backup" for name in ("first", "second", "third"))
    original.tell("backup", str(first))

    elsewhere = Installation(tmp_path / "elsewhere")  # SQLite, also where the suite runs on PostgreSQL
    elsewhere.tell("restore", str(first))
    elsewhere.tell("backup", str(second))
    back = Installation(tmp_path / "back", new_database())
    back.tell("restore", str(second))
    back.tell("backup", str(third))

    there, here = contents_of(first), contents_of(third)
    assert sum(there.counts().values()) > 1600
    same_rows(there, contents_of(second))
    same_rows(there, here)
    assert here.files == there.files
    assert "mail/new/one.leadstone" in here.files
    assert "unbroken" in back.tell("check")


def test_data_of_an_earlier_schema_is_carried_forward_without_loss(original: Installation, tmp_path: Path) -> None:
    original.tell("backup", str(tmp_path / "now.backup"))

    before, after = contents_of(EARLIEST), contents_of(tmp_path / "now.backup")

    assert set(before.migrations) < set(after.migrations)
    grown = {"django_content_type", "auth_permission", "delivery_host"}
    assert {table: n for table, n in before.counts().items() if table not in grown} == {
        table: after.counts()[table] for table in before.counts() if table not in grown
    }
    told = original.tell("check")
    assert "chain, words and permissions unbroken" in told
    assert "every reference leads somewhere" in told or "PostgreSQL" in told


def test_sales_of_an_earlier_release_are_deals_that_stand_in_a_won_stage(original: Installation, tmp_path: Path) -> None:
    original.tell("backup", str(tmp_path / "now.backup"))

    after = contents_of(tmp_path / "now.backup")

    won = [row for row in after.tables["pipeline_stage"].values() if b"\xa3won" in row]
    assert won
    assert len(after.tables["pipeline_deal"]) == 10
    assert len(after.tables["pipeline_stagechange"]) == 10


def test_a_new_row_never_gets_an_id_that_was_given_out_before_the_backup(original: Installation, tmp_path: Path) -> None:
    original.tell("user", "add", "gil@example.com", "--name", "Gil Ito", typed="a long enough passphrase\n")
    original.tell("backup", str(tmp_path / "now.backup"))
    again = Installation(tmp_path / "again")
    again.tell("restore", str(tmp_path / "now.backup"))

    again.tell("user", "add", "hal@example.com", "--name", "Hal Ono", typed="a long enough passphrase\n")
    again.tell("backup", str(tmp_path / "later.backup"))

    before, after = contents_of(tmp_path / "now.backup"), contents_of(tmp_path / "later.backup")
    (fresh,) = after.tables["access_user"].keys() - before.tables["access_user"].keys()
    assert fresh > (before.last_ids["access_user"] or 0)


def test_check_tells_what_is_in_a_backup_and_writes_nothing(tmp_path: Path) -> None:
    told = Installation(tmp_path / "nowhere").tell("restore", "--check", str(EARLIEST))

    assert "74 submissions, 82 contacts, 82 leads, 10 deals" in told
    assert "36 lines, the chain is unbroken" in told
    assert not (tmp_path / "nowhere").exists()


def test_a_backup_and_its_key_are_for_their_owner_alone(original: Installation, tmp_path: Path) -> None:
    told = original.tell("backup", str(tmp_path / "now.backup"))

    assert "keep it apart from the backup" in told
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.glob("now.*")} == {
        "now.backup": "0o600",
        "now.backup.key": "0o600",
    }
    assert (original.data / "keys" / "core.key").read_bytes().strip() not in (tmp_path / "now.backup").read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_passphrase_opens_what_it_locked_and_no_key_is_written(original: Installation, tmp_path: Path) -> None:
    passphrase, other = tmp_path / "passphrase", tmp_path / "other"
    passphrase.write_text("a passphrase that is long enough\n")
    other.write_text("another one, as long as the first\n")
    target = str(tmp_path / "now.backup")

    original.tell("backup", target, "--passphrase-file", str(passphrase))

    nowhere = Installation(tmp_path / "nowhere")
    assert not (tmp_path / "now.backup.key").exists()
    assert "82 contacts" in nowhere.tell("restore", "--check", target, "--passphrase-file", str(passphrase))
    assert "opens with a passphrase" in nowhere.refusal("restore", "--check", target)
    assert "does not open with this key" in nowhere.refusal("restore", "--check", target, "--passphrase-file", str(other))


def test_a_backup_replaces_nothing(original: Installation, tmp_path: Path) -> None:
    (tmp_path / "taken.backup").write_text("something else")
    (tmp_path / "free.backup.key").write_text("an old key")

    assert "already there" in original.refusal("backup", str(tmp_path / "taken.backup"))
    assert "already there" in original.refusal("backup", str(tmp_path / "free.backup"))
    assert "There is no folder" in original.refusal("backup", str(tmp_path / "nowhere" / "now.backup"))
    assert (tmp_path / "taken.backup").read_text() == "something else"
    assert not (tmp_path / "free.backup").exists()


def test_settings_are_told_without_their_passwords(original: Installation, tmp_path: Path) -> None:
    settings = {"LEADSTONE_MAIL_URL": "smtp://house:hunter2@mail.example:587", "LEADSTONE_DATABASE_URL": original.database_url}
    done = leadstone("backup", str(tmp_path / "now.backup"), data=original.data, **settings)
    assert done.returncode == 0, done.stderr

    told = Installation(tmp_path / "nowhere").tell("restore", "--check", str(tmp_path / "now.backup"))

    assert "LEADSTONE_MAIL_URL=smtp://…@mail.example:587" in told
    assert "hunter2" not in told
    assert os.environ.get("LEADSTONE_DATABASE_URL", "") == "" or "leadstone@" not in told
