"""One of us writes to one person: the words are a note about the lead, the mail passes the one gateway, the clock stops."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from leadstone.domains.access import queries as access
from leadstone.domains.access.queries import StaffFacts
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.activities import queries as activities_queries
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.queries import NoSuchActivity
from leadstone.domains.activities.rules import About
from leadstone.domains.agenda import queries as agenda
from leadstone.domains.consent.rules import MessageKind
from leadstone.domains.delivery.rules import PERSONAL, MessageClass
from leadstone.domains.delivery.services import queueing as delivery
from leadstone.domains.leads import services as leads
from leadstone.kernel.decision import YES, Decision
from leadstone.wire.definition import Purpose

# A little longer than the undo stands there.
LEAVES_AFTER = timedelta(seconds=15)
PRESSED_TWICE = timedelta(minutes=1)
LONGEST_SUBJECT = 150
LONGEST_TEXT = 8_000


@dataclass(frozen=True, slots=True)
class Words:
    """What a personal mail says, and who says it."""

    subject: str
    paragraphs: tuple[str, ...]
    writer: StaffFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of it; `note_id` names the words, with a yes only."""

    decision: Decision
    note_id: int | None = None


@transaction.atomic
def write_to(*, lead_id: int, subject: str, text: str, by: int, now: datetime) -> Written:
    """Write to the person of a lead, if they may be written to now. It leaves in a moment, until then `take_back` undoes it.

    The same words of the same writer within a minute are a second press of the button: they are the one mail.
    """
    leads.hold_lead(lead_id)  # a second press waits for the first
    subject_line = " ".join(subject.split())[:LONGEST_SUBJECT]
    words = f"{subject_line}\n\n{_lines(text)[:LONGEST_TEXT]}"
    known = activities_queries.note_like(lead_id=lead_id, text=words, by=by, since=now - PRESSED_TWICE)
    if known is not None:
        return Written(decision=YES, note_id=known)
    answer = agenda.writing_answer(lead_id, on=now.date())
    if not answer.decision or answer.mailbox is None:
        return Written(decision=answer.decision)
    note_id = activities.write_note(about=About(lead_id=lead_id), text=words, by=by, now=now)
    is_marketing = answer.decision.message_kind is MessageKind.MARKETING
    delivery.queue_messages(
        [
            delivery.MessageRequest(
                effect_key=_effect_key(note_id),
                kind=PERSONAL,
                contact_id=answer.mailbox.contact_id,
                to_address=answer.mailbox.value,
                address_hash=answer.mailbox.address_hash,
                language=answer.mailbox.language,
                facts={"note_id": note_id, "by": by, "marketing": is_marketing},
                message_class=MessageClass.MARKETING if is_marketing else MessageClass.TRANSACTIONAL,
                purpose=Purpose.OFFERS.value if is_marketing else "",
                wait=LEAVES_AFTER,
            )
        ],
        now=now,
    )
    leads.note_response(lead_id=lead_id, now=now)
    return Written(decision=answer.decision, note_id=note_id)


@transaction.atomic
def take_back(*, lead_id: int, note_id: int, now: datetime) -> bool:
    """Undo `write_to` while the mail has not left; False when it has."""
    note = _note(note_id)
    if note is None or note.about.lead_id != lead_id or not delivery.take_back_message(_effect_key(note_id), now=now):
        return False
    activities.take_back(activity_id=note_id, now=now)
    leads.forget_response(lead_id=lead_id, at=note.created_at)
    return True


def personal_words(facts: Mapping[str, object]) -> Words | None:
    """What the message with these facts says; None when the words are gone or nobody stands behind them any more."""
    note_id, by = facts.get("note_id"), facts.get("by")
    note = _note(note_id) if isinstance(note_id, int) else None
    writer = access.member(by) if isinstance(by, int) else None
    if note is None or note.removed_at is not None or not note.text or writer is None or not writer.is_active:
        return None
    subject, _, text = note.text.partition("\n")
    paragraphs = tuple(part.strip() for part in text.split("\n\n") if part.strip())
    return Words(subject=subject.strip(), paragraphs=paragraphs, writer=writer)


def _lines(text: str) -> str:
    """Browsers end a line with CR and LF; an empty line is one whatever blanks stand in it."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _note(note_id: int) -> activities_queries.ActivityFacts | None:
    try:
        return activities_queries.activity(note_id, reader=THE_HOUSE)
    except NoSuchActivity:
        return None


def _effect_key(note_id: int) -> str:
    return f"personal:{note_id}"
