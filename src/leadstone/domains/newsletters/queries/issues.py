"""Issues as the people who write them see them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from leadstone.domains.brand import queries as brand
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.queries import Accounting
from leadstone.domains.newsletters.models import Issue
from leadstone.domains.newsletters.queries.letters import NewsletterFacts, newsletter
from leadstone.domains.newsletters.rules import BEGUN, IssueFacts, IssueState, Refusal, hindrances
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.definition import Purpose

PAGE = 50


class NoSuchIssue(LeadstoneError):
    code = "no_such_issue"
    sentence = "There is no such letter."


class Order(StrEnum):
    """How the list is sorted."""

    NEWEST = "newest"
    SUBJECT = "subject"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFilter:
    """Which issues somebody asks for."""

    state: IssueState | None = None
    magnet_id: int | None = None
    order: Order = Order.NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCard:
    """One issue with all that its screen shows."""

    issue_id: int
    key: UUID
    magnet_id: int
    number: int | None
    state: IssueState
    purpose: Purpose
    language: str
    subject: str
    preheader: str
    body: str
    topics: Sequence[str]
    in_archive: bool
    revision: int
    changed_at: datetime
    due_at: datetime | None
    due_wall: str
    due_zone: str
    missed_at: datetime | None
    beyond_promise: str
    mailing_id: int | None
    all_reached: bool
    begun_at: datetime | None
    ended_at: datetime | None

    @property
    def begun(self) -> bool:
        return self.state in BEGUN


@dataclass(frozen=True, slots=True)
class IssuePage:
    lines: Sequence[IssueCard]
    number: int
    has_next: bool


def issue(issue_id: int) -> IssueCard:
    """The issue; raises `NoSuchIssue`, for one that was thrown away too."""
    row = Issue.objects.filter(pk=issue_id, removed_at=None).first()
    if row is None:
        raise NoSuchIssue
    return card_of(row)


def issue_or_none(issue_id: int) -> IssueCard | None:
    row = Issue.objects.filter(pk=issue_id, removed_at=None).first()
    return card_of(row) if row else None


def issue_page(chosen: IssueFilter, *, page: int) -> IssuePage:
    """One page of the list."""
    start = (page - 1) * PAGE
    rows = list(_matching(chosen)[start : start + PAGE + 1])
    return IssuePage([card_of(row) for row in rows[:PAGE]], page, len(rows) > PAGE)


def each_issue(chosen: IssueFilter) -> Iterable[IssueCard]:
    return (card_of(row) for row in _matching(chosen).iterator(chunk_size=500))


def due_issues(*, now: datetime) -> list[int]:
    """Planned issues whose time has come."""
    rows = Issue.objects.filter(state=IssueState.SCHEDULED.value, due_at__lte=now, removed_at=None).order_by("due_at", "pk")
    return list(rows.values_list("pk", flat=True))


def running_issues(*, ended_after: datetime) -> list[tuple[int, IssueState]]:
    """Issues under way, held for a while, or stopped since then."""
    under_way = Q(state__in=[IssueState.SENDING.value, IssueState.PAUSED.value])
    stopped = Q(state=IssueState.STOPPED.value, ended_at__gt=ended_after)
    rows = Issue.objects.filter(under_way | stopped).order_by("pk")
    return [(pk, IssueState(state)) for pk, state in rows.values_list("pk", "state")]


def what_hinders(card: IssueCard, *, of: NewsletterFacts | None = None) -> tuple[Refusal, ...]:
    """What must be mended before it may be sent; frequency is asked for the moment of sending."""
    known = of or newsletter(card.magnet_id)
    return hindrances(
        IssueFacts(
            subject=card.subject,
            preheader=card.preheader,
            body=card.body,
            topics=card.topics,
            known_topics=[topic.key for topic in known.settings.topics] if known else [],
            published=known is not None and known.published,
            withdrawn=known is not None and known.withdrawn,
            branded=brand.brand_facts() is not None,
        )
    )


def accounting(card: IssueCard) -> Accounting | None:
    """Where its letters are; None before it begins."""
    return delivery.accounting(card.mailing_id) if card.mailing_id else None


def card_of(row: Issue) -> IssueCard:
    return IssueCard(
        issue_id=row.pk,
        key=row.key,
        magnet_id=row.magnet_id,
        number=row.number,
        state=IssueState(row.state),
        purpose=Purpose(row.purpose),
        language=row.language,
        subject=row.subject,
        preheader=row.preheader,
        body=row.body,
        topics=tuple(row.topics),
        in_archive=row.in_archive,
        revision=row.revision,
        changed_at=row.changed_at,
        due_at=row.due_at,
        due_wall=row.due_wall,
        due_zone=row.due_zone,
        missed_at=row.missed_at,
        beyond_promise=row.beyond_promise,
        mailing_id=row.mailing_id,
        all_reached=row.all_reached,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
    )


def _matching(chosen: IssueFilter) -> QuerySet[Issue]:
    rows = Issue.objects.filter(removed_at=None)
    if chosen.state is not None:
        rows = rows.filter(state=chosen.state.value)
    if chosen.magnet_id is not None:
        rows = rows.filter(magnet_id=chosen.magnet_id)
    return rows.order_by("subject", "pk") if chosen.order is Order.SUBJECT else rows.order_by("-changed_at", "-pk")
