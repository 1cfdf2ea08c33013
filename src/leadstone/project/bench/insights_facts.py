"""A made-up house of two years: its facts as Parquet files, a month each.

Of ten events six are views and starts, which nobody did by name, and four are steps of one lead.
"""

from pathlib import Path

import duckdb

from leadstone.domains.insights.rules.facts import COLUMNS

_FACTS = """
WITH drawn AS (
    SELECT range AS n, range % 10 AS place, range // 10 AS block, hash(range) AS h, hash(range // 10) AS of_lead
    FROM range({events})
),
told AS (
    SELECT *, place < 6 AS nobody, CASE WHEN place < 6 THEN h ELSE of_lead END AS chance FROM drawn
)
SELECT
    TIMESTAMP '2025-01-01' + to_days((chance % 700)::INT + (CASE WHEN nobody THEN 0 ELSE place - 6 END)::INT)
        + to_milliseconds((h % 80_000_000)::BIGINT) AS at,
    CASE
        WHEN nobody THEN CASE WHEN h % 5 = 0 THEN 'start' ELSE 'view' END
        WHEN place = 6 THEN 'submit'
        WHEN place = 7 THEN CASE WHEN of_lead % 3 < 2 THEN 'confirmed' ELSE 'unsubscribed' END
        WHEN place = 8 THEN CASE WHEN of_lead % 4 < 2 THEN 'delivered' ELSE 'rated_yes' END
        WHEN of_lead % 11 = 0 THEN 'won'
        WHEN of_lead % 4 = 0 THEN 'qualified'
        ELSE 'meeting'
    END AS kind,
    CASE WHEN nobody THEN 0 ELSE (hash(block) >> 2)::BIGINT + 1 END AS lead,
    CASE WHEN nobody THEN 0 ELSE (hash(block // 2) >> 3)::BIGINT + 1 END AS person,
    (chance % 40)::BIGINT + 1 AS magnet_id,
    (chance % 40)::BIGINT + 1 AS version_id,
    (chance % 12)::BIGINT AS campaign_id,
    0::BIGINT AS link_id,
    0::BIGINT AS post_id,
    0::BIGINT AS supplier_id,
    ['search', 'facebook', 'direct', 'email', 'trade_fair'][(chance % 5)::INT + 1] AS channel,
    '' AS variant,
    nobody AND h % 7 = 0 AS is_machine,
    1::BIGINT AS number,
    CASE WHEN place = 9 AND of_lead % 11 = 0 THEN (of_lead % 500_000)::BIGINT ELSE 0 END AS amount_minor,
    CASE WHEN place = 9 AND of_lead % 11 = 0 THEN 'PLN' ELSE '' END AS currency
FROM told
"""


def make_files(folder: Path, *, events: int) -> list[str]:
    """Write `events` facts into `folder`; returns the paths of the files."""
    folder.mkdir(parents=True)
    engine = duckdb.connect(config={"temp_directory": str(folder / "spill"), "preserve_insertion_order": "false"})
    facts = engine.sql(_FACTS.format(events=events)).select(
        *COLUMNS, duckdb.SQLExpression("strftime(\"at\", '%Y-%m')").alias("month")
    )
    facts.write_parquet(
        str(folder), compression="zstd", row_group_size=131_072, partition_by=["month"], write_partition_columns=False
    )
    engine.close()
    return [_named_by_month(folder, path) for path in sorted(folder.glob("month=*/*.parquet"))]


def _named_by_month(folder: Path, path: Path) -> str:
    """Where a worker would have put the file."""
    month = folder / path.parent.name.removeprefix("month=")
    month.mkdir(exist_ok=True)
    return str(path.rename(month / path.name))
