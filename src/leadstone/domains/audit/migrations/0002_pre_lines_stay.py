"""The database itself keeps the audit log: a line takes its place in the chain once, and is never changed or deleted."""

from django.db import migrations

SAID = ("id", "at", "actor_id", "action", "subject", "subject_id", "facts")
SQLITE = (
    "CREATE TRIGGER audit_line_keeps_update BEFORE UPDATE ON audit_auditline WHEN NOT (OLD.sequence IS NULL "
    "AND NEW.sequence IS NOT NULL AND "
    + " AND ".join(f"NEW.{column} IS OLD.{column}" for column in SAID)
    + ") BEGIN SELECT RAISE(ABORT, 'a line of the audit log never changes'); END",
    "CREATE TRIGGER audit_line_keeps_delete BEFORE DELETE ON audit_auditline "
    "BEGIN SELECT RAISE(ABORT, 'a line of the audit log is never deleted'); END",
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION audit_line_keeps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF TG_OP = 'UPDATE' AND OLD.sequence IS NULL AND NEW.sequence IS NOT NULL AND "
    + " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in SAID)
    + " THEN RETURN NEW; END IF; "
    "RAISE EXCEPTION 'a line of the audit log never changes' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER audit_line_keeps BEFORE UPDATE OR DELETE ON audit_auditline FOR EACH ROW EXECUTE FUNCTION audit_line_keeps()",
)


def refuse_changes(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_line_keeps ON audit_auditline")
        schema_editor.execute("DROP FUNCTION audit_line_keeps()")
    else:
        schema_editor.execute("DROP TRIGGER audit_line_keeps_update")
        schema_editor.execute("DROP TRIGGER audit_line_keeps_delete")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
