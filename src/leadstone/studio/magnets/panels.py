"""What stands below the editor: the magnet in other languages, its draft shown in private, and copies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language_info

from leadstone.domains.magnets import queries
from leadstone.flows.drafts_shown import Shown, is_shown
from leadstone.kernel.language import Language

if TYPE_CHECKING:
    from leadstone.domains.magnets.models import Magnet


@dataclass(frozen=True, slots=True)
class Life:
    """`missing`: languages without a version, by tag and name. `could_be`: magnets that may be one of these versions."""

    language: str
    siblings: Sequence[tuple["Magnet", str]]
    missing: Sequence[tuple[str, str]]
    could_be: Sequence[tuple["Magnet", str]]
    shown: Shown | None


def life_of(magnet: "Magnet") -> Life:
    family = queries.family_of(magnet.pk)
    spoken = {magnet.language, *(other.language for other in family)}
    return Life(
        language=language_name(magnet.language),
        siblings=[(other, language_name(other.language)) for other in family],
        missing=[(tag.value, language_name(tag.value)) for tag in Language if tag.value not in spoken],
        could_be=[(other, language_name(other.language)) for other in queries.could_be_siblings(magnet.pk)],
        shown=is_shown(magnet.pk, now=timezone.now()),
    )


def language_name(tag: str) -> str:
    """What a language calls itself."""
    known = tag in set(Language)
    return str(get_language_info(tag)["name_local"]).capitalize() if known else tag
