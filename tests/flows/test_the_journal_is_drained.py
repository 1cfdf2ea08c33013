"""Each record takes effect exactly once: poison, crashes and a second worker included."""

import asyncio
import os
import signal
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from leadstone.domains.capture import queries as capture
from leadstone.domains.capture import services as capture_services
from leadstone.domains.capture.models import JournalCursor, QuarantinedRecord, Submission
from leadstone.domains.consent import queries as consent
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.models import Grant
from leadstone.domains.leads.models import Lead
from leadstone.domains.tracking.models import PageViews
from leadstone.flows.journal_drained import drain
from leadstone.infra.keys import core_keys
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.wire.journal import Commit, JournalReader
from leadstone.wire.journal_writer import JournalWriter
from leadstone.wire.records import (
    AnyRecord,
    ExchangeUndone,
    FileServed,
    LeftMarketing,
    MailboxProven,
    NotMe,
    PagesViewed,
    PromiseRated,
    ViewCount,
)
from leadstone.wire.sealing import Opener, UnreadableRecord, new_private_key, public_key_of
from tests.cast import MONDAY, NEWSLETTER, Guide, form, published, visitor

AT = int(MONDAY.timestamp() * 1000)


class FakeJournal:
    """A journal in memory, one commit for each list of records."""

    stream = "fake"

    def __init__(self, *commits: Sequence[AnyRecord | UnreadableRecord]) -> None:
        self.commits = [Commit(self.stream, number, AT, tuple(records)) for number, records in enumerate(commits, start=1)]

    def read(self, *, after: int, limit: int) -> list[Commit]:
        found: list[Commit] = []
        for commit in self.commits:
            if commit.sequence > after and sum(len(c.records) for c in found) < limit:
                found.append(commit)
        return found

    def backlog(self, *, after: int) -> int:
        return sum(len(commit.records) for commit in self.commits if commit.sequence > after)

    def leave_behind(self, sequence: int) -> bool:
        return False

    def trim(self, *, through: int, before: int) -> int:
        return 0


@pytest.mark.django_db
def test_what_was_drained_is_never_drained_again(guide: Guide) -> None:
    journal = FakeJournal([form(guide, "ann@example.com")], [form(guide, "bob@example.com")])
    assert drain(journal, now=MONDAY, limit=1) == 1
    assert capture.cursor(journal.stream) == 1
    assert drain(journal, now=MONDAY, limit=100) == 1
    assert drain(journal, now=MONDAY, limit=100) == 0
    assert Lead.objects.count() == 2


