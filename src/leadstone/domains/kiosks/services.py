"""The only writes of kiosks: devices, and what became of their entries."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from leadstone.domains.kiosks.events import KiosksChanged
from leadstone.domains.kiosks.models import Kiosk, KioskEntry
from leadstone.domains.kiosks.rules import BACK_WITHIN, KEPT_SEALED, LONGEST_NAME, PAIRING_LASTS, EntryKind, EntryState, told_time
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.ids import new_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A device as somebody wants it. `collector_id` answers for what is agreed to on it."""

    name: str
    magnet_id: int
    campaign_id: int | None
    language: str
    collector_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """`secret` opens the pairing once; it is kept nowhere."""

    kiosk_id: int
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """An entry as it came. `clock`: what the device's clock said as it sent."""

    kiosk_id: int
    key: str
    sealed: bytes
    clock: int
    arrived_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of an entry."""

    state: EntryState
    kind: EntryKind | None = None
    because: str = ""
    device_at: int | None = None  # milliseconds
    collected_at: datetime | None = None
    lead_id: int | None = None


@transaction.atomic
def make_kiosk(wish: Wish, *, now: datetime) -> Made:
    """A device that waits for its link to be opened on it."""
    secret = secrets.token_urlsafe(24)
    row = Kiosk.objects.create(
        key=new_ref(),
        name=wish.name.strip()[:LONGEST_NAME],
        campaign_id=wish.campaign_id,
        magnet_id=wish.magnet_id,
        language=wish.language[:8],
        collector_id=wish.collector_id,
        made_at=now,
        pairing_digest=_digest(secret),
        pairing_until=now + PAIRING_LASTS,
    )
    return Made(kiosk_id=row.pk, secret=secret)


@transaction.atomic
def new_link(kiosk_id: int, *, now: datetime) -> Made | None:
    """Another link for a device that was never paired; the one before opens nothing any more. None for any other device."""
    secret = secrets.token_urlsafe(24)
    unpaired = Kiosk.objects.filter(pk=kiosk_id, paired_at=None, revoked_at=None)
    given = unpaired.update(pairing_digest=_digest(secret), pairing_until=now + PAIRING_LASTS)
    return Made(kiosk_id=kiosk_id, secret=secret) if given else None


@transaction.atomic
def pair(secret: str, *, public_key: str, now: datetime) -> str | None:
    """The key of the device that opened its link in time; None when the link opens nothing.

    The same device may ask again, should the answer have been lost on its way; another one finds the link used.
    """
    asked = Kiosk.objects.filter(pairing_digest=_digest(secret), pairing_until__gt=now, revoked_at=None)
    if asked.filter(public_key="").update(public_key=public_key, paired_at=now, seen_at=now):
        row = asked.get()
        outbox.record(KiosksChanged(kiosk_id=row.pk), at=now)
        return row.key
    return asked.filter(public_key=public_key).values_list("key", flat=True).first()


@transaction.atomic
def revoke(kiosk_id: int, *, by: int, now: datetime) -> bool:
    """From now on the device collects nothing; False when it was revoked before."""
    if not Kiosk.objects.filter(pk=kiosk_id, revoked_at=None).update(revoked_at=now, revoked_by=by):
        return False
    outbox.record(KiosksChanged(kiosk_id=kiosk_id), at=now)
    return True


@transaction.atomic
def take_back_revocation(kiosk_id: int, *, now: datetime) -> bool:
    """False when it is too late, or was never revoked."""
    lately = Kiosk.objects.filter(pk=kiosk_id, revoked_at__gt=now - BACK_WITHIN)
    if not lately.update(revoked_at=None, revoked_by=None):
        return False
    outbox.record(KiosksChanged(kiosk_id=kiosk_id), at=now)
    return True


@transaction.atomic
def note_seen(kiosk_id: int, *, waiting: int, at: datetime) -> None:
    """The device told of itself; an older telling that arrives late changes nothing."""
    Kiosk.objects.filter(pk=kiosk_id).exclude(seen_at__gt=at).update(seen_at=at, waiting=waiting)


@transaction.atomic
def hold(kiosk_id: int) -> None:
    """Whoever takes in entries of the same device waits until this transaction ends."""
    Kiosk.objects.select_for_update().filter(pk=kiosk_id).values_list("pk", flat=True).first()


@transaction.atomic
def note_entry(entry: Arrived, fate: Fate) -> None:
    """Write down what became of an entry that had not arrived before (IntegrityError if it had)."""
    KioskEntry.objects.create(
        kiosk_id=entry.kiosk_id,
        key=entry.key,
        clock=entry.clock,
        arrived_at=entry.arrived_at,
        sealed=entry.sealed if fate.state in KEPT_SEALED else b"",
        **_told(fate),
    )


@transaction.atomic
def settle(entry_id: int, fate: Fate) -> None:
    """Something else became of an entry that was kept sealed."""
    rows = KioskEntry.objects.filter(pk=entry_id, state__in=[state.value for state in KEPT_SEALED])
    gone = {} if fate.state in KEPT_SEALED else {"sealed": b""}
    rows.update(**_told(fate), **gone)


@transaction.atomic
def discard_held(kiosk_id: int) -> int:
    """What came after the revocation is not wanted; returns how many entries that were."""
    rows = KioskEntry.objects.filter(kiosk_id=kiosk_id, state=EntryState.HELD.value)
    return rows.update(state=EntryState.DISCARDED.value, sealed=b"")


@transaction.atomic
def forget_sealed(*, before: datetime) -> int:
    """Empty what has been kept sealed since before that moment; returns how many entries that were."""
    rows = KioskEntry.objects.filter(state__in=[state.value for state in KEPT_SEALED], arrived_at__lt=before)
    return rows.update(state=EntryState.DISCARDED.value, sealed=b"")


def _told(fate: Fate) -> dict[str, object]:
    return {
        "state": fate.state.value,
        "kind": fate.kind.value if fate.kind else "",
        "because": fate.because,
        "device_at": told_time(fate.device_at) if fate.device_at is not None else None,
        "collected_at": fate.collected_at,
        "lead_id": fate.lead_id,
    }


def _digest(secret: str) -> str:
    # 192 random bits need no slow hash.
    return sha256(secret.encode()).hexdigest()
