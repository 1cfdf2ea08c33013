"""The reading process of the bench: our measures, and the funnel as somebody would write it by hand."""

from collections.abc import Mapping
from typing import Any

import narwhals as nw

from leadstone.domains.insights.lake_child import MEASURES
from leadstone.infra.lake.child import Frame, Measure, serve

_PEOPLE = """
SELECT magnet_id, kind, count(*) AS people
FROM (
    SELECT lead, kind, any_value(magnet_id) AS magnet_id
    FROM (
        SELECT lead, kind, CAST("at" AS DATE) AS day, any_value(magnet_id) AS magnet_id
        FROM facts
        WHERE NOT is_machine AND lead <> 0 AND kind NOT IN ('touch', 'touch_offline')
        GROUP BY ALL
        HAVING sum(number) > 0
    )
    GROUP BY lead, kind
)
GROUP BY magnet_id, kind
"""


def _people_in_sql(facts: Frame, _fresh: Frame, _told: Mapping[str, Any]) -> Frame:
    counted: Frame = nw.from_native(facts.to_native().query("facts", _PEOPLE))
    return counted


if __name__ == "__main__":
    serve({**MEASURES, "people_in_sql": Measure(_people_in_sql)})
