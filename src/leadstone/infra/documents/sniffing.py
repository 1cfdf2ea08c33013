"""What a file is by its bytes; its name is not asked."""

import zipfile
from pathlib import Path

import filetype

from leadstone.infra.documents.report import Refusal, Refused
from leadstone.kernel.document import MediaType

_HEAD_BYTES = 8192
_EPUB = b"application/epub+zip"


def media_type_of(path: Path) -> MediaType:
    """The type of the file; raises `Refused` for everything that is no PDF, EPUB or plain ZIP."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise Refused(Refusal.EMPTY)
    # Other programs look for the mark within the first kilobyte; a page of HTML before it would make the file two things at once.
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return MediaType.PDF
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(Refusal.OFFICE_FILE)
    if head.startswith(b"PK\x03\x04"):
        return _zipped_type(path)
    guess = filetype.guess(head)
    if guess is not None and guess.mime.startswith("application/vnd."):
        raise Refused(Refusal.OFFICE_FILE)
    raise Refused(Refusal.UNKNOWN_TYPE)


def _zipped_type(path: Path) -> MediaType:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            declared = _declared_type(archive, names)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as broken:
        raise Refused(Refusal.BROKEN_ARCHIVE) from broken
    if declared == _EPUB and "META-INF/container.xml" in names:
        return MediaType.EPUB
    if "[Content_Types].xml" in names or declared.startswith(b"application/vnd.oasis."):
        raise Refused(Refusal.OFFICE_FILE)
    if declared or "META-INF/MANIFEST.MF" in names:
        raise Refused(Refusal.UNKNOWN_TYPE)
    return MediaType.ZIP


def _declared_type(archive: zipfile.ZipFile, names: set[str]) -> bytes:
    # EPUB (OCF 3.3 §4.3) and OpenDocument name their type in a first entry called "mimetype".
    if "mimetype" not in names:
        return b""
    with archive.open("mimetype") as entry:
        return entry.read(200).strip()
