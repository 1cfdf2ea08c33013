"""What a conversation with a lead opens with, and in which language."""

from datetime import datetime

from leadstone.domains.agenda.queries import WritingAnswer
from leadstone.domains.agenda.rules import Opening, OpeningFacts, Why, opening
from leadstone.domains.leads.queries import LeadCard
from leadstone.studio.today.words import Told


def told_of(entry_question: str, card: LeadCard, *, at: datetime | None = None) -> Told:
    """What sentences about this lead are filled in with."""
    return Told(
        question=entry_question,
        magnet=card.magnet_title,
        kind=card.definition.kind if card.definition else "",
        met=card.where_met,
        at=at,
    )


def opening_of(card: LeadCard, *, why: Why, question: str, may_call: bool = True) -> Opening:
    """What a conversation with this lead opens with."""
    grant = next((each for each in reversed(card.grants) if each.magnet_id == card.magnet_id), None)
    return opening(
        OpeningFacts(
            why=why,
            question=question,
            rating=grant.rating if grant else None,
            used=grant is not None and grant.delivered_at is not None,
            magnet=card.magnet_title,
            where_met=card.where_met,
            may_call=may_call,
        )
    )


def language_of(card: LeadCard, writing: WritingAnswer) -> str:
    """The language of the person: their mailbox's, else that of the page that they saw, else the house's own."""
    if writing.mailbox is not None and writing.mailbox.language:
        return writing.mailbox.language
    return card.definition.language if card.definition else "pl"
