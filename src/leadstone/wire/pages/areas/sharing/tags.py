"""What networks and messengers are told of a magnet beside its words (Open Graph, ogp.me)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leadstone.kernel.language import Language
from leadstone.wire.bundle import Bundle, PublishedVersion

# A language as networks name it, with a territory.
TERRITORIES: Mapping[str, str] = {Language.POLISH.value: "pl_PL", Language.ENGLISH.value: "en_GB"}


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """`picture`: its name under `/s/`; `locale`, `others`: the language of the magnet, and those that it is there in too."""

    picture: str
    locale: str
    others: tuple[str, ...]


def share_facts(bundle: Bundle, version: PublishedVersion, *, languages: Iterable[str]) -> ShareFacts:
    """Of a version that visitors meet; `languages`: in which the magnet is there."""
    key, own = str(version.version_id), version.definition.language
    pictures = (magnet.share_pictures[key] for magnet in bundle.magnets if key in magnet.share_pictures)
    others = tuple(TERRITORIES[tag] for tag in languages if tag != own and tag in TERRITORIES)
    return ShareFacts(next(pictures, ""), TERRITORIES.get(own, ""), others)
