"""What failed alone gets another chance, takes effect once, and does not lie there for ever."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec
import pytest
from django.conf import settings
from django.db import OperationalError
from structlog.testing import capture_logs

from leadstone import __version__
from leadstone.domains.capture.models import QuarantinedRecord, Submission
from leadstone.domains.consent import queries as consent
from leadstone.domains.leads import services as leads
from leadstone.domains.leads.models import Lead
from leadstone.domains.tracking.models import PageViews
from leadstone.flows.journal_drained import drain
from leadstone.flows.quarantine_retried import end_quarantine, retry_quarantined
from leadstone.infra.keys import core_keys
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.wire.records import AnyRecord, PagesViewed, ViewCount
from leadstone.wire.sealing import Opener, Sealer, UnreadableRecord
from tests.cast import MONDAY, NEWSLETTER, Guide, form
from tests.flows.test_the_journal_is_drained import FakeJournal

pytestmark = pytest.mark.django_db

NEXT_VERSION = __version__ + ".1"


def fail(*records: AnyRecord | UnreadableRecord, patched: pytest.MonkeyPatch) -> None:
    """The records meet a fault in our own code."""

    def broken(*args: object, **kwargs: object) -> None:
        raise ArithmeticError("a mistake of ours")

    with patched.context() as patch:
        patch.setattr(leads, "open_leads", broken)
        drain(FakeJournal(list(records)), now=MONDAY, limit=10)


def test_a_record_takes_effect_once_the_rule_is_mended_and_is_kept_in_quarantine_no_longer(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(form(guide, "ann@example.com", ticked=[NEWSLETTER.key]), patched=monkeypatch)
    assert (Lead.objects.count(), Submission.objects.count(), QuarantinedRecord.objects.count()) == (0, 0, 1)

    assert retry_quarantined(version=NEXT_VERSION, now=MONDAY) == 1
    assert retry_quarantined(version=NEXT_VERSION + ".1", now=MONDAY) == 0

    assert (Lead.objects.count(), Submission.objects.count(), consent.verify_ledger().records) == (1, 1, 1)
    assert RecordedEvent.objects.filter(kind="SubmissionAccepted").count() == 1
    kept = QuarantinedRecord.objects.get()
    assert (kept.resolved_at, bytes(kept.sealed)) == (MONDAY, b"")


def test_the_same_version_tries_again_after_a_day_and_then_ever_more_rarely(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = Guide(0, 999_999, "nowhere", guide.definition)
    drain(FakeJournal([form(nowhere, "ann@example.com")]), now=MONDAY, limit=10)

    tried = []
    for hours in range(0, 24 * 30, 6):
        now = MONDAY + timedelta(hours=hours)
        assert retry_quarantined(version=__version__, now=now) == 0
        if QuarantinedRecord.objects.get().tried_at == now and hours:
            tried.append(hours // 24)

    assert tried == [1, 3, 7, 15, 23]
    assert QuarantinedRecord.objects.get().retries == 5


def test_a_database_that_goes_away_in_between_resolves_nothing(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("database is locked")

    fail(form(guide, "ann@example.com"), patched=monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(leads, "open_leads", away)
        with pytest.raises(OperationalError):
            retry_quarantined(version=NEXT_VERSION, now=MONDAY)

    assert Lead.objects.count() == 0
    assert retry_quarantined(version=NEXT_VERSION, now=MONDAY) == 1
    assert Lead.objects.count() == 1


def test_what_a_newer_edge_wrote_waits_sealed_until_it_can_be_read(guide: Guide) -> None:
    views = PagesViewed(at=0, counts=(ViewCount(version_id=guide.version_id, source="", medium="", people=3, machines=0),))
    alone = UnreadableRecord(msgspec.msgpack.encode([views]), opened=True)
    drain(FakeJournal([alone]), now=MONDAY, limit=10)
    kept = QuarantinedRecord.objects.get()
    assert msgspec.msgpack.encode(views) not in bytes(kept.sealed)

    assert retry_quarantined(version=NEXT_VERSION, now=MONDAY) == 1

    assert PageViews.objects.get().people == 3


def test_an_unknown_record_is_sealed_so_that_a_later_version_reads_it_alone() -> None:
    keys = core_keys(settings.FOLDER)
    unknown = msgspec.msgpack.encode({"k": "teleported", "at": 2})
    (record,) = Opener(keys.journal_private_key).open(_sealed([unknown]))
    assert isinstance(record, UnreadableRecord)

    again = Sealer(keys.journal_public_key).seal_again(record)

    assert Opener(keys.journal_private_key).open(again) == (record,)
    assert unknown not in again


def _sealed(parts: Sequence[bytes]) -> bytes:
    data = msgspec.msgpack.encode([msgspec.Raw(part) for part in parts])
    return Sealer(core_keys(settings.FOLDER).journal_public_key).seal_again(UnreadableRecord(data, opened=True))


def test_what_nobody_mends_is_deleted_after_ninety_days_with_an_alarm_before(guide: Guide) -> None:
    nowhere = Guide(0, 999_999, "nowhere", guide.definition)
    drain(FakeJournal([form(nowhere, "ann@example.com")]), now=MONDAY, limit=10)
    told = {}
    for days in (75, 77, 89, 91):
        with capture_logs() as logs:
            end_quarantine(now=MONDAY + timedelta(days=days))
        told[days] = [line["event"] for line in logs]

    assert told == {
        75: [],
        77: ["quarantine.ends_soon"],
        89: ["quarantine.ends_soon"],
        91: ["quarantine.ended"],
    }
    assert QuarantinedRecord.objects.count() == 0
