"""What is damaged, foreign or in the way is refused in one sentence, and nothing is left behind."""

import errno
import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from leadstone.project.backup import saving
from leadstone.project.backup.files import file_digest
from leadstone.project.backup.locks import random_lock, write_key
from leadstone.project.backup.records import Closing, FileBegins, FileEnds, Manifest, Piece, TableBegins, TableEnds, encode
from leadstone.project.backup.vault import VaultWriter
from leadstone.project.environment import Environment
from leadstone.wire.data_folder import DataFolder
from tests.project.backups import EARLIEST, Installation

NewDatabase = Callable[[], str]
TAKEN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def copy_of(backup: Path, into: Path, *, change: Callable[[bytes], bytes] = bytes) -> Path:
    """The backup with its key in another folder, its bytes changed."""
    copy = into / "copy.backup"
    copy.write_bytes(change(backup.read_bytes()))
    copy.with_name("copy.backup.key").write_bytes(backup.with_name(backup.name + ".key").read_bytes())
    return copy


def forged(into: Path, *parts: Any, manifest: dict[str, Any] | None = None) -> Path:
    """A backup with a right key that says what it likes: its manifest, `parts`, and an end."""
    facts = {"taken_at": TAKEN, "version": "9.9", "database": "sqlite", "migrations": [], "folder": "/srv", "settings": {}}
    lock, path = random_lock(), into / "forged.backup"
    write_key(into / "forged.backup.key", lock)
    files = sum(isinstance(part, FileEnds) for part in parts)
    tables = sum(isinstance(part, TableEnds) for part in parts)
    with path.open("wb") as file:
        vault = VaultWriter(file, lock)
        for part in (Manifest(**(facts | (manifest or {}))), *parts):
            vault.put(encode(part))
        vault.put(encode(Closing(tables, 0, files, TAKEN)), last=True)
    return path


@pytest.fixture
def empty(tmp_path: Path, new_database: NewDatabase) -> Installation:
    return Installation(tmp_path / "target", new_database())


def untouched(installation: Installation) -> bool:
    return not installation.data.exists() or not any(installation.data.iterdir())


@pytest.mark.parametrize("place", [70, 0.3, 0.999], ids=["at the beginning", "within", "at the end"])
def test_one_flipped_byte_is_found_before_anything_is_written(empty: Installation, tmp_path: Path, place: float) -> None:
    def flip(data: bytes) -> bytes:
        at = int(place if place > 1 else len(data) * place)
        return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]

    copy = copy_of(EARLIEST, tmp_path, change=flip)

    told = empty.refusal("restore", str(copy), "--no-erasures")
    assert "is damaged" in told or "does not open with this key" in told
    assert empty.refusal("restore", "--check", str(copy)) == told
    assert untouched(empty)


@pytest.mark.parametrize("share", [0.0001, 0.5, 0.9999])
def test_a_file_that_was_cut_off_is_refused(empty: Installation, tmp_path: Path, share: float) -> None:
    copy = copy_of(EARLIEST, tmp_path, change=lambda data: data[: int(len(data) * share)])

    told = empty.refusal("restore", str(copy), "--no-erasures")

    assert "cut off" in told or "is not a backup" in told
    assert untouched(empty)


def test_something_appended_is_refused(empty: Installation, tmp_path: Path) -> None:
    copy = copy_of(EARLIEST, tmp_path, change=lambda data: data + b"more")

    assert "appended" in empty.refusal("restore", str(copy), "--no-erasures")


def test_another_key_and_a_missing_one_are_told_apart(empty: Installation, tmp_path: Path) -> None:
    copy = copy_of(EARLIEST, tmp_path)
    key = copy.with_name("copy.backup.key")
    key.unlink()
    assert empty.refusal("restore", str(copy)) == f"The key of this backup is not at {key}. Say where it is: --key FILE"

    write_key(key, random_lock())
    assert "does not open with this key" in empty.refusal("restore", str(copy))
    key.write_text("no hexadecimal digits")
    assert "is not the key of a backup" in empty.refusal("restore", str(copy))
    assert untouched(empty)


@pytest.mark.parametrize("app", ["leads", "a_noun_of_tomorrow", "account"])
def test_a_backup_of_a_newer_version_is_refused_and_leaves_nothing(empty: Installation, tmp_path: Path, app: str) -> None:
    newer = forged(tmp_path, manifest={"migrations": [(app, "9999_pre_later")]})

    told = empty.refusal("restore", str(newer), "--no-erasures")

    assert told == f"The backup was taken by a newer Leadstone (it knows {app}.9999_pre_later). Restore it with that version."
    assert untouched(empty)


