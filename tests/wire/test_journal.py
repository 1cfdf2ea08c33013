"""The journal keeps records in order under a name for ever, and only the worker reads them."""

import asyncio
import sqlite3
from pathlib import Path

import msgspec
import pytest
from nacl.public import PrivateKey, SealedBox

from leadstone.wire.journal import BadJournalUrl, JournalReader, journal_file, now_ms, open_journal
from leadstone.wire.journal_writer import JournalWriter
from leadstone.wire.records import AnyRecord, LeftMarketing, NotMe, SubmissionReceived
from leadstone.wire.sealing import Opener, UnreadableRecord, new_private_key, public_key_of

KEY = new_private_key()


def _written(path: Path, *rounds: list[AnyRecord]) -> None:
    """Append each round at once, one round after the other."""

    async def write() -> None:
        writer = JournalWriter(path, public_key_of(KEY))
        for records in rounds:
            await asyncio.gather(*[writer.append(record) for record in records])
        await writer.close()

    asyncio.run(write())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite3"


def test_records_come_back_whole_in_the_order_of_their_commits(path: Path) -> None:
    rounds: list[list[AnyRecord]] = [[LeftMarketing(at=n, contact_key=str(n))] for n in range(5)]
    _written(path, *rounds)

    commits = JournalReader(path, KEY).read(after=0, limit=100)

    assert [list(commit.records) for commit in commits] == rounds
    assert [commit.sequence - commits[0].sequence for commit in commits] == [0, 1, 2, 3, 4]
    assert len({commit.stream for commit in commits}) == 1


def test_all_who_wait_together_share_one_commit(path: Path) -> None:
    _written(path, [NotMe(at=n, grant_key=str(n)) for n in range(100)])

    (commit,) = JournalReader(path, KEY).read(after=0, limit=1000)

    assert len(commit.records) == 100


def test_reading_goes_on_after_a_sequence_and_stops_at_the_limit(path: Path) -> None:
    _written(path, *[[NotMe(at=n, grant_key=str(n))] for n in range(10)])
    reader = JournalReader(path, KEY)
    third = reader.read(after=0, limit=3)[-1].sequence

    assert [commit.sequence for commit in reader.read(after=third, limit=2)] == [third + 1, third + 2]


def test_the_backlog_counts_records_and_not_commits(path: Path) -> None:
    _written(path, [NotMe(at=n, grant_key=str(n)) for n in range(7)], [NotMe(at=8, grant_key="8")])
    reader = JournalReader(path, KEY)
    first, second = reader.read(after=0, limit=100)

    assert reader.backlog(after=0) == 8
    assert reader.backlog(after=first.sequence) == 1
    assert reader.backlog(after=second.sequence) == 0


def test_only_drained_and_old_commits_are_trimmed_and_no_sequence_is_used_twice(path: Path) -> None:
    _written(path, *[[NotMe(at=n, grant_key=str(n))] for n in range(3)])
    reader = JournalReader(path, KEY)
    _, second, third = (commit.sequence for commit in reader.read(after=0, limit=10))

    assert reader.trim(through=third, before=now_ms() - 60_000) == 0
    assert reader.trim(through=second, before=now_ms() + 1) == 2
    assert reader.trim(through=third, before=now_ms() + 1) == 1
    reader.close()
    _written(path, [NotMe(at=9, grant_key="9")])

    (commit,) = JournalReader(path, KEY).read(after=0, limit=10)
    assert commit.sequence > third


def test_an_older_copy_that_is_put_back_goes_on_with_numbers_that_nobody_drained(path: Path) -> None:
    _written(path, [NotMe(at=1, grant_key="1")])
    copy = path.read_bytes()
    _written(path, *[[NotMe(at=n, grant_key=str(n))] for n in range(2, 5)])
    drained = JournalReader(path, KEY).read(after=0, limit=10)[-1].sequence

    _put_back(copy, path)
    _written(path, [NotMe(at=9, grant_key="9")])

    (commit,) = JournalReader(path, KEY).read(after=drained, limit=10)
    assert commit.records == (NotMe(at=9, grant_key="9"),)


def test_a_running_writer_notices_the_older_copy(path: Path) -> None:
    async def write() -> None:
        writer = JournalWriter(path, public_key_of(KEY))
        for n in range(2, 5):
            await writer.append(NotMe(at=n, grant_key=str(n)))
        drained = JournalReader(path, KEY).read(after=0, limit=10)[-1].sequence
        _put_back(copy, path)
        await writer.append(NotMe(at=9, grant_key="9"))
        await writer.close()
        (commit,) = JournalReader(path, KEY).read(after=drained, limit=10)
        assert commit.records == (NotMe(at=9, grant_key="9"),)

    _written(path, [NotMe(at=1, grant_key="1")])
    copy = path.read_bytes()
    asyncio.run(write())


