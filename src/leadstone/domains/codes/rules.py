"""How codes are written, and when one may be redeemed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from leadstone.kernel.decision import YES, Decision
from leadstone.kernel.typed_codes import ALPHABET, check_character, plain
from leadstone.wire.code_terms import AS_OFTEN_AS_THEY_LIKE, CodeTerms

RANDOM_CHARACTERS = 16  # of five bits each: 80 bits
GROUPS = (4, 4, 4, 5)  # the last character of the last group is the check character
LONGEST_CODE = 64
MOST_AT_ONCE = 50_000
USUAL_LOW_MARK = 20
UNDO_WITHIN = timedelta(minutes=10)


class Standing(StrEnum):
    """Where a code stands."""

    FREE = "free"
    CLAIMED = "claimed"  # somebody has it
    REDEEMED = "redeemed"  # at least once


class Door(StrEnum):
    """Where a code was redeemed."""

    COUNTER = "counter"
    API = "api"


class Refusal(StrEnum):
    """Why a code is not taken."""

    MISTYPED = "mistyped"  # its check character does not fit
    UNKNOWN = "unknown"
    NOT_GIVEN_OUT = "not_given_out"  # one of ours, but nobody has it yet
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    USED_UP = "used_up"
    AMOUNT_MISSING = "amount_missing"  # there is a minimum order, so the amount decides
    TOO_SMALL = "too_small"
    ANOTHER_NOW = "another_now"  # the same press was answered for another code


class Fault(StrEnum):
    """What is wrong with one line of an uploaded list."""

    TOO_LONG = "too_long"
    NOT_A_CODE = "not_a_code"  # signs that nobody can type or print
    TWICE = "twice"  # the same as a line above
    KNOWN = "known"  # in this pool already
    ELSEWHERE = "elsewhere"  # in the pool of another magnet: at the counter nobody could tell the two apart


@dataclass(frozen=True, slots=True, kw_only=True)
class RedeemFacts:
    """What decides about one code. `used`: how many orders it was redeemed for, without those that were taken back."""

    terms: CodeTerms
    given_out: bool
    used: int


def make_code(below: Callable[[int], int]) -> str:
    """A new code in readable groups, "7K2M-…". `below(n)` gives a random number from 0 to n - 1, of cryptographic quality."""
    characters = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(RANDOM_CHARACTERS))
    whole = characters + check_character(characters)
    ends = [sum(GROUPS[: number + 1]) for number in range(len(GROUPS))]
    return "-".join(whole[end - size : end] for size, end in zip(GROUPS, ends, strict=True))


def is_mistyped(text: str) -> bool:
    """Whether this looks like a code that we made, with a mistake in it."""
    key = plain(text)
    ours = len(key) == RANDOM_CHARACTERS + 1 and all(character in ALPHABET for character in key)
    return ours and check_character(key[:-1]) != key[-1]


def fault_of(text: str) -> Fault | None:
    """Why this line can be no code; None when it can."""
    if len(text) > LONGEST_CODE:
        return Fault.TOO_LONG
    if not plain(text) or not all(character.isalnum() or character in "-_ ./+*" for character in text):
        return Fault.NOT_A_CODE
    return None


def may_redeem(facts: RedeemFacts, *, amount_minor: int | None, now: datetime) -> Decision:
    """Whether a code counts for an order of this amount; the amount is asked for where there is a minimum."""
    decision = may_show(facts, now=now)
    if not decision:
        return decision
    if facts.terms.minimum_minor and amount_minor is None:
        return Decision(False, Refusal.AMOUNT_MISSING)
    if amount_minor is not None and amount_minor < facts.terms.minimum_minor:
        return Decision(False, Refusal.TOO_SMALL)
    return YES


def may_show(facts: RedeemFacts, *, now: datetime) -> Decision:
    """Whether a code counts now, for whatever order."""
    terms = facts.terms
    if not facts.given_out:
        return Decision(False, Refusal.NOT_GIVEN_OUT)
    if terms.begins_at and now < terms.begins_at:
        return Decision(False, Refusal.NOT_YET)
    # Before "expired": whoever used it in time is told of that.
    if terms.uses != AS_OFTEN_AS_THEY_LIKE and facts.used >= terms.uses:
        return Decision(False, Refusal.USED_UP)
    if terms.ends_at and now >= terms.ends_at:
        return Decision(False, Refusal.EXPIRED)
    return YES


def standing_of(*, claimed: bool, used: int) -> Standing:
    if used:
        return Standing.REDEEMED
    return Standing.CLAIMED if claimed else Standing.FREE
