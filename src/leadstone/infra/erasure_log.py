"""`erasures.log`: who was erased or stopped, as keyed hashes that only this installation can tell, one JSON line each.

It lies outside the backups. An older backup still knows whoever was erased since: whoever restores it applies this log.
"""

import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import msgspec

from leadstone.infra.blind_index import installation_mark


class ErasedPerson(msgspec.Struct, tag="person", tag_field="what", frozen=True, kw_only=True):
    """A person whose every value was erased. `trace`: of the key that they had (`blind_index.person_trace`)."""

    of: str  # the installation's mark
    trace: str


class StoppedAddress(msgspec.Struct, tag="address", tag_field="what", frozen=True, kw_only=True):
    """An address that must not be written to any more, for `reason`; "erased" means that its owner was erased at that time."""

    of: str
    hash: str
    channel: str
    scope: str
    reason: str
    at: datetime


Line = ErasedPerson | StoppedAddress
_decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)


def append(path: Path, lines: Iterable[Line]) -> None:
    """Add `lines`; on the disk when this returns. A line that is there already does no harm."""
    text = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    if not text:
        return
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        # A crash in the middle of a line must not take the next one with it.
        cut_off = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, b"\n" + text if cut_off else text)
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path) -> list[Line]:
    """Every whole line; what a crash cut off was written again afterwards."""
    found = []
    for line in path.read_bytes().splitlines():
        try:
            found.append(_decoder.decode(line))
        except msgspec.DecodeError:
            continue
    return found


def is_ours(line: Line) -> bool:
    """Whether the hash in `line` was made with this installation's key."""
    return line.of == installation_mark()
