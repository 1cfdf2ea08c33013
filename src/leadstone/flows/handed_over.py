"""Another system hands people over: the request is verified and kept, and the worker makes people and leads of it, each once."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2s

import structlog
from django.db import transaction

from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About
from leadstone.domains.capture import queries as capture
from leadstone.domains.capture.rules import ReceivedRecord, check_form
from leadstone.domains.contacts import services as contacts
from leadstone.domains.inbound import queries, services
from leadstone.domains.inbound.queries import DoorFacts, Kept
from leadstone.domains.inbound.rules import Because, Knock, Provider, ProviderName, Said, State, Turned, Unreadable, retry_at
from leadstone.domains.inbound.rules.fields import Ours, understand
from leadstone.domains.inbound.services import Fate, doors
from leadstone.domains.leads.queries import facts as lead_facts
from leadstone.domains.leads.queries import standing
from leadstone.domains.leads.rules import Basis
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.boxes_there import note_ticks, ref_of
from leadstone.flows.lead_brought import Brought, bring_leads, key_of
from leadstone.flows.letter_notes import note_of
from leadstone.flows.references_asked import ask_after
from leadstone.flows.submissions_received import submissions_received
from leadstone.infra.outbound import Outbound
from leadstone.kernel.address import Address, read_address
from leadstone.kernel.ids import new_ref
from leadstone.kernel.phone import Phone, read_phone
from leadstone.wire.records import Origin, SubmissionReceived

log = structlog.get_logger()

Providers = Mapping[ProviderName, Provider]

STREAM = "inbound"  # of the forms that came by another system and not by the journal itself
MINUTE_MS = 60_000
AT_ONCE = 50

_WRITTEN = frozenset({Ours.QUESTION.value, Ours.FILES.value})
_CHANNELS: Mapping[ProviderName, ChannelType] = {
    ProviderName.META: ChannelType.FACEBOOK,
    ProviderName.GOOGLE: ChannelType.ADVERTISING,
    ProviderName.LINKEDIN: ChannelType.LINKEDIN,
    ProviderName.TYPEFORM: ChannelType.WEBSITE,
    ProviderName.GENERIC: ChannelType.THIRD_PARTY,
    ProviderName.MAIL: ChannelType.EMAIL,
}


@transaction.atomic
def hand_over(door: DoorFacts, knock: Knock, *, provider: Provider, is_test: bool = False, now: datetime) -> Turned | None:
    """Keep the people of a request that whoever knows the door's secret sent; None when that is done. It may come again."""
    turned = _verified(door, knock, provider=provider, now=now)
    said: list[Said] = []
    if turned is None:
        try:
            said = list(provider.read(knock))
        except Unreadable:
            turned = Turned.UNREADABLE
    if turned is not None:
        doors.note_turned_away(door.door_id, because=turned, now=now)
        log.warning("inbound.turned_away", door_id=door.door_id, because=turned.value)
        return turned
    fresh = services.keep(door.door_id, said, body=knock.body, is_test=is_test, now=now)
    log.info("inbound.kept", door_id=door.door_id, people=len(said), fresh=fresh)
    return None


def _verified(door: DoorFacts, knock: Knock, *, provider: Provider, now: datetime) -> Turned | None:
    """Whether the door's secret was known, or the one before it, while that is accepted too."""
    turned = provider.verify(knock, secret=queries.secret_of(door.door_id), now=now)
    old = queries.old_secret_of(door.door_id, now=now) if turned is Turned.FORGED else ""
    if not old:
        return turned
    by_old = provider.verify(knock, secret=old, now=now)
    if by_old is None:
        doors.note_old_secret(door.door_id, now=now)
    return by_old


def try_out(door: DoorFacts, *, provider: Provider, now: datetime) -> Turned | None:
    """Send the door a sample as its provider would, and take it in; it makes no lead."""
    sample_id = f"test-{new_ref()}"
    knock = provider.sample(secret=queries.secret_of(door.door_id), provider_id=sample_id, now=now)
    turned = hand_over(door, knock, provider=provider, is_test=True, now=now)
    delivery_id = queries.newest(door.door_id, sample_id)
    kept = queries.kept(delivery_id) if delivery_id is not None else None
    if kept is not None:
        take_in(kept, door, now=now)
    return turned


def take_in_due(providers: Providers, outbound: Outbound | None, *, now: datetime) -> bool:
    """Take in who waits, and ask after those of whom an id came alone. Returns whether there may be more at once."""
    due = queries.due(now=now, limit=AT_ONCE)
    for kept in due:
        door = queries.door(kept.door_id)
        # One that did not answer a moment ago is not asked after everybody else, too.
        if door is not None and not (kept.fetch and door.asks_from is not None and door.asks_from > now):
            _take_in_safely(kept, door, providers[door.provider], outbound, now=now)
    return len(due) == AT_ONCE


