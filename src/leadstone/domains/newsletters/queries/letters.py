"""Newsletters as their readers know them: what is promised, who subscribes, and what was sent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from django.db.models import Count, QuerySet

from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.newsletter import KEY, LetterSettings, settings_of
from leadstone.domains.newsletters.models import Issue, Subscription
from leadstone.domains.newsletters.rules import BEGUN, IssueState
from leadstone.wire.bundle import PublishedIssue
from leadstone.wire.definition import MagnetDefinition
from leadstone.wire.letter_body import read_body

MOST_IN_ARCHIVE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsletterFacts:
    """One newsletter: the magnet of the kind, and what it promises. What was never published has no readers yet."""

    magnet_id: int
    slug: str
    title: str
    language: str
    published: bool
    withdrawn: bool
    settings: LetterSettings = field(default_factory=LetterSettings)

    def topic_names(self, keys: Collection[str]) -> list[str]:
        return [topic.name for topic in self.settings.topics if topic.key in keys]


def newsletters() -> list[NewsletterFacts]:
    """Every newsletter, by title."""
    rows = list(magnets.magnets().filter(kind=KEY).order_by("title", "pk"))
    return [facts for row in rows if (facts := newsletter(row.pk)) is not None]


def newsletter(magnet_id: int) -> NewsletterFacts | None:
    """The newsletter; None when there is none with this id. Its promise is that of the version that visitors see."""
    row = magnets.magnet_or_none(magnet_id)
    if row is None or row.kind != KEY:
        return None
    version = magnets.current_version(magnet_id)
    definition = version.definition if version else magnets.draft_of(row)
    return NewsletterFacts(
        magnet_id=magnet_id,
        slug=row.slug,
        title=definition.title,
        language=definition.language,
        published=version is not None,
        withdrawn=row.withdrawn_at is not None,
        settings=_settings(definition),
    )


def _settings(definition: MagnetDefinition) -> LetterSettings:
    try:
        return settings_of(definition)
    except msgspec.ValidationError:  # a draft may still be anything
        return LetterSettings()


def subscribers_by_topic(magnet_id: int) -> dict[str, int]:
    """Topic → how many read it; a topic that nobody reads is left out."""
    rows = Subscription.objects.filter(magnet_id=magnet_id).values_list("topic")
    return dict(rows.annotate(n=Count("pk")).order_by("topic"))


def count_subscribers(magnet_id: int) -> int:
    """How many people read any topic of it."""
    return Subscription.objects.filter(magnet_id=magnet_id).values("contact_id").distinct().count()


def topics_of(contact_ids: Collection[int]) -> dict[int, dict[int, set[str]]]:
    """Contact id → magnet id → the topics that they read."""
    found: dict[int, dict[int, set[str]]] = {}
    rows = Subscription.objects.filter(contact_id__in=contact_ids)
    for contact_id, magnet_id, topic in rows.values_list("contact_id", "magnet_id", "topic"):
        found.setdefault(contact_id, {}).setdefault(magnet_id, set()).add(topic)
    return found


def subscriber_ids(*, magnet_id: int, topics: Sequence[str], after: int, limit: int) -> list[int]:
    """The next people (by contact id) who read one of these topics."""
    rows = Subscription.objects.filter(magnet_id=magnet_id, topic__in=topics, contact_id__gt=after)
    return list(rows.order_by("contact_id").values_list("contact_id", flat=True).distinct()[:limit])


def sending_times(magnet_id: int, *, beside: int = 0) -> list[datetime]:
    """When the issues of a newsletter left or are to leave; `beside` leaves one out."""
    rows = Issue.objects.filter(magnet_id=magnet_id, removed_at=None).exclude(pk=beside).exclude(state=IssueState.DRAFT.value)
    return [at for begun, due in rows.values_list("begun_at", "due_at") if (at := begun or due) is not None]


def next_planned(magnet_id: int, *, topics: Collection[str]) -> datetime | None:
    """When the next letter about one of these topics leaves, as far as it is planned."""
    rows = Issue.objects.filter(magnet_id=magnet_id, state=IssueState.SCHEDULED.value, removed_at=None).order_by("due_at")
    return next((due for due, told in rows.values_list("due_at", "topics") if set(told) & set(topics)), None)


def latest_public(magnet_id: int) -> tuple[int, str] | None:
    """Number and subject of the last issue in the public archive."""
    found = _public().filter(magnet_id=magnet_id).order_by("-number").first()
    return (found.number, found.subject) if found is not None and found.number is not None else None


def archive() -> dict[str, tuple[PublishedIssue, ...]]:
    """Address of a newsletter → its public issues, the newest first; one without any is left out."""
    rows = _public()
    found: dict[str, list[PublishedIssue]] = {}
    names = _topic_names(set(rows.values_list("magnet_id", flat=True)))
    for row in rows.select_related("magnet").order_by("magnet_id", "-number"):
        told = found.setdefault(row.magnet.slug, [])
        if len(told) < MOST_IN_ARCHIVE and row.number is not None and row.begun_at is not None:
            told.append(
                PublishedIssue(
                    key=str(row.key),
                    number=row.number,
                    language=row.language,
                    subject=row.subject,
                    preheader=row.preheader,
                    topics=tuple(names[row.magnet_id].get(key, key) for key in row.topics),
                    blocks=read_body(row.body),
                    at=row.begun_at,
                )
            )
    return {slug: tuple(told) for slug, told in found.items()}


def _public() -> QuerySet[Issue]:
    begun = [state.value for state in BEGUN]
    return Issue.objects.filter(state__in=begun, in_archive=True, removed_at=None, number__isnull=False)


def _topic_names(magnet_ids: Collection[int]) -> Mapping[int, Mapping[str, str]]:
    """Magnet id → key → name, also of topics that an earlier version had."""
    found: dict[int, dict[str, str]] = {}
    for magnet_id in magnet_ids:
        names = found.setdefault(magnet_id, {})
        for version in magnets.versions(magnet_id):
            for topic in _settings(version.definition).topics:
                names.setdefault(topic.key, topic.name)
    return found
