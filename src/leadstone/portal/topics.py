"""What somebody reads, for the page of a subscription and for "what we know of you"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.rules import Act
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.grants.rules import GrantState
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.newsletter import Topic
from leadstone.domains.newsletters.queries import boxes, letters, readers
from leadstone.domains.newsletters.queries.boxes import Promised
from leadstone.wire.definition import Channel, Purpose
from leadstone.wire.pages.held_view import HeldView

# So long after the button nothing read yet means that it is on its way to us, and not that everything was left.
BEING_TAKEN_DOWN = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTopics:
    """One newsletter that somebody subscribed to, and which of its topics they read now."""

    magnet_id: int
    title: str
    language: str
    frequency: str
    all: Sequence[Topic]
    keys: frozenset[str]
    promised: Sequence[Promised] = ()  # by boxes of other magnets


def own_newsletters(contact_id: int) -> list[OwnTopics]:
    """The newsletters that this person subscribed to, or was promised by another magnet's box, as long as letters are allowed."""
    if not _allowed(contact_id):
        return []
    standing = {grant.magnet_id for grant in grants.grants_of(contact_id) if grant.state is not GrantState.UNDONE}
    chosen = letters.topics_of([contact_id]).get(contact_id, {})
    found = [letters.newsletter(magnet_id) for magnet_id in sorted({*standing, *chosen, *boxes.newsletters_for(contact_id)})]
    return [
        OwnTopics(
            magnet_id=each.magnet_id,
            title=each.title,
            language=each.language,
            frequency=each.settings.frequency,
            all=each.settings.topics,
            keys=frozenset(readers.topics_of(contact_id, magnet_id=each.magnet_id)),
            promised=boxes.promised_to([contact_id], magnet_id=each.magnet_id).get(contact_id, []),
        )
        for each in found
        if each is not None
    ]


def letters_card(letter: LetterFacts, now: datetime) -> HeldView | None:
    """What they get letters about, when the next one is planned, the last one, and other topics to choose."""
    magnet_id = magnets.magnet_ids([letter.version_id])[letter.version_id]
    known = letters.newsletter(magnet_id)
    if known is None:
        return None
    keys = readers.topics_of(letter.contact_id, magnet_id=magnet_id)
    allowed = _allowed(letter.contact_id)
    grant = grants.grant(letter.grant_id)
    if not keys and allowed and grant and grant.opened_at and now - grant.opened_at < BEING_TAKEN_DOWN:
        return None
    latest = letters.latest_public(magnet_id)
    return HeldView(
        "newsletters/card.html",
        {
            "topics": known.topic_names(keys),
            "read": keys,
            "all": known.settings.topics,
            "frequency": known.settings.frequency,
            "next": letters.next_planned(magnet_id, topics=keys),
            "latest": {"url": f"/m/{known.slug}/letters/{latest[0]}", "subject": latest[1]} if latest else None,
            "page": f"/m/{known.slug}",
            "may_choose": allowed,
        },
    )


def _allowed(contact_id: int) -> bool:
    agreed = consent.permissions_of([contact_id]).get(contact_id, {})
    return agreed.get((Purpose.NEWSLETTER, Channel.EMAIL)) is Act.GIVEN
