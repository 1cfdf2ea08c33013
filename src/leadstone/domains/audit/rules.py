"""What is worth a line in the audit log, and how its lines hang together."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

import msgspec

BEGINNING = "0" * 64


class Action(StrEnum):
    """What somebody did."""

    READ = "read"  # opened somebody's card
    EXPORTED = "exported"
    SIGNED_IN = "signed_in"
    PASSWORD_CHANGED = "password_changed"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    SESSIONS_ENDED = "sessions_ended"
    ACCOUNT_OPENED = "account_opened"
    ACCOUNT_RESET = "account_reset"  # break-glass, from the command line
    ROLE_CHANGED = "role_changed"
    REACH_CHANGED = "reach_changed"
    TEAM_CHANGED = "team_changed"
    CLAIM_APPROVED = "claim_approved"  # answered by name for words that the checks found
    CLAIM_REOPENED = "claim_reopened"  # nobody answers for them any more
    OVERRIDDEN = "overridden"  # promoted without the evidence that the checklist names
    BACKUP_MADE = "backup_made"
    QUARANTINE_LIFTED = "quarantine_lifted"
    KEY_MADE = "key_made"
    KEY_REVOKED = "key_revoked"
    ENDPOINT_CHANGED = "endpoint_changed"  # `how` says what was done with it
    KEY_BACK = "key_back"  # the revocation was taken back
    BOX_KEPT = "box_kept"  # who ticked a magnet's box gets letters of a `topic` from now on; of none when it is empty
    BASIS_STATED = "basis_stated"  # somebody answered for why we may know a person who was handed over; `basis` says it
    BASIS_TAKEN_BACK = "basis_taken_back"  # it was a slip
    KIOSK_CHANGED = "kiosk_changed"  # `how` says what was done with it
    DOOR_CHANGED = "door_changed"  # `how` says what was done with it


class Subject(StrEnum):
    """What a line is about; with its id."""

    LEAD = "lead"
    CONTACT = "contact"
    COMPANY = "company"
    DEAL = "deal"
    USER = "user"
    MAGNET = "magnet"
    TEAM = "team"
    LIST = "list"  # rows of an export or a report
    INSTALLATION = "installation"
    ENDPOINT = "endpoint"  # of another system, that is told by webhooks
    KEY = "key"  # of another program
    KIOSK = "kiosk"
    DOOR = "door"  # by which another system hands people over


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one line says, at its place in the chain."""

    sequence: int
    at: datetime
    actor_id: int | None
    action: str
    subject: str
    subject_id: int | None
    facts: Mapping[str, int | str]


def hash_of(entry: Entry, *, previous: str) -> str:
    """The hash (hex, SHA-256) of a line that follows the one with hash `previous`."""
    said = (
        previous,
        entry.sequence,
        # Databases keep microseconds and may hand back another zone: this form is the same for all.
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.action,
        entry.subject,
        entry.subject_id,
        dict(entry.facts),
    )
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()


class Break(StrEnum):
    """What is wrong with the chain."""

    CHANGED_LINE = "changed_line"
    MISSING_LINE = "missing_line"
    BROKEN_CHAIN = "broken_chain"
    MISSING_END = "missing_end"


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which lines somebody asks for; each is checked against what there is, and combines with the others."""

    actor_id: int | None = None
    by_the_house: bool = False  # the command line and the worker, who have no account
    action: Action | None = None
    subject: Subject | None = None
    subject_id: int | None = None
    since: date | None = None
    until: date | None = None
