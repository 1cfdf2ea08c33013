"""When a message may leave, how often it is tried, and how its state may move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from leadstone.kernel.decision import YES, Decision


class MessageClass(StrEnum):
    TRANSACTIONAL = "transactional"  # what the visitor asked for
    MARKETING = "marketing"  # needs a consent


# What a form of ours promised, and the same again where its mailbox asks for it.
DELIVERY = "delivery"
LINK_AGAIN = "link_again"
# Other letters may name a grant too; whether they arrive says nothing about the promise.
CARRIES_THE_PROMISE = frozenset({DELIVERY, LINK_AGAIN})
# Letters of the house to its own people: no visitor asked for them, and none may get one.
REMINDER = "reminder"
# One of us to one person, in their own words.
PERSONAL = "personal"
CODES_LOW = "codes_low"  # to whoever made the magnet: a list of codes is nearly used up
# A host is told who booked, moved or called off.
BOOKING_TO_HOST = "booking_host"
# An issue of a newsletter, tried on oneself.
ISSUE_TEST = "issue_test"
TO_STAFF = frozenset({REMINDER, ISSUE_TEST, CODES_LOW, BOOKING_TO_HOST})


class State(StrEnum):
    QUEUED = "queued"
    CLAIMED = "claimed"  # leased by a worker, reclaimable
    SENDING = "sending"  # committed just before DATA
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"  # died between DATA and the answer
    EXCLUDED = "excluded"  # the gateway said no


MOVES: Mapping[State, frozenset[State]] = {
    # EXCLUDED straight from QUEUED: it waited in an installation of which this one is a copy.
    State.QUEUED: frozenset({State.CLAIMED, State.EXCLUDED}),
    # FAILED straight from CLAIMED: the server refused the recipient before any text travelled.
    State.CLAIMED: frozenset({State.QUEUED, State.SENDING, State.EXCLUDED, State.FAILED}),
    # QUEUED: refused for now. EXCLUDED: somebody left between the mark and the last look.
    State.SENDING: frozenset({State.SENT, State.FAILED, State.UNKNOWN, State.QUEUED, State.EXCLUDED}),
    # The answer of a slow server may still come after the lease has run out.
    State.UNKNOWN: frozenset({State.SENT, State.FAILED}),
}
PENDING = frozenset({State.QUEUED, State.CLAIMED, State.SENDING})
# The person may have it: these count against the limits.
PERHAPS_RECEIVED = frozenset({State.SENDING, State.SENT, State.UNKNOWN})


def may_move(now_at: State, to: State) -> bool:
    """Whether a message may go from one state straight to another."""
    return to in MOVES.get(now_at, frozenset())


def origins_of(to: State) -> frozenset[State]:
    """The states from which a message may come to `to`."""
    return frozenset(origin for origin, targets in MOVES.items() if to in targets)


class Refusal(StrEnum):
    """Why the gateway holds a message back, beside the reasons of consent."""

    ADDRESS_LIMIT = "address_limit"  # too many unanswered mails to one address today
    HOURLY_BUDGET = "hourly_budget"  # too many mails to unproven addresses this hour, over all visitors
    NOT_STAFF = "not_staff"  # a reminder goes to who may sign in, and to nobody else
    NO_ADDRESS = "no_address"  # erased while it waited
    TAKEN_BACK = "taken_back"  # whoever wrote it thought better of it in time
    NOTHING_TO_SAY = "nothing_to_say"  # what the letter was about is gone: withdrawn, undone, erased
    RESTORED = "restored"  # waited when a copy was made of the installation: the original may have sent it


# These wait; every other refusal is final.
POSTPONING = frozenset({Refusal.HOURLY_BUDGET})
POSTPONED_FOR = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may leave to mailboxes that nobody has proven yet."""

    unanswered_a_day: int = 3
    unproven_an_hour: int = 2000
    # The last tenth of the hour's budget is kept for networks that asked for nothing in this hour, so that a visitor
    # is served while somebody floods the form from elsewhere.
    kept_for_new_networks: float = 0.1


@dataclass(frozen=True, slots=True)
class TrafficFacts:
    """What has already left. "Unanswered": nobody has proven the mailbox since."""

    proven: bool
    unanswered_today: int
    unproven_this_hour: int
    network_this_hour: int


def may_leave(facts: TrafficFacts, *, limits: Limits) -> Decision:
    """Whether a message that somebody asked for on a public form may leave now.

    Anybody can type anybody's address, so the limits hold until the owner of the mailbox answers.
    """
    if facts.unanswered_today >= limits.unanswered_a_day:
        return Decision(False, Refusal.ADDRESS_LIMIT)
    if facts.proven:
        return YES
    open_to_all = int(limits.unproven_an_hour * (1 - limits.kept_for_new_networks))
    budget = limits.unproven_an_hour if facts.network_this_hour == 0 else open_to_all
    if facts.unproven_this_hour >= budget:
        return Decision(False, Refusal.HOURLY_BUDGET)
    return YES


GIVE_UP_AFTER = timedelta(hours=48)
_WAITS = tuple(timedelta(seconds=s) for s in (15, 60, 300, 900, 3600, 14400))
# While the server itself is away, messages need not be slow to notice that it is back.
_LONGEST_WAIT_FOR_SERVER = timedelta(minutes=2)


def retry_wait(*, attempts: int, waited: timedelta, server_away: bool = False) -> timedelta | None:
    """How long to wait after the `attempts`-th try (from 1) failed for now; None: give up, it has `waited` long enough."""
    if waited >= GIVE_UP_AFTER:
        return None
    wait = _WAITS[min(attempts, len(_WAITS)) - 1]
    return min(wait, _LONGEST_WAIT_FOR_SERVER) if server_away else wait


MOST_REPEATS = 3


def after_unclear_end(message_class: MessageClass, *, repeats: int) -> State:
    """What follows when nobody knows whether a text arrived.

    Marketing is never repeated. What a visitor asked for is worth a repeat under the same Message-ID, but not for ever.
    """
    if message_class is MessageClass.TRANSACTIONAL and repeats < MOST_REPEATS:
        return State.QUEUED
    return State.UNKNOWN
