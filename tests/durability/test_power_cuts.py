"""C1: an acknowledged submission is never lost, whenever the power fails; and what the journal would be without its fsync."""

import asyncio
import os
import random
from pathlib import Path

import pytest

from leadstone.wire.journal import JournalReader, JournalUnavailable
from leadstone.wire.journal_writer import JournalWriter
from leadstone.wire.records import LeftMarketing, Record
from leadstone.wire.sealing import new_private_key, public_key_of
from tests.durability.power import PowerCut

CUTS = 50 if os.environ.get("LEADSTONE_FULL") else 15
WRITERS = 6

pytestmark = pytest.mark.slow


async def _append_until_dark(path: Path, key: str, disk: PowerCut, *, synchronous: str) -> set[str]:
    """Append from several sides at once until the power fails; returns what was acknowledged."""
    writer = JournalWriter(path, public_key_of(key), connect=disk.connect, synchronous=synchronous)
    acknowledged: set[str] = set()

    async def keep_appending(name: int) -> None:
        for number in range(200):
            mark = f"{name}-{number}"
            try:
                await writer.append(LeftMarketing(at=number, contact_key=mark))
            except JournalUnavailable:
                return
            acknowledged.add(mark)

    await asyncio.gather(*[keep_appending(name) for name in range(WRITERS)])
    await writer.close()
    return acknowledged


def _lost(folder: Path, seed: int, *, synchronous: str) -> tuple[int, int]:
    """(acknowledged, lost) of one power cut."""
    chance = random.Random(seed)
    before, after = folder / f"before-{seed}", folder / f"after-{seed}"
    before.mkdir()
    after.mkdir()
    key = new_private_key()
    disk = PowerCut(fails_at=chance.randrange(30, 600), chance=chance)
    acknowledged = asyncio.run(_append_until_dark(before / "journal.sqlite3", key, disk, synchronous=synchronous))
    disk.write_survivors(after)
    reader = JournalReader(after / "journal.sqlite3", key)
    kept = {
        record.contact_key
        for commit in reader.read(after=0, limit=100_000)
        for record in commit.records
        if isinstance(record, Record) and isinstance(record, LeftMarketing)
    }
    reader.close()
    return len(acknowledged), len(acknowledged - kept)


def test_no_power_cut_loses_what_was_acknowledged(tmp_path: Path) -> None:
    results = [_lost(tmp_path, seed, synchronous="FULL") for seed in range(CUTS)]

    assert sum(lost for _, lost in results) == 0
    assert sum(acknowledged for acknowledged, _ in results) > CUTS * 10, "the cuts came before there was anything to lose"


def test_the_same_cuts_lose_acknowledged_records_when_the_journal_does_not_sync_each_commit(tmp_path: Path) -> None:
    results = [_lost(tmp_path, seed, synchronous="NORMAL") for seed in range(CUTS)]

    assert sum(lost for _, lost in results) > 0
