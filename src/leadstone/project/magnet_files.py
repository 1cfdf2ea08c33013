"""A magnet's definition as a file, out and in again."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from leadstone.domains.magnets import queries, services
from leadstone.domains.magnets.kinds import KINDS
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.definition import MagnetDefinition

LARGEST = 2_000_000


class NotADefinition(LeadstoneError):
    code = "not_a_definition"
    sentence = "{file} is no definition of a magnet: {problem}."


def export_magnet(*, slug: str) -> None:
    """Print the definition at `slug` with everything that its kind keeps beside it: what is public, else the draft."""
    magnet = queries.by_slug(slug)
    if magnet is None:
        raise queries.NoSuchMagnet
    current = queries.current_version(magnet.pk)
    definition = current.definition if current else queries.draft_of(magnet)
    plain: dict[str, Any] = msgspec.to_builtins(definition)
    # A kind's own settings stand beside the rest, so that a quiz has its `outcomes` where one looks for them.
    shown = {"slug": magnet.slug, **plain.pop("settings"), **plain}
    print(msgspec.json.format(msgspec.json.encode(shown)).decode())


def import_magnet(*, file: Path) -> None:
    """A new draft from what `export_magnet` printed."""
    try:
        text = sys.stdin.buffer.read(LARGEST) if str(file) == "-" else file.read_bytes()[:LARGEST]
        plain = msgspec.json.decode(text, type=dict[str, Any])
        own = {name: plain.pop(name) for name in list(plain) if name not in _COMMON and name != "slug"}
        slug = str(plain.pop("slug", ""))
        definition = msgspec.convert({"settings": own, **plain}, MagnetDefinition)
        _hold_to_its_kind(definition)
    except (OSError, UnicodeDecodeError, RecursionError, msgspec.MsgspecError) as wrong:
        raise NotADefinition(file=file, problem=str(wrong)) from wrong
    magnet = services.create_from_definition(definition, slug=slug, by=None, now=datetime.now(UTC))
    print(f"A draft now: {magnet.title} (/m/{magnet.slug} once it is published)")


def _hold_to_its_kind(definition: MagnetDefinition) -> None:
    """Raises `msgspec.ValidationError` where there is no such kind, or it does not know what stands beside the rest."""
    kind = KINDS.get(definition.kind)
    if kind is None:
        raise msgspec.ValidationError(f"there is no kind of magnet called {definition.kind!r}; there are {', '.join(KINDS)}")
    msgspec.convert(definition.settings, kind.settings)


_COMMON = frozenset(MagnetDefinition.__struct_fields__)
