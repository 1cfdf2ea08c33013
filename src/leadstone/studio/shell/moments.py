"""A moment within an address, so that it undoes exactly what was done then."""

from datetime import UTC, datetime, timedelta

from django.http import Http404

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def as_number(at: datetime) -> int:
    """Microseconds since 1970."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def as_moment(number: int) -> datetime:
    """The moment that an address names, or 404."""
    try:
        return _EPOCH + timedelta(microseconds=number)
    except OverflowError as unknown:
        raise Http404 from unknown
