"""What an issue may do, what stands in its way, and whether the promise of its newsletter is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from leadstone.kernel.decision import YES, Decision
from leadstone.wire.letter_body import LONGEST_BODY, UNREADABLE, broken_links, read_body

LONGEST_SUBJECT = 150
LONGEST_PREHEADER = 150
TIME_TO_THINK = timedelta(seconds=10)  # between "send" and the first letter
GROWS_OLD = timedelta(hours=12)  # a plan that nothing carried out for so long is asked about, not carried out


class IssueState(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"
    SENT = "sent"


MOVES: Mapping[IssueState, frozenset[IssueState]] = {
    IssueState.DRAFT: frozenset({IssueState.SCHEDULED}),
    # DRAFT: taken back in time, or overdue.
    IssueState.SCHEDULED: frozenset({IssueState.DRAFT, IssueState.SENDING}),
    IssueState.SENDING: frozenset({IssueState.PAUSED, IssueState.STOPPED, IssueState.SENT}),
    IssueState.PAUSED: frozenset({IssueState.SENDING, IssueState.STOPPED}),
}
# From here on its words are what people have in their mailboxes.
BEGUN = frozenset({IssueState.SENDING, IssueState.PAUSED, IssueState.STOPPED, IssueState.SENT})


def may_move(now_at: IssueState, to: IssueState) -> bool:
    """Whether an issue may go from one state straight to another."""
    return to in MOVES.get(now_at, frozenset())


class Refusal(StrEnum):
    """Why an issue may not be sent, or not be changed."""

    SUBJECT_MISSING = "subject_missing"
    SUBJECT_WRONG = "subject_wrong"  # more than a line, or too long for one
    PREHEADER_WRONG = "preheader_wrong"
    BODY_MISSING = "body_missing"
    BODY_TOO_LONG = "body_too_long"
    UNREADABLE = "unreadable"  # characters that no mail program draws
    LINK_WRONG = "link_wrong"
    TOPIC_MISSING = "topic_missing"
    TOPIC_UNKNOWN = "topic_unknown"  # the newsletter has it no more
    NOT_PUBLISHED = "not_published"  # nobody could subscribe
    WITHDRAWN = "withdrawn"
    NO_BRAND = "no_brand"  # a letter names its sender
    TOO_OFTEN = "too_often"
    IN_THE_PAST = "in_the_past"
    BEGUN = "begun"  # what was sent does not change
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_ITS_BOX = "not_its_box"  # another newsletter keeps what that box promises, or there is no such box
    NOT_THERE = "not_there"  # the time, on the day on which clocks change


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFacts:
    """What an issue says and what its newsletter promises."""

    subject: str
    preheader: str
    body: str
    topics: Sequence[str]
    known_topics: Sequence[str]
    published: bool
    withdrawn: bool
    branded: bool


def hindrances(facts: IssueFacts) -> tuple[Refusal, ...]:
    """Everything that must be mended before the issue may be sent, in the order of the screen."""
    found: list[Refusal] = []
    if not facts.branded:
        found.append(Refusal.NO_BRAND)
    if not facts.published:
        found.append(Refusal.NOT_PUBLISHED)
    elif facts.withdrawn:
        found.append(Refusal.WITHDRAWN)
    if not facts.topics:
        found.append(Refusal.TOPIC_MISSING)
    elif set(facts.topics) - set(facts.known_topics):
        found.append(Refusal.TOPIC_UNKNOWN)
    found += _wrong_lines(facts)
    if not read_body(facts.body):
        found.append(Refusal.BODY_MISSING)
    if len(facts.body) > LONGEST_BODY:
        found.append(Refusal.BODY_TOO_LONG)
    if broken_links(facts.body):
        found.append(Refusal.LINK_WRONG)
    if any(UNREADABLE.search(text) for text in (facts.subject, facts.preheader, facts.body)):
        found.append(Refusal.UNREADABLE)
    return tuple(found)


def _wrong_lines(facts: IssueFacts) -> list[Refusal]:
    """Subject and preheader stand in one line each; a line break in a header is how a stranger adds a recipient."""
    found = []
    if not facts.subject.strip():
        found.append(Refusal.SUBJECT_MISSING)
    elif len(facts.subject) > LONGEST_SUBJECT or facts.subject.splitlines() != [facts.subject]:
        found.append(Refusal.SUBJECT_WRONG)
    if len(facts.preheader) > LONGEST_PREHEADER or len(facts.preheader.splitlines()) > 1:
        found.append(Refusal.PREHEADER_WRONG)
    return found


def month_of(moment: datetime, *, zone: str) -> tuple[int, int]:
    """The calendar month of `moment` by the wall clock of `zone`."""
    local = moment.astimezone(ZoneInfo(zone))
    return local.year, local.month


def keeps_promise(others: Sequence[datetime], *, at: datetime, at_most: int, zone: str) -> Decision:
    """Whether one more letter at `at` keeps "at most N in a calendar month". `others`: when the others left or will leave."""
    month = month_of(at, zone=zone)
    same = sum(month_of(other, zone=zone) == month for other in others)
    return YES if same < at_most else Decision(False, Refusal.TOO_OFTEN)


def moment_at(wall: datetime, *, zone: str) -> datetime | None:
    """The moment (UTC) at which a wall clock in `zone` shows `wall`; None in the hour that the change of clocks leaves out.

    Of an hour that comes twice it is the first.
    """
    there = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    moment = there.astimezone(ZoneInfo("UTC"))
    return moment if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall.replace(tzinfo=None) else None
