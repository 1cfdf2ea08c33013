"""What the reading process tells the one that asked."""

from enum import StrEnum

import msgspec

from leadstone.kernel.document import DocumentFacts


class Refusal(StrEnum):
    """Why a file is not taken."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_TYPE = "unknown_type"
    OFFICE_FILE = "office_file"
    ENCRYPTED = "encrypted"
    BROKEN_ARCHIVE = "broken_archive"
    UNSAFE_NAMES = "unsafe_names"
    ARCHIVE_INSIDE = "archive_inside"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    TOO_SLOW = "too_slow"


class Refused(Exception):
    """Raised while reading, caught by the reader: the file is not taken."""

    def __init__(self, because: Refusal) -> None:
        self.because = because
        super().__init__(because.value)


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Either a refusal, or facts and perhaps a cover (PNG)."""

    refused: Refusal | None = None
    facts: DocumentFacts | None = None
    cover: bytes = b""
    text: str = ""  # every word of it, as far as it was asked for and found


def encode_report(report: Report) -> bytes:
    return msgspec.msgpack.encode(report)


def decode_report(data: bytes) -> Report:
    """The report in `data`; raises `msgspec.ValidationError` or `msgspec.DecodeError` when it is none."""
    return msgspec.msgpack.decode(data, type=Report)
