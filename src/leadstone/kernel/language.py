"""The languages that the product speaks from the first screen."""

from enum import StrEnum


class Language(StrEnum):
    """A BCP 47 tag that both the public pages and the studio are complete in."""

    POLISH = "pl"
    ENGLISH = "en"


def language_or(tag: str | None, default: Language) -> Language:
    """The supported language that `tag` ("pl-PL", "EN") names, else `default`."""
    primary = (tag or "").split("-")[0].lower()
    return Language(primary) if primary in set(Language) else default
