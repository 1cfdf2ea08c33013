"""The only writes of inbound: here what became of whoever came through the doors, and hosts; of the doors in `doors`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from leadstone.domains.inbound.events import HostsChanged
from leadstone.domains.inbound.models import AllowedHost, AskedBox, Delivery
from leadstone.domains.inbound.rules import MOST_WORDINGS, PAYLOADS, Because, Box, Said, State, Told
from leadstone.domains.inbound.rules.boxes import Means, encode_said
from leadstone.infra.outbox import services as outbox
from leadstone.infra.sealed_text import seal_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a delivery. `due_at` only for WAITING."""

    state: State
    because: Because | None = None
    lead_id: int | None = None
    unused: tuple[str, ...] = ()
    due_at: datetime | None = None


@transaction.atomic
def keep(door_id: int, said: Sequence[Said], *, body: bytes, is_test: bool = False, now: datetime) -> int:
    """Keep who was handed over until it is taken in; whoever came before is not kept again. Returns how many are new."""
    digest = sha256(body).hexdigest()
    came = set(
        Delivery.objects.filter(door_id=door_id, provider_id__in=[each.provider_id for each in said]).values_list(
            "provider_id", flat=True
        )
    )
    fresh = {each.provider_id: each for each in said if each.provider_id not in came}
    Delivery.objects.bulk_create(
        [
            Delivery(
                door_id=door_id,
                provider_id=each.provider_id,
                received_at=now,
                said_at=min(each.at or now, now),
                state=State.WAITING.value,
                is_test=is_test or each.is_test,
                digest=digest,
                sealed=_sealed(each.fields, each.boxes),
                fetch=each.fetch,
                due_at=now,
            )
            for each in fresh.values()
        ],
        # The same request may arrive twice at the same moment.
        ignore_conflicts=True,
    )
    note_boxes(door_id, [box for each in fresh.values() for box in each.boxes], now=now)
    return len(fresh)


@transaction.atomic
def note_boxes(door_id: int, boxes: Sequence[Box], *, now: datetime) -> None:
    """Words that stood beside boxes there, so that somebody can say what a tick beside them allows. A door has only so many."""
    if not boxes:
        return
    known = set(AskedBox.objects.filter(door_id=door_id).values_list("digest", flat=True))
    rows = {
        box_digest(box): AskedBox(
            door_id=door_id, digest=box_digest(box), words=box.words, language=box.language, free=box.free, seen_at=now
        )
        for box in boxes
        if len(known) < MOST_WORDINGS or box_digest(box) in known
    }
    AskedBox.objects.bulk_create(
        rows.values(), update_conflicts=True, unique_fields=["door", "digest"], update_fields=["seen_at"]
    )


@transaction.atomic
def say_box(door_id: int, *, box_id: int, means: Means) -> bool:
    """From now on a tick beside these words allows this; False for words of another door, and for what is no free choice."""
    rows = AskedBox.objects.filter(pk=box_id, door_id=door_id)
    if means.allows is not None:
        rows = rows.filter(free=True)
    return rows.update(means=means.value) == 1


@transaction.atomic
def take(delivery_id: int) -> bool:
    """Whether the delivery still waits; nobody else settles it until this transaction ends."""
    waiting = Delivery.objects.select_for_update().filter(pk=delivery_id, state=State.WAITING.value)
    return waiting.values_list("pk", flat=True).first() is not None


@transaction.atomic
def note_fetched(delivery_id: int, told: Told, *, now: datetime) -> None:
    """The provider's server told the rest."""
    waiting = Delivery.objects.select_for_update().filter(pk=delivery_id, state=State.WAITING.value).first()
    if waiting is None:
        return
    waiting.sealed, waiting.fetch, waiting.fetched_at = _sealed(told.fields, told.boxes), "", now
    waiting.is_test = waiting.is_test or told.is_test
    waiting.save(update_fields=["sealed", "fetch", "fetched_at", "is_test"])
    note_boxes(waiting.door_id, told.boxes, now=now)


@transaction.atomic
def put_off(delivery_id: int, *, because: Because, until: datetime) -> None:
    """Nobody is asked until then; it is not the fault of this one, and no attempt."""
    waiting = Delivery.objects.filter(pk=delivery_id, state=State.WAITING.value)
    waiting.update(because=because.value, due_at=until)


@transaction.atomic
def note_attempt(delivery_id: int, fate: Fate) -> None:
    """The provider's server was asked in vain."""
    waiting = Delivery.objects.filter(pk=delivery_id, state=State.WAITING.value)
    waiting.update(attempts=F("attempts") + 1, **_told(fate))


@transaction.atomic
def settle(delivery_id: int, fate: Fate) -> None:
    Delivery.objects.filter(pk=delivery_id, state=State.WAITING.value).update(unused=list(fate.unused), **_told(fate))


@transaction.atomic
def try_again(delivery_id: int, *, now: datetime) -> bool:
    """Let what was refused or failed wait once more; False when it is neither, or what was said has been deleted."""
    rows = Delivery.objects.filter(pk=delivery_id, state__in=[State.REFUSED.value, State.FAILED.value]).exclude(sealed="")
    return rows.update(state=State.WAITING.value, because="", due_at=now, attempts=0) == 1


@transaction.atomic
def forget_said(*, before: datetime, references_before: datetime) -> int:
    """Delete what was said in deliveries that came before that moment; who still waited comes to nothing.

    Of an id alone nothing was said; it is kept until the provider's own server would tell nothing either.
    """
    came = Coalesce("fetched_at", "received_at")
    rows = Delivery.objects.exclude(sealed="").alias(came=came)
    old = rows.filter(Q(came__lt=before, fetch="") | Q(came__lt=references_before))
    old.filter(state=State.WAITING.value).update(state=State.FAILED.value, because=Because.RUN_OUT.value, due_at=None)
    return old.update(sealed="", fetch="")


@transaction.atomic
def allow_host(host: str, *, by: int | None, now: datetime) -> bool:
    """From now on pages of this host, as `read_host` gives it, may show our forms; False when they might before."""
    _row, is_new = AllowedHost.objects.get_or_create(host=host, defaults={"added_at": now, "added_by_id": by})
    if is_new:
        outbox.record(HostsChanged(), at=now)
    return is_new


@transaction.atomic
def forbid_host(host: str, *, now: datetime) -> bool:
    """False when pages of this host might not anyway."""
    gone, _each = AllowedHost.objects.filter(host=host).delete()
    if gone:
        outbox.record(HostsChanged(), at=now)
    return bool(gone)


def box_digest(box: Box) -> str:
    """The name of exactly these words, asked in this way."""
    return sha256(f"{box.free}\n{box.words}".encode()).hexdigest()


def _sealed(fields: Mapping[str, str], boxes: Sequence[Box]) -> str:
    return seal_text(encode_said(fields, boxes), purpose=PAYLOADS)


def _told(fate: Fate) -> dict[str, object]:
    return {
        "state": fate.state.value,
        "because": fate.because.value if fate.because else "",
        "lead_id": fate.lead_id,
        "due_at": fate.due_at,
    }
