"""The encrypted file: libsodium's secretstream (XChaCha20-Poly1305), so that a changed, moved or missing piece is noticed.

    magic · length and header (MessagePack, readable) · stream header · (length · sealed frame) …

Every frame is bound to the readable header; the last one is marked as the last, so a file that was cut off does not pass.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec
from nacl import bindings
from nacl.exceptions import RuntimeError as SealBroken

from leadstone.kernel.errors import LeadstoneError
from leadstone.project.backup.locks import Lock, LockFacts

MAGIC = b"leadstone backup"
KEY_BYTES = bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES
_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_STREAM_HEADER_BYTES = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_LENGTH = struct.Struct(">I")
LARGEST_HEADER_BYTES = 4096
LARGEST_FRAME_BYTES = 64 * 1024 * 1024
LARGEST_PLAIN_BYTES = 4 * LARGEST_FRAME_BYTES
PLAIN, PACKED = b"\0", b"\1"


class NoBackup(LeadstoneError):
    code = "no_backup"
    sentence = "{file} is not a backup of Leadstone."


class BackupDamaged(LeadstoneError):
    code = "backup_damaged"
    sentence = "{file} is damaged: {problem}. Nothing in it can be trusted; take another backup."


class WrongKey(LeadstoneError):
    code = "backup_wrong_key"
    sentence = "{file} does not open with this key: it is another backup's key, or the beginning of the file was changed."


class VaultWriter:
    """Seals frames into a file that is open for writing."""

    def __init__(self, file: BinaryIO, lock: Lock) -> None:
        self._file = file
        header = msgspec.msgpack.encode(lock.facts)
        opening = MAGIC + _LENGTH.pack(len(header)) + header
        self._state = bindings.crypto_secretstream_xchacha20poly1305_state()
        stream_header = bindings.crypto_secretstream_xchacha20poly1305_init_push(self._state, lock.key)
        self._bound_to = hashlib.blake2b(opening, digest_size=32).digest()
        file.write(opening + stream_header)

    def put(self, plain: bytes, *, pack: bool = True, last: bool = False) -> None:
        """Append one frame; with `pack` it is compressed first where that makes it smaller."""
        packed = zlib.compress(plain, 6) if pack else plain
        body = PACKED + packed if len(packed) < len(plain) else PLAIN + plain
        tag = _FINAL if last else _MESSAGE
        sealed = bindings.crypto_secretstream_xchacha20poly1305_push(self._state, body, self._bound_to, tag)
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)


def read_lock_facts(file: BinaryIO, *, name: str) -> LockFacts:
    """What the readable header says about the key; raises `NoBackup`. `name` is what the file is called in mistakes."""
    try:
        magic, header = _read_opening(file)
        if magic == MAGIC:
            return msgspec.msgpack.decode(header, type=LockFacts)
    except (msgspec.DecodeError, struct.error):
        pass  # said below
    raise NoBackup(file=name)


def frames(file: BinaryIO, key: bytes, *, name: str) -> Iterator[bytes]:
    """What was put into the vault, in its order; the file must be at its beginning.

    Raises `WrongKey` when not even the first frame opens, `BackupDamaged` at the first that is not as it was written,
    and when the file ends too early or too late.
    """
    magic, header = _read_opening(file)
    bound_to = hashlib.blake2b(magic + _LENGTH.pack(len(header)) + header, digest_size=32).digest()
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    stream_header = file.read(_STREAM_HEADER_BYTES)
    if len(stream_header) < _STREAM_HEADER_BYTES:
        raise BackupDamaged(file=name, problem="it was cut off")
    bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, stream_header, key)
    first, tag = True, _MESSAGE
    while tag != _FINAL:
        sealed = _read_frame(file, name=name)
        try:
            body, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, sealed, bound_to)
        except (SealBroken, ValueError) as broken:
            if first:
                raise WrongKey(file=name) from broken
            raise BackupDamaged(file=name, problem="a piece of it was changed") from broken
        yield _unpacked(body, name=name)
        first = False
    if file.read(1):
        raise BackupDamaged(file=name, problem="something was appended to it")


def _read_opening(file: BinaryIO) -> tuple[bytes, bytes]:
    magic = file.read(len(MAGIC))
    (length,) = _LENGTH.unpack(file.read(_LENGTH.size))
    return magic, file.read(min(length, LARGEST_HEADER_BYTES))


def _read_frame(file: BinaryIO, *, name: str) -> bytes:
    prefix = file.read(_LENGTH.size)
    length = _LENGTH.unpack(prefix)[0] if len(prefix) == _LENGTH.size else 0
    if length > LARGEST_FRAME_BYTES:
        raise BackupDamaged(file=name, problem="a piece of it was changed")
    sealed = file.read(length)
    if not length or len(sealed) < length:
        raise BackupDamaged(file=name, problem="it was cut off")
    return sealed


def _unpacked(body: bytes, *, name: str) -> bytes:
    if body[:1] != PACKED:
        return body[1:]
    unpacker = zlib.decompressobj()
    plain = unpacker.decompress(body[1:], LARGEST_PLAIN_BYTES)
    if unpacker.unconsumed_tail:
        raise BackupDamaged(file=name, problem="a piece of it is far too large")
    return plain
