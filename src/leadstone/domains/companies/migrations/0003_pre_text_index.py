"""Companies are found by any part of their text, at the same speed among a million: an index over the trigrams of `search`.

SQLite: an FTS5 table with a copy of the text, kept in step by triggers. Only which trigrams a text has is kept (`detail=none`),
not where. A row is taken out before it is put in, so that a stale one never stands in the way.
PostgreSQL: a GIN index; it needs the extension pg_trgm. Where that cannot be had, searches look at every row as before.
"""

import structlog
from django.db import DatabaseError, migrations, transaction

SQLITE = (
    "CREATE VIRTUAL TABLE companies_company_text USING fts5(search, tokenize='trigram', detail=none)",
    "INSERT INTO companies_company_text (rowid, search) SELECT id, search FROM companies_company",
    """CREATE TRIGGER companies_company_text_added AFTER INSERT ON companies_company BEGIN
        DELETE FROM companies_company_text WHERE rowid = new.id;
        INSERT INTO companies_company_text (rowid, search) VALUES (new.id, new.search); END""",
    """CREATE TRIGGER companies_company_text_changed AFTER UPDATE OF search ON companies_company
        WHEN old.search IS NOT new.search BEGIN
        DELETE FROM companies_company_text WHERE rowid = old.id;
        INSERT INTO companies_company_text (rowid, search) VALUES (new.id, new.search); END""",
    """CREATE TRIGGER companies_company_text_removed AFTER DELETE ON companies_company BEGIN
        DELETE FROM companies_company_text WHERE rowid = old.id; END""",
)
POSTGRESQL = "CREATE INDEX companies_company_text ON companies_company USING gin (search gin_trgm_ops)"
BACK = {
    "sqlite": (
        "DROP TRIGGER companies_company_text_added",
        "DROP TRIGGER companies_company_text_changed",
        "DROP TRIGGER companies_company_text_removed",
        "DROP TABLE companies_company_text",
    ),
    "postgresql": ("DROP INDEX IF EXISTS companies_company_text",),
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
        structlog.get_logger().warning(
            "database.searches_slowly", table="companies_company", because=" ".join(str(fault).split())
        )
        return
    schema_editor.execute(POSTGRESQL)


def remove(apps, schema_editor):
    for statement in BACK[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("companies", "0002_pre_company_card")]
    operations = [migrations.RunPython(build, remove)]