@pytest.mark.django_db
def test_an_older_copy_of_the_journal_put_back_costs_no_form_and_repeats_none(guide: Guide, tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    private_key = new_private_key()

    def sent(*addresses: str) -> None:
        async def write() -> None:
            writer = JournalWriter(path, public_key_of(private_key))
            for address in addresses:
                await writer.append(form(guide, address))
            await writer.close()

        asyncio.run(write())

    def drained() -> int:
        reader = JournalReader(path, private_key)
        try:
            return drain(reader, now=MONDAY, limit=100)
        finally:
            reader.close()

    sent("ann@example.com")
    copy = path.read_bytes()
    sent("bob@example.com", "cleo@example.com", "dan@example.com")
    assert drained() == 4

    for part in tmp_path.glob("journal.sqlite3*"):
        part.unlink()
    path.write_bytes(copy)
    sent("eve@example.com", "fred@example.com")

    assert drained() == 2
    assert (Submission.objects.count(), Lead.objects.count()) == (6, 6)


@pytest.mark.django_db
def test_a_restored_cursor_gives_nothing_a_second_effect(guide: Guide) -> None:
    journal = FakeJournal([form(guide, "ann@example.com", ticked=[NEWSLETTER.key])])
    drain(journal, now=MONDAY, limit=100)
    JournalCursor.objects.update(sequence=0)
    drain(journal, now=MONDAY, limit=100)
    assert (Submission.objects.count(), Grant.objects.get().requests, consent.verify_ledger().records) == (1, 1, 1)
    assert RecordedEvent.objects.count() == 1


@pytest.mark.django_db
def test_one_poisoned_record_among_five_hundred_goes_alone_into_quarantine_sealed(guide: Guide) -> None:
    nowhere = form(Guide(0, 999_999, "nowhere", guide.definition), "secret.person@example.com")
    records: list[AnyRecord] = [form(guide, f"v{number}@example.com") for number in range(499)]
    journal = FakeJournal([*records[:123], nowhere, *records[123:]])
    assert drain(journal, now=MONDAY, limit=500) == 500
    assert Lead.objects.count() == 499
    kept = QuarantinedRecord.objects.get()
    assert (kept.sequence, kept.position, kept.error) == (1, 123, "UnfitSubmission")
    assert b"secret.person" not in bytes(kept.sealed)
    assert Opener(core_keys(settings.FOLDER).journal_private_key).open(bytes(kept.sealed)) == (nowhere,)
    assert drain(journal, now=MONDAY, limit=500) == 0


@pytest.mark.django_db
def test_a_record_that_this_version_cannot_read_is_quarantined_as_it_is(guide: Guide) -> None:
    drain(FakeJournal([UnreadableRecord(b"from the future"), form(guide, "ann@example.com")]), now=MONDAY, limit=10)
    assert bytes(QuarantinedRecord.objects.get().sealed) == b"from the future"
    assert Lead.objects.count() == 1


@pytest.mark.django_db
def test_a_database_that_goes_away_quarantines_nothing_and_moves_nothing(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("database or disk is full")

    journal = FakeJournal([form(guide, "ann@example.com")])
    with monkeypatch.context() as broken:
        broken.setattr(grants, "grant_all", away)
        with pytest.raises(OperationalError):
            drain(journal, now=MONDAY, limit=10)
    assert (capture.cursor(journal.stream), Submission.objects.count(), QuarantinedRecord.objects.count()) == (0, 0, 0)
    assert drain(journal, now=MONDAY, limit=10) == 1
    assert Lead.objects.count() == 1


@pytest.mark.django_db
def test_the_order_of_the_journal_decides_between_undoing_and_asking_again(guide: Guide) -> None:
    drain(FakeJournal([form(guide, "ann@example.com", name="Ann")]), now=MONDAY, limit=10)
    first = visitor(guide, "ann@example.com")
    key = str(first.grant_key)
    JournalCursor.objects.all().delete()
    again = form(guide, "ann@example.com", name="Ann", at=MONDAY + timedelta(minutes=1))
    drain(
        FakeJournal([MailboxProven(at=AT, grant_key=key), ExchangeUndone(at=AT, grant_key=key), again]),
        now=MONDAY + timedelta(hours=1),
        limit=10,
    )
    second = visitor(guide, "ann@example.com")
    assert second.grant_key != first.grant_key
    assert Grant.objects.get(key=first.grant_key).state == "undone"
    assert Lead.objects.filter(ended_at=None).count() == 1


@pytest.mark.django_db
def test_every_kind_of_record_may_come_first_and_come_twice(guide: Guide) -> None:
    who_knows = "2c6bb4a3-9a3c-4d43-8f3d-3f2a5a1b7c11"
    strangers: list[AnyRecord] = [
        MailboxProven(at=AT, grant_key=who_knows),
        FileServed(at=AT, grant_key=who_knows),
        PromiseRated(at=AT, grant_key=who_knows, answer="yes"),
        NotMe(at=AT, grant_key=who_knows),
        ExchangeUndone(at=AT, grant_key=who_knows),
        LeftMarketing(at=AT, contact_key=who_knows),
        LeftMarketing(at=AT, contact_key="nonsense"),
    ]
    drain(FakeJournal([*strangers, *strangers, form(guide, "ann@example.com")]), now=MONDAY, limit=100)
    assert Lead.objects.count() == 1
    assert QuarantinedRecord.objects.count() == 0


@pytest.mark.django_db
def test_what_a_machine_pressed_proves_nothing(guide: Guide) -> None:
    drain(FakeJournal([form(guide, "ann@example.com")]), now=MONDAY, limit=10)
    who = visitor(guide, "ann@example.com")
    JournalCursor.objects.all().delete()
    drain(FakeJournal([MailboxProven(at=AT, grant_key=str(who.grant_key), agent="machine:scanner")]), now=MONDAY, limit=10)
    assert Grant.objects.get().state == "promised"


@pytest.mark.django_db
def test_views_are_added_up_by_version_day_and_channel(guide: Guide) -> None:
    counts = (
        ViewCount(version_id=guide.version_id, source="facebook", medium="", people=3, machines=1),
        ViewCount(version_id=guide.version_id, source="", medium="", people=2, machines=0),
        ViewCount(version_id=999_999, source="", medium="", people=9, machines=9),
    )
    drain(FakeJournal([PagesViewed(at=AT, counts=counts), PagesViewed(at=AT, counts=counts)]), now=MONDAY, limit=10)
    drain(FakeJournal([], [PagesViewed(at=AT, counts=counts)]), now=MONDAY, limit=10)
    rows = set(PageViews.objects.values_list("channel", "source", "people", "machines"))
    assert rows == {("facebook", "facebook", 9, 3), ("direct", "", 6, 0)}


def _drained(journal: FakeJournal, *, limit: int) -> bool:
    """As a worker does it: what finds the database locked for too long is tried again."""
    try:
        return drain(journal, now=MONDAY, limit=limit) > 0
    except OperationalError:
        return True


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_journal_give_each_record_one_effect() -> None:
    guide = published()
    # Views have no name by which a repeat could be told: only the cursor keeps them from counting twice.
    seen = PagesViewed(at=AT, counts=(ViewCount(version_id=guide.version_id, source="", medium="", people=1, machines=0),))
    journal = FakeJournal(*([form(guide, f"v{n}@example.com", ticked=[NEWSLETTER.key]), seen] for n in range(120)))
    faults: list[Exception] = []

    def work() -> None:
        try:
            while _drained(journal, limit=7):
                pass
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert faults == []
    assert (Submission.objects.count(), Lead.objects.count(), RecordedEvent.objects.count()) == (120, 120, 120)
    assert PageViews.objects.get().people == 120
    assert consent.verify_ledger().records == 120
    assert consent.verify_ledger().intact
    assert capture.cursor(journal.stream) == 120


@pytest.mark.django_db(transaction=True)
def test_two_streams_that_meet_the_same_stranger_make_one_contact() -> None:
    guide = published()

    def journal(name: str) -> FakeJournal:
        made = FakeJournal(*([form(guide, f"v{n}@example.com")] for n in range(40)))
        made.stream = name
        made.commits = [Commit(name, commit.sequence, commit.at, commit.records) for commit in made.commits]
        return made

    def work(name: str, source: FakeJournal) -> None:
        try:
            while _drained(source, limit=5):
                pass
        finally:
            connection.close()

    workers = [threading.Thread(target=work, args=(name, journal(name))) for name in ("east", "west")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert QuarantinedRecord.objects.count() == 0
    assert (Submission.objects.count(), Lead.objects.count()) == (80, 40)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_a_batch_leaves_nothing_half() -> None:
    guide = published()
    journal = FakeJournal([form(guide, f"v{number}@example.com", ticked=[NEWSLETTER.key]) for number in range(20)])
    # Neither process may inherit the other's connection.
    connection.close()
    worker = os.fork()
    if worker == 0:
        _drain_and_die_before_the_commit(journal)
    _, status = os.waitpid(worker, 0)
    assert os.waitstatus_to_exitcode(status) == -signal.SIGKILL
    assert (Submission.objects.count(), Lead.objects.count(), consent.verify_ledger().records) == (0, 0, 0)
    assert drain(journal, now=MONDAY, limit=100) == 20
    assert Lead.objects.count() == 20


def _drain_and_die_before_the_commit(journal: FakeJournal) -> None:
    def die(*args: object, **kwargs: object) -> None:
        # 9 only when everything of the batch is written by now.
        os.kill(os.getpid(), signal.SIGKILL if Lead.objects.count() == 20 else signal.SIGTERM)

    capture_services.move_cursor = die
    drain(journal, now=MONDAY, limit=100)
