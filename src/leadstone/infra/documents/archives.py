"""Whether an archive may be handed to a visitor: what it unpacks to, and where."""

import stat
import zipfile
from pathlib import Path, PurePosixPath

from leadstone.infra.documents.report import Refusal, Refused

MOST_ENTRIES = 5000
MOST_UNPACKED_BYTES = 400 * 1024 * 1024
MOST_RATIO = 200  # text packs about 1:10; a bomb 1:1000
SMALL_BYTES = 10 * 1024 * 1024  # below this a ratio says nothing
CHUNK_BYTES = 1024 * 1024
_ENCRYPTED = 0x1
_ARCHIVES = frozenset({".zip", ".rar", ".7z", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".cab", ".iso"})
_DRM = frozenset({"META-INF/rights.xml", "META-INF/license.lcpl"})


def check_archive(path: Path) -> None:
    """Unpack everything once, into nothing; raises `Refused` when the archive is a trap or is broken."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_claims(entries, packed_bytes=path.stat().st_size)
            _check_content(archive, entries)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError) as broken:
        raise Refused(Refusal.BROKEN_ARCHIVE) from broken


def _check_claims(entries: list[zipfile.ZipInfo], *, packed_bytes: int) -> None:
    if not entries:
        raise Refused(Refusal.EMPTY)
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED or entry.filename in _DRM:
            raise Refused(Refusal.ENCRYPTED)
        if not _stays_inside(entry):
            raise Refused(Refusal.UNSAFE_NAMES)
        if PurePosixPath(entry.filename.lower()).suffix in _ARCHIVES:
            raise Refused(Refusal.ARCHIVE_INSIDE)
    unpacked = sum(entry.file_size for entry in entries)
    # Entries that share the same packed bytes claim more of the file than there is (an overlapping bomb).
    overlapping = sum(entry.compress_size for entry in entries) > packed_bytes
    swollen = unpacked > SMALL_BYTES and unpacked > MOST_RATIO * packed_bytes
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED_BYTES or overlapping or swollen:
        raise Refused(Refusal.UNPACKS_TOO_LARGE)


def _stays_inside(entry: zipfile.ZipInfo) -> bool:
    # `orig_filename`, because the library already cuts a name at NUL and turns separators.
    name = entry.orig_filename
    if not name.strip("/") or "\x00" in name or "\\" in name or name.startswith("/") or ":" in name.split("/")[0]:
        return False
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return ".." not in name.split("/") and kind in {0, stat.S_IFREG, stat.S_IFDIR}


def _check_content(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    left = MOST_UNPACKED_BYTES
    for entry in entries:
        with archive.open(entry) as content:
            while chunk := content.read(CHUNK_BYTES):
                left -= len(chunk)
                if left < 0:
                    raise Refused(Refusal.UNPACKS_TOO_LARGE)