@pytest.mark.parametrize("path", ["../outside", "/etc/outside", "keys/../../outside", "leadstone.sqlite3", "run/up.lock", "keys"])
def test_no_file_of_a_backup_leads_out_of_its_place(empty: Installation, tmp_path: Path, path: str) -> None:
    digest = file_digest()
    digest.update(b"x")
    strange = forged(tmp_path, FileBegins(path, 0o600), Piece(b"x"), FileEnds(1, digest.hexdigest()))

    assert "which has no place in a data folder" in empty.refusal("restore", str(strange), "--no-erasures")
    assert untouched(empty)
    assert not (tmp_path / "outside").exists()


def test_a_restore_that_fails_half_way_leaves_folder_and_database_empty_for_the_next(empty: Installation, tmp_path: Path) -> None:
    migrations = [("contenttypes", "0001_initial"), ("magnets", "0001_initial"), ("magnets", "0003_pre_versions_never_change")]
    odd = forged(
        tmp_path,
        TableBegins("nobody_knows_it", ["id"]),
        TableEnds(0, file_digest().hexdigest()),
        manifest={"migrations": migrations},
    )

    assert "holds nobody_knows_it" in empty.refusal("restore", str(odd), "--no-erasures")

    assert untouched(empty)
    empty.tell("restore", str(EARLIEST), "--no-erasures")
    assert empty.status()["contacts"] == 82


def test_what_is_no_backup_is_refused(empty: Installation, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ann")
    (tmp_path / "nothing").touch()

    for name in ("letter.txt", "nothing", "missing"):
        assert empty.refusal("restore", str(tmp_path / name)) == f"{tmp_path / name} is not a backup of Leadstone."


def test_a_used_folder_is_refused_and_left_as_it_was(empty: Installation) -> None:
    empty.data.mkdir()
    (empty.data / "notes.txt").write_text("mine")

    told = empty.refusal("restore", str(EARLIEST), "--no-erasures")

    assert f"{empty.data} is not empty (it holds notes.txt)" in told
    assert [path.name for path in empty.data.iterdir()] == ["notes.txt"]


def test_a_used_database_is_refused_and_left_as_it_was(tmp_path: Path, new_database: NewDatabase) -> None:
    used = Installation(tmp_path / "used", new_database())
    used.tell("migrate")
    other = Installation(tmp_path / "other" if used.database_url else used.data, used.database_url)

    assert "is not empty" in other.refusal("restore", str(EARLIEST), "--no-erasures")

    assert used.status()["contacts"] == 0
    if used.database_url:
        with psycopg.connect(used.database_url) as connection:
            assert connection.execute("SELECT count(*) FROM contacts_contact").fetchone() == (0,)
        assert untouched(other)


def test_nobody_starts_on_half_a_backup(empty: Installation) -> None:
    empty.data.mkdir()
    DataFolder(empty.data).restoring.write_text("a restore was killed here")

    for command in (["up"], ["worker", "--once"], ["status"], ["backup", "x.backup"], ["restore", str(EARLIEST)]):
        assert "A restore into" in empty.refusal(*command)


def test_without_the_list_of_erasures_a_restore_asks(empty: Installation, tmp_path: Path) -> None:
    told = empty.refusal("restore", str(EARLIEST))
    assert "Nobody knows who was erased since 2026-" in told
    assert "--no-erasures" in told
    assert "There is no list of erasures" in empty.refusal("restore", str(EARLIEST), "--erasures", str(tmp_path / "none"))
    assert untouched(empty)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("frame", [0, 3, 40])
def test_a_full_disk_leaves_neither_half_a_file_nor_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frame: int) -> None:
    written = iter(range(10_000))
    put = VaultWriter.put

    def full(self: VaultWriter, plain: bytes, **options: bool) -> None:
        if next(written) == frame:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path))
        put(self, plain, **options)

    monkeypatch.setattr(VaultWriter, "put", full)
    given = Environment(data=tmp_path / "data")

    with pytest.raises(OSError, match="No space left"):
        saving.save(tmp_path / "now.backup", passphrase_file=None, given=given, clock=lambda: TAKEN)

    assert list(tmp_path.iterdir()) == []
