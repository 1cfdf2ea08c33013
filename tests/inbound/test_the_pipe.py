"""A mail server hands a letter to `leadstone inbound-mail` and goes by its exit code: 0 done, 65 and 67 back, 75 later."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from leadstone.domains.inbound.rules import ProviderName
from leadstone.flows import mail_received
from leadstone.project import letters_in
from leadstone.project.environment import Environment
from tests.inbound.conftest import Opened, work

ADDRESS = "leads@firma.example"
LETTER = b"From: Ann <ann@test.example>\r\nSubject: Hi\r\nMessage-ID: <1@test.example>\r\n\r\nWhen?\r\n"


def piped(letter: bytes, *words: str, data: Path, **settings: str) -> "subprocess.CompletedProcess[bytes]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LEADSTONE_")}
    environment |= {"LEADSTONE_DATA": str(data)} | settings
    command = [sys.executable, "-m", "leadstone", "inbound-mail", *words]
    return subprocess.run(command, env=environment, input=letter, capture_output=True, timeout=120, check=False)


def test_while_something_is_wrong_on_our_side_the_server_keeps_the_letter(tmp_path: Path) -> None:
    unprepared = piped(LETTER, "--to", ADDRESS, data=tmp_path, LEADSTONE_INBOUND_MAIL_ADDRESS=ADDRESS)
    assert unprepared.returncode == os.EX_TEMPFAIL
    assert b"leadstone migrate" in unprepared.stderr

    mistyped = piped(LETTER, data=tmp_path, LEADSTONE_INBOUND_MAIL_ADDRESS="leads")
    assert mistyped.returncode == os.EX_TEMPFAIL
    assert b"LEADSTONE_INBOUND_MAIL_ADDRESS" in mistyped.stderr


@pytest.mark.django_db
class TestOneLetter:
    @pytest.fixture(autouse=True)
    def _surroundings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        surroundings = Environment(inbound_mail_address=ADDRESS)
        monkeypatch.setattr(letters_in, "environment", lambda: surroundings)
        monkeypatch.setattr(letters_in, "configure_logs", lambda **_: None)

    def take(self, path: Path, letter: bytes, *to: str, sender: str | None = "ann@test.example") -> int:
        path.write_bytes(letter)
        with path.open("rb") as source:
            return letters_in.take_one(source, to=to, sender=sender)

    def test_each_outcome_has_the_code_that_a_mail_server_understands(self, opened: Opened, tmp_path: Path) -> None:
        door = opened(ProviderName.MAIL).door
        to, file = f"leads+{door.key}@firma.example", tmp_path / "letter"

        assert self.take(file, LETTER, to) == os.EX_OK
        assert self.take(file, LETTER, to, sender="") == os.EX_OK
        assert self.take(file, LETTER, "leads+aaaaaaaaaaaaaaaa@firma.example") == os.EX_NOUSER
        assert self.take(file, LETTER + b"x" * 21_000_000, to) == os.EX_DATAERR
        assert self.take(file, b"no letter", to) == os.EX_DATAERR
        work()
        door.refresh_from_db()
        assert (door.deliveries.get().state, door.turned_away) == ("accepted", 3)

    def test_a_fault_of_ours_is_for_later(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object, **__: object) -> None:
            raise RuntimeError("a fault of ours")

        monkeypatch.setattr(letters_in, "mail_received", broken)

        assert self.take(tmp_path / "letter", LETTER, ADDRESS) == os.EX_TEMPFAIL

    def test_a_flood_is_for_later(self, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(mail_received, "MOST_AN_HOUR", 0)
        to = f"leads+{opened(ProviderName.MAIL).door.key}@firma.example"

        assert self.take(tmp_path / "letter", LETTER, to) == os.EX_TEMPFAIL

    def test_without_an_address_of_ours_nothing_is_lost(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(letters_in, "environment", Environment)

        assert self.take(tmp_path / "letter", LETTER, ADDRESS) == os.EX_TEMPFAIL
