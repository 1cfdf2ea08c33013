"""The key of a backup: a random one in a file beside it, or one made from a passphrase."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

import msgspec
from nacl import bindings, pwhash

from leadstone.kernel.errors import LeadstoneError

KEY_BYTES = bindings.crypto_secretstream_xchacha20poly1305_KEYBYTES
SHORTEST_PASSPHRASE = 12
# About half a second, on a machine with 512 MB too (RFC 9106 recommends 64 MiB with three passes).
PASSES = 4
MEMORY_BYTES = 64 * 1024 * 1024
MOST_PASSES = 50
MOST_MEMORY_BYTES = 1024 * 1024 * 1024


class KeyMissing(LeadstoneError):
    code = "backup_key_missing"
    sentence = "The key of this backup is not at {path}. Say where it is: --key FILE"


class KeyUnreadable(LeadstoneError):
    code = "backup_key_unreadable"
    sentence = "{path} is not the key of a backup: it holds 64 hexadecimal digits."


class PassphraseMissing(LeadstoneError):
    code = "backup_passphrase_missing"
    sentence = "This backup opens with a passphrase. Say where it is: --passphrase-file FILE"


class PassphraseUnreadable(LeadstoneError):
    code = "backup_passphrase_unreadable"
    sentence = "The passphrase cannot be read from {path}: {problem}."


class PassphraseShort(LeadstoneError):
    code = "backup_passphrase_short"
    sentence = "The passphrase in {path} is too short: at least {least} characters."


class TooCostly(LeadstoneError):
    code = "backup_too_costly"
    sentence = "This backup asks for more memory than a key may cost; it was not written by Leadstone."


class LockFacts(msgspec.Struct, frozen=True):
    """How the key is found; written readably at the beginning of the backup. `salt` is empty for a random key."""

    salt: bytes = b""
    passes: int = 0
    memory_bytes: int = 0

    @property
    def by_passphrase(self) -> bool:
        return bool(self.salt)


@dataclass(frozen=True, slots=True, repr=False)
class Lock:
    """A key of 32 bytes, and what is told about it."""

    key: bytes
    facts: LockFacts


def key_path_of(backup: Path) -> Path:
    """Where the random key of a backup lies unless somebody moved it."""
    return backup.with_name(backup.name + ".key")


def random_lock() -> Lock:
    return Lock(secrets.token_bytes(KEY_BYTES), LockFacts())


def passphrase_lock(path: Path) -> Lock:
    """A lock for a new backup; raises `PassphraseShort` or `PassphraseUnreadable`."""
    passphrase = _read_passphrase(path)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseShort(path=path, least=SHORTEST_PASSPHRASE)
    facts = LockFacts(secrets.token_bytes(pwhash.argon2id.SALTBYTES), PASSES, MEMORY_BYTES)
    return Lock(_derived(passphrase, facts), facts)


def write_key(path: Path, lock: Lock) -> None:
    """Keep a random key in a new file for its owner alone; raises `FileExistsError`."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(lock.key.hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def find_key(facts: LockFacts, *, key_file: Path, passphrase_file: Path | None) -> bytes:
    """The key that opens a backup with these facts; raises the mistake that says what is missing."""
    if facts.by_passphrase:
        if passphrase_file is None:
            raise PassphraseMissing
        if facts.memory_bytes > MOST_MEMORY_BYTES or facts.passes > MOST_PASSES:
            raise TooCostly
        return _derived(_read_passphrase(passphrase_file), facts)
    try:
        key = bytes.fromhex(key_file.read_text().strip())
    except FileNotFoundError as missing:
        raise KeyMissing(path=key_file) from missing
    except ValueError as wrong:
        raise KeyUnreadable(path=key_file) from wrong
    if len(key) != KEY_BYTES:
        raise KeyUnreadable(path=key_file)
    return key


def _read_passphrase(path: Path) -> str:
    try:
        return path.read_text().rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as fault:
        problem = fault.strerror if isinstance(fault, OSError) else "it is not text"
        raise PassphraseUnreadable(path=path, problem=(problem or str(fault)).lower()) from fault


def _derived(passphrase: str, facts: LockFacts) -> bytes:
    return bytes(
        pwhash.argon2id.kdf(KEY_BYTES, passphrase.encode(), facts.salt, opslimit=facts.passes, memlimit=facts.memory_bytes)
    )
