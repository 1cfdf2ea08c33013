"""A published guide without the screens and services that make one."""

from datetime import UTC, datetime

from leadstone.domains.magnets.models import Magnet, MagnetVersion
from leadstone.wire.definition import encode_definition
from tests.magnets.definitions import complete

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def publish(slug: str) -> MagnetVersion:
    definition = complete()
    magnet = Magnet.objects.create(
        slug=slug, kind=definition.kind, language="en", title=definition.title, draft={}, created_at=MONDAY, updated_at=MONDAY
    )
    return MagnetVersion.objects.create(
        magnet=magnet, number=1, definition=encode_definition(definition), digest="d", published_at=MONDAY
    )
