"""What we take from a supplier and what not, what is owed back, and by when a person has to be told (GDPR art. 14)."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from leadstone.kernel.address import Address, is_disposable
from leadstone.kernel.phone import Phone

LONGEST_WORDS = 2000
LONGEST_REFERENCE = 120
MOST_AT_ONCE = 5_000  # rows of one delivery
USUAL_NOTICE_DAYS = 14
RETURN_WITHIN = timedelta(days=30)  # what most contracts of this trade grant
CLOCKS_APART = timedelta(hours=1)


class Wants(StrEnum):
    """What each lead of a supplier must have beside what every one must: a way to be reached, and where it comes from."""

    EMAIL = "email"
    PHONE = "phone"
    COMPANY = "company"
    WORDS = "words"  # the words that the person agreed to, and when


class State(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    OWED = "owed"  # given back, and the supplier has not credited it yet
    CREDITED = "credited"


class Refused(StrEnum):
    """Why a lead was not bought. It costs nothing, and nothing of the person is kept."""

    ENDED = "ended"  # we buy nothing from this supplier any more
    NOBODY_TO_REACH = "nobody_to_reach"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_A_PHONE = "not_a_phone"
    THROWAWAY = "throwaway"  # an address that lives for ten minutes
    NO_EMAIL = "no_email"
    NO_PHONE = "no_phone"
    NO_COMPANY = "no_company"
    NO_SOURCE = "no_source"  # nobody says where they have it from
    NO_WORDS = "no_words"
    NO_DAY = "no_day"  # the words without a time prove nothing
    DAY_AHEAD = "day_ahead"
    TOO_OLD = "too_old"
    TWICE = "twice"  # in the same delivery
    BOUGHT = "bought"  # before, from whomever
    KNOWN = "known"  # came to us themselves
    STOPPED = "stopped"  # said no to us
    OVER = "over"  # more than we agreed to take in a day


class Returned(StrEnum):
    """Why a lead that was bought is given back."""

    MAIL_BOUNCED = "mail_bounced"
    WRONG_NUMBER = "wrong_number"
    NOT_ME = "not_me"  # the person says that it was not them
    NEVER_AGREED = "never_agreed"
    ASKED_FOR_NOTHING = "asked_for_nothing"
    OTHER = "other"  # the note says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What we agreed with a supplier. `oldest_days`: how long ago the person may have agreed; None: any time."""

    ended: bool
    wants: frozenset[Wants]
    oldest_days: int | None
    a_day: int | None  # how many we take at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One lead as it is offered; texts as they were written. `source`: where the supplier has it from."""

    reference: str
    email: str
    phone: str
    address: Address | None
    number: Phone | None
    name: str
    company: str
    source: str
    words: str
    agreed_at: datetime | None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What we know of whoever is reached there."""

    known: bool = False
    bought: bool = False
    stopped: bool = False


def refusal(offered: Offered, *, terms: Terms, known: Known, taken_today: int, now: datetime) -> Refused | None:
    """Why this lead is not bought; None: it is. The first reason counts, and none of them says what we know of a person to
    whoever is not meant to learn it: `KNOWN` and `STOPPED` are told to the supplier as one (`told_to_supplier`)."""
    return next(_objections(offered, terms=terms, known=known, taken_today=taken_today, now=now), None)


def _objections(offered: Offered, *, terms: Terms, known: Known, taken_today: int, now: datetime) -> Iterator[Refused]:
    checks: Sequence[tuple[bool, Refused]] = (
        (terms.ended, Refused.ENDED),
        (bool(offered.email.strip()) and offered.address is None, Refused.NOT_AN_ADDRESS),
        (bool(offered.phone.strip()) and offered.number is None, Refused.NOT_A_PHONE),
        (offered.address is None and offered.number is None, Refused.NOBODY_TO_REACH),
        (offered.address is not None and is_disposable(offered.address.domain), Refused.THROWAWAY),
        (Wants.EMAIL in terms.wants and offered.address is None, Refused.NO_EMAIL),
        (Wants.PHONE in terms.wants and offered.number is None, Refused.NO_PHONE),
        (Wants.COMPANY in terms.wants and not offered.company.strip(), Refused.NO_COMPANY),
        (not offered.source.strip(), Refused.NO_SOURCE),
        (Wants.WORDS in terms.wants and not offered.words.strip(), Refused.NO_WORDS),
        (Wants.WORDS in terms.wants and offered.agreed_at is None, Refused.NO_DAY),
        (offered.agreed_at is not None and offered.agreed_at > now + CLOCKS_APART, Refused.DAY_AHEAD),
        (_too_old(offered, terms, now=now), Refused.TOO_OLD),
        (known.stopped, Refused.STOPPED),
        (known.bought, Refused.BOUGHT),
        (known.known, Refused.KNOWN),
        (terms.a_day is not None and taken_today >= terms.a_day, Refused.OVER),
    )
    return (because for objection, because in checks if objection)


def _too_old(offered: Offered, terms: Terms, *, now: datetime) -> bool:
    if offered.agreed_at is None or terms.oldest_days is None:
        return False
    return now - offered.agreed_at > timedelta(days=terms.oldest_days)


def told_to_supplier(because: Refused) -> Refused:
    """What the supplier is told: whether somebody bought from us or said no to us is none of their business."""
    return Refused.KNOWN if because in {Refused.STOPPED, Refused.BOUGHT, Refused.KNOWN} else because


class NotReturned(StrEnum):
    """Why a lead cannot be given back."""

    NOT_BOUGHT = "not_bought"
    GIVEN_BACK = "given_back"
    TOO_LATE = "too_late"
    NO_WORDS = "no_words"  # "other" says nothing without a note


def may_give_back(
    state: State, *, bought_at: datetime, because: Returned, note: str, within: timedelta, now: datetime
) -> NotReturned | None:
    """Why not; None: it may be."""
    if state is State.REFUSED:
        return NotReturned.NOT_BOUGHT
    if state is not State.ACCEPTED:
        return NotReturned.GIVEN_BACK
    if now - bought_at > within:
        return NotReturned.TOO_LATE
    return NotReturned.NO_WORDS if because is Returned.OTHER and not note.strip() else None


class NoticeState(StrEnum):
    """How far the person is told that we have their data, and from whom."""

    DUE = "due"
    TOLD = "told"
    NOT_NEEDED = "not_needed"  # they know already, or nothing is kept any more


class Asks(StrEnum):
    """What one of us is asked to do for many people of a supplier."""

    TELL = "tell"  # them, that we have their data
    BASIS = "basis"  # us, why we may know them


class How(StrEnum):
    """How somebody was told."""

    MAIL = "mail"
    PHONE = "phone"
    LETTER = "letter"
    PERSON = "person"
    TASK = "task"  # somebody did the task of telling them


def latest_notice(received_on: date) -> date:
    """The last day on which the person may be told: one month after we got the data (GDPR art. 14 (3) (a)).

    The same day of the next month, or the last day of a month that is too short for it (Regulation 1182/71, art. 3).
    """
    year, month = (received_on.year + 1, 1) if received_on.month == 12 else (received_on.year, received_on.month + 1)
    return date(year, month, min(received_on.day, monthrange(year, month)[1]))


def notice_due(received_on: date, *, within_days: int) -> date:
    """The day that we promise ourselves; never later than the law wants."""
    return min(received_on + timedelta(days=within_days), latest_notice(received_on))
