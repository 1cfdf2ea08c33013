"""Doors for other systems are made, paused and told what fields mean, hosts allowed; the audit log says who did it."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.inbound import queries, services
from leadstone.domains.inbound.rules.fields import Ours
from leadstone.domains.inbound.services import Made, Wish


@transaction.atomic
def make_door(wish: Wish, *, by: int, now: datetime) -> Made:
    made = services.make_door(wish, by=by, now=now)
    _note(made.door_id, by=by, how="made", now=now)
    return made


@transaction.atomic
def pause_door(door_id: int, *, by: int, now: datetime) -> bool:
    """False when it was paused before."""
    paused = services.pause(door_id, now=now)
    if paused:
        _note(door_id, by=by, how="paused", now=now)
    return paused


@transaction.atomic
def open_door(door_id: int, *, by: int, now: datetime) -> bool:
    """Whoever waited comes in; False when it was open."""
    opened = services.resume(door_id)
    if opened:
        _note(door_id, by=by, how="opened", now=now)
    return opened


@transaction.atomic
def say_meaning(door_id: int, *, field: str, means: Ours | None, by: int, now: datetime) -> None:
    services.say_meaning(door_id, field=field, means=means)
    _note(door_id, by=by, how="fields", now=now)


@transaction.atomic
def try_again(door_id: int, *, by: int, now: datetime) -> int:
    """Everybody who was refused or failed waits once more, as the door stands now; returns how many those are."""
    number = sum(services.try_again(each, now=now) for each in queries.to_try_again(door_id))
    if number:
        _note(door_id, by=by, how="again", now=now)
    return number


@transaction.atomic
def allow_host(host: str, *, by: int, now: datetime) -> bool:
    """Pages of this host may show our forms; False when they might before."""
    added = services.allow_host(host, by=by, now=now)
    if added:
        _note_host(host, by=by, how="host_allowed", now=now)
    return added


@transaction.atomic
def forbid_host(host: str, *, by: int, now: datetime) -> bool:
    """False when pages of this host might not anyway."""
    gone = services.forbid_host(host, now=now)
    if gone:
        _note_host(host, by=by, how="host_forbidden", now=now)
    return gone


def _note_host(host: str, *, by: int, how: str, now: datetime) -> None:
    facts: dict[str, int | str] = {"how": how, "host": host}
    audit.note(actor_id=by, action=Action.DOOR_CHANGED, subject=Subject.INSTALLATION, facts=facts, now=now)


def _note(door_id: int, *, by: int, how: str, now: datetime) -> None:
    facts: dict[str, int | str] = {"how": how}
    audit.note(actor_id=by, action=Action.DOOR_CHANGED, subject=Subject.DOOR, subject_id=door_id, facts=facts, now=now)
