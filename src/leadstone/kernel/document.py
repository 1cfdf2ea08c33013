"""What a file says about itself, read from its bytes; the words that the reader and the drafting share."""

from enum import StrEnum

import msgspec


class MediaType(StrEnum):
    """The files that may be given away (RFC 6838 names)."""

    PDF = "application/pdf"
    EPUB = "application/epub+zip"
    ZIP = "application/zip"

    @property
    def extension(self) -> str:
        return self.name.lower()


class DocumentFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a document; every field may be empty, for a broken file is still a file."""

    media_type: MediaType
    title: str = ""
    lead: str = ""  # the first real paragraph
    headings: tuple[str, ...] = ()  # outline entries, else lines set larger than the text
    excerpt: str = ""  # the beginning of the text, white space collapsed
    language: str = ""  # "pl", "en", or empty when there is too little text to tell
    pages: int | None = None
    readable: bool = True  # False: the bytes look right, yet the file would not open
