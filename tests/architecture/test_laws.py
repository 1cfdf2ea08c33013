"""Laws that import contracts cannot see. Each is one test that names every place where it is broken."""

import ast
import subprocess
import sys

from tests.architecture.source import ROOT, SourceFile, calls, dotted, imports, source_files

WRITES = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update", "delete", "acreate", "aupdate"}
CLOCKS_AND_CHANCE = {"datetime.now", "datetime.utcnow", "date.today", "timezone.now", "time.time", "time.monotonic", "uuid.uuid4"}
THE_GATEWAY = "domains/delivery/services/gateway.py"
MAIL_TRANSPORTS = ("smtplib", "django.core.mail", "leadstone.infra.mail.smtp", "leadstone.infra.mail.maildir")
SIGNALS = ("django.db.models.signals", "django.dispatch")


def is_service(file: SourceFile) -> bool:
    return file.is_under("domains", "infra") and ("/services" in file.name)


def is_rule(file: SourceFile) -> bool:
    return file.name.endswith("/rules.py") or "/rules/" in file.name or file.is_under("domains/magnets/kinds")


def writes(call: ast.Call) -> bool:
    chain = dotted(call.func).split(".")
    return "objects" in chain and chain[-1] in WRITES


def test_tables_are_written_by_services_alone() -> None:
    others = [file for file in source_files() if not is_service(file)]
    assert [file.at(call) for file in others for call in calls(file) if writes(call)] == []


def test_a_model_is_saved_by_services_alone() -> None:
    others = [file for file in source_files() if not is_service(file)]
    saves = [
        (file, call) for file in others for call in calls(file) if any(word.arg == "update_fields" for word in call.keywords)
    ]
    assert [file.at(call) for file, call in saves] == []


def test_nobody_listens_to_signals() -> None:
    assert [file.at(node) for file in source_files() for node, name in imports(file) if name.startswith(SIGNALS)] == []


def test_no_model_overrides_save_or_delete() -> None:
    models = [file for file in source_files() if file.name.endswith("models.py")]
    written = [(file, node) for file in models for node in file.nodes if isinstance(node, ast.FunctionDef)]
    assert [file.at(node) for file, node in written if node.name in {"save", "delete"}] == []


def test_rules_know_neither_the_clock_nor_chance() -> None:
    rules = [file for file in source_files() if is_rule(file)]
    assert [file.at(node) for file in rules for node, name in imports(file) if name in {"random", "secrets", "time"}] == []
    assert [file.at(call) for file in rules for call in calls(file) if dotted(call.func) in CLOCKS_AND_CHANCE] == []


def test_only_the_gateway_reaches_the_mail_server() -> None:
    others = [file for file in source_files() if file.name != THE_GATEWAY and not file.is_under("infra/mail")]
    assert [file.at(node) for file in others for node, name in imports(file) if name.startswith(MAIL_TRANSPORTS)] == []


def test_the_edge_has_no_name_for_the_database() -> None:
    edge = [file for file in source_files() if file.is_under("edge")]
    assert [file.name for file in edge if "DATABASE_URL" in file.text or "folder.database" in file.text] == []


def test_the_edge_starts_without_django() -> None:
    program = (
        "import sys, leadstone.edge.app; print([m for m in sys.modules if m.split('.')[0] in {'django', 'psycopg', 'allauth'}])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


THE_QUALIFIER = "domains/qualification/services.py"
QUALIFYING = {"qualify", "take_back_qualified", "restore_qualified"}


def test_only_qualification_makes_a_prospect_of_a_lead() -> None:
    others = [file for file in source_files() if file.name != THE_QUALIFIER]
    assert [file.at(call) for file in others for call in calls(file) if dotted(call.func).split(".")[-1] in QUALIFYING] == []
