"""Devices are made, paired and revoked, and the edge is told which there are."""

from collections.abc import Sequence
from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction

from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.kiosks import queries, services
from leadstone.domains.kiosks.events import KiosksChanged
from leadstone.domains.kiosks.rules import EntryState
from leadstone.domains.kiosks.services import Made, Wish
from leadstone.flows.bundle_published import replace_in_bundle
from leadstone.flows.kiosk_entries import take_in_held
from leadstone.infra.keys import kiosk_secret
from leadstone.wire.data_folder import DataFolder
from leadstone.wire.kiosk import Kiosks, public_key_of

log = structlog.get_logger()


def kiosks_changed(events: Sequence[KiosksChanged], /, *, now: datetime) -> None:
    """The reaction to everything that changes which devices there are."""
    publish_kiosks(settings.FOLDER)


def publish_kiosks(folder: DataFolder) -> None:
    """Write `kiosks.json` as the database has it now; nothing when nothing changed."""
    devices = queries.devices()
    if replace_in_bundle(folder, "kiosks.json", Kiosks(seal_key=public_key_of(kiosk_secret(folder)), devices=devices)):
        log.info("kiosks.published", devices=len(devices))


@transaction.atomic
def make_kiosk(wish: Wish, *, now: datetime) -> Made:
    """A device that waits for its link, and the link's secret; it is shown once."""
    made = services.make_kiosk(wish, now=now)
    _note(Action.KIOSK_CHANGED, made.kiosk_id, by=wish.collector_id, how="made", now=now)
    return made


@transaction.atomic
def revoke_kiosk(kiosk_id: int, *, by: int, now: datetime) -> bool:
    """False when it was revoked before."""
    revoked = services.revoke(kiosk_id, by=by, now=now)
    if revoked:
        _note(Action.KIOSK_CHANGED, kiosk_id, by=by, how="revoked", now=now)
    return revoked


@transaction.atomic
def take_back_revocation(kiosk_id: int, *, by: int, now: datetime) -> bool:
    """Undo a revocation, and take in what came meanwhile; False when it is too late."""
    back = services.take_back_revocation(kiosk_id, now=now)
    if back:
        take_in_held(kiosk_id, now=now)
        _note(Action.KIOSK_CHANGED, kiosk_id, by=by, how="back", now=now)
    return back


@transaction.atomic
def decide_held(kiosk_id: int, *, take: bool, by: int, now: datetime) -> int:
    """Take in what came after the revocation, or discard it; returns how many entries that were."""
    decided = len(queries.kept(kiosk_id, state=EntryState.HELD))
    if take:
        take_in_held(kiosk_id, now=now)
    else:
        services.discard_held(kiosk_id)
    if decided:
        _note(Action.KIOSK_CHANGED, kiosk_id, by=by, how="taken" if take else "discarded", now=now)
    return decided


def _note(action: Action, kiosk_id: int, *, by: int, how: str, now: datetime) -> None:
    audit.note(actor_id=by, action=action, subject=Subject.KIOSK, subject_id=kiosk_id, facts={"how": how}, now=now)