def _take_in_safely(kept: Kept, door: DoorFacts, provider: Provider, outbound: Outbound | None, *, now: datetime) -> None:
    """No delivery holds up another, whatever is wrong with it."""
    try:
        told = ask_after(kept, door, provider, outbound, now=now) if kept.fetch else kept
        if told is not None:
            take_in(told, door, now=now)
    except Exception:
        log.exception("inbound.fault", delivery_id=kept.delivery_id)
        _wait_or_fail(kept, Because.NOT_TOLD, now=now)


def _wait_or_fail(kept: Kept, because: Because, *, now: datetime) -> None:
    again = retry_at(kept.attempts + 1, now=now)
    state = State.WAITING if again else State.FAILED
    services.note_attempt(kept.delivery_id, Fate(state=state, because=because, due_at=again))


@transaction.atomic
def take_in(kept: Kept, door: DoorFacts, *, now: datetime) -> None:
    """Give a delivery its effect, once, and note what became of it."""
    if not services.take(kept.delivery_id):
        return
    read = understand(kept.fields, door.mapping)
    address, phone = read_address(read.values.get("email", "")), read_phone(read.values.get("phone", ""))
    if address is None and phone is None:
        because = Because.NOBODY_TO_REACH if kept.fields else Because.NO_DATA
        services.settle(kept.delivery_id, Fate(state=State.REFUSED, because=because, unused=read.unused))
        return
    lead_id = None
    if not kept.is_test:
        # Whom nobody may turn to gets no mail, and no magnet with it.
        lead_id = _exchange(kept, door, read.values, now=now) if address is not None and door.basis else None
        granted = lead_id is not None
        if lead_id is None:
            lead_id = _bring(kept, door, read.values, address, phone, now=now)
        # A form asks for what it needs, and its answers stand with it; a letter has no such place.
        if not granted or door.provider is ProviderName.MAIL:
            _write_down(lead_id, door, read.values, now=now)
        note_ticks(kept, door, lead_id=lead_id, now=now)
    services.settle(kept.delivery_id, Fate(state=State.ACCEPTED, lead_id=lead_id, unused=read.unused))


def _exchange(kept: Kept, door: DoorFacts, values: Mapping[str, str], *, now: datetime) -> int | None:
    """The lead of somebody who gets the door's magnet as if its own form had been sent; None when the form would not do.

    No box of it is ticked: what was ticked elsewhere stood beside other words (`boxes_there`).
    """
    version = magnets.current_version(door.magnet_id) if door.magnet_id is not None else None
    if version is None or door.magnet_id is None:
        return None
    asked = {each.key.value for each in version.definition.contract.asks}
    answers = {key: text for key, text in values.items() if key in asked or key == Ours.EMAIL}
    if door.provider is ProviderName.MAIL:
        answers.pop(Ours.QUESTION.value, None)  # a letter is longer than an answer, and is kept as a note
    form = check_form(version.definition, answers, (), version.definition.language)
    if form.errors:
        return None
    ref = ref_of(door, kept)
    record = SubmissionReceived(
        at=int(kept.said_at.timestamp() * 1000),
        ref=ref,
        nonce=ref,
        slug=magnets.slugs([version.version_id])[version.version_id],
        version_id=version.version_id,
        language=version.definition.language,
        answers=form.answers,
        ticked=(),
        origin=Origin(medium=_channel(door).value, campaign=door.campaign_key),
        fill_ms=MINUTE_MS,
    )
    number = int.from_bytes(blake2s(ref.encode(), digest_size=7).digest())
    submissions_received([ReceivedRecord(STREAM, number, 0, record)], now=now)
    sent = capture.submission_by_ref(ref)
    if sent and sent.contact_id and door.provider is not ProviderName.MAIL:
        contacts.mark_founded({sent.contact_id})  # by the reason that the door names; a letter may be anybody's
    return lead_facts.lead_of_exchange(sent.contact_id, magnet_id=door.magnet_id) if sent and sent.contact_id else None


def _bring(
    kept: Kept, door: DoorFacts, values: Mapping[str, str], address: Address | None, phone: Phone | None, *, now: datetime
) -> int:
    key = key_of(door.provider.value, door.key, kept.provider_id)
    brought = Brought(
        key=key,
        at=kept.said_at,
        channel=_channel(door),
        basis=Basis(door.basis) if door.basis else None,
        address=address,
        phone=phone,
        values={name: text for name, text in values.items() if name not in _WRITTEN},
        language=door.language,
        campaign_id=door.campaign_id,
        magnet_id=door.magnet_id,
        where_met=door.name,
        vouched=door.provider is not ProviderName.MAIL,
    )
    return bring_leads([brought], now=now)[key]


def _write_down(lead_id: int, door: DoorFacts, values: Mapping[str, str], *, now: datetime) -> None:
    text = note_of(values, language=door.language)
    if text and door.made_by_id is not None:
        about = About(lead_id=lead_id, contact_id=standing.subjects([lead_id])[lead_id].contact_id)
        activities.write_note(about=about, text=text, by=door.made_by_id, now=now)


def _channel(door: DoorFacts) -> ChannelType:
    said = door.channel or door.own_channel
    return ChannelType(said) if said else _CHANNELS[door.provider]
