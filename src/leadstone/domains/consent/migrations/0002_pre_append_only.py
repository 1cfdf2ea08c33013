"""The ledger is append-only: the database itself refuses to change or delete a record."""

from django.db import migrations

SQLITE = (
    "CREATE TRIGGER consent_record_keeps_{verb} BEFORE {verb} ON consent_consentrecord "
    "BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END"
)
POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION consent_record_keeps() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the consent ledger is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER consent_record_keeps BEFORE UPDATE OR DELETE ON consent_consentrecord "
    "FOR EACH ROW EXECUTE FUNCTION consent_record_keeps()",
)


def refuse_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            schema_editor.execute(statement)
    else:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(SQLITE.format(verb=verb))


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER consent_record_keeps ON consent_consentrecord")
        schema_editor.execute("DROP FUNCTION consent_record_keeps()")
    else:
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER consent_record_keeps_{verb}")


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]

    operations = [migrations.RunPython(refuse_changes, allow_changes)]
