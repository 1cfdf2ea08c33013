"""How many page views a second the edge answers, beside a bare ASGI answer of the same size (promise P1)."""

from leadstone.project.bench.load import drive_apart, request
from leadstone.project.bench.stand import SLUG, get, stand

ROUNDS = 4
CONNECTIONS = 32
# Several requests on the way at once on each connection, so that the client is not what is measured.
PIPELINED = 8
LEAST_RATIO = 0.6


def measure(*, seconds: float) -> dict[str, object]:
    """`pages_per_s` and `limit_per_s` over `seconds` each, in interleaved rounds, and their `ratio`."""
    with stand() as servers:
        page_bytes = len(get(servers.edge, f"/m/{SLUG}"))
    headers = [
        ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
        ("Accept-Language", "pl,en;q=0.7"),
        ("Referer", "https://search.example/"),
    ]
    asked = [request("GET", f"/m/{SLUG}", host="127.0.0.1", headers=headers)]
    seen = limit = spent = spent_on_limit = 0.0
    with stand(body_bytes=page_bytes) as servers:
        for _ in range(ROUNDS):
            bare = drive_apart(servers.bare, asked, connections=CONNECTIONS, seconds=seconds / ROUNDS, pipelined=PIPELINED)
            edge = drive_apart(servers.edge, asked, connections=CONNECTIONS, seconds=seconds / ROUNDS, pipelined=PIPELINED)
            seen += edge.statuses.get(200, 0)
            limit += bare.statuses.get(200, 0)
            spent += edge.seconds
            spent_on_limit += bare.seconds
    pages_per_s, limit_per_s = seen / spent, limit / spent_on_limit
    return {
        "pages_per_s": round(pages_per_s),
        "limit_per_s": round(limit_per_s),
        "ratio": round(pages_per_s / limit_per_s, 3),
        "least_ratio": LEAST_RATIO,
        "page_bytes": page_bytes,
    }
