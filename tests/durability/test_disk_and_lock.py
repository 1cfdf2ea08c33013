"""C2: without a durable row there is no acknowledgement; the journal recovers alone."""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from leadstone.wire import journal
from leadstone.wire.journal import JournalReader, JournalUnavailable
from leadstone.wire.journal_writer import JournalWriter
from leadstone.wire.records import LeftMarketing
from leadstone.wire.sealing import new_private_key, public_key_of
from tests.durability.power import SmallDisk

KEY = new_private_key()


def _record(mark: str) -> LeftMarketing:
    return LeftMarketing(at=1, contact_key=mark)


def _kept(path: Path) -> list[str]:
    reader = JournalReader(path, KEY)
    try:
        return [record.contact_key for commit in reader.read(after=0, limit=1000) for record in commit.records]  # type: ignore[union-attr]
    finally:
        reader.close()


def test_a_full_disk_is_told_and_passes(tmp_path: Path) -> None:
    disk = SmallDisk()
    path = tmp_path / "journal.sqlite3"

    async def story() -> None:
        writer = JournalWriter(path, public_key_of(KEY), connect=disk.connect)
        await writer.append(_record("before"))
        disk.full = True
        with pytest.raises(JournalUnavailable, match="disk is full"):
            await writer.append(_record("refused"))
        await asyncio.sleep(1)  # a probe within a second of a good commit would believe that one
        with pytest.raises(JournalUnavailable, match="disk is full"):
            await writer.probe()
        disk.full = False
        await writer.append(_record("after"))
        await writer.probe()
        await writer.close()

    asyncio.run(story())

    assert _kept(path) == ["before", "after"]


def test_a_journal_that_another_program_holds_locked_is_told_and_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "LOCK_WAIT_MS", 100)
    path = tmp_path / "journal.sqlite3"

    async def story() -> None:
        writer = JournalWriter(path, public_key_of(KEY))
        await writer.append(_record("before"))
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(JournalUnavailable, match="locked"):
            await writer.append(_record("refused"))
        holder.execute("ROLLBACK")
        holder.close()
        await writer.append(_record("after"))
        await writer.close()

    asyncio.run(story())

    assert _kept(path) == ["before", "after"]


def test_a_failing_commit_fails_all_who_wait_for_it_and_nobody_later(tmp_path: Path) -> None:
    disk = SmallDisk()
    path = tmp_path / "journal.sqlite3"

    async def story() -> list[object]:
        writer = JournalWriter(path, public_key_of(KEY), connect=disk.connect)
        await writer.append(_record("before"))
        disk.full = True
        refused = await asyncio.gather(*[writer.append(_record(f"refused {n}")) for n in range(20)], return_exceptions=True)
        disk.full = False
        accepted = await asyncio.gather(*[writer.append(_record(f"after {n}")) for n in range(20)], return_exceptions=True)
        await writer.close()
        return [*map(type, refused), *accepted]

    answers = asyncio.run(story())

    assert answers == [JournalUnavailable] * 20 + [None] * 20
    assert len(_kept(path)) == 21


def test_a_folder_that_is_missing_is_told_and_may_come_later(tmp_path: Path) -> None:
    path = tmp_path / "later" / "journal.sqlite3"

    async def story() -> None:
        writer = JournalWriter(path, public_key_of(KEY))
        with pytest.raises(JournalUnavailable, match="folder exists"):
            await writer.append(_record("refused"))
        path.parent.mkdir()
        await writer.append(_record("after"))
        await writer.close()

    asyncio.run(story())

    assert _kept(path) == ["after"]
