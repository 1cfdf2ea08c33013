"""How the records of the ledger hang together: pure, so that whoever doubts can recompute it.

The hash of a record is SHA-256 over its fields and the hash before it (hash chaining as in RFC 6962's spirit, linear). Digests
of personal values are salted; the salt lies in the erasable sibling, so that after an erasure the digest points at nobody.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one record says, without its place in the chain."""

    sequence: int
    contact_id: int
    subject_digest: str
    act: str
    purpose: str
    channel: str
    wording_id: int | None
    version_id: int | None
    method: str
    collector: str
    evidence_digest: str
    at: datetime


def hash_of(entry: Entry, *, previous: str) -> str:
    """The hash (hex) of a record that follows the one with hash `previous`."""
    said = (
        previous,
        entry.sequence,
        entry.contact_id,
        entry.subject_digest,
        entry.act,
        entry.purpose,
        entry.channel,
        entry.wording_id,
        entry.version_id,
        entry.method,
        entry.collector,
        entry.evidence_digest,
        # Databases keep microseconds and may hand back another zone: this form is the same for all.
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
    )
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def digest_of(value: str | Mapping[str, object], *, salt: str) -> str:
    """The salted digest (hex) of a personal value; the same for equal values whatever the order of their keys."""
    return hashlib.sha256(salt.encode() + msgspec.json.encode(value, order="deterministic")).hexdigest()


def wording_digest(*, language: str, purpose: str, channel: str, text: str) -> str:
    """The digest (hex) that names the exact words of one box."""
    return hashlib.sha256(msgspec.json.encode((language, purpose, channel, text))).hexdigest()


def chained(entries: Iterator[Entry] | list[Entry], *, previous: str) -> Iterator[tuple[Entry, str, str]]:
    """Each entry with the hash before it and its own."""
    for entry in entries:
        own = hash_of(entry, previous=previous)
        yield entry, previous, own
        previous = own
