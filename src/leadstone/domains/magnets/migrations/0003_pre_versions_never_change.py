"""A published version is a promise: the database itself refuses to change or delete one.

`published_by` may become empty when an account is removed; everything else is fixed.
"""

from django.db import migrations

FIXED = "id, magnet_id, number, definition, digest, published_at"

SQLITE = (
    f"""CREATE TRIGGER magnets_version_fixed BEFORE UPDATE OF {FIXED} ON magnets_magnetversion
        BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END""",
    """CREATE TRIGGER magnets_version_kept BEFORE DELETE ON magnets_magnetversion
        BEGIN SELECT RAISE(ABORT, 'a published version is never deleted'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION magnets_version_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'a published version never changes' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER magnets_version_fixed BEFORE UPDATE OF {FIXED} ON magnets_magnetversion
        FOR EACH ROW EXECUTE FUNCTION magnets_version_refuse()""",
    """CREATE TRIGGER magnets_version_kept BEFORE DELETE ON magnets_magnetversion
        FOR EACH ROW EXECUTE FUNCTION magnets_version_refuse()""",
)
DROP = {
    "sqlite": ("DROP TRIGGER magnets_version_fixed", "DROP TRIGGER magnets_version_kept"),
    "postgresql": (
        "DROP TRIGGER magnets_version_fixed ON magnets_magnetversion",
        "DROP TRIGGER magnets_version_kept ON magnets_magnetversion",
        "DROP FUNCTION magnets_version_refuse()",
    ),
}


def forbid(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("magnets", "0002_pre_draft_before")]
    operations = [migrations.RunPython(forbid, allow)]
