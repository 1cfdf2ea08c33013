"""Disks that fail: a power cut that drops what was not synced, and a disk that is full. For `connect=` of the journal.

Works through apsw's VFS: the files are real, and beside them we keep what would have survived.
"""

import itertools
import random
from collections.abc import Callable
from pathlib import Path

import apsw
from typing_extensions import override

_numbers = itertools.count()


class PowerCut(apsw.VFS):
    """Power fails at the operation number `fails_at` (writes, truncations and syncs count); everything later fails too."""

    def __init__(self, *, fails_at: int, chance: random.Random) -> None:
        self.name = f"power-cut-{next(_numbers)}"
        self.fails_at = fails_at
        self.operations = 0
        self.synced: dict[str, bytes] = {}
        self.pending: dict[str, list[Callable[[bytearray], None]]] = {}
        self._chance = chance
        super().__init__(self.name, "")

    def connect(self, path: Path) -> apsw.Connection:
        return apsw.Connection(str(path), vfs=self.name)

    @override
    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        return _CutFile(self, name, flags)

    @override
    def xDelete(self, filename: str, syncdir: bool) -> None:
        # SQLite syncs the folder when a deletion matters (the end of a rollback journal), so it counts as durable.
        self.count_operation()
        self.synced.pop(filename, None)
        self.pending.pop(filename, None)
        super().xDelete(filename, syncdir)

    def count_operation(self) -> None:
        self.operations += 1
        if self.operations >= self.fails_at:
            raise apsw.IOError("the power is off")

    def write_survivors(self, folder: Path) -> None:
        """The files as the next start finds them: what was synced, and by chance some of what was not."""
        for path in {*self.synced, *self.pending}:
            content = bytearray(self.synced.get(path, b""))
            for change in self.pending.get(path, []):
                if self._chance.random() < 0.3:
                    change(content)
            (folder / Path(path).name).write_bytes(bytes(content))


class _CutFile(apsw.VFSFile):
    def __init__(self, disk: PowerCut, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        self._path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        super().__init__("", name, flags)

    @override
    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.count_operation()
        written = bytes(data)

        def change(content: bytearray) -> None:
            if len(content) < offset:
                content.extend(bytes(offset - len(content)))
            content[offset : offset + len(written)] = written

        self._disk.pending.setdefault(self._path, []).append(change)
        super().xWrite(data, offset)

    @override
    def xTruncate(self, newsize: int) -> None:
        self._disk.count_operation()

        def change(content: bytearray) -> None:
            del content[newsize:]

        self._disk.pending.setdefault(self._path, []).append(change)
        super().xTruncate(newsize)

    @override
    def xSync(self, flags: int) -> None:
        self._disk.count_operation()
        content = bytearray(self._disk.synced.get(self._path, b""))
        for change in self._disk.pending.pop(self._path, []):
            change(content)
        self._disk.synced[self._path] = bytes(content)
        super().xSync(flags)


class SmallDisk(apsw.VFS):
    """A disk whose files may not grow while it is `full`."""

    def __init__(self) -> None:
        self.name = f"small-disk-{next(_numbers)}"
        self.full = False
        super().__init__(self.name, "")

    def connect(self, path: Path) -> apsw.Connection:
        return apsw.Connection(str(path), vfs=self.name)

    @override
    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        return _SmallFile(self, name, flags)


class _SmallFile(apsw.VFSFile):
    def __init__(self, disk: SmallDisk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        self._disk = disk
        super().__init__("", name, flags)

    @override
    def xWrite(self, data: bytes, offset: int) -> None:
        if self._disk.full:
            raise apsw.FullError("database or disk is full")
        super().xWrite(data, offset)
