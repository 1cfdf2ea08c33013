"""The only writes of inbound: doors, and what became of whoever came through them."""

import json
import secrets
from base64 import b32encode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import F

from leadstone.domains.inbound.events import HostsChanged
from leadstone.domains.inbound.models import AllowedHost, Delivery, Door
from leadstone.domains.inbound.rules import LONGEST_NAME, PAYLOADS, SECRETS, Because, ProviderName, Said, State, Turned
from leadstone.domains.inbound.rules.fields import Ours
from leadstone.infra.outbox import services as outbox
from leadstone.infra.sealed_text import seal_text
from leadstone.kernel.ids import new_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A door as somebody wants it. `secret`: the provider's own; empty makes one. `basis` empty keeps people in quarantine."""

    provider: ProviderName
    name: str
    language: str
    campaign_id: int | None = None
    magnet_id: int | None = None
    basis: str = ""
    secret: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """`secret` is shown now and never again."""

    door_id: int
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of a delivery. `due_at` only for WAITING."""

    state: State
    because: Because | None = None
    lead_id: int | None = None
    unused: tuple[str, ...] = ()
    due_at: datetime | None = None


@transaction.atomic
def make_door(wish: Wish, *, by: int | None, now: datetime) -> Made:
    secret = wish.secret.strip() or "whsec_" + b64encode(secrets.token_bytes(32)).decode()
    token = wish.token.strip()
    row = Door.objects.create(
        key=_mail_key() if wish.provider is ProviderName.MAIL else new_ref(),
        provider=wish.provider.value,
        name=wish.name.strip()[:LONGEST_NAME],
        campaign_id=wish.campaign_id,
        magnet_id=wish.magnet_id,
        sealed_secret=seal_text(secret, purpose=SECRETS),
        sealed_token=seal_text(token, purpose=SECRETS) if token else "",
        basis=wish.basis,
        language=wish.language[:8],
        made_at=now,
        made_by_id=by,
    )
    return Made(door_id=row.pk, secret=secret)


@transaction.atomic
def pause(door_id: int, *, now: datetime) -> bool:
    """From now on the door takes nobody in; False when it did not before."""
    return Door.objects.filter(pk=door_id, is_active=True).update(is_active=False, paused_at=now) == 1


@transaction.atomic
def resume(door_id: int) -> bool:
    return Door.objects.filter(pk=door_id, is_active=False).update(is_active=True, paused_at=None) == 1


@transaction.atomic
def say_meaning(door_id: int, *, field: str, means: Ours | None) -> None:
    """From now on the provider's field says this; None leaves it to its usual name."""
    row = Door.objects.select_for_update().get(pk=door_id)
    mapping = dict(row.mapping)
    if means is None:
        mapping.pop(field, None)
    else:
        mapping[field] = means.value
    Door.objects.filter(pk=door_id).update(mapping=mapping)


@transaction.atomic
def note_turned_away(door_id: int, *, because: Turned, now: datetime) -> None:
    Door.objects.filter(pk=door_id).update(turned_away=F("turned_away") + 1, turned_at=now, turned_because=because.value)


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
                sealed=_sealed(each.fields),
                fetch=each.fetch,
                due_at=now,
            )
            for each in fresh.values()
        ],
        # The same request may arrive twice at the same moment.
        ignore_conflicts=True,
    )
    return len(fresh)


@transaction.atomic
def take(delivery_id: int) -> bool:
    """Whether the delivery still waits; nobody else settles it until this transaction ends."""
    waiting = Delivery.objects.select_for_update().filter(pk=delivery_id, state=State.WAITING.value)
    return waiting.values_list("pk", flat=True).first() is not None


@transaction.atomic
def note_fetched(delivery_id: int, fields: Mapping[str, str]) -> None:
    """The provider's server told the rest."""
    waiting = Delivery.objects.filter(pk=delivery_id, state=State.WAITING.value)
    waiting.update(sealed=_sealed(fields), fetch="")


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
def forget_said(*, before: datetime) -> int:
    """Delete what was said in deliveries that came before that moment; who still waited comes to nothing."""
    old = Delivery.objects.filter(received_at__lt=before).exclude(sealed="")
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


def _mail_key() -> str:
    """80 random bits in letters of one case and digits: mail servers keep no case, and people type it."""
    return b32encode(secrets.token_bytes(10)).decode().lower()


def _sealed(fields: Mapping[str, str]) -> str:
    return seal_text(json.dumps(dict(fields)), purpose=PAYLOADS)


def _told(fate: Fate) -> dict[str, object]:
    return {
        "state": fate.state.value,
        "because": fate.because.value if fate.because else "",
        "lead_id": fate.lead_id,
        "due_at": fate.due_at,
    }
