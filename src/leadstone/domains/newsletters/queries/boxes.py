"""Letters that other magnets promise with a box of their form, and which topic of a newsletter keeps each promise.

Nothing is copied: who agreed on which words stands in the ledger, which topic keeps them in one row a magnet. So a choice holds
for everybody at once, also for those who agree later, and taking it back leaves no trace with anybody.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, QuerySet

from leadstone.domains.consent.queries import words as consent_words
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds.newsletter import KEY
from leadstone.domains.newsletters.models import LetterBox, OwnChoice, Subscription
from leadstone.domains.newsletters.queries import letters
from leadstone.wire.definition import Channel, MagnetDefinition, Purpose

if TYPE_CHECKING:
    from leadstone.domains.consent.models import ConsentRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxFacts:
    """One magnet whose form has a box for letters: its exact words, how many agreed to them, and what keeps them."""

    source_id: int
    title: str
    language: str
    words: str  # as the newest version that has the box shows them
    people: int
    withdrawn: bool
    newsletter_id: int | None = None
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """Why somebody reads topics that they never chose: a box that they ticked elsewhere."""

    topic: str
    source_id: int
    title: str
    words: str
    at: datetime


def boxes() -> list[BoxFacts]:
    """Every published magnet with a box for letters, by title. A topic that its newsletter has no more keeps nothing."""
    kept = {row.source_id: row for row in LetterBox.objects.all()}
    topics = {each.magnet_id: {topic.key for topic in each.settings.topics} for each in letters.newsletters()}
    found = []
    for row in magnets.magnets().exclude(kind=KEY).order_by("title", "pk"):
        shown = [(version, words) for version in magnets.versions(row.pk) if (words := _box_words(version.definition))]
        if not shown:
            continue
        version, words = shown[0]
        by = kept.get(row.pk)
        holds = by is not None and by.topic in topics.get(by.magnet_id, ())
        found.append(
            BoxFacts(
                source_id=row.pk,
                title=version.definition.title,
                language=version.definition.language,
                words=words,
                people=_agreed([version.version_id for version, _ in shown]).values("contact_id").distinct().count(),
                withdrawn=row.withdrawn_at is not None,
                newsletter_id=by.magnet_id if by and holds else None,
                topic=by.topic if by and holds else "",
            )
        )
    return found


def box(source_id: int) -> BoxFacts | None:
    """The box of one magnet; None where its form has none."""
    return next((each for each in boxes() if each.source_id == source_id), None)


def count_people(source_ids: Collection[int]) -> int:
    """To how many people the boxes of these magnets promise letters; whoever agreed to two counts once."""
    versions = [version for found in magnets.version_ids(source_ids).values() for version in found]
    return _agreed(versions).values("contact_id").distinct().count()


def promised_ids(*, magnet_id: int, topics: Collection[str], after: int, limit: int) -> list[int]:
    """The next people (by contact id) to whom a box elsewhere promised letters that one of these topics keeps."""
    rows = _promised(magnet_id, topics=topics).filter(contact_id__gt=after)
    return list(rows.order_by("contact_id").values_list("contact_id", flat=True).distinct()[:limit])


def count_promised(magnet_id: int, *, topics: Collection[str] | None = None) -> int:
    """How many people read these topics (or any) by a box elsewhere alone: they chose none of them themselves."""
    chosen = Subscription.objects.filter(magnet_id=magnet_id, contact_id=OuterRef("contact_id"))
    chosen = chosen if topics is None else chosen.filter(topic__in=topics)
    rows = _promised(magnet_id, topics=topics).filter(~Exists(chosen))
    counted: int = rows.aggregate(n=Count("contact_id", distinct=True))["n"]
    return counted


def promised_to(contact_ids: Collection[int], *, magnet_id: int) -> dict[int, list[Promised]]:
    """Contact id → what boxes elsewhere promised them that topics of this newsletter keep; nobody without any."""
    topic_of = _sources(magnet_id)
    magnet_of = {version: source for source, found in magnets.version_ids(topic_of).items() for version in found}
    titles = magnets.titles()
    found: dict[int, list[Promised]] = {}
    for told in consent_words.agreements(_promised(magnet_id).filter(contact_id__in=contact_ids)):
        source = magnet_of[told.version_id]
        found.setdefault(told.contact_id, []).append(
            Promised(topic=topic_of[source], source_id=source, title=titles.get(source, ""), words=told.words, at=told.at)
        )
    return found


def kept_by(source_id: int) -> int | None:
    """The newsletter (id) that keeps what this magnet's box promises."""
    return LetterBox.objects.filter(source_id=source_id).values_list("magnet_id", flat=True).first()


def newsletters_for(contact_id: int) -> list[int]:
    """The newsletters (ids) that keep what some box promised this person, also where they chose other topics, or none, since."""
    candidates = sorted(set(LetterBox.objects.values_list("magnet_id", flat=True)))
    return [magnet_id for magnet_id in candidates if _agreed_to(magnet_id).filter(contact_id=contact_id).exists()]


def _promised(magnet_id: int, *, topics: Collection[str] | None = None) -> "QuerySet[ConsentRecord]":
    """Consents that topics of this newsletter keep, but for those older than what their givers chose themselves."""
    chose = OwnChoice.objects.filter(magnet_id=magnet_id, contact_id=OuterRef("contact_id"), at__gte=OuterRef("at"))
    return _agreed_to(magnet_id, topics=topics).filter(~Exists(chose))


def _agreed_to(magnet_id: int, *, topics: Collection[str] | None = None) -> "QuerySet[ConsentRecord]":
    sources = [source for source, topic in _sources(magnet_id).items() if topics is None or topic in topics]
    return _agreed([version for found in magnets.version_ids(sources).values() for version in found])


def _sources(magnet_id: int) -> Mapping[int, str]:
    return dict(LetterBox.objects.filter(magnet_id=magnet_id).values_list("source_id", "topic"))


def _agreed(version_ids: Sequence[int]) -> "QuerySet[ConsentRecord]":
    return consent_words.standing_consents(version_ids=version_ids, purpose=Purpose.NEWSLETTER, channel=Channel.EMAIL)


def _box_words(definition: MagnetDefinition) -> str:
    offers = definition.contract.consents
    return next((o.text for o in offers if (o.purpose, o.channel) == (Purpose.NEWSLETTER, Channel.EMAIL)), "")
