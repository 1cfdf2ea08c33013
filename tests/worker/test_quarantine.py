"""From a copy no mail leaves until a person lets it; everything else goes on, and nothing is lost."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from leadstone.domains.audit.models import AuditLine
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.models import Host, Message
from leadstone.domains.delivery.rules import Limits, MessageClass
from leadstone.domains.delivery.rules.hosts import Arrival
from leadstone.domains.delivery.services import gateway, hosts
from leadstone.flows.journal_drained import drain
from leadstone.flows.reactions import REACTIONS
from leadstone.infra.host import fingerprint_of, this_host
from leadstone.infra.mail.url import read_mail_url
from leadstone.infra.outbox import services as outbox
from leadstone.wire.data_folder import DataFolder
from leadstone.wire.journal import JournalReader
from tests.delivery.servers import smtp_server
from tests.worker.conftest import MONDAY, House

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def copied(house: House, tmp_path: Path, settings: Any) -> House:
    """A house whose folder is a copy: the database knows the original's host, which is another."""
    house.journal(house.form("ann@example.com"))
    house.work()
    house.journal(house.form("bob@example.com"))
    copy = DataFolder(tmp_path / "copy")
    shutil.copytree(house.folder.root, copy.root)
    settings.FOLDER = copy
    return copy_of(house, copy)


def copy_of(house: House, folder: DataFolder) -> House:
    again = House(folder, house.version)
    again._numbers = house._numbers
    return again


def test_the_first_host_of_a_database_is_admitted_by_itself(house: House) -> None:
    house.journal(house.form("ann@example.com"))
    house.work()

    assert len(house.mails()) == 1
    assert Host.objects.get().because == Arrival.FIRST
    assert not delivery.standing(this_host()).quarantine


def test_nothing_leaves_a_copy_and_forms_are_taken_in_all_the_same(copied: House) -> None:
    before = len(copied.mails())

    copied.work(TUESDAY)
    copied.work(TUESDAY + timedelta(days=2))

    assert len(copied.mails()) == before
    assert delivery.messages_by_state()["queued"] == 1
    assert delivery.standing(this_host()).because is Arrival.UNKNOWN


def test_nothing_reaches_a_mail_server_from_a_copy_and_all_of_it_once_it_was_let(copied: House) -> None:
    with smtp_server() as (port, sink):
        mail = {"mail": read_mail_url(f"smtp://127.0.0.1:{port}")}
        copied.work(TUESDAY, **mail)
        copied.journal(copied.form("cleo@example.com", at=TUESDAY))
        copied.work(TUESDAY + timedelta(hours=1), **mail)
        assert sink.recipients == []
        assert sink.connections == 0

        hosts.lift_quarantine(this_host(), send_waiting=True, by=None, now=TUESDAY + timedelta(hours=2))
        copied.work(TUESDAY + timedelta(hours=3), **mail)
        assert sorted(sink.recipients) == ["bob@example.com", "cleo@example.com"]


def test_what_waited_before_the_copy_is_left_out_and_what_was_asked_for_since_is_sent(copied: House) -> None:
    before = len(copied.mails())
    copied.work(TUESDAY)
    copied.journal(copied.form("cleo@example.com", at=TUESDAY + timedelta(hours=1)))
    copied.work(TUESDAY + timedelta(hours=1))

    dropped = hosts.lift_quarantine(this_host(), send_waiting=False, by=7, now=TUESDAY + timedelta(hours=2))
    copied.work(TUESDAY + timedelta(hours=3))

    assert dropped == 1
    assert Message.objects.get(to_address="bob@example.com").because == "restored"
    assert Message.objects.get(to_address="cleo@example.com").state == "sent"
    assert len(copied.mails()) == before + 1
    line = AuditLine.objects.get(action="quarantine_lifted")
    assert (line.actor_id, line.facts) == (7, {"because": "unknown", "dropped": 1, "hooks_dropped": 0})


def test_what_was_claimed_before_is_not_permitted_to_travel_in_quarantine(house: House) -> None:
    house.journal(house.form("ann@example.com"))
    reader = JournalReader(house.folder.journal, house.keys.journal_private_key)
    drain(reader, now=MONDAY, limit=10)
    outbox.react(REACTIONS, now=MONDAY)
    reader.close()
    (claimed,) = gateway.claim(message_class=MessageClass.TRANSACTIONAL, limit=1, worker="w", now=MONDAY)
    hosts.begin_quarantine("another", now=MONDAY)

    assert gateway.settle_and_permit([], {claimed: "Hello"}, worker="w", limits=Limits(), now=MONDAY) == frozenset()


def test_a_second_host_on_a_database_that_is_worked_on_leaves_its_queue_alone(copied: House) -> None:
    original = Host.objects.get()
    copied.work(TUESDAY)
    hosts.arrive(original.fingerprint, now=TUESDAY + timedelta(minutes=1))  # the first host is alive

    dropped = hosts.lift_quarantine(this_host(), send_waiting=False, by=None, now=TUESDAY + timedelta(minutes=2))

    assert dropped == 0
    assert delivery.messages_by_state()["queued"] == 1


def test_a_host_is_known_again_after_a_restart_and_a_copy_on_the_same_path_is_not(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir()
    known = fingerprint_of(folder)
    (folder / "leadstone.sqlite3").touch()
    assert fingerprint_of(folder) == known

    (tmp_path / "link").symlink_to(folder)
    assert fingerprint_of(tmp_path / "link") == known

    folder.rename(tmp_path / "moved")
    shutil.copytree(tmp_path / "moved", folder)
    assert fingerprint_of(folder) != known
    assert fingerprint_of(tmp_path / "moved") != known
