"""People are found by any part of their text, at the same speed among a million: an index over the trigrams of `search`.

SQLite: an FTS5 table with a copy of the text, kept in step by triggers. Only which trigrams a text has is kept (`detail=none`),
not where. A row is taken out before it is put in, so that a stale one never stands in the way.
PostgreSQL: a GIN index; it needs the extension pg_trgm. Where that cannot be had, searches look at every row as before.
"""

import structlog
from django.db import DatabaseError, migrations, models, transaction

SQLITE = (
    "CREATE VIRTUAL TABLE contacts_contact_text USING fts5(search, tokenize='trigram', detail=none)",
    "INSERT INTO contacts_contact_text (rowid, search) SELECT id, search FROM contacts_contact",
    """CREATE TRIGGER contacts_contact_text_added AFTER INSERT ON contacts_contact BEGIN
        DELETE FROM contacts_contact_text WHERE rowid = new.id;
        INSERT INTO contacts_contact_text (rowid, search) VALUES (new.id, new.search); END""",
    """CREATE TRIGGER contacts_contact_text_changed AFTER UPDATE OF search ON contacts_contact
        WHEN old.search IS NOT new.search BEGIN
        DELETE FROM contacts_contact_text WHERE rowid = old.id;
        INSERT INTO contacts_contact_text (rowid, search) VALUES (new.id, new.search); END""",
    """CREATE TRIGGER contacts_contact_text_removed AFTER DELETE ON contacts_contact BEGIN
        DELETE FROM contacts_contact_text WHERE rowid = old.id; END""",
)
POSTGRESQL = "CREATE INDEX contacts_contact_text ON contacts_contact USING gin (search gin_trgm_ops)"
BACK = {
    "sqlite": (
        "DROP TRIGGER contacts_contact_text_added",
        "DROP TRIGGER contacts_contact_text_changed",
        "DROP TRIGGER contacts_contact_text_removed",
        "DROP TABLE contacts_contact_text",
    ),
    "postgresql": ("DROP INDEX IF EXISTS contacts_contact_text",),
}


def build(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE:
            schema_editor.execute(statement)
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as fault:
        structlog.get_logger().warning("database.searches_slowly", table="contacts_contact", because=" ".join(str(fault).split()))
        return
    schema_editor.execute(POSTGRESQL)


def remove(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]
    operations = [
        migrations.RunPython(build, remove),
        migrations.AddIndex("contact", models.Index(fields=["name"], name="contact_name")),
    ]
