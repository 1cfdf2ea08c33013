"""What a declaration of personal data says, and when what was kept has been kept long enough."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Whose(StrEnum):
    """Whom the rows of a table are about."""

    NOBODY = "nobody"
    VISITOR = "visitor"  # reached by an erasure
    STAFF = "staff"  # lives as long as the account


class Purpose(StrEnum):
    """Why a personal column exists (GDPR art. 5(1)(b))."""

    DELIVER = "deliver"  # to give what was promised
    CONTACT = "contact"  # to contact whoever agreed to it
    PROVE = "prove"  # to show what was agreed to
    JUDGE = "judge"  # to tell a good lead from a bad one, as the contract says
    OBEY = "obey"  # to respect a no
    DEFEND = "defend"  # against machines and abuse
    WORK = "work"  # so that staff can work


class Kept(StrEnum):
    """For how long (GDPR art. 5(1)(e))."""

    CONTRACT = "contract"  # the months that the exchange contract names
    WHILE_KNOWN = "while_known"  # as long as the person is known for any reason
    FOR_EVER = "for_ever"  # a keyed hash or a number that names nobody
    DAYS = "days"  # a week at most
    ACCOUNT = "account"  # as long as the member of staff has an account
    UNTIL_RESOLVED = "until_resolved"  # and 90 days at most


class Erased(StrEnum):
    """How an erasure deals with a column."""

    EMPTY_TEXT = "empty_text"
    EMPTY_OBJECT = "empty_object"
    NULL = "null"
    FRESH_KEY = "fresh_key"  # another random key, so that old links name nobody
    WITH_ROW = "with_row"  # the whole row is deleted
    STAYS = "stays"  # names nobody without this installation's key, and is needed to respect a no or to count
    RUNS_OUT = "runs_out"  # cannot be found by person (sealed), and goes by itself
    BY_ACCOUNT = "by_account"  # staff: with the account
    FOLLOWS = "follows"  # a copy that the database itself keeps in step with what it copies


@dataclass(frozen=True, slots=True)
class Personal:
    """A column that can tell something about somebody.

    `special`: it may hold special kinds of data (GDPR art. 9), each under an explicit consent and gone when that is taken back.
    """

    purpose: Purpose
    kept: Kept
    erased: Erased
    special: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`subject`: the look-up that leads from a row to the contact's id. `plain`: columns that tell nothing about a person."""

    whose: Whose
    plain: frozenset[str]
    personal: Mapping[str, Personal] = field(default_factory=dict)
    subject: str = ""

    @property
    def deleted_with_person(self) -> bool:
        return any(column.erased is Erased.WITH_ROW for column in self.personal.values())


def kept_since(now: datetime, *, months: int) -> datetime:
    """What was said before this moment has been kept for so many calendar months."""
    return kept_until(now, months=-months)


def kept_until(said_at: datetime, *, months: int) -> datetime:
    """The end of a retention of calendar months; the 31st becomes the last day of a shorter month."""
    years, month = divmod(said_at.month - 1 + months, 12)
    year, month = said_at.year + years, month + 1
    return said_at.replace(year=year, month=month, day=min(said_at.day, monthrange(year, month)[1]))
