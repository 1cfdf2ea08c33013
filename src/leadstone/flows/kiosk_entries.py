"""What devices collected at a fair becomes people and leads, once, however often it is sent.

A visit is a form that was filled in beside a member of staff: it goes the way of every form, mail and all, and what was typed
is a claim until the mailbox is proven. A card is somebody whom a member of staff met.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2s

import msgspec
import structlog
from django.conf import settings
from django.db import transaction

from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About
from leadstone.domains.capture import queries as capture
from leadstone.domains.capture.rules import CheckedForm, ReceivedRecord, check_form
from leadstone.domains.kiosks import queries, services
from leadstone.domains.kiosks.queries import KioskFacts
from leadstone.domains.kiosks.rules import EntryKind, EntryState, Standing, Unreadable, collected_at
from leadstone.domains.kiosks.services import Arrived, Fate
from leadstone.domains.leads.queries import facts as lead_facts
from leadstone.domains.leads.queries import standing as standing_leads
from leadstone.domains.leads.rules import Basis
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.tracking.rules import TouchKind
from leadstone.flows.kiosk_contents import CARD_VALUES, AnyContent, Card, Note, Visit, note_text, read_content
from leadstone.flows.lead_brought import Brought, bring_leads, key_of
from leadstone.flows.submissions_received import submissions_received, time_of
from leadstone.infra.keys import kiosk_secret
from leadstone.kernel.address import read_address
from leadstone.kernel.language import Language
from leadstone.kernel.phone import read_phone
from leadstone.wire.definition import FieldKey
from leadstone.wire.kiosk import Unopenable, open_entry
from leadstone.wire.records import KioskHandedOver, Origin, SubmissionReceived

log = structlog.get_logger()

STREAM = "kiosk"  # of the forms that came by a device and not by the journal itself
MINUTE_MS = 60_000


class _NoEffect(Exception):
    """This entry can become nothing; `because` says why."""

    def __init__(self, because: Unreadable) -> None:
        super().__init__(because)
        self.because = because


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """An entry with what it says, and when it was collected by our clock."""

    entry: Arrived
    kiosk: KioskFacts
    content: AnyContent
    at: datetime


@transaction.atomic
def kiosks_handed_over(records: Sequence[KioskHandedOver], *, now: datetime) -> None:
    """Note that the devices are there, and give each entry that is new its effect. No entry holds up another."""
    known = queries.kiosks_by_key({record.device for record in records}, now=now)
    for record in records:
        kiosk = known.get(record.device)
        if kiosk is None:
            log.warning("kiosk.unknown", entries=len(record.entries))
            continue
        services.hold(kiosk.kiosk_id)
        arrived_at = time_of(record.at, now=now)
        came = queries.came(kiosk.kiosk_id, {entry.key for entry in record.entries})
        for sealed in {entry.key: entry for entry in record.entries if entry.key not in came}.values():
            entry = Arrived(
                kiosk_id=kiosk.kiosk_id, key=sealed.key, sealed=sealed.sealed, clock=record.clock, arrived_at=arrived_at
            )
            services.note_entry(entry, _fate_on_arrival(entry, kiosk, now=now))
        if record.entries:
            _retry(kiosk, EntryState.EARLY, now=now)
        services.note_seen(kiosk.kiosk_id, waiting=record.waiting, at=arrived_at)


@transaction.atomic
def take_in_held(kiosk_id: int, *, now: datetime) -> None:
    """What came after a revocation takes effect after all: somebody said so."""
    kiosk = queries.kiosk(kiosk_id, now=now)
    if kiosk is not None:
        services.hold(kiosk_id)
        _retry(kiosk, EntryState.HELD, now=now)
        _retry(kiosk, EntryState.EARLY, now=now)


def _fate_on_arrival(entry: Arrived, kiosk: KioskFacts, *, now: datetime) -> Fate:
    if kiosk.standing is Standing.REVOKED and kiosk.revoked_at is not None and entry.arrived_at >= kiosk.revoked_at:
        # Nobody can tell whether it was collected before the device was lost: its clock is in the hands of whoever has it.
        return Fate(state=EntryState.HELD)
    return _fate(entry, kiosk, now=now)


def _retry(kiosk: KioskFacts, state: EntryState, *, now: datetime) -> None:
    for kept in queries.kept(kiosk.kiosk_id, state=state):
        entry = Arrived(kiosk_id=kiosk.kiosk_id, key=kept.key, sealed=kept.sealed, clock=kept.clock, arrived_at=kept.arrived_at)
        services.settle(kept.entry_id, _fate(entry, kiosk, now=now))


def _fate(entry: Arrived, kiosk: KioskFacts, *, now: datetime) -> Fate:
    """Give the entry its effect, and say what became of it. What is wrong with it undoes nothing of its neighbours."""
    try:
        read = open_entry(entry.sealed, secret=kiosk_secret(settings.FOLDER), device=kiosk.key, key=entry.key)
        content = read_content(read)
    except Unopenable:
        return Fate(state=EntryState.UNREADABLE, because=Unreadable.SEALED_FOR_OTHERS.value)
    except msgspec.ValidationError:
        return Fate(state=EntryState.UNREADABLE, because=Unreadable.NO_ENTRY.value)
    at = collected_at(content.at, clock=entry.clock, arrived_at=entry.arrived_at)
    told = Fate(state=EntryState.TAKEN, kind=content.kind, device_at=content.at, collected_at=at)
    try:
        with transaction.atomic():
            lead_id = _take_in(_Opened(entry=entry, kiosk=kiosk, content=content, at=at), now=now)
    except _NoEffect as none:
        return replace(told, state=EntryState.UNREADABLE, because=none.because.value)
    if lead_id is None and content.kind is EntryKind.RATING:
        return replace(told, state=EntryState.EARLY)
    return replace(told, lead_id=lead_id)


def _take_in(opened: _Opened, *, now: datetime) -> int | None:
    content = opened.content
    if isinstance(content, Visit):
        return _take_in_visit(opened, content, now=now)
    if isinstance(content, Card):
        lead_id = _bring(opened, content.values, language=content.language, basis=Basis.GAVE_CARD, now=now)
        _write_note(opened, content, lead_id, now=now)
        return lead_id
    about = queries.lead_of_visit(opened.kiosk.kiosk_id, content.about)
    if about is not None:
        _write_note(opened, content, about, now=now)
    return about


def _take_in_visit(opened: _Opened, visit: Visit, *, now: datetime) -> int | None:
    magnet_id = _magnet_of(visit.version_id, opened.kiosk)
    definition = magnets.definitions([visit.version_id])[visit.version_id]
    form = check_form(definition, visit.answers, visit.ticked, visit.language)
    if form.errors:
        return _take_in_misfit(opened, visit, form, now=now)
    ref = ref_of(opened.kiosk.key, opened.entry.key)
    record = SubmissionReceived(
        at=int(opened.at.timestamp() * 1000),
        ref=ref,
        nonce=ref,
        slug=magnets.slugs([visit.version_id])[visit.version_id],
        version_id=visit.version_id,
        language=visit.language,
        answers=form.answers,
        ticked=form.ticked,
        origin=_origin(opened.kiosk),
        fill_ms=MINUTE_MS,  # no machine hurries here: a person stood before the device
    )
    number = int.from_bytes(blake2s(ref.encode(), digest_size=7).digest())
    met = {ref: f"staff:{opened.kiosk.collector_id or 0}"}
    submissions_received([ReceivedRecord(STREAM, number, 0, record)], now=now, met=met)
    kept = capture.submission_by_ref(ref)
    return lead_facts.lead_of_exchange(kept.contact_id, magnet_id=magnet_id) if kept and kept.contact_id else None


def _take_in_misfit(opened: _Opened, visit: Visit, form: CheckedForm, *, now: datetime) -> int:
    """A form that the house would have shown again, but whoever typed it has gone: what is right in it is not lost.

    With a wrong answer left out it is a form as any other. Where that will not do, a member of staff gets a lead with what was
    typed in a note; nothing is mailed, and no box counts.
    """
    right = {key: text for key, text in form.answers.items() if key not in form.errors}
    lead_id: int | None
    if FieldKey.EMAIL.value in right and set(form.errors) <= set(form.answers) - _required(opened, visit):
        lead_id = _take_in_visit(opened, msgspec.structs.replace(visit, answers=right), now=now)
    else:
        lead_id = _bring(opened, right, language=visit.language, basis=Basis.ASKED_US, now=now)
    if lead_id is None:
        raise _NoEffect(Unreadable.UNFIT)
    wrong = "\n".join(f"{key}: {form.answers[key]}" for key in form.errors if key in form.answers)
    _write_note(opened, Card(at=visit.at, language=visit.language, values={}, note=wrong), lead_id, now=now)
    return lead_id


def _required(opened: _Opened, visit: Visit) -> set[str]:
    asks = magnets.definitions([visit.version_id])[visit.version_id].contract.asks
    return {asked.key.value for asked in asks if asked.required}


def _magnet_of(version_id: int, kiosk: KioskFacts) -> int:
    magnet_id = magnets.magnet_ids([version_id]).get(version_id)
    own = {kiosk.magnet_id, *(row.pk for row in magnets.family_of(kiosk.magnet_id))}
    if magnet_id is None or magnet_id not in own:
        raise _NoEffect(Unreadable.OTHER_MAGNET)
    return magnet_id


def _bring(opened: _Opened, said: Mapping[str, str], *, language: str, basis: Basis, now: datetime) -> int:
    """A lead for whoever stands behind the device; raises `_NoEffect` when nobody could be reached."""
    kiosk = opened.kiosk
    address, phone = read_address(said.get("email", "")), read_phone(said.get("phone", ""))
    if address is None and phone is None:
        raise _NoEffect(Unreadable.NOBODY_TO_REACH)
    key = key_of("kiosk", kiosk.key, opened.entry.key)
    brought = Brought(
        key=key,
        at=opened.at,
        channel=_channel(kiosk),
        basis=basis,
        address=address,
        phone=phone,
        values={name: said[name] for name in CARD_VALUES if name in said},
        language=language,
        campaign_id=kiosk.campaign_id,
        where_met=kiosk.campaign or kiosk.name,
        owner_id=kiosk.collector_id,
        kind=TouchKind.MET,
    )
    return bring_leads([brought], now=now)[key]


def _write_note(opened: _Opened, said: Card | Note, lead_id: int, *, now: datetime) -> None:
    kiosk = opened.kiosk
    text = note_text(said, place=kiosk.campaign or kiosk.name, language=_house_language(kiosk))
    subject: Mapping[int, standing_leads.LeadSubject] = standing_leads.subjects([lead_id])
    if text and lead_id in subject and kiosk.collector_id is not None:
        about = About(lead_id=lead_id, contact_id=subject[lead_id].contact_id)
        activities.write_note(about=about, text=text, by=kiosk.collector_id, now=opened.at)


def _house_language(kiosk: KioskFacts) -> Language:
    return Language(kiosk.language) if kiosk.language in set(Language) else Language.ENGLISH


def _channel(kiosk: KioskFacts) -> ChannelType:
    return ChannelType(kiosk.channel) if kiosk.channel else ChannelType.WALK_IN


def _origin(kiosk: KioskFacts) -> Origin:
    """Where a visit at the device came from, said as an address line would say it."""
    return Origin(medium=_channel(kiosk).value, campaign=kiosk.campaign_key)


def ref_of(device: str, key: str) -> str:
    """The ref of the form that an entry is; the same for the same entry, for ever."""
    return "k-" + blake2s(f"{device}\n{key}".encode(), digest_size=16).hexdigest()
