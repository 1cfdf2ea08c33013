"""What the database knows of its own tables, by which it chooses its ways through them."""

from django.db import connection

ROWS_LOOKED_AT = 1_000  # of each index: enough to tell a broad one from a narrow one, in milliseconds


def keep_statistics() -> None:
    """Have SQLite look at its tables again; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")
