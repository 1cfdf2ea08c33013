"""Who reads what: only topics that somebody chose and proved, and not a day longer."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from leadstone.domains.newsletters.models import OwnChoice, Subscription


@transaction.atomic
def subscribe(chosen: Mapping[tuple[int, int], Collection[str]], *, now: datetime) -> None:
    """(contact id, magnet id) → topics, added to those that are read already. Twice is as once."""
    people = {contact_id for contact_id, _ in chosen}
    rows = Subscription.objects.filter(contact_id__in=people)
    known = set(rows.values_list("contact_id", "magnet_id", "topic"))
    Subscription.objects.bulk_create(
        [
            Subscription(contact_id=contact_id, magnet_id=magnet_id, topic=topic, since=now)
            for (contact_id, magnet_id), topics in chosen.items()
            for topic in dict.fromkeys(topics)
            if (contact_id, magnet_id, topic) not in known
        ],
        # Another worker may react to another form of the same person at this moment.
        ignore_conflicts=True,
    )


@transaction.atomic
def choose_topics(*, contact_id: int, magnet_id: int, topics: Collection[str], now: datetime) -> None:
    """From now on these topics of a newsletter and no others, whatever a box elsewhere promised before; none: it is left."""
    Subscription.objects.filter(contact_id=contact_id, magnet_id=magnet_id).exclude(topic__in=topics).delete()
    OwnChoice.objects.update_or_create(contact_id=contact_id, magnet_id=magnet_id, defaults={"at": now})
    subscribe({(contact_id, magnet_id): topics}, now=now)


@transaction.atomic
def unsubscribe(contact_ids: Collection[int], *, magnet_id: int | None = None) -> None:
    """These people read nothing any more: of one newsletter, or of all."""
    rows = Subscription.objects.filter(contact_id__in=contact_ids)
    (rows if magnet_id is None else rows.filter(magnet_id=magnet_id)).delete()
