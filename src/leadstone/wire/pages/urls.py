"""Where the public pages find what they need, all on their own host."""


def static(name: str) -> str:
    """A built asset, or a picture of the bundle by its storage name."""
    return f"/s/{name}"


def magnet(slug: str) -> str:
    return f"/m/{slug}"


def thanks(slug: str, ref: str) -> str:
    return f"/m/{slug}/thanks/{ref}"


def framed(slug: str) -> str:
    """The same within somebody else's page."""
    return f"/m/{slug}/embed"


def framed_thanks(slug: str, ref: str) -> str:
    return f"/m/{slug}/embed/{ref}"


def times(slug: str) -> str:
    """Where a time is chosen."""
    return f"/book/{slug}"


def confirm(token: str) -> str:
    return f"/c/{token}"


def delivery(token: str) -> str:
    return f"/d/{token}"


def leave(token: str) -> str:
    return f"/u/{token}"


def rate(token: str) -> str:
    return f"/rate/{token}"
