"""What an experiment varies and counts, where it stands, and when it may begin."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from leadstone.kernel.decision import YES, Decision

CONTROL, CHALLENGER = "a", "b"  # the words that are public already, and the other ones


class Aspect(StrEnum):
    """What differs between the arms; everything else is the same."""

    PAGE = "page"  # what stands around the promise: points, proof, button
    PROMISE = "promise"  # the title and the sentence under it
    FORM = "form"  # what is asked, whether it is needed, in which order
    GATE = "gate"  # what stands between a visitor and what is given
    MAIL = "mail"  # subject and preview of the one mail that brings it


class Goal(StrEnum):
    """What a person has to become to count; each happens at most once a person."""

    CONFIRMED = "confirmed"  # proved the mailbox
    QUALIFIED = "qualified"  # became a prospect
    WON = "won"  # became a customer


class State(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    ENDED = "ended"
    DISCARDED = "discarded"  # a draft that was thrown away


MOVES: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.RUNNING, State.DISCARDED}),
    State.RUNNING: frozenset({State.ENDED}),
    State.ENDED: frozenset(),
    State.DISCARDED: frozenset({State.DRAFT}),
}


def may_move(now_at: State, to: State) -> bool:
    return to in MOVES[now_at]


class Ending(StrEnum):
    """How an experiment ended."""

    DECIDED = "decided"  # one arm won, by the rule that stood before the start
    NO_DECISION = "no_decision"  # it ran as long as planned, or showed that nothing that matters differs
    STOPPED = "stopped"


class Because(StrEnum):
    """Why an experiment was stopped."""

    BY_HAND = "by_hand"  # the note says why
    HARM = "harm"  # a guardrail: more complaints or broken promises
    NEW_VERSION = "new_version"  # the magnet says something else now
    WITHDRAWN = "withdrawn"  # the magnet is no longer offered


class StartRefusal(StrEnum):
    """Why an experiment may not begin."""

    NOT_A_DRAFT = "not_a_draft"
    NOT_PUBLIC = "not_public"  # there are no words yet to compare with
    WITHDRAWN = "withdrawn"
    RUNNING_ALREADY = "running_already"  # one at a time for a magnet
    NOTHING_DIFFERS = "nothing_differs"
    CHOSEN_BY_TIME = "chosen_by_time"  # its form is on the page of the times, which nobody is assigned to
    GAPS = "gaps"  # an arm is not fit for the public


@dataclass(frozen=True, slots=True, kw_only=True)
class StartFacts:
    """What has to be known before an experiment begins."""

    state: State
    published: bool
    offered: bool
    another_runs: bool
    differs: bool
    chosen_by_time: bool


def may_start(facts: StartFacts) -> Decision:
    """Whether an experiment may begin, as far as it can be told without reading its words."""
    for stands_in_the_way, because in (
        (facts.state is not State.DRAFT, StartRefusal.NOT_A_DRAFT),
        (not facts.published, StartRefusal.NOT_PUBLIC),
        (not facts.offered, StartRefusal.WITHDRAWN),
        (facts.chosen_by_time, StartRefusal.CHOSEN_BY_TIME),
        (facts.another_runs, StartRefusal.RUNNING_ALREADY),
        (not facts.differs, StartRefusal.NOTHING_DIFFERS),
    ):
        if stands_in_the_way:
            return Decision(False, because)
    return YES