def test_what_is_left_behind_is_given_to_nobody(path: Path) -> None:
    _written(path, [NotMe(at=1, grant_key="1")])
    reader = JournalReader(path, KEY)
    last = reader.read(after=0, limit=10)[-1].sequence

    assert not reader.leave_behind(last)
    assert reader.leave_behind(2 * last)
    assert not reader.leave_behind(2 * last)
    reader.close()
    _written(path, [NotMe(at=2, grant_key="2")])

    assert JournalReader(path, KEY).read(after=last, limit=10)[0].sequence == 2 * last + 1


def _put_back(copy: bytes, path: Path) -> None:
    """As somebody restores a file from a backup: a new one in the place of the old ones."""
    for part in path.parent.glob(f"{path.name}*"):
        part.unlink()
    path.write_bytes(copy)


def test_a_stream_keeps_its_name_and_a_new_file_has_another(path: Path, tmp_path: Path) -> None:
    first = JournalReader(path, KEY).stream

    assert JournalReader(path, KEY).stream == first
    assert JournalReader(tmp_path / "other.sqlite3", KEY).stream != first


def test_the_files_hold_no_readable_address(path: Path) -> None:
    async def write() -> None:
        writer = JournalWriter(path, public_key_of(KEY))
        await writer.append(
            SubmissionReceived(
                at=1, ref="r", nonce="n", slug="guide", version_id=1, language="en", answers={"email": "ann.secret@example.com"}
            )
        )
        # Looked at while it is open, so that the write-ahead log is among the files.
        written = b"".join(file.read_bytes() for file in path.parent.iterdir())
        assert b"ann.secret" not in written
        assert b"example.com" not in written
        await writer.close()

    asyncio.run(write())


def test_another_key_opens_nothing_and_hides_nothing(path: Path) -> None:
    _written(path, [NotMe(at=1, grant_key="1")])

    (commit,) = JournalReader(path, new_private_key()).read(after=0, limit=1)

    assert [type(record) for record in commit.records] == [UnreadableRecord]


def test_a_record_of_a_newer_edge_does_not_take_its_neighbours_with_it() -> None:
    known = msgspec.to_builtins(NotMe(at=1, grant_key="1"))
    unknown = {"k": "teleported", "at": 2}
    box = SealedBox(PrivateKey(bytes.fromhex(KEY)).public_key)

    records = Opener(KEY).open(box.encrypt(msgspec.msgpack.encode([known, unknown, known])))

    assert [type(record) for record in records] == [NotMe, UnreadableRecord, NotMe]


def test_the_journal_syncs_every_commit_and_wipes_what_it_deletes(path: Path) -> None:
    connection, _ = open_journal(path, connect=lambda p: sqlite3.connect(p, isolation_level=None))

    settings = {
        name: next(iter(connection.execute(f"PRAGMA {name}")))[0] for name in ("journal_mode", "synchronous", "secure_delete")
    }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1}


def test_a_probe_commits_at_most_once_a_second(path: Path) -> None:
    async def probe() -> int:
        writer = JournalWriter(path, public_key_of(KEY))
        for _ in range(50):
            await writer.probe()
        await writer.close()
        return writer.commits_written

    assert asyncio.run(probe()) == 1


def test_the_journals_address_names_a_sqlite_file(tmp_path: Path) -> None:
    assert journal_file("", default=tmp_path) == tmp_path
    assert journal_file("sqlite:////srv/journal.sqlite3", default=tmp_path) == Path("/srv/journal.sqlite3")
    assert journal_file("sqlite:///journal.sqlite3", default=tmp_path) == Path("journal.sqlite3")


@pytest.mark.parametrize("url", ["nats://host", "sqlite:", "sqlite://host/x", "journal.sqlite3"])
def test_another_address_is_refused_by_name(url: str, tmp_path: Path) -> None:
    with pytest.raises(BadJournalUrl, match="LEADSTONE_JOURNAL_URL"):
        journal_file(url, default=tmp_path)


def test_a_journal_that_is_taken_away_under_its_writer_takes_no_acknowledged_record_with_it(path: Path) -> None:
    async def write() -> None:
        writer = JournalWriter(path, public_key_of(KEY))
        await writer.append(NotMe(at=1, grant_key="before"))
        for part in path.parent.glob(f"{path.name}*"):
            part.unlink()
        await writer.append(NotMe(at=2, grant_key="after"))
        await writer.close()

    asyncio.run(write())

    (commit,) = JournalReader(path, KEY).read(after=0, limit=10)
    assert commit.records == (NotMe(at=2, grant_key="after"),)
