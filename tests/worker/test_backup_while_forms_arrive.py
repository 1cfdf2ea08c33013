"""A backup taken in the middle of work: nothing acknowledged is missing from it, and nothing in it happens twice."""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from leadstone.domains.delivery.models import Message
from leadstone.flows.journal_drained import drain
from leadstone.flows.reactions import REACTIONS
from leadstone.infra.outbox import services as outbox
from leadstone.project.backup import saving
from leadstone.project.backup.journals import JournalTrimmed
from leadstone.project.environment import Environment
from leadstone.wire.journal import JournalReader
from leadstone.wire.journal_writer import JournalWriter
from tests.project.backups import Contents, Installation, contents_of
from tests.worker.conftest import MONDAY, House

FORMS_BEFORE = 60
FORMS_AFTER = 60
TAKEN = MONDAY + timedelta(days=30)


class Street:
    """Visitors who send one form after the other; `acknowledged` holds what the edge has promised to keep."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.acknowledged: list[str] = []
        self.stop = threading.Event()

    def visit(self) -> None:
        async def send() -> None:
            writer = JournalWriter(self._house.folder.journal, self._house.keys.journal_public_key)
            while not self.stop.is_set():
                form = self._house.form(f"ann{len(self.acknowledged)}@example.com", at=datetime.now(UTC))
                await writer.append(form)
                self.acknowledged.append(form.ref)
            await writer.close()

        asyncio.run(send())

    def work(self) -> None:
        reader = JournalReader(self._house.folder.journal, self._house.keys.journal_private_key)
        while not self.stop.is_set():
            drain(reader, now=datetime.now(UTC), limit=7)
            outbox.react(REACTIONS, now=datetime.now(UTC))
        reader.close()
        connection.close()


@contextmanager
def busy(house: House) -> Iterator[Street]:
    street = Street(house)
    threads = [threading.Thread(target=street.visit), threading.Thread(target=street.work)]
    for thread in threads:
        thread.start()
    try:
        yield street
    finally:
        street.stop.set()
        for thread in threads:
            thread.join()


def wait_for(street: Street, number: int) -> None:
    deadline = time.monotonic() + 120
    while len(street.acknowledged) < number:
        assert time.monotonic() < deadline, "nobody came"
        time.sleep(0.01)


def column(contents: Contents, table: str, name: str) -> list[Any]:
    return [row[name] for row in contents.decoded(table)]


@pytest.mark.slow
def test_what_was_acknowledged_before_a_backup_is_in_it_once(house: House, tmp_path: Path) -> None:
    with busy(house) as street:
        wait_for(street, FORMS_BEFORE)
        promised = list(street.acknowledged)
        given = Environment(data=house.folder.root)
        saving.save(tmp_path / "now.backup", passphrase_file=None, given=given, clock=lambda: datetime.now(UTC))
        wait_for(street, len(promised) + FORMS_AFTER)

    again = Installation(tmp_path / "again")
    again.tell("restore", str(tmp_path / "now.backup"), "--no-erasures")
    again.tell("worker", "--once")
    again.tell("backup", str(tmp_path / "then.backup"))

    taken_in = len(contents_of(tmp_path / "now.backup").tables["capture_submission"])
    contents = contents_of(tmp_path / "then.backup")
    refs = Counter(column(contents, "capture_submission", "ref"))
    assert set(promised) <= refs.keys()
    assert set(refs.values()) == {1}
    assert taken_in < len(refs) or len(promised) == taken_in
    assert len(contents.tables["contacts_contact"]) == len(contents.tables["leads_lead"]) == len(refs)
    assert len(contents.tables["delivery_message"]) == len(refs)
    assert again.status()["journal_backlog"] == 0


def test_a_journal_that_is_drained_and_trimmed_meanwhile_fails_the_backup(house: House, tmp_path: Path) -> None:
    house.journal(house.form("ann@example.com", at=MONDAY))
    looked = iter([TAKEN])

    def clock() -> datetime:
        # Called first when the database's moment has begun: a worker wakes up after a long rest just then.
        if next(looked, None):
            thread = threading.Thread(target=trim_everything, args=(house,))
            thread.start()
            thread.join()
        return TAKEN

    with pytest.raises(JournalTrimmed):
        saving.save(tmp_path / "now.backup", passphrase_file=None, given=Environment(data=house.folder.root), clock=clock)
    assert not list(tmp_path.glob("*.backup*"))


def trim_everything(house: House) -> None:
    reader = JournalReader(house.folder.journal, house.keys.journal_private_key)
    assert reader.trim(through=2**62, before=2**62) == 1
    reader.close()


def test_no_letter_that_the_original_owes_is_sent_by_the_restored_one(house: House, tmp_path: Path) -> None:
    house.journal(house.form("ann@example.com"))
    house.work()
    assert Message.objects.get().state == "sent"
    house.journal(house.form("bob@example.com"), house.form("cleo@example.com"))
    given = Environment(data=house.folder.root)
    saving.save(tmp_path / "now.backup", passphrase_file=None, given=given, clock=lambda: datetime.now(UTC))

    again = Installation(tmp_path / "again")
    told = again.tell("restore", str(tmp_path / "now.backup"), "--no-erasures")
    again.tell("worker", "--once")

    assert "2 records that waited in the journal took effect" in told
    assert "2 messages waited to be sent" in told
    assert again.status()["messages"]["queued"] == 2
    assert "2 messages that waited" in again.tell("quarantine", "lift")
    again.tell("worker", "--once")
    messages = again.status()["messages"]
    assert (messages["sent"], messages["excluded"], messages["queued"]) == (1, 2, 0)
