"""Writing, reading and deleting blobs."""

import hashlib
import os
import re
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from leadstone.kernel.errors import LeadstoneError

KEY = re.compile(r"[0-9a-f]{40}")
CHUNK_BYTES = 256 * 1024


class BlobTooLarge(LeadstoneError):
    code = "file_too_large"
    sentence = "This file is larger than {megabytes} MB."


class NoSuchBlob(LeadstoneError):
    code = "no_such_file"
    sentence = "This file is not in the store."


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """What was kept: `key` is 160 random bits in hex, `sha256` the digest of the content in hex."""

    key: str
    size_bytes: int
    sha256: str


class BlobStore:
    """The blobs in one folder; any number of processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, source: BinaryIO, *, limit_bytes: int) -> StoredBlob:
        """Keep everything that `source` still holds; raises `BlobTooLarge` and keeps nothing beyond `limit_bytes`."""
        self._folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".draft-", dir=self._folder)
        draft = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                size, digest = _copy(source, file, limit_bytes=limit_bytes)
                os.fchmod(file.fileno(), 0o640)
                file.flush()
                os.fsync(file.fileno())
            key = secrets.token_hex(20)
            draft.rename(self._folder / key)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        sync_folder(self._folder)
        return StoredBlob(key=key, size_bytes=size, sha256=digest)

    def path(self, key: str) -> Path:
        """Where the blob lies; raises `NoSuchBlob` when it is absent or `key` is not one of ours."""
        if not KEY.fullmatch(key):
            raise NoSuchBlob
        path = self._folder / key
        if not path.is_file():
            raise NoSuchBlob
        return path

    def has(self, key: str) -> bool:
        return bool(KEY.fullmatch(key)) and (self._folder / key).is_file()

    def read(self, key: str) -> bytes:
        return self.path(key).read_bytes()

    def stream(self, key: str) -> Iterator[bytes]:
        """The content in pieces of at most `CHUNK_BYTES`."""
        with self.path(key).open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk

    def delete(self, key: str) -> None:
        """Remove the blob; nothing happens when it is gone already."""
        if KEY.fullmatch(key):
            (self._folder / key).unlink(missing_ok=True)


def _copy(source: BinaryIO, target: BinaryIO, *, limit_bytes: int) -> tuple[int, str]:
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(CHUNK_BYTES):
        size += len(chunk)
        if size > limit_bytes:
            raise BlobTooLarge(megabytes=limit_bytes // (1024 * 1024))
        digest.update(chunk)
        target.write(chunk)
    return size, digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` as durable as the bytes behind them."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
