"""Words that are public without being the only ones: the arms of an experiment, and old words that come back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from leadstone.domains.magnets import queries
from leadstone.domains.magnets.events import MagnetPublished
from leadstone.domains.magnets.gap import Gap
from leadstone.domains.magnets.models import MagnetVersion
from leadstone.domains.magnets.rules import gaps_of
from leadstone.domains.magnets.services import Publication, is_stored, locked, new_version
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.outbox import services as outbox
from leadstone.wire.definition import MagnetDefinition, decode_definition, encode_definition


@dataclass(frozen=True, slots=True)
class ArmsPublished:
    """The versions of the arms by key, and the one that everybody else sees; or what is missing in which arm."""

    versions: Mapping[str, int]
    outside: int = 0
    gaps: Mapping[str, tuple[Gap, ...]] = field(default_factory=dict)


def locked_words(magnet_id: int) -> MagnetDefinition | None:
    """What the public reads of a magnet, None before the first publication; until the transaction ends nobody changes it."""
    locked(magnet_id)
    current = queries.current_version(magnet_id)
    return current.definition if current else None


def arm_gaps(*, magnet_id: int, definition: MagnetDefinition, blobs: BlobStore, now: datetime, in_stock: bool) -> tuple[Gap, ...]:
    """What stands between these words for a published magnet and the public."""
    magnet = queries.magnet(magnet_id)
    facts = queries.publish_facts(
        magnet=magnet, slug=magnet.slug, file_stored=is_stored(definition, blobs), today=now.date(), in_stock=in_stock
    )
    return gaps_of(definition, facts=facts)


@transaction.atomic
def publish_arms(
    *,
    magnet_id: int,
    arms: Mapping[str, MagnetDefinition],
    blobs: BlobStore,
    by: int | None,
    now: datetime,
    in_stock: bool = True,
) -> ArmsPublished:
    """Make each arm a version of a published magnet, and then its public words once more, so that these stay the current ones.

    An arm is a version like any other, gaps and checks included: what a visitor was promised is told by the version that they
    saw. Whoever publishes the arms tells the edge who meets which. Raises `NoSuchMagnet` for what was never published.
    """
    magnet = locked(magnet_id)
    current = queries.current_version(magnet_id)
    if current is None:
        raise queries.NoSuchMagnet
    found = {
        key: arm_gaps(magnet_id=magnet_id, definition=definition, blobs=blobs, now=now, in_stock=in_stock)
        for key, definition in arms.items()
    }
    if any(found.values()):
        return ArmsPublished({}, gaps={key: gaps for key, gaps in found.items() if gaps})
    versions = {key: new_version(magnet, encode_definition(definition), by=by, now=now).pk for key, definition in arms.items()}
    return ArmsPublished(versions, new_version(magnet, current.words, by=by, now=now).pk)


@transaction.atomic
def publish_words_of(*, magnet_id: int, version_id: int, blobs: BlobStore, by: int | None, now: datetime) -> Publication:
    """Let everybody see the words of an older version again, as a version of its own; or name what is missing in them today."""
    magnet = locked(magnet_id)
    words = MagnetVersion.objects.filter(magnet=magnet, pk=version_id).values_list("definition", flat=True).first()
    if words is None:
        raise queries.NoSuchMagnet
    gaps = arm_gaps(magnet_id=magnet_id, definition=decode_definition(words), blobs=blobs, now=now, in_stock=True)
    if gaps:
        return Publication(None, gaps)
    version = new_version(magnet, words, by=by, now=now)
    outbox.record(MagnetPublished(magnet_id=magnet_id, version_id=version.pk), at=now)
    return Publication(version.pk)
