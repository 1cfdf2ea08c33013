"""The command line as a person meets it: help at once, one sentence for a mistake, the right exit code."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from leadstone.domains.access.rules import Role
from leadstone.project.cli.data import StaffRole

COMMANDS = [
    "up",
    "edge",
    "studio",
    "portal",
    "worker",
    "migrate",
    "check",
    "doctor",
    "seed",
    "status",
    "user add",
    "user reset",
    "export",
    "bench",
    "backup",
    "restore",
    "quarantine lift",
    "inbound-mail",
]


def leadstone(*words: str, data: Path | None = None, typed: str = "", **settings: str) -> "subprocess.CompletedProcess[str]":
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LEADSTONE_")}
    environment |= {"COLUMNS": "200", "LEADSTONE_DATA": str(data or "/nonexistent")} | settings
    command = [sys.executable, "-m", "leadstone", *words]
    return subprocess.run(command, env=environment, input=typed, capture_output=True, text=True, timeout=280, check=False)


def test_help_loads_no_framework() -> None:
    heavy = "{'django', 'granian', 'pydantic', 'msgspec', 'jinja2'}"
    program = f"import sys, leadstone.project.cli; print([m for m in sys.modules if m in {heavy}])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", [*COMMANDS, "version"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    told = leadstone(*command.split(), "--help")
    assert told.returncode == 0
    assert f"Example: leadstone {command}" in told.stdout


def test_the_version_is_printed() -> None:
    assert leadstone("version").stdout == leadstone("--version").stdout == "0.1.0\n"


def test_wrong_usage_is_exit_code_2() -> None:
    assert leadstone("up", "--port", "seventy").returncode == 2
    assert leadstone("no-such-command").returncode == 2


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    """The one sentence of a refusal."""
    assert done.returncode == 1, done.stdout + done.stderr
    (line,) = done.stderr.strip().splitlines()
    return line


def test_a_bad_setting_is_named(tmp_path: Path) -> None:
    assert "LEADSTONE_PUBLIC_PORT" in refused(leadstone("up", data=tmp_path, LEADSTONE_PUBLIC_PORT="many"))


def test_a_taken_port_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        assert refused(leadstone("up", "--port", port, data=tmp_path)) == (
            f"leadstone: Port {port} on 127.0.0.1 is taken by another program. Stop it, or choose another port with --port."
        )


def test_a_folder_that_cannot_be_made_is_named() -> None:
    assert "/proc/leadstone cannot be used" in refused(leadstone("up", data=Path("/proc/leadstone")))


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    address = "postgres://leadstone@127.0.0.1:1/none"
    assert "The database does not answer" in refused(leadstone("migrate", data=tmp_path, LEADSTONE_DATABASE_URL=address))
    assert "The database does not answer" in refused(leadstone("status", data=tmp_path, LEADSTONE_DATABASE_URL=address))


def test_a_database_that_was_never_prepared_is_one_sentence(tmp_path: Path) -> None:
    assert "leadstone migrate" in refused(leadstone("status", data=tmp_path))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("prepared")
    assert leadstone("migrate", data=data).returncode == 0
    return data


def test_status_tells_the_figures_as_json(prepared: Path) -> None:
    told = json.loads(leadstone("status", "--json", data=prepared).stdout)
    assert (told["submissions"], told["contacts"], told["leads"], told["journal_backlog"]) == (0, 0, 0, 0)
    assert set(told["messages"]) >= {"queued", "sent", "failed", "unknown"}


def test_check_finds_an_untouched_installation_whole(prepared: Path) -> None:
    done = leadstone("check", data=prepared)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "consent ledger" in done.stdout


def test_nobody_else_on_the_machine_reads_what_an_installation_keeps(prepared: Path) -> None:
    kept = [path for path in prepared.rglob("*") if path.is_file()]

    assert prepared / "leadstone.sqlite3" in kept
    assert [path.name for path in kept if path.stat().st_mode & 0o007] == []


def test_doctor_tells_the_key_that_others_can_read(prepared: Path) -> None:
    (prepared / "keys").mkdir(exist_ok=True)
    key = prepared / "keys" / "spare.key"
    key.write_text("secret")
    key.chmod(0o644)

    done = leadstone("doctor", data=prepared)
    key.unlink()

    assert done.returncode == 1
    assert f"chmod 600 {key}" in done.stdout


def test_a_member_of_staff_is_added_with_the_password_from_standard_input(prepared: Path) -> None:
    words = ("user", "add", "gil@example.com", "--name", "Gil Ito", "--role", "manager")
    added = leadstone(*words, data=prepared, typed="a long enough passphrase\n")
    assert added.stdout == "Gil Ito can sign in as gil@example.com (manager).\n", added.stderr

    assert "already signs in" in refused(leadstone(*words, data=prepared, typed="a long enough passphrase\n"))


def test_a_weak_password_is_refused(prepared: Path) -> None:
    done = leadstone("user", "add", "new@example.com", "--name", "New", data=prepared, typed="password12\n")
    assert "too easy to guess" in refused(done)


def test_whoever_owns_the_server_lets_somebody_in_again(prepared: Path) -> None:
    words = ("user", "add", "hal@example.com", "--name", "Hal Abe", "--role", "admin")
    leadstone(*words, data=prepared, typed="a long enough passphrase\n")
    with closing(sqlite3.connect(prepared / "leadstone.sqlite3")) as database, database:
        [(who, before)] = database.execute("SELECT id, password FROM access_user WHERE email = 'hal@example.com'")
        database.execute(
            "INSERT INTO mfa_authenticator(user_id, type, data, created_at) VALUES(?, 'totp', '{}', '2026-11-16')", [who]
        )

    done = leadstone("user", "reset", "HAL@example.com", data=prepared)

    assert done.returncode == 0, done.stderr
    assert re.search(r"New password of hal@example\.com, shown only now: (\w{5}-){3}\w{5}\n", done.stdout)
    assert "second factor is removed" in done.stdout
    with closing(sqlite3.connect(prepared / "leadstone.sqlite3")) as database:
        [(after, epoch)] = database.execute("SELECT password, session_epoch FROM access_user WHERE id = ?", [who])
        assert after != before
        assert after.startswith("argon2$argon2id$")
        assert epoch > 0
        assert not list(database.execute("SELECT 1 FROM mfa_authenticator WHERE user_id = ?", [who]))
        lines = database.execute("SELECT actor_id, facts FROM audit_auditline WHERE action = 'account_reset'")
        assert list(lines) == [(None, '{"factor": "removed"}')]


def test_a_reset_takes_a_password_from_standard_input_and_refuses_what_it_cannot_do(prepared: Path) -> None:
    leadstone("user", "add", "ivo@example.com", "--name", "Ivo", data=prepared, typed="a long enough passphrase\n")
    reset = ("user", "reset", "ivo@example.com", "--password-stdin")
    done = leadstone(*reset, data=prepared, typed="another long passphrase\n")
    assert done.stdout == "Ivo is signed out everywhere.\n", done.stderr
    assert "too easy to guess" in refused(leadstone(*reset, data=prepared, typed="password12\n"))
    assert "held no password" in refused(leadstone(*reset, data=prepared))
    assert "Nobody signs in as noone@example.com" in refused(leadstone("user", "reset", "noone@example.com", data=prepared))


def test_the_roles_of_the_command_line_are_those_of_the_product() -> None:
    assert [role.value for role in StaffRole] == [role.value for role in Role]


def test_a_newer_database_is_refused_and_left_alone(prepared: Path, tmp_path: Path) -> None:
    copy = tmp_path / "leadstone.sqlite3"
    copy.write_bytes((prepared / "leadstone.sqlite3").read_bytes())
    with closing(sqlite3.connect(copy)) as database, database:
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("INSERT INTO django_migrations(app, name, applied) VALUES('leads', '9999_pre_later', '2030-01-01')")

    assert "made by a newer Leadstone (it knows leads.9999_pre_later)" in refused(leadstone("migrate", data=tmp_path))
    with closing(sqlite3.connect(copy)) as database:
        (rows,) = database.execute("SELECT count(*) FROM django_migrations WHERE name = '9999_pre_later'").fetchone()
    assert rows == 1


def test_leads_are_exported_into_a_file_that_only_its_owner_reads(prepared: Path, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"

    done = leadstone("export", "--into", str(file), data=prepared)

    assert done.returncode == 0, done.stderr
    assert file.read_text("utf-8-sig").startswith("Name,E-mail,Phone")
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["leads.csv"]
    assert leadstone("export", data=prepared).stdout.startswith("\ufeffName")
