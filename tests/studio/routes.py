"""Every address of the studio, read from its URLconf, so that a new screen is tested before anybody thinks of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

# What the addresses below are filled in with; a route with a parameter that is not here fails its test.
SAMPLES = {
    "number": "1",
    "point_id": "1",
    "activity_id": "1",
    "seconds": "1",
    "token": "nobody-minted-this",
    "evidence_id": "1",
    "promotion_id": "1",
    "mail_id": "1700000000.test",
    "name": "studio.css",
    "before": "new",
    "after": "working",
}
OPEN_TO_ALL = {
    "livez",
    "language",
    "metrics",
    "calendar_feed",
    "set_up",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
    "account_reauthenticate",
}


@dataclass(frozen=True, slots=True)
class Route:
    """`path` has its parameters filled in."""

    name: str
    path: str


def routes(ids: dict[str, int]) -> Iterator[Route]:
    """Each route of the studio once. `ids`: parameter → an existing row's id."""
    yield from _under(get_resolver("leadstone.project.urls_studio"), "/", ids)


def _under(resolver: URLResolver, prefix: str, ids: dict[str, int]) -> Iterator[Route]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _under(each, prefix + str(each.pattern), ids)
        elif isinstance(each, URLPattern):
            yield Route(each.name or "", _filled(prefix + str(each.pattern), each, ids))


def _filled(path: str, route: URLPattern, ids: dict[str, int]) -> str:
    for name, converter in route.pattern.converters.items():
        value = ids.get(name) or SAMPLES[name]
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        path = path.replace(f"<{kind}:{name}>", str(value)).replace(f"<{name}>", str(value))
    assert "<" not in path, path
    return path
