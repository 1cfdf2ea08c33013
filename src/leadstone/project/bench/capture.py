"""How many durable submissions a second the edge takes with all its checks, beside a bare application's (promise P1)."""

import re
import time
from urllib.parse import urlencode

from leadstone.project.bench.load import drive_apart, request
from leadstone.project.bench.stand import LIFTED, SLUG, get, stand

ROUNDS = 4
CONNECTIONS = 128
FORMS = 1000
LEAST_FILL_SECONDS = 1.6  # a form that is sent sooner is taken for a program's
LEAST_RATIO = 0.5
_TOKEN = re.compile(rb'name="token" value="([^"]+)"')


def measure(*, seconds: float) -> dict[str, object]:
    """`captures_per_s` and `limit_per_s` over `seconds` each, in interleaved rounds, and their `ratio`."""
    captured = limit = spent = spent_on_limit = 0.0
    refused = 0
    with stand() as servers:
        posts = _posts(servers.edge)
        time.sleep(LEAST_FILL_SECONDS)
        for _ in range(ROUNDS):
            bare = drive_apart(servers.bare, posts, connections=CONNECTIONS, seconds=seconds / ROUNDS)
            edge = drive_apart(servers.edge, posts, connections=CONNECTIONS, seconds=seconds / ROUNDS)
            captured += edge.statuses.get(303, 0)
            refused += sum(count for status, count in edge.statuses.items() if status != 303)
            limit += bare.statuses.get(303, 0)
            spent += edge.seconds
            spent_on_limit += bare.seconds
    captures_per_s, limit_per_s = captured / spent, limit / spent_on_limit
    return {
        "captures_per_s": round(captures_per_s),
        "limit_per_s": round(limit_per_s),
        "ratio": round(captures_per_s / limit_per_s, 3),
        "least_ratio": LEAST_RATIO,
        "refused": refused,
        "connections": CONNECTIONS,
        "note": LIFTED,
    }


def _posts(edge: tuple[str, int]) -> list[bytes]:
    """Forms that people might have sent: each with a token of its own page view and another address."""
    posts = []
    for number in range(FORMS):
        token = _TOKEN.search(get(edge, f"/m/{SLUG}"))
        if token is None:
            raise RuntimeError("the page has no form")
        body = urlencode(
            {
                "token": token[1].decode(),
                "origin": "source=newsletter&campaign=spring",
                "email": f"ann.{number}@company{number}.example.com",
                "name": "Żaneta Łęcka",
                "consent": "newsletter-email",
                "website": "",
            }
        )
        headers = [
            ("Content-Type", "application/x-www-form-urlencoded"),
            ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
            ("Accept-Language", "pl,en;q=0.7"),
        ]
        posts.append(request("POST", f"/m/{SLUG}", host="127.0.0.1", body=body.encode(), headers=headers))
    return posts
