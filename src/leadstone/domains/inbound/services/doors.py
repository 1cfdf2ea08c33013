"""Writes of doors: made, changed, paused; their secrets, and what troubles them."""

import secrets
from base64 import b32encode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from leadstone.domains.inbound.models import Delivery, Door
from leadstone.domains.inbound.rules import LONGEST_NAME, SECRETS, ProviderName, State, Trouble, Turned
from leadstone.domains.inbound.rules.fields import Ours
from leadstone.infra.sealed_text import seal_text
from leadstone.kernel.ids import new_ref

# What a change may change, and its undo brings back.
_CHANGED = ("name", "language", "campaign_id", "magnet_id", "channel", "basis", "sealed_token")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A door as somebody wants it. `secret`: the provider's own; empty makes one. `basis` empty keeps people in quarantine."""

    provider: ProviderName
    name: str
    language: str
    campaign_id: int | None = None
    magnet_id: int | None = None
    channel: str = ""
    basis: str = ""
    secret: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What may be other than before. `token` None leaves the one that is there; empty takes it away."""

    name: str
    language: str
    campaign_id: int | None = None
    magnet_id: int | None = None
    channel: str = ""
    basis: str = ""
    token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """`secret` is shown now and never again."""

    door_id: int
    secret: str


@transaction.atomic
def make_door(wish: Wish, *, by: int | None, now: datetime) -> Made:
    secret = wish.secret.strip() or _new_secret()
    token = wish.token.strip()
    row = Door.objects.create(
        key=_mail_key() if wish.provider is ProviderName.MAIL else new_ref(),
        provider=wish.provider.value,
        name=wish.name.strip()[:LONGEST_NAME],
        campaign_id=wish.campaign_id,
        magnet_id=wish.magnet_id,
        sealed_secret=seal_text(secret, purpose=SECRETS),
        sealed_token=seal_text(token, purpose=SECRETS) if token else "",
        channel=wish.channel,
        basis=wish.basis,
        language=wish.language[:8],
        made_at=now,
        made_by_id=by,
    )
    return Made(door_id=row.pk, secret=secret)


@transaction.atomic
def change(door_id: int, wanted: Change, *, now: datetime) -> bool:
    """Keep a door as somebody wants it now, and how it stood before; False when nothing is other. Another token asks at once."""
    row = Door.objects.select_for_update().get(pk=door_id)
    before = {name: getattr(row, name) for name in _CHANGED}
    after = before | {
        "name": wanted.name.strip()[:LONGEST_NAME],
        "language": wanted.language[:8],
        "campaign_id": wanted.campaign_id,
        "magnet_id": wanted.magnet_id,
        "channel": wanted.channel,
        "basis": wanted.basis,
    }
    token = wanted.token.strip() if wanted.token is not None else None
    if token is not None:
        after["sealed_token"] = seal_text(token, purpose=SECRETS) if token else ""
    if after == before:
        return False
    Door.objects.filter(pk=door_id).update(**after, before=before, changed_at=now)
    if token:
        ask_again(door_id, now=now)
    return True


@transaction.atomic
def change_back(door_id: int, *, changed_at: datetime, now: datetime) -> bool:
    """Undo that change; False when there was another one since."""
    row = Door.objects.select_for_update().filter(pk=door_id, changed_at=changed_at).first()
    before: dict[str, Any] = (row.before or {}) if row else {}
    if row is None or not before:
        return False
    Door.objects.filter(pk=door_id).update(**before, before=None, changed_at=None)
    if before["sealed_token"] and before["sealed_token"] != row.sealed_token:
        ask_again(door_id, now=now)
    return True


@transaction.atomic
def change_secret(door_id: int, *, secret: str, overlap: timedelta, now: datetime) -> Made:
    """Another secret from now on: `secret`, or one of ours when it is empty. The old one is accepted for `overlap` more."""
    row = Door.objects.select_for_update().get(pk=door_id)
    fresh = secret.strip() or _new_secret()
    row.sealed_old_secret, row.old_secret_until = (row.sealed_secret, now + overlap) if overlap else ("", None)
    row.sealed_secret, row.old_secret_used_at = seal_text(fresh, purpose=SECRETS), None
    row.save(update_fields=["sealed_secret", "sealed_old_secret", "old_secret_until", "old_secret_used_at"])
    return Made(door_id=door_id, secret=fresh)


@transaction.atomic
def swap_secrets(door_id: int, *, now: datetime) -> bool:
    """The old secret is the one again, and the new one is accepted for as long; False when no old one is accepted."""
    row = Door.objects.select_for_update().filter(pk=door_id, old_secret_until__gt=now).first()
    if row is None:
        return False
    row.sealed_secret, row.sealed_old_secret, row.old_secret_used_at = row.sealed_old_secret, row.sealed_secret, None
    row.save(update_fields=["sealed_secret", "sealed_old_secret", "old_secret_used_at"])
    return True


@transaction.atomic
def end_old_secret(door_id: int, *, now: datetime) -> bool:
    """Nobody gets in by it any more; False when nobody did."""
    rows = Door.objects.filter(pk=door_id, old_secret_until__gt=now)
    return rows.update(sealed_old_secret="", old_secret_until=None, old_secret_used_at=None) == 1


@transaction.atomic
def note_old_secret(door_id: int, *, now: datetime) -> None:
    """Somebody still signs by it."""
    Door.objects.filter(pk=door_id).update(old_secret_used_at=now)


@transaction.atomic
def forget_old_secrets(*, now: datetime) -> int:
    """What is accepted no more is not kept either."""
    over = Door.objects.filter(old_secret_until__lte=now)
    return over.update(sealed_old_secret="", old_secret_until=None, old_secret_used_at=None)


@transaction.atomic
def note_trouble(door_id: int, trouble: Trouble, *, asks_from: datetime, now: datetime) -> bool:
    """The provider's own server tells nothing until then; whether that is another trouble than before."""
    rows = Door.objects.filter(pk=door_id)
    is_new = rows.exclude(trouble=trouble.value).update(trouble=trouble.value, trouble_since=now) == 1
    rows.update(asks_from=asks_from)
    return is_new


@transaction.atomic
def note_task(door_id: int, *, activity_id: int | None) -> None:
    """Who minds the trouble has it among their tasks."""
    Door.objects.filter(pk=door_id).update(trouble_task_id=activity_id)


@transaction.atomic
def end_trouble(door_id: int) -> int | None:
    """The provider's own server tells us again; the task that minded the trouble, if there is one."""
    row = Door.objects.select_for_update().get(pk=door_id)
    task_id = row.trouble_task_id
    Door.objects.filter(pk=door_id).update(trouble="", trouble_since=None, asks_from=None, trouble_task_id=None)
    return task_id


@transaction.atomic
def ask_again(door_id: int, *, now: datetime) -> int:
    """Whoever is still to be asked after is asked after at once, given up or not; returns how many those are."""
    Door.objects.filter(pk=door_id).update(asks_from=None)
    rows = Delivery.objects.filter(door_id=door_id).exclude(fetch="").exclude(state=State.ACCEPTED.value)
    return rows.update(state=State.WAITING.value, because="", due_at=now, attempts=0)


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


def _mail_key() -> str:
    """80 random bits in letters of one case and digits: mail servers keep no case, and people type it."""
    return b32encode(secrets.token_bytes(10)).decode().lower()


def _new_secret() -> str:
    return "whsec_" + b64encode(secrets.token_bytes(32)).decode()
