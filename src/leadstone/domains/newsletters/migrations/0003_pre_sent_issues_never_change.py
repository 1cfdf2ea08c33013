"""What people have in their mailboxes: the database itself refuses to change or delete an issue once its first letter left.

How far it got, when it ended, and whether the archive shows it may still change.
"""

from django.db import migrations

FIXED = (
    "id, key, magnet_id, number, purpose, language, subject, preheader, body, topics, created_at, beyond_promise, mailing_id,"
    " begun_at"
)

SQLITE = (
    f"""CREATE TRIGGER newsletters_issue_fixed BEFORE UPDATE OF {FIXED} ON newsletters_issue WHEN OLD.begun_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'an issue that was sent never changes'); END""",
    """CREATE TRIGGER newsletters_issue_kept BEFORE DELETE ON newsletters_issue WHEN OLD.begun_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'an issue that was sent is never deleted'); END""",
)
POSTGRESQL = (
    """CREATE FUNCTION newsletters_issue_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'an issue that was sent never changes' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER newsletters_issue_fixed BEFORE UPDATE OF {FIXED} ON newsletters_issue
        FOR EACH ROW WHEN (OLD.begun_at IS NOT NULL) EXECUTE FUNCTION newsletters_issue_refuse()""",
    """CREATE TRIGGER newsletters_issue_kept BEFORE DELETE ON newsletters_issue
        FOR EACH ROW WHEN (OLD.begun_at IS NOT NULL) EXECUTE FUNCTION newsletters_issue_refuse()""",
)
DROP = {
    "sqlite": ("DROP TRIGGER newsletters_issue_fixed", "DROP TRIGGER newsletters_issue_kept"),
    "postgresql": (
        "DROP TRIGGER newsletters_issue_fixed ON newsletters_issue",
        "DROP TRIGGER newsletters_issue_kept ON newsletters_issue",
        "DROP FUNCTION newsletters_issue_refuse()",
    ),
}


def forbid(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def allow(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("newsletters", "0002_pre_boxes_elsewhere")]
    operations = [migrations.RunPython(forbid, allow)]
