"""Taking a file in: kept as a blob, read by a child process, refused with a sentence or returned with its facts."""

import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec
import structlog

from leadstone.infra.blobs.store import BlobStore, BlobTooLarge, StoredBlob
from leadstone.infra.documents.covers import MOST_BYTES
from leadstone.infra.documents.report import Refusal, Report, decode_report
from leadstone.kernel.document import DocumentFacts, MediaType
from leadstone.kernel.errors import LeadstoneError

log = structlog.get_logger()

LARGEST_FILE_BYTES = 100 * 1024 * 1024
READING_SECONDS = 20

_SENTENCES = {
    Refusal.EMPTY: "This file is empty.",
    Refusal.TOO_LARGE: "This file is larger than 100 MB.",
    Refusal.UNKNOWN_TYPE: "This is not a PDF, EPUB or ZIP file.",
    Refusal.OFFICE_FILE: "This is an office document. Save it as a PDF first, so that it looks the same for everybody.",
    Refusal.ENCRYPTED: "This file asks for a password. Save it without one: a visitor could not open it.",
    Refusal.BROKEN_ARCHIVE: "This archive is damaged and would not unpack.",
    Refusal.UNSAFE_NAMES: "This archive holds names that point outside of it.",
    Refusal.ARCHIVE_INSIDE: "This archive holds another archive. Pack the files themselves.",
    Refusal.UNPACKS_TOO_LARGE: "This archive unpacks to far more than it should.",
    Refusal.TOO_SLOW: "This file could not be read in time.",
}


class DocumentRefused(LeadstoneError):
    """The file is not taken; `because` tells why."""

    code = "document_refused"

    def __init__(self, because: Refusal) -> None:
        self.because = because
        super().__init__(_SENTENCES[because])


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """A file that was taken in, with what it says. `cover` is a PNG."""

    file: StoredBlob
    facts: DocumentFacts
    cover: StoredBlob | None
    text: str = ""  # every word of it, to compare with other texts


def take_in(source: BinaryIO, *, blobs: BlobStore) -> KeptDocument:
    """Keep and read the file in `source`; raises `DocumentRefused` and keeps nothing when it is not fit to be given away."""
    try:
        stored = blobs.write(source, limit_bytes=LARGEST_FILE_BYTES)
    except BlobTooLarge as too_large:
        raise DocumentRefused(Refusal.TOO_LARGE) from too_large
    report = read_apart(blobs.path(stored.key))
    if report.refused is not None or report.facts is None:
        blobs.delete(stored.key)
        raise DocumentRefused(report.refused or Refusal.UNKNOWN_TYPE)
    cover = None
    if report.cover:
        cover = blobs.write(io.BytesIO(report.cover), limit_bytes=MOST_BYTES)
    return KeptDocument(file=stored, facts=report.facts, cover=cover, text=report.text)


def read_words(path: Path, *, seconds: float = READING_SECONDS) -> str | Refusal:
    """Every word of a PDF, EPUB, DOCX, HTML or text file, read in a process of its own; or why it is not read."""
    report = _read(path, "--words", seconds=seconds)
    if report is None:
        return Refusal.TOO_SLOW
    return report.refused or report.text


def _read(path: Path, *options: str, seconds: float) -> Report | None:
    """What the reading process reports; None when it died or was late."""
    command = [sys.executable, "-I", "-B", "-m", "leadstone.infra.documents.reader", str(path), *options]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=True, env={})  # noqa: S603 - our own module
        return decode_report(done.stdout)
    except (subprocess.SubprocessError, msgspec.DecodeError) as trouble:
        log.warning("document.unread", because=type(trouble).__name__)
        return None


def read_apart(path: Path, *, seconds: float = READING_SECONDS) -> Report:
    """Read the file in a process of its own. When that process dies or is late, a PDF is still a PDF; an archive is refused."""
    report = _read(path, seconds=seconds)
    if report is not None:
        return report
    with path.open("rb") as file:
        looks_like_pdf = file.read(5) == b"%PDF-"
    if looks_like_pdf:
        return Report(facts=DocumentFacts(media_type=MediaType.PDF, readable=False))
    return Report(refused=Refusal.TOO_SLOW)
