"""DuckDB behind bars: one folder, no network, no extension, so much memory. Only the reading process imports this."""

from collections.abc import Mapping, Sequence

import duckdb

ROWS_IN_A_GROUP = 131_072


def open_engine(folder: str, *, memory_mb: int, threads: int) -> duckdb.DuckDBPyConnection:
    """An engine in memory that can touch `folder` and nothing else; what does not fit spills into `folder`/spill."""
    engine = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "memory_limit": f"{memory_mb}MB",
            "threads": str(threads),
            "temp_directory": f"{folder}/spill",
            "preserve_insertion_order": "false",
        },
    )
    quoted = folder.replace("'", "''")
    engine.execute(f"SET allowed_directories = ['{quoted}/']")
    engine.execute("SET enable_external_access = false")
    engine.execute("SET TimeZone = 'UTC'")
    engine.execute("SET lock_configuration = true")
    return engine


def rows_in(engine: duckdb.DuckDBPyConnection, files: Sequence[str]) -> duckdb.DuckDBPyRelation:
    """All rows of these Parquet files; their columns are matched by name, for an older file may lack one."""
    return engine.read_parquet(list(files), union_by_name=True)


def lines_in(engine: duckdb.DuckDBPyConnection, lines: str, *, columns: Mapping[str, str]) -> duckdb.DuckDBPyRelation:
    """The rows of a file with lines of CSV; an empty text is an empty text."""
    return engine.read_csv(lines, header=False, auto_detect=False, columns=dict(columns), na_values="\\N")


def keep(engine: duckdb.DuckDBPyConnection, rows: duckdb.DuckDBPyRelation, *, target: str, sorted_by: Sequence[str]) -> int:
    """Make the Parquet file `target` of `rows`; returns how many it holds, as it says itself."""
    order = ", ".join(f'"{name}"' for name in sorted_by)
    (rows.order(order) if order else rows).write_parquet(target, compression="zstd", row_group_size=ROWS_IN_A_GROUP)
    return int(rows_in(engine, [target]).count("*").fetchall()[0][0])
