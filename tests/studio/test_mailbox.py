"""The local mailbox: every message as its reader sees it, and none can do anything to us."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

EVIL = '<p>Hello <a href="https://example.com">link</a><script>alert(1)</script><img src="https://spy.example/p.gif"></p>'


@pytest.fixture
def mail_folder() -> Iterator[Path]:
    folder: Path = settings.FOLDER.mail
    (folder / "new").mkdir(parents=True, exist_ok=True)
    (folder / "cur").mkdir(exist_ok=True)
    _empty(folder)
    yield folder
    _empty(folder)


def _empty(folder: Path) -> None:
    for file in folder.rglob("*"):
        if file.is_file():
            file.unlink()


@pytest.fixture
def letter(mail_folder: Path) -> str:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Your file: Łódź", "us@example.com", "ann@example.com"
    message["Date"] = "Mon, 16 Nov 2026 09:00:00 +0000"
    message.set_content("Hello in text")
    message.add_alternative(EVIL, subtype="html")
    (mail_folder / "new" / "1700000000.M1.test").write_bytes(message.as_bytes())
    return "1700000000.M1.test"


def test_an_empty_mailbox_says_what_will_be_here(admin: Client, mail_folder: Path) -> None:
    assert "No message yet" in admin.get("/mailbox/").content.decode()


def test_a_message_is_listed_and_opens_in_a_frame_of_its_own(admin: Client, letter: str) -> None:
    assert "Your file: Łódź" in admin.get("/mailbox/").content.decode()
    page = admin.get(f"/mailbox/{letter}").content.decode()

    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert "Hello in text" in page
    assert "alert(1)" not in page


def test_the_frame_runs_nothing_loads_nothing_foreign_and_opens_links_outside(admin: Client, letter: str) -> None:
    answer = admin.get(f"/mailbox/{letter}/body")
    policy = answer["Content-Security-Policy"]

    assert policy.startswith("sandbox allow-popups")
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert "spy.example" not in policy
    assert '<base target="_blank">' in answer.content.decode()


@pytest.mark.parametrize("path", ["nothing", "..%2f..%2fkeys%2fsecret.key", "%00", "a" * 400])
def test_no_other_file_is_opened(admin: Client, letter: str, path: str) -> None:
    assert admin.get(f"/mailbox/{path}").status_code == 404
    assert admin.get(f"/mailbox/{path}/body").status_code == 404


def test_a_broken_file_is_shown_as_empty_and_breaks_nothing(admin: Client, mail_folder: Path) -> None:
    (mail_folder / "new" / "1700000001.M2.test").write_bytes(b"\x00\xff\xfe garbage \r\n" * 100)

    assert admin.get("/mailbox/1700000001.M2.test").status_code == 200
