"""The only reads of messages that others may call."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from leadstone.domains.delivery.models import Host, Mailing, Message
from leadstone.domains.delivery.rules import PENDING, PERHAPS_RECEIVED, PERSONAL, MessageClass, State
from leadstone.domains.delivery.rules.hosts import Arrival, HostFacts, Standing, standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounting:
    """Where the recipients of a mailing are; `adds_up` must always hold."""

    targeted: int
    sent: int
    unknown: int
    pending: int
    excluded: dict[str, int] = field(default_factory=dict)  # reason → how many
    failed: dict[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        told = self.sent + self.unknown + self.pending + sum(self.excluded.values()) + sum(self.failed.values())
        return self.targeted == told


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMessage:
    """One line of "what we told this person"."""

    message_id: int
    kind: str
    message_class: MessageClass
    subject: str
    state: State
    because: str
    at: datetime
    facts: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFacts:
    """What a letter is composed from. `texts`: language → subject and paragraphs, for a mailing only."""

    key: UUID
    kind: str
    contact_id: int | None
    to_address: str
    language: str
    facts: Mapping[str, Any]
    texts: Mapping[str, Any]


def accounting(mailing_id: int) -> Accounting:
    """The account of one mailing."""
    counts = list(Message.objects.filter(mailing_id=mailing_id).values_list("state", "because").annotate(n=Count("id")))

    def reasons(state: State) -> dict[str, int]:
        return {because: n for found, because, n in counts if found == state}

    def total(*states: State) -> int:
        return sum(n for found, _, n in counts if found in states)

    return Accounting(
        targeted=Mailing.objects.get(pk=mailing_id).targeted,
        sent=total(State.SENT),
        unknown=total(State.UNKNOWN),
        pending=total(*PENDING),
        excluded=reasons(State.EXCLUDED),
        failed=reasons(State.FAILED),
    )


def mailing_waits(mailing_id: int) -> bool:
    """Whether the fate of any of its messages is open."""
    return Message.objects.filter(mailing_id=mailing_id, state__in=PENDING).exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingLine:
    """One recipient of a mailing; the address is empty once the person was erased."""

    message_id: int
    contact_id: int | None
    address: str
    state: State
    because: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MailingLines:
    """Recipients of a mailing, in the order in which they were written down: all of them one by one, or a part."""

    rows: QuerySet[Message]

    def __iter__(self) -> Iterator[MailingLine]:
        return (_mailing_line(row) for row in self.rows.iterator(chunk_size=500))

    def part(self, start: int, count: int) -> list[MailingLine]:
        return [_mailing_line(row) for row in self.rows[start : start + count]]


def mailing_lines(mailing_id: int, *, states: Collection[State], because: str = "") -> MailingLines:
    """The recipients that a figure of the account counts; no states: all of them."""
    rows = Message.objects.filter(mailing_id=mailing_id).order_by("pk")
    if states:
        rows = rows.filter(state__in=states)
    return MailingLines(rows.filter(because=because) if because else rows)


def _mailing_line(row: Message) -> MailingLine:
    return MailingLine(
        message_id=row.pk,
        contact_id=row.contact_id,
        address=row.to_address,
        state=State(row.state),
        because=row.because,
        at=row.finished_at or row.queued_at,
    )


def messages_by_state() -> dict[str, int]:
    """How many messages are in each state; every state is named."""
    counts = dict(Message.objects.values_list("state").annotate(n=Count("id")))
    return {state.value: counts.get(state.value, 0) for state in State}


def message_keys(contact_ids: Collection[int]) -> list[UUID]:
    """The keys of every message to these people."""
    return list(Message.objects.filter(contact_id__in=contact_ids).values_list("key", flat=True))


def told(contact_id: int) -> list[ToldMessage]:
    """Every message to a contact, newest first."""
    return [_told(row) for row in Message.objects.filter(contact_id=contact_id).order_by("-queued_at", "-pk")]


def written_to_by_hand(contact_ids: Collection[int]) -> set[int]:
    """To whom of these somebody has written a mail by hand that left or will leave."""
    mails = Message.objects.filter(contact_id__in=contact_ids, kind=PERSONAL).exclude(state=State.EXCLUDED)
    return {contact_id for contact_id in mails.values_list("contact_id", flat=True) if contact_id is not None}


def message_facts(message_ids: Iterable[int]) -> dict[int, MessageFacts]:
    """Message id → what its letter is composed from; unknown ids are left out."""
    rows = Message.objects.select_related("mailing").in_bulk(set(message_ids))
    return {
        pk: MessageFacts(
            key=row.key,
            kind=row.kind,
            contact_id=row.contact_id,
            to_address=row.to_address,
            language=row.language,
            facts=row.facts,
            texts=row.mailing.texts if row.mailing else {},
        )
        for pk, row in rows.items()
    }


def oldest_waiting(*, now: datetime) -> timedelta:
    """How long the message that is due the longest has waited; zero when none is."""
    due = Message.objects.filter(state=State.QUEUED, due_at__lte=now).order_by("due_at").values_list("due_at", flat=True).first()
    return now - due if due else timedelta(0)


def unanswered_since(address_hashes: Collection[str], *, since: datetime) -> dict[str, int]:
    """Address hash → how many asked-for mails it may have had since then without an answer."""
    rows = Message.objects.filter(
        address_hash__in=address_hashes,
        message_class=MessageClass.TRANSACTIONAL,
        state__in=PERHAPS_RECEIVED,
        queued_at__gt=since - timedelta(days=2),  # narrows the index; a message is given up after two days
        sending_at__gt=since,
        answered_at=None,
    )
    return dict(rows.values_list("address_hash").annotate(n=Count("id")))


def to_unproven_since(since: datetime, *, networks: Collection[str]) -> tuple[int, dict[str, int]]:
    """How many mails to unproven addresses may have left since then: in all, and for each of `networks`."""
    rows = Message.objects.filter(to_unproven=True, sending_at__gt=since, state__in=PERHAPS_RECEIVED)
    per_network = rows.filter(network_hash__in=networks).values_list("network_hash").annotate(n=Count("id"))
    return rows.count(), dict(per_network)


def troubled(*, limit: int = 50) -> Sequence[ToldMessage]:
    """Asked-for messages that will not arrive, newest first: each is a promise that somebody must mend."""
    rows = Message.objects.filter(
        Q(state=State.FAILED) | Q(state=State.UNKNOWN), message_class=MessageClass.TRANSACTIONAL
    ).order_by("-finished_at")
    return [_told(row) for row in rows[:limit]]


def hosts() -> list[HostFacts]:
    """Every host that this database was used from; a handful."""
    return [
        HostFacts(
            fingerprint=row.fingerprint,
            arrived_at=row.arrived_at,
            because=Arrival(row.because),
            seen_at=row.seen_at,
            admitted_at=row.admitted_at,
        )
        for row in Host.objects.order_by("pk")
    ]


def standing(fingerprint: str) -> Standing:
    """Whether mail may leave the host with this fingerprint."""
    return standing_of(fingerprint, hosts())


def waiting_since_before(moment: datetime) -> QuerySet[Message]:
    """Messages that were asked for before then and whose fate is open."""
    return Message.objects.filter(state__in=PENDING, queued_at__lte=moment).order_by("pk")


def count_waiting(*, before: datetime | None = None) -> int:
    """How many messages' fate is open; with `before`, only those that were asked for until then."""
    waiting = waiting_since_before(before) if before else Message.objects.filter(state__in=PENDING)
    return waiting.count()


def _told(row: Message) -> ToldMessage:
    return ToldMessage(
        message_id=row.pk,
        kind=row.kind,
        message_class=MessageClass(row.message_class),
        subject=row.subject,
        state=State(row.state),
        because=row.because,
        at=row.finished_at or row.queued_at,
        facts=row.facts,
    )
