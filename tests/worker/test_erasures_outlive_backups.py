"""Whoever was erased or left after a backup stays so when the backup is restored."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from leadstone.domains.consent import services as consent
from leadstone.domains.consent.rules import Scope, StopReason
from leadstone.domains.contacts.models import Contact, ContactPoint
from leadstone.domains.privacy import services as privacy
from leadstone.flows.reactions import REACTIONS
from leadstone.infra import erasure_log
from leadstone.infra.blind_index import address_hash, index_for, installation_mark
from leadstone.infra.outbox import services as outbox
from leadstone.project.backup import saving
from leadstone.project.environment import Environment
from tests.project.backups import Contents, Installation, contents_of
from tests.worker.conftest import House

MARK = "zyxwqmark"


class Backup:
    """A backup of a house that knows Zyx and Bob, with another form of Zyx's still in the journal."""

    def __init__(self, house: House, file: Path) -> None:
        self.house, self.file = house, file
        now = datetime.now(UTC)
        house.journal(house.form(f"{MARK}@example.com", at=now), house.form("bob@example.com", at=now))
        house.work(now)
        house.journal(house.form(f"{MARK}-again@example.com", at=now))
        given = Environment(data=house.folder.root)
        saving.save(file, passphrase_file=None, given=given, clock=lambda: datetime.now(UTC))
        house.work(datetime.now(UTC))

    def contact(self, address: str) -> Contact:
        return ContactPoint.objects.get(key=address).contact

    def erase(self, address: str) -> None:
        privacy.erase_contact(self.contact(address).pk, now=datetime.now(UTC))
        while outbox.react(REACTIONS, now=datetime.now(UTC)):
            pass

    def restored(self, into: Path) -> tuple[Installation, str]:
        again = Installation(into)
        return again, again.tell("restore", str(self.file), "--erasures", str(self.house.folder.erasures))


@pytest.fixture
def backup(house: House, tmp_path: Path) -> Iterator[Backup]:
    index_for.cache_clear()  # each house has a key of its own
    yield Backup(house, tmp_path / "now.backup")
    index_for.cache_clear()


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def seen(installation: Installation, into: Path) -> Contents:
    installation.tell("backup", str(into))
    return contents_of(into)


def test_whoever_was_erased_since_is_nowhere_in_the_restored_folder(backup: Backup, tmp_path: Path) -> None:
    backup.erase(f"{MARK}@example.com")
    backup.erase(f"{MARK}-again@example.com")  # known to the backup only by a sealed form in its journal

    again, told = backup.restored(tmp_path / "again")

    assert "2 people who were erased since" in told
    assert MARK.encode() not in everything_in(again.data)
    assert b"bob@example.com" in everything_in(again.data)
    assert MARK not in backup.house.folder.erasures.read_text()


def test_whoever_came_back_after_an_erasure_stays(backup: Backup, tmp_path: Path) -> None:
    line = erasure_log.StoppedAddress(
        of=installation_mark(),
        hash=address_hash("bob@example.com"),
        channel="email",
        scope="marketing",
        reason="erased",
        at=datetime.now(UTC) - timedelta(days=1),
    )
    erasure_log.append(backup.house.folder.erasures, [line])

    again, _ = backup.restored(tmp_path / "again")

    assert b"bob@example.com" in everything_in(again.data)


def test_whoever_left_since_is_not_written_to_by_the_restored_one(backup: Backup, tmp_path: Path) -> None:
    hashes = [address_hash("bob@example.com")]
    consent.suppress(hashes, scope=Scope.EVERYTHING, reason=StopReason.NOT_ME, now=datetime.now(UTC))
    while outbox.react(REACTIONS, now=datetime.now(UTC)):
        pass

    again, told = backup.restored(tmp_path / "again")

    (stop,) = seen(again, tmp_path / "then.backup").decoded("consent_suppression")
    assert (stop["address_hash"], stop["scope"], stop["reason"], stop["lifted_at"]) == (*hashes, "everything", "not_me", None)
    assert "1 addresses that were stopped since" in told


def test_the_list_goes_on_in_the_restored_one_so_that_an_older_backup_still_finds_it(backup: Backup, tmp_path: Path) -> None:
    backup.erase(f"{MARK}@example.com")
    again, _ = backup.restored(tmp_path / "again")

    kept = again.data / "erasures.log"
    assert set(backup.house.folder.erasures.read_bytes().splitlines()) <= set(kept.read_bytes().splitlines())
    assert kept.stat().st_mode & 0o777 == 0o600


def test_the_list_of_another_installation_is_refused(backup: Backup, tmp_path: Path) -> None:
    line = erasure_log.ErasedPerson(of="another", trace="0" * 64)
    erasure_log.append(tmp_path / "foreign.log", [line])
    again = Installation(tmp_path / "again")

    told = again.refusal("restore", str(backup.file), "--erasures", str(tmp_path / "foreign.log"))

    assert "belongs to another installation" in told
    assert not any(again.data.iterdir())


def test_the_original_on_the_same_machine_is_found_by_itself(backup: Backup, tmp_path: Path) -> None:
    backup.erase(f"{MARK}@example.com")

    told = Installation(tmp_path / "again").tell("restore", str(backup.file))

    assert "1 people who were erased since" in told
    assert backup.house.folder.erasures.exists()


def test_a_line_that_a_crash_cut_off_does_not_take_the_next_one_with_it(backup: Backup) -> None:
    path = backup.house.folder.erasures
    before = len(erasure_log.read(path)) if path.exists() else 0
    with path.open("ab") as file:
        file.write(b'{"what":"person","of":"')

    backup.erase(f"{MARK}@example.com")

    assert len(erasure_log.read(path)) == before + 2  # the person, and their address
