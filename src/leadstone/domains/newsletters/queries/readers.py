"""Who reads a newsletter: those who chose its topics, and those to whom a box of another magnet promised them."""

from collections.abc import Collection, Sequence

from leadstone.domains.newsletters.models import Subscription
from leadstone.domains.newsletters.queries import boxes, letters


def reader_ids(*, magnet_id: int, topics: Sequence[str], after: int, limit: int) -> list[int]:
    """The next people (by contact id) who read one of these topics. Fewer than `limit`: nobody comes after them."""
    chose = letters.subscriber_ids(magnet_id=magnet_id, topics=topics, after=after, limit=limit)
    promised = boxes.promised_ids(magnet_id=magnet_id, topics=topics, after=after, limit=limit)
    # The first of both together are among the first of each.
    return sorted({*chose, *promised})[:limit]


def choosers(contact_ids: Collection[int], *, magnet_id: int, topics: Collection[str]) -> set[int]:
    """Who of these people chose one of the topics themselves."""
    rows = Subscription.objects.filter(contact_id__in=contact_ids, magnet_id=magnet_id, topic__in=topics)
    return set(rows.values_list("contact_id", flat=True))


def topics_of(contact_id: int, *, magnet_id: int, beside: int = 0) -> set[str]:
    """What somebody reads of a newsletter, whether they chose it or a box promised it; `beside` leaves one magnet's box out."""
    chose = letters.topics_of([contact_id]).get(contact_id, {}).get(magnet_id, set())
    promised = boxes.promised_to([contact_id], magnet_id=magnet_id).get(contact_id, [])
    return {*chose, *(each.topic for each in promised if each.source_id != beside)}
