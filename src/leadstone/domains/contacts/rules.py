"""Which of the things said about a person is shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from leadstone.kernel.address import Address
from leadstone.kernel.folding import fold


class PointKind(StrEnum):
    EMAIL = "email"
    PHONE = "phone"


class StatementSource(StrEnum):
    SUBMISSION = "submission"
    STAFF = "staff"


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


def agreeing(claims: Iterable[Said]) -> bool:
    """Whether nothing in `claims` contradicts anything else, so that one proof may verify all of them.

    Two forms for one mailbox may come from two people; pressing the button in the mail does not tell whose words are true.
    """
    told: dict[str, str] = {}
    for claim in claims:
        for key in DESCRIBING:
            value = fold(claim.values.get(key, ""))
            if value and told.setdefault(key, value) != value:
                return False
    return True


def search_text(values: Mapping[str, str], *, addresses: Iterable[str]) -> str:
    """What a search looks through: names, company, position, addresses and numbers, folded; digits of numbers also unspaced."""
    words = [values.get(key, "") for key in ("name", "company", "position", "phone")]
    digits = "".join(c for c in values.get("phone", "") if c.isdigit())
    return fold(" ".join(word for word in (*words, digits, *addresses) if word))
