"""Doors for other systems are made, changed, paused, told what fields and boxes mean, and given other secrets; hosts are allowed.

The audit log says who did it.
"""

from datetime import datetime, timedelta

from django.db import transaction

from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.inbound import queries, services
from leadstone.domains.inbound.rules.boxes import Means
from leadstone.domains.inbound.rules.fields import Ours
from leadstone.domains.inbound.services import doors
from leadstone.domains.inbound.services.doors import Change, Made, Wish
from leadstone.flows import boxes_there
from leadstone.flows.references_asked import end_trouble


@transaction.atomic
def make_door(wish: Wish, *, by: int, now: datetime) -> Made:
    made = doors.make_door(wish, by=by, now=now)
    _note(made.door_id, by=by, how="made", now=now)
    return made


@transaction.atomic
def change_door(door_id: int, wanted: Change, *, by: int, now: datetime) -> bool:
    """False when nothing is other than before. With another token the provider's own server is asked again at once."""
    changed = doors.change(door_id, wanted, now=now)
    if changed:
        if wanted.token:
            end_trouble(door_id, now=now)
        _note(door_id, by=by, how="changed", now=now)
    return changed


@transaction.atomic
def change_back(door_id: int, *, changed_at: datetime, by: int, now: datetime) -> bool:
    """Undo a change; False when there was another one since."""
    undone = doors.change_back(door_id, changed_at=changed_at, now=now)
    if undone:
        _note(door_id, by=by, how="changed_back", now=now)
    return undone


@transaction.atomic
def change_secret(door_id: int, *, secret: str, overlap: timedelta, by: int, now: datetime) -> Made:
    """Another secret from now on; the one before is accepted for `overlap` more."""
    made = doors.change_secret(door_id, secret=secret, overlap=overlap, now=now)
    _note(door_id, by=by, how="secret_changed", now=now)
    return made


@transaction.atomic
def swap_secrets(door_id: int, *, by: int, now: datetime) -> bool:
    """The secret before is the one again; False when it is accepted no more."""
    swapped = doors.swap_secrets(door_id, now=now)
    if swapped:
        _note(door_id, by=by, how="secrets_swapped", now=now)
    return swapped


@transaction.atomic
def end_old_secret(door_id: int, *, by: int, now: datetime) -> bool:
    """The secret before opens nothing any more; False when it did not before."""
    ended = doors.end_old_secret(door_id, now=now)
    if ended:
        _note(door_id, by=by, how="old_secret_ended", now=now)
    return ended


@transaction.atomic
def say_box(door_id: int, *, box_id: int, means: Means, by: int, now: datetime) -> bool:
    """A tick beside these words allows this; False for words that nobody may give that meaning."""
    door = queries.door(door_id)
    said = door is not None and boxes_there.say_box(door, box_id=box_id, means=means, now=now)
    if said:
        _note(door_id, by=by, how="boxes", now=now)
    return said


@transaction.atomic
def pause_door(door_id: int, *, by: int, now: datetime) -> bool:
    """False when it was paused before."""
    paused = doors.pause(door_id, now=now)
    if paused:
        _note(door_id, by=by, how="paused", now=now)
    return paused


@transaction.atomic
def open_door(door_id: int, *, by: int, now: datetime) -> bool:
    """Whoever waited comes in; False when it was open."""
    opened = doors.resume(door_id)
    if opened:
        _note(door_id, by=by, how="opened", now=now)
    return opened


@transaction.atomic
def say_meaning(door_id: int, *, field: str, means: Ours | None, by: int, now: datetime) -> None:
    doors.say_meaning(door_id, field=field, means=means)
    _note(door_id, by=by, how="fields", now=now)


@transaction.atomic
def try_again(door_id: int, *, by: int, now: datetime) -> int:
    """Everybody who was refused or failed, or is still to be asked after, waits once more; returns how many those are."""
    number = doors.ask_again(door_id, now=now) + sum(services.try_again(each, now=now) for each in queries.to_try_again(door_id))
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
