"""The folder of the lake: one folder a month, files that appear whole or not at all, and one writer at a time."""

import fcntl
import hashlib
import os
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from leadstone.infra.blobs.store import sync_folder

SUFFIX = ".parquet"
_PART, _LOCK = ".part", "lock"
_SCRATCH = ("spill", "staging")


@dataclass(frozen=True, slots=True)
class LandedFile:
    """A file that is on the disk under its name. `name`: month folder and file, as it is recorded."""

    name: str
    size_bytes: int
    digest: str  # BLAKE2b of 32 bytes, in hex


class Fault(StrEnum):
    """What is wrong with a file that was landed."""

    MISSING = "missing"
    CHANGED = "changed"  # it holds other bytes than were written


@dataclass(frozen=True, slots=True)
class LakeFolder:
    root: Path

    @contextmanager
    def held(self) -> Iterator[bool]:
        """Whether nobody else writes; while it is, nobody else can. The system lets go of what a dead process held."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o750)
        handle = os.open(self.root / _LOCK, os.O_RDWR | os.O_CREAT, 0o640)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        finally:
            os.close(handle)

    def path(self, name: str) -> Path:
        return self.root / name

    def paths(self, names: Collection[str]) -> tuple[str, ...]:
        return tuple(str(self.path(name)) for name in names)

    def names(self) -> list[str]:
        """Every file that lies here whole, recorded or not."""
        return sorted(f"{path.parent.name}/{path.name}" for path in self.root.glob(f"*/*{SUFFIX}"))

    def draft(self, month: date) -> Path:
        """A new name for a file that is not there yet."""
        place = self.root / f"{month:%Y-%m}"
        place.mkdir(exist_ok=True, mode=0o750)
        return place / f"{secrets.token_hex(10)}{SUFFIX}{_PART}"

    @contextmanager
    def scratch(self, text: str) -> Iterator[Path]:
        """A file with `text` that is gone afterwards."""
        place = self.root / "staging"
        place.mkdir(exist_ok=True, mode=0o750)
        path = place / f"{secrets.token_hex(10)}.csv"
        try:
            path.write_text(text, encoding="utf-8")
            yield path
        finally:
            path.unlink(missing_ok=True)

    def land(self, draft: Path) -> LandedFile:
        """Give a finished draft its name, once every byte of it is on the disk."""
        handle = os.open(draft, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        draft.chmod(0o640)
        digest, size = digest_of(draft)
        landed = draft.with_name(draft.name.removesuffix(_PART))
        draft.rename(landed)
        sync_folder(landed.parent)
        sync_folder(self.root)
        return LandedFile(name=f"{landed.parent.name}/{landed.name}", size_bytes=size, digest=digest)

    def fault_of(self, file: LandedFile) -> Fault | None:
        """Whether a file still is what was landed; None when it is. Reads all of it."""
        try:
            same = digest_of(self.path(file.name)) == (file.digest, file.size_bytes)
        except FileNotFoundError:
            return Fault.MISSING
        except OSError:  # the disk cannot give it back
            return Fault.CHANGED
        return None if same else Fault.CHANGED

    def sweep(self, keep: Collection[str]) -> int:
        """Remove what no record names: files that a crash left behind, and those whose time is over. Only while `held`."""
        removed = 0
        for path in sorted(self.root.glob("*/*")):
            name = f"{path.parent.name}/{path.name}"
            if path.is_file() and name not in keep and (path.parent.name in _SCRATCH or path.name.endswith((SUFFIX, _PART))):
                path.unlink(missing_ok=True)
                removed += 1
        return removed


def digest_of(path: Path) -> tuple[str, int]:
    """The digest of a file and how many bytes it has."""
    digest, size = hashlib.blake2b(digest_size=32), 0
    with path.open("rb") as file:
        while piece := file.read(1024 * 1024):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size
