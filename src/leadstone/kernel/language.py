"""The languages that the product speaks from the first screen."""

from enum import StrEnum


class Language(StrEnum):
    """A BCP 47 tag that both the public pages and the studio are complete in."""

    POLISH = "pl"
    ENGLISH = "en"


_BY_TAG = {language.value: language for language in Language}


def language_or(tag: str | None, default: Language) -> Language:
    """The supported language that `tag` ("pl-PL", "EN") names, else `default`."""
    return _BY_TAG.get(tag.partition("-")[0].lower(), default) if tag else default
