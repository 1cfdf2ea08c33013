"""Laws that import contracts cannot see."""

import ast
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT, SourceFile, dotted, imported_modules, source_files

WRITES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update", "delete", "acreate", "aupdate"}
CLOCKS_AND_CHANCE = {"datetime.now", "datetime.utcnow", "date.today", "timezone.now", "time.time", "time.monotonic", "uuid.uuid4"}
THE_GATEWAY = "domains/delivery/services/gateway.py"

FILES = pytest.mark.parametrize("file", source_files(), ids=lambda file: file.name)


def calls(file: SourceFile) -> list[ast.Call]:
    return [node for node in ast.walk(file.tree) if isinstance(node, ast.Call)]


def is_service(file: SourceFile) -> bool:
    return file.is_under("domains", "infra") and ("/services" in file.name)


@FILES
def test_tables_are_written_by_services_alone(file: SourceFile) -> None:
    if is_service(file):
        return
    chains = [(call, dotted(call.func).split(".")) for call in calls(file)]
    assert [file.at(call) for call, chain in chains if "objects" in chain and chain[-1] in WRITES] == []


@FILES
def test_a_model_is_saved_by_services_alone(file: SourceFile) -> None:
    if is_service(file):
        return
    saves = [call for call in calls(file) if any(word.arg == "update_fields" for word in call.keywords)]
    assert [file.at(call) for call in saves] == []


@FILES
def test_nobody_listens_to_signals_or_overrides_save(file: SourceFile) -> None:
    imports = [name for node in ast.walk(file.tree) for name in imported_modules(node)]
    assert not [name for name in imports if name.startswith(("django.db.models.signals", "django.dispatch"))]
    if file.name.endswith("models.py"):
        assert not [node for node in ast.walk(file.tree) if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}]


@FILES
def test_rules_know_neither_the_clock_nor_chance(file: SourceFile) -> None:
    if not (file.name.endswith("/rules.py") or "/rules/" in file.name or file.is_under("domains/magnets/kinds")):
        return
    imports = {name for node in ast.walk(file.tree) for name in imported_modules(node)}
    assert not imports & {"random", "secrets", "time"}
    assert [file.at(call) for call in calls(file) if dotted(call.func) in CLOCKS_AND_CHANCE] == []


@FILES
def test_only_the_gateway_reaches_the_mail_server(file: SourceFile) -> None:
    imports = [name for node in ast.walk(file.tree) for name in imported_modules(node)]
    transports = ("smtplib", "django.core.mail", "leadstone.infra.mail.smtp", "leadstone.infra.mail.maildir")
    if file.name != THE_GATEWAY and not file.is_under("infra/mail"):
        assert [name for name in imports if name.startswith(transports)] == []


@FILES
def test_the_edge_has_no_name_for_the_database(file: SourceFile) -> None:
    if file.is_under("edge"):
        assert "DATABASE_URL" not in file.text
        assert "folder.database" not in file.text


def test_the_edge_starts_without_django() -> None:
    program = (
        "import sys, leadstone.edge.app; print([m for m in sys.modules if m.split('.')[0] in {'django', 'psycopg', 'allauth'}])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


THE_QUALIFIER = "domains/qualification/services.py"
QUALIFYING = {"qualify", "take_back_qualified", "restore_qualified"}


@FILES
def test_only_qualification_makes_a_prospect_of_a_lead(file: SourceFile) -> None:
    if file.name == THE_QUALIFIER:
        return
    assert [file.at(call) for call in calls(file) if dotted(call.func).split(".")[-1] in QUALIFYING] == []
