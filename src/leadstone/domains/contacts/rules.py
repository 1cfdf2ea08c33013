"""Which of the things said about a person is shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from leadstone.kernel.address import Address
from leadstone.kernel.folding import fold
from leadstone.kernel.phone import Phone


class PointKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"


class StatementSource(StrEnum):
    SUBMISSION = "submission"
    STAFF = "staff"
    HANDED_OVER = "handed_over"  # by a device, another system or a supplier


class TagSource(StrEnum):
    ANSWER = "answer"  # an answer of theirs, from a proven mailbox; `said_ref` names the form
    STAFF = "staff"  # `said_ref` names the member of staff
    PROGRAM = "program"  # `said_ref` names the key of the program that told us


class StatementState(StrEnum):
    CLAIMED = "claimed"  # typed by a visitor, not proven
    VERIFIED = "verified"  # the mailbox was proven, or staff vouches
    DECLINED = "declined"  # known to be wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement. `values`: field → value, as typed."""

    ref: str
    source: StatementSource
    state: StatementState
    said_at: datetime
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownValue:
    """A value with its origin: who said it, when, and whether it is verified."""

    value: str
    source: StatementSource
    ref: str
    said_at: datetime
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one accepted form says about whoever typed it. `ref` names the submission."""

    ref: str
    said_at: datetime
    language: str
    address: Address
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """What somebody else says about a person; at least one of `address` and `phone`. `ref` names the handing over."""

    ref: str
    said_at: datetime
    language: str
    address: Address | None
    phone: Phone | None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """What one form, one member of staff or one program (`said_ref`) calls a person."""

    contact_id: int
    names: Sequence[str]
    source: TagSource
    said_ref: str


# What a question says is about the matter, not about the person.
DESCRIBING = ("name", "email", "phone", "company", "position")


def shown_values(statements: Iterable[Said]) -> dict[str, ShownValue]:
    """What is shown for each field: the latest verified word; while nothing is verified, the first claim alone.

    So a later claim, whoever typed it, changes nothing until the mailbox is proven or a member of staff accepts it.
    """
    standing = sorted((s for s in statements if s.state is not StatementState.DECLINED), key=lambda s: s.said_at)
    verified = [s for s in standing if s.state is StatementState.VERIFIED]
    shown: dict[str, ShownValue] = {}
    for statement in verified or standing[:1]:
        for key in DESCRIBING:
            if value := statement.values.get(key):
                shown[key] = ShownValue(
                    value=value,
                    source=statement.source,
                    ref=statement.ref,
                    said_at=statement.said_at,
                    verified=statement.state is StatementState.VERIFIED,
                )
    return shown


def proven_by_button(claims: Sequence[Said], *, answered: Collection[str]) -> set[str]:
    """Refs of the claims that a proof of the mailbox verifies; `answered`: the forms whose mails carried the button.

    Two forms for one mailbox may come from two people, whose mails look alike. So nothing is verified while any of them
    contradicts another, and else the answered ones alone: what a stranger's form adds to the owner's stays a claim. Where
    nobody knows which form was answered, only what all of them say alike is beyond doubt.
    """
    told = [_told(claim) for claim in claims]
    if _contradictory(told):
        return set()
    if not answered:
        return {claim.ref for claim in claims} if all(each == told[0] for each in told) else set()
    return {claim.ref for claim in claims if claim.ref in answered}


def _told(claim: Said) -> dict[str, str]:
    return {key: value for key in DESCRIBING if (value := fold(claim.values.get(key, "")))}


def _contradictory(told: Iterable[Mapping[str, str]]) -> bool:
    first: dict[str, str] = {}
    return any(first.setdefault(key, value) != value for each in told for key, value in each.items())


def search_text(values: Mapping[str, str], *, addresses: Iterable[str]) -> str:
    """What a search looks through: names, company, position, addresses and numbers, folded; digits of numbers also unspaced."""
    words = [values.get(key, "") for key in ("name", "company", "position", "phone")]
    digits = "".join(c for c in values.get("phone", "") if c.isdigit())
    return fold(" ".join(word for word in (*words, digits, *addresses) if word))
