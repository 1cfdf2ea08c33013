"""Every address of the studio, read from its URLconf, so that a new screen is tested before anybody thinks of it.

A parameter is filled in by its name: ids come from rows that the test made, other values from `SAMPLES`. A route with a parameter
that is in neither fails its test: add it here, or the row to `tests/studio/rows.py`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.urls import URLPattern, URLResolver, get_resolver

from leadstone.domains.access.rules import Right
from leadstone.studio.shell.gate import NEEDED, OPEN

SAMPLES: Mapping[str, int | str] = {
    "number": 1,
    "version": 0,
    "day": "2026-11-02",
    "shape": "wide",
    "seconds": 0,
    "days": 1,
    "moment": 1,
    "mail_id": "1700000000.test",
    # Rows that hang on one of those above: the address is closed by that one.
    "note_id": 1,
    "host_id": 1,
    "host": "www.example.com",
    "other_day_id": 1,
    "feed_id": 1,
    "rule_id": 1,
    "answer_id": 1,
    "source_id": 1,
    "spelling_id": 1,
    "cost_id": 1,
    "recall_id": 1,
    "hand_over_id": 1,
    "name": "studio.css",
    "parcel_ids": "1-2",
    "before": "new",
    "after": "working",
    "verdict": "yes",
    "arm": "b",
    "token": "no-token-that-was-ever-made",
    "told": "no-answer-that-was-ever-given",
}
# What has an owner and is seen by reach: whoever cannot reach the row gets 404.
OWNED = frozenset({"lead_id", "deal_id", "activity_id", "booking_id", "company_id", "contact_id", "voice_id"})


@dataclass(frozen=True, slots=True)
class Route:
    """`path` has its parameters filled in. `right` None and not `is_open`: nobody thought about who may open it."""

    name: str
    path: str
    right: Right | None
    is_open: bool
    parameters: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return self.name or self.path


def routes(ids: Mapping[str, int | str]) -> list[Route]:
    """Each route of the studio once. `ids`: parameter → an existing row's id."""
    return list(_under(get_resolver("leadstone.project.urls_studio"), "/", SAMPLES | dict(ids)))


def _under(resolver: URLResolver, prefix: str, values: Mapping[str, int | str]) -> Iterator[Route]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _under(each, prefix + str(each.pattern), values)
        elif isinstance(each, URLPattern):
            yield Route(
                name=each.name or "",
                path=_filled(prefix + str(each.pattern), each, values),
                right=getattr(each.callback, NEEDED, None),
                is_open=bool(getattr(each.callback, OPEN, False)),
                parameters=frozenset(each.pattern.converters),
            )


def _filled(path: str, route: URLPattern, values: Mapping[str, int | str]) -> str:
    for name, converter in route.pattern.converters.items():
        assert name in values, f"{path}: tests/studio/routes.py has no sample for <{name}>"
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        path = path.replace(f"<{kind}:{name}>", str(values[name])).replace(f"<{name}>", str(values[name]))
    assert "<" not in path, path
    return path
