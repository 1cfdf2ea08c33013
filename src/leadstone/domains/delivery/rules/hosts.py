"""From where mail may leave: a copy of an installation must not write to people whom the original writes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Arrival(StrEnum):
    """How a host came to a database."""

    FIRST = "first"  # nobody was there before
    UNKNOWN = "unknown"  # another machine or folder used this database before: a copy, or one more worker
    RESTORED = "restored"  # from a backup


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """What the database knows of a host."""

    fingerprint: str
    arrived_at: datetime
    because: Arrival
    seen_at: datetime
    admitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether mail may leave a host. In quarantine: since when (None: it has not even arrived) and why."""

    quarantine: bool
    because: Arrival | None = None
    since: datetime | None = None


def standing_of(fingerprint: str, known: Sequence[HostFacts]) -> Standing:
    """Where the host with this fingerprint stands among those that the database knows."""
    own = next((host for host in known if host.fingerprint == fingerprint), None)
    if own is None:
        restored = next((host for host in known if host.because is Arrival.RESTORED and host.admitted_at is None), None)
        return Standing(bool(known), (Arrival.RESTORED if restored else Arrival.UNKNOWN) if known else None)
    if own.admitted_at is not None:
        return Standing(False)
    return Standing(True, own.because, own.arrived_at)


def others_work(fingerprint: str, known: Sequence[HostFacts]) -> bool:
    """Whether an admitted host was seen after this one came: then the database is shared, and what waits in it is theirs to send.

    In a copy of a database nobody of the original is ever seen again.
    """
    own = next((host for host in known if host.fingerprint == fingerprint), None)
    return own is not None and any(
        host.admitted_at is not None and host.seen_at > own.arrived_at for host in known if host.fingerprint != fingerprint
    )
