"""When a device may be paired, and what becomes of an entry."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

LONGEST_NAME = 80
PAIRING_LASTS = timedelta(minutes=15)
# Longer than a toast stays, for whoever has the page still open.
BACK_WITHIN = timedelta(minutes=10)
# What came after a revocation, or could not be read, waits so long for somebody to decide.
HELD_FOR = timedelta(days=30)
QUIET_AFTER = timedelta(minutes=20)  # a device that is open tells of itself every few minutes


class EntryKind(StrEnum):
    VISIT = "visit"  # a visitor sent the form
    CARD = "card"  # a member of staff took down a business card
    RATING = "rating"  # what a member of staff thinks of the last visit


class EntryState(StrEnum):
    TAKEN = "taken"
    EARLY = "early"  # a rating whose visit has not arrived
    HELD = "held"  # came after the device was revoked: a person decides
    UNREADABLE = "unreadable"  # kept sealed; a later version may read it
    DISCARDED = "discarded"


# Those whose sealed bytes are still here.
KEPT_SEALED = frozenset({EntryState.EARLY, EntryState.HELD, EntryState.UNREADABLE})


class Unreadable(StrEnum):
    """Why an entry has no effect."""

    SEALED_FOR_OTHERS = "sealed_for_others"  # damaged, or sealed with another key
    NO_ENTRY = "no_entry"  # opened, and of no shape that we know
    UNFIT = "unfit"  # its form breaks the rules of its magnet
    OTHER_MAGNET = "other_magnet"
    NOBODY_TO_REACH = "nobody_to_reach"


class Rating(StrEnum):
    HOT = "hot"
    WARM = "warm"
    COLD = "cold"


class Standing(StrEnum):
    """How a device stands now."""

    REVOKED = "revoked"
    UNPAIRED = "unpaired"  # its link waits to be opened
    LAPSED = "lapsed"  # its link was not opened in time
    QUIET = "quiet"
    AWAKE = "awake"


def standing_of(
    *,
    paired_at: datetime | None,
    pairing_until: datetime | None,
    seen_at: datetime | None,
    revoked_at: datetime | None,
    now: datetime,
) -> Standing:
    if revoked_at is not None:
        return Standing.REVOKED
    if paired_at is None:
        return Standing.UNPAIRED if pairing_until is not None and now < pairing_until else Standing.LAPSED
    return Standing.AWAKE if seen_at is not None and now - seen_at < QUIET_AFTER else Standing.QUIET


def collected_at(device_at: int, *, clock: int, arrived_at: datetime) -> datetime:
    """When an entry was collected by our clock. `device_at`, `clock`: the device's own time then and as it sent (milliseconds).

    A clock that is wrong is wrong by the same amount both times; never later than it arrived, never years before.
    """
    ago = timedelta(milliseconds=min(max(0, clock - device_at), 400 * 86_400_000))
    return arrived_at - ago


def told_time(milliseconds: int) -> datetime | None:
    """What a device's own clock said; None for what no clock says."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
    except (ValueError, OverflowError, OSError):
        return None
