"""The only writes of posts and their figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from leadstone.domains.campaigns.rules import Place
from leadstone.domains.campaigns.services.links import add_link
from leadstone.domains.posts.models import Post, PostFigures
from leadstone.domains.posts.queries import NoSuchPost
from leadstone.domains.posts.rules import Measure, Network, Reading
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.folding import fold


class NothingCounted(LeadstoneError):
    code = "nothing_counted"
    sentence = "Write down at least one number."


@dataclass(frozen=True, slots=True, kw_only=True)
class PostWords:
    """What is said of a post; all of it may change."""

    network: Network
    text: str
    on: date
    address: str = ""


def write_post(words: PostWords, *, key: UUID, campaign_id: int, magnet_id: int, by: int | None, now: datetime) -> int:
    """A post with a link of its own. Returns its id, and the same id for the same key; raises `NoSuchCampaign`."""
    known = _by_key(key)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            label = f"{words.network.value} {words.on.isoformat()}"
            link_id = add_link(campaign_id=campaign_id, magnet_id=magnet_id, label=label, place=Place.POST, by=by, now=now)
            row = Post.objects.create(key=key, link_id=link_id, created_at=now, created_by_id=by, **_columns(words))
    except IntegrityError:
        # The same form came twice in this moment.
        known = _by_key(key)
        if known is None:
            raise
        return known
    return row.pk


@transaction.atomic
def change_post(words: PostWords, *, post_id: int) -> None:
    """Its link, and with it campaign and magnet, stay: the address is out in the world. Raises `NoSuchPost`."""
    if not Post.objects.filter(pk=post_id).update(**_columns(words)):
        raise NoSuchPost


@transaction.atomic
def remove_post(*, post_id: int, now: datetime) -> bool:
    """Out of the list; its link leads on. False when it is out already."""
    return Post.objects.filter(pk=post_id, removed_at=None).update(removed_at=now) == 1


@transaction.atomic
def bring_back_post(*, post_id: int) -> bool:
    return Post.objects.filter(pk=post_id, removed_at__isnull=False).update(removed_at=None) == 1


@transaction.atomic
def record_figures(readings: Sequence[Reading], *, by: int | None, now: datetime) -> None:
    """One reading a post and day: the same day said again replaces what was said of it. Raises `NothingCounted`."""
    if not all(reading.says_something for reading in readings):
        raise NothingCounted
    rows = [
        PostFigures(
            post_id=reading.post_id,
            on=reading.on,
            recorded_at=now,
            recorded_by_id=by,
            **{measure.value: getattr(reading, measure.value) for measure in Measure},
        )
        for reading in readings
    ]
    PostFigures.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["post", "on"],
        update_fields=[*(measure.value for measure in Measure), "recorded_at", "recorded_by", "taken_back_at"],
    )


@transaction.atomic
def take_back_figures(*, post_id: int, on: date, now: datetime) -> bool:
    """That day was a mistake; the day before it counts. False when it counts nowhere already."""
    return PostFigures.objects.filter(post_id=post_id, on=on, taken_back_at=None).update(taken_back_at=now) == 1


@transaction.atomic
def count_figures_again(*, post_id: int, on: date) -> bool:
    return PostFigures.objects.filter(post_id=post_id, on=on, taken_back_at__isnull=False).update(taken_back_at=None) == 1


def _by_key(key: UUID) -> int | None:
    return Post.objects.filter(key=key).values_list("pk", flat=True).first()


def _columns(words: PostWords) -> dict[str, object]:
    text = words.text.strip()
    return {
        "network": words.network.value,
        "text": text,
        "search": fold(text),
        "on": words.on,
        "address": words.address.strip(),
    }
