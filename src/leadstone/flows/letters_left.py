"""Whoever leaves letters is no reader of any topic any more."""

from collections.abc import Sequence
from datetime import datetime

from leadstone.domains.consent.events import MarketingLeft
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.events import ExchangeEnded
from leadstone.domains.newsletters.queries import boxes, readers
from leadstone.domains.newsletters.services import subscribing


def leave_all_letters(events: Sequence[MarketingLeft], /, *, now: datetime) -> None:
    """No to all marketing is no to every topic."""
    subscribing.unsubscribe({event.contact_id for event in events})


def leave_letters_of_exchange(events: Sequence[ExchangeEnded], /, *, now: datetime) -> None:
    """Who undoes the exchange by which they subscribed reads nothing of that newsletter any more.

    Who undoes one whose box promised letters keeps what they chose themselves, and what other boxes promise.
    """
    for event in events:
        ended = grants.grant(event.grant_id)
        if ended is None or ended.contact_id is None:
            continue
        subscribing.unsubscribe([ended.contact_id], magnet_id=ended.magnet_id)
        newsletter_id = boxes.kept_by(ended.magnet_id)
        if newsletter_id is not None:
            kept = readers.topics_of(ended.contact_id, magnet_id=newsletter_id, beside=ended.magnet_id)
            subscribing.choose_topics(contact_id=ended.contact_id, magnet_id=newsletter_id, topics=kept, now=now)
