"""Showing a letter's HTML as its reader sees it, while it can do nothing to us."""

from django.http import HttpResponse

# Mail programs know inline styles only, so this one answer allows them. `sandbox` without allow-scripts and
# allow-same-origin holds even when somebody opens the address by itself.
POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data: {public_url}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
BASE = '<base target="_blank">'


def framed(html: str, *, public_url: str) -> HttpResponse:
    """`html` under a policy of its own; every link leads to a new tab."""
    response = HttpResponse(BASE + html, content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = POLICY.format(public_url=public_url)
    response["Cache-Control"] = "no-store"
    return response
