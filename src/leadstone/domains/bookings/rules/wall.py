"""Hours as they are kept and typed: "9:00-12:30, 13-17"."""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from leadstone.domains.bookings.rules.times import GRANULE_MINUTES, MIDNIGHT, WallSpan

# Whoever has not said where they are works here, as `kernel.phone` reads numbers without a country code.
HOME_ZONE = "Europe/Warsaw"
MOST_SPANS = 6
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|—|do|to)\s*(\d{1,2})(?:[:.](\d{2}))?")
WEEKDAYS = range(1, 8)

OFFICE_HOURS: Mapping[int, Sequence[WallSpan]] = {day: ((time(9), time(16)),) for day in range(1, 6)}


class UnclearHours(ValueError):
    """Text that is no list of spans."""


def read_spans(text: str) -> tuple[WallSpan, ...]:
    """The spans in what somebody typed, in order; none in an empty text. Raises `UnclearHours`."""
    spans = []
    for part in re.split(r"[,;\n]+", text):
        if not part.strip():
            continue
        found = _SPAN.fullmatch(part.strip())
        if found is None:
            raise UnclearHours(part.strip())
        spans.append((_clock(found[1], found[2]), _clock(found[3], found[4])))
    spans.sort()
    _check(spans)
    return tuple(spans)


def written(spans: Sequence[WallSpan]) -> str:
    """Spans as one types them."""
    return ", ".join(f"{begin:%H:%M}–{'24:00' if end == MIDNIGHT else f'{end:%H:%M}'}" for begin, end in spans)


def stored(hours: Mapping[int, Sequence[WallSpan]]) -> dict[str, list[list[str]]]:
    """Hours as JSON keeps them."""
    return {str(day): stored_spans(spans) for day, spans in hours.items() if spans}


def stored_spans(spans: Sequence[WallSpan]) -> list[list[str]]:
    return [[f"{begin:%H:%M}", f"{end:%H:%M}"] for begin, end in spans]


def read_stored(kept: Mapping[str, Any]) -> dict[int, tuple[WallSpan, ...]]:
    """Hours as `stored` wrote them."""
    return {int(day): read_stored_spans(spans) for day, spans in kept.items()}


def read_stored_spans(kept: Sequence[Sequence[str]]) -> tuple[WallSpan, ...]:
    return tuple((time.fromisoformat(begin), time.fromisoformat(end)) for begin, end in kept)


def _clock(hour: str, minute: str | None) -> time:
    hours, minutes = int(hour), int(minute or 0)
    if (hours, minutes) == (24, 0):
        return MIDNIGHT
    if hours > 23 or minutes > 59 or minutes % GRANULE_MINUTES:
        raise UnclearHours(f"{hour}:{minute or '00'}")
    return time(hours, minutes)


def _check(spans: Sequence[WallSpan]) -> None:
    ends = [end.hour * 60 + end.minute if end != MIDNIGHT else 24 * 60 for _, end in spans]
    begins = [begin.hour * 60 + begin.minute for begin, _ in spans]
    backwards = any(begin >= end for begin, end in zip(begins, ends, strict=True))
    overlapping = any(begin < end for begin, end in zip(begins[1:], ends, strict=False))
    if backwards or overlapping or len(spans) > MOST_SPANS:
        raise UnclearHours(written(spans))
