"""The sign of the house: a compass needle."""

_SIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22" fill="none" stroke="{colour}" stroke-width="1.8">'
    '<circle cx="11" cy="11" r="9.4"/><path d="M11 3.5 13.8 11 11 18.5 8.2 11Z" fill="{colour}" stroke="none"/></svg>'
)


def needle(colour: str) -> str:
    """The needle in a colour ("#rrggbb"), on nothing (SVG)."""
    return _SIGN.format(colour=colour)
