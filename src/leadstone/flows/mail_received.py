"""Somebody writes to the address of a door: the letter is looked at, and handed over as another system hands people over."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

import structlog

from leadstone.domains.inbound import queries
from leadstone.domains.inbound.queries import DoorFacts
from leadstone.domains.inbound.rules import Provider, ProviderName, Turned
from leadstone.domains.inbound.rules.letters import MOST_LETTER_BYTES, is_automatic, letter_id, read_head, recipients
from leadstone.domains.inbound.rules.mail_doors import Letterbox, sealed_letter
from leadstone.domains.inbound.services import doors
from leadstone.flows.handed_over import hand_over

log = structlog.get_logger()

HOUR = timedelta(hours=1)
MOST_AN_HOUR = 600  # letters that one door takes


class Received(StrEnum):
    """What became of a letter; whoever brought it says so to its sender, or does not."""

    TAKEN = "taken"
    AUTOMATIC = "automatic"  # nobody waits for an answer
    UNKNOWN = "unknown"  # no door has this address
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    BUSY = "busy"  # as many came in the last hour as a door takes; later it is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message as it came. `to`, `sender`: of the envelope, where it is known; without `to` the headers say where it went.

    `size`: of all of it in bytes, should `body` be its beginning only.
    """

    body: bytes = field(repr=False)
    to: tuple[str, ...] = ()
    sender: str | None = None
    size: int = 0

    @property
    def is_too_large(self) -> bool:
        return max(self.size, len(self.body)) > MOST_LETTER_BYTES


class MailboxTrouble(Exception):
    """The mailbox cannot be read at the moment; the words say why, and name nobody."""


class Mailbox(Protocol):
    """A mailbox that letters wait in."""

    def each_new(self, take: Callable[[Letter], object], *, is_ours: Callable[[bytes], bool]) -> bool:
        """Hand over each letter that nobody has read and whose head is ours, and mark it as read afterwards. Of one that is too
        large only the head is handed over.

        Returns whether more waits. Raises `MailboxTrouble`, its own and that of `take`; whatever else `take` raises leaves its
        letter unread, and the others come.
        """


def mail_received(letter: Letter, *, letterbox: Letterbox, provider: Provider, now: datetime) -> Received:
    """Hand a letter over to each door that it was written to. It may come again: it counts once."""
    head = read_head(letter.body)
    written_to = _doors(letterbox.keys_in(letter.to or recipients(head)))
    if not written_to:
        log.info("inbound_mail.unknown")
        return Received.UNKNOWN
    if letter.is_too_large:
        return _turned_away(written_to, Turned.TOO_LARGE, now=now)
    if is_automatic(head, sender=letter.sender):
        return _turned_away(written_to, Turned.AUTOMATIC, now=now)
    if any(queries.kept_since(door.door_id, now - HOUR) >= MOST_AN_HOUR for door in written_to):
        log.warning("inbound_mail.busy")
        return Received.BUSY
    told_apart = letter_id(letter.body, head)
    turned = [
        hand_over(
            door,
            sealed_letter(letter.body, letter_id=told_apart, secret=queries.secret_of(door.door_id)),
            provider=provider,
            now=now,
        )
        for door in written_to
    ]
    return Received.TAKEN if None in turned else Received.UNREADABLE


def read_mailbox(mailbox: Mailbox, *, letterbox: Letterbox, provider: Provider, clock: Callable[[], datetime]) -> bool:
    """Take in what waits for doors; what is for nobody of them stays as it is. Returns whether more waits."""

    def take(letter: Letter) -> None:
        if mail_received(letter, letterbox=letterbox, provider=provider, now=clock()) is Received.BUSY:
            raise MailboxTrouble("busy")

    def is_ours(head: bytes) -> bool:
        return bool(_doors(letterbox.keys_in(recipients(read_head(head)))))

    try:
        return mailbox.each_new(take, is_ours=is_ours)
    except MailboxTrouble as trouble:
        log.warning("inbound_mail.mailbox", because=str(trouble))
        return False


def _doors(keys: list[str]) -> list[DoorFacts]:
    found = (queries.door_by_key(key) for key in keys)
    return [door for door in found if door is not None and door.provider is ProviderName.MAIL]


def _turned_away(written_to: list[DoorFacts], because: Turned, *, now: datetime) -> Received:
    for door in written_to:
        doors.note_turned_away(door.door_id, because=because, now=now)
        log.info("inbound_mail.turned_away", door_id=door.door_id, because=because.value)
    return Received(because.value)
