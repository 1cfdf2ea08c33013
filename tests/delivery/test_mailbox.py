"""The local mailbox: a standard Maildir that survives repeats, and a reader that survives what others put there."""

import os
import random
from pathlib import Path

import pytest

from leadstone.infra.mail.mailbox import list_mails, open_mail
from leadstone.infra.mail.maildir import MaildirLine
from leadstone.infra.mail.message import pack
from leadstone.infra.mail.outcome import Fate
from tests.delivery.test_message import KEY, mail


def put(folder: Path, name: str, data: bytes, *, at: int = 1_700_000_000) -> None:
    (folder / "new").mkdir(parents=True, exist_ok=True)
    (folder / "new" / name).write_bytes(data)
    os.utime(folder / "new" / name, (at, at))


def test_a_mail_can_be_read_as_it_was_written(tmp_path: Path) -> None:
    MaildirLine(tmp_path).hand_over(pack(mail()), may_send=lambda: True)

    envelope = list_mails(tmp_path).mails[0]
    opened = open_mail(tmp_path, envelope.id)

    assert opened is not None
    assert (envelope.subject, envelope.to) == (mail().subject, "ann@home.example")
    assert "hello@warm.example" in envelope.sender
    assert envelope.at == mail().date
    assert opened.text.rstrip() == mail().text
    assert opened.html.rstrip() == mail().html


def test_the_same_message_twice_is_one_file(tmp_path: Path) -> None:
    line = MaildirLine(tmp_path)

    assert line.hand_over(pack(mail()), may_send=lambda: True).fate is Fate.SENT
    assert line.hand_over(pack(mail()), may_send=lambda: True).fate is Fate.SENT

    assert list_mails(tmp_path).total == 1
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_message_that_was_read_does_not_come_again(tmp_path: Path) -> None:
    line = MaildirLine(tmp_path)
    line.hand_over(pack(mail()), may_send=lambda: True)
    name = f"{KEY.hex}.leadstone"
    (tmp_path / "new" / name).rename(tmp_path / "cur" / f"{name}:2,S")

    line.hand_over(pack(mail()), may_send=lambda: True)

    assert list_mails(tmp_path).total == 1
    assert open_mail(tmp_path, name) is not None


def test_a_withheld_message_leaves_nothing_behind(tmp_path: Path) -> None:
    assert MaildirLine(tmp_path).hand_over(pack(mail()), may_send=lambda: False).fate is Fate.WITHHELD
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_folder_that_cannot_be_written_is_later_not_lost(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file where the mailbox should be")

    outcome = MaildirLine(tmp_path / "mail").hand_over(pack(mail()), may_send=lambda: True)

    assert (outcome.fate, outcome.line_down) == (Fate.LATER, True)


def test_pages_are_newest_first_and_count_everything(tmp_path: Path) -> None:
    for n in range(25):
        put(tmp_path, f"m{n}", f"Subject: number {n}\n\nhello\n".encode(), at=1_700_000_000 + n)

    page = list_mails(tmp_path, offset=10, limit=10)

    assert page.total == 25
    assert [m.subject for m in page.mails] == [f"number {n}" for n in range(14, 4, -1)]


ALIENS = {
    "empty": b"",
    "binary": bytes(range(256)) * 50,
    "no-headers": b"just words\nwithout any header\n",
    "bad-date": b"Date: yesterday\nSubject: x\n\nhi",
    "huge-year": b"Date: Mon, 02 Mar 99999 09:00:00 +0000\nSubject: x\n\nhi",
    "bad-charset": b"Subject: x\nContent-Type: text/plain; charset=klingon\n\n\xff\xfe hi",
    "bad-encoding": b"Subject: =?utf-8?b?!!!?=\nContent-Transfer-Encoding: base64\n\n@@@@",
    "nested": b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(60)),
    "bad-address": b"From: <<<@@>>,;:\nTo: undisclosed:;\nSubject: x\n\nhi",
    "null-header": b"Subject: a\0b\x1b[31m\n\nhi",
    "html-only": b"Content-Type: text/html\n\n<script>alert(1)</script>",
}


@pytest.mark.parametrize("name", ALIENS)
def test_an_alien_file_is_listed_and_opened_without_a_fault(tmp_path: Path, name: str) -> None:
    put(tmp_path, name, ALIENS[name])

    page = list_mails(tmp_path)
    opened = open_mail(tmp_path, name)

    assert page.total == 1
    assert page.mails[0].subject.isprintable()
    assert opened is not None


def test_random_bytes_never_break_the_list(tmp_path: Path) -> None:
    chance = random.Random(7)
    for n in range(200):
        put(tmp_path, f"r{n}", chance.randbytes(chance.randrange(2000)).replace(b"a", b"\n").replace(b"b", b":"))

    page = list_mails(tmp_path, limit=500)

    assert len(page.mails) == 200
    assert all(open_mail(tmp_path, m.id) for m in page.mails)


@pytest.mark.parametrize("mail_id", ["../../etc/passwd", "/etc/passwd", "", ".", "..", "a/b", "a\0b", "x" * 5000, "a\n"])
def test_an_id_leads_nowhere_else(tmp_path: Path, mail_id: str) -> None:
    put(tmp_path, "m1", b"Subject: x\n\nhi")

    assert open_mail(tmp_path, mail_id) is None


def test_links_and_folders_are_not_messages(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("Subject: secret\n\n")
    put(tmp_path, "m1", b"Subject: x\n\nhi")
    (tmp_path / "new" / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "new" / "folder").mkdir()

    assert [m.id for m in list_mails(tmp_path).mails] == ["m1"]
    assert open_mail(tmp_path, "link") is None


def test_no_mailbox_yet_is_an_empty_one(tmp_path: Path) -> None:
    assert list_mails(tmp_path / "absent").total == 0
