"""The only writes of grants."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F

from leadstone.domains.capture import queries as capture
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.grants import queries
from leadstone.domains.grants.events import (
    ExchangeEnded,
    GrantFailed,
    LinkRequested,
    MailboxConfirmed,
    MailboxConfirmedAgain,
    PromiseAnswered,
    PromiseDelivered,
    PromiseUsed,
)
from leadstone.domains.grants.models import CodeAttempt, Grant, MailedCode, PromiseWarning
from leadstone.domains.grants.rules import (
    CODE_ATTEMPTS_A_DAY,
    CODE_LASTS,
    LONGEST_WORDS,
    QUESTION_GROWS_OLD,
    Answers,
    CodeOutcome,
    CodeRefusal,
    Ending,
    GrantState,
    Rating,
    after_request,
    may_move,
    origins_of,
    question_days,
    rating_counts,
)
from leadstone.domains.grants.services import places
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kind import Step
from leadstone.domains.magnets.kinds import KINDS
from leadstone.infra.blind_index import blind_index
from leadstone.infra.bulk import insert_rows
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.ids import new_key

log = structlog.get_logger()

# Of these the page only says that it is coming; they are used when a meeting took place, or a parcel left (`note_used`).
USED_LATER = frozenset({Step.SLOT, Step.PARCEL, Step.TRIAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An accepted form that asks for a magnet."""

    contact_id: int
    magnet_id: int
    version_id: int
    submission_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """An exchange whose mailbox was proven, for the first time or again."""

    grant_id: int
    key: UUID
    contact_id: int
    magnet_id: int


@transaction.atomic
def grant_all(requests: Sequence[Request]) -> dict[int, int]:
    """Submission id → grant id. One grant a person and magnet: a second request renews it, an undone one begins anew."""
    latest: dict[tuple[int, int], list[Request]] = {}
    for request in requests:
        latest.setdefault((request.contact_id, request.magnet_id), []).append(request)
    rows = Grant.objects.select_for_update().filter(contact_id__in={contact_id for contact_id, _ in latest})
    known = {(row.contact_id, row.magnet_id): row for row in rows}
    standing: dict[tuple[int, int], Grant] = {}
    undone: list[int] = []
    for pair, row in known.items():
        if pair not in latest or pair[0] is None:
            continue
        if row.state == GrantState.UNDONE:
            undone.append(row.pk)
        else:
            standing[pair[0], pair[1]] = row
    # An undone grant keeps its key, for that stays revoked; it lets go of the person to make room for a new one. Only where
    # the owner said "not me" its form still leads to them: with that mail, and with nothing else, they can take it back.
    let_go = Grant.objects.filter(pk__in=undone)
    let_go.exclude(ended_because=Ending.NOT_ME.value).update(submission=None)
    let_go.update(contact=None)
    for pair, row in standing.items():
        _renew(row, latest[pair])
    Grant.objects.bulk_update(standing.values(), ["state", "version", "submission", "requests", "promised_at"])
    fresh = {pair: _new(asked) for pair, asked in latest.items() if pair not in standing}
    insert_rows(fresh.values())
    granted = standing | fresh
    return {request.submission_id: granted[request.contact_id, request.magnet_id].pk for request in requests}


def _new(asked: Sequence[Request]) -> Grant:
    last = asked[-1]
    return Grant(
        key=new_key(),
        contact_id=last.contact_id,
        magnet_id=last.magnet_id,
        version_id=last.version_id,
        submission_id=last.submission_id,
        state=GrantState.PROMISED.value,
        requests=len(asked),
        promised_at=last.at,
    )


def _renew(row: Grant, asked: Sequence[Request]) -> None:
    last = asked[-1]
    row.state = after_request(GrantState(row.state)).value
    row.version_id = last.version_id
    row.submission_id = last.submission_id
    row.requests += len(asked)
    row.promised_at = last.at


@transaction.atomic
def mark_mailed(*, grant_id: int, code_digest: str, now: datetime) -> None:
    """The mail was handed over: its code exists from now on, and lasts half an hour. Twice is as once."""
    moving = Grant.objects.filter(pk=grant_id, state__in=_values(origins_of(GrantState.MAILED)))
    moving.update(state=GrantState.MAILED.value, mailed_at=now, ended_because="")
    if Grant.objects.filter(pk=grant_id).exclude(state=GrantState.UNDONE.value).exists():
        MailedCode.objects.get_or_create(grant_id=grant_id, digest=code_digest, defaults={"expires_at": now + CODE_LASTS})


@transaction.atomic
def mark_failed(*, grant_id: int, because: str, now: datetime) -> None:
    """The mail cannot arrive: an alarm. What is open already stays open, for only a later mail was lost."""
    moving = Grant.objects.filter(pk=grant_id, state__in=_values(origins_of(GrantState.FAILED)))
    if moving.update(state=GrantState.FAILED.value, ended_because=because[:40]):
        log.error("grant.failed", grant_id=grant_id, because=because)
        outbox.record(GrantFailed(grant_id=grant_id, because=because), at=now)


@transaction.atomic
def prove_mailboxes(grant_keys: Collection[UUID], *, now: datetime) -> list[Proven]:
    """Open these grants to whoever reads the mailbox; unknown and undone ones are left out, an open one stays open.

    Of a limited magnet only as many open as there are places; the others stand in line, in the order in which they came.
    """
    limits = places.lock_places(grant_keys)
    rows = [row for row in _locked(grant_keys) if row.state != GrantState.UNDONE and row.contact_id is not None]
    asking = [row for row in rows if row.state != GrantState.WAITING and may_move(GrantState(row.state), GrantState.OPENED)]
    opening = places.seat(asking, limits=limits, now=now) if limits else asking
    for row in opening:
        row.opened_at = row.opened_at or now
        # Two edges may tell of button and file in either order.
        row.state = (GrantState.DELIVERED if row.delivered_at else GrantState.OPENED).value
        row.ended_because = ""
    Grant.objects.bulk_update(opening, ["state", "opened_at", "ended_because"])
    outbox.record(*(MailboxConfirmed(contact_id=row.contact_id, grant_id=row.pk) for row in opening if row.contact_id), at=now)
    open_already = [row for row in rows if row not in opening]
    again = (MailboxConfirmedAgain(contact_id=row.contact_id, grant_id=row.pk) for row in open_already if row.contact_id)
    outbox.record(*again, at=now)
    return [
        Proven(grant_id=row.pk, key=row.key, contact_id=row.contact_id, magnet_id=row.magnet_id) for row in rows if row.contact_id
    ]


@transaction.atomic
def note_served(grant_keys: Mapping[UUID, datetime]) -> None:
    """Grant key → when a complete file left. Counts once: the first time is the delivery."""
    rows = [row for row in _locked(grant_keys) if row.delivered_at is None and row.state != GrantState.UNDONE]
    for row in rows:
        row.delivered_at = grant_keys[row.key]
        if may_move(GrantState(row.state), GrantState.DELIVERED):
            row.state = GrantState.DELIVERED.value
    _plan_questions({row: row.delivered_at for row in rows if row.delivered_at}, at_use=False)
    Grant.objects.bulk_update(rows, ["state", "delivered_at", "ask_at"])
    if rows:
        outbox.record(*(PromiseDelivered(grant_id=row.pk) for row in rows), at=max(grant_keys.values()))


@transaction.atomic
def take_back_served(grant_ids: Collection[int], *, now: datetime) -> None:
    """What was said to have left did not: open as before, and nobody is asked how it was."""
    served = Grant.objects.filter(pk__in=grant_ids, state=GrantState.DELIVERED.value)
    if served.update(state=GrantState.OPENED.value, delivered_at=None, ask_at=None):
        outbox.record(*(PromiseDelivered(grant_id=grant_id) for grant_id in sorted(grant_ids)), at=now)


@transaction.atomic
def note_used(grant_ids: Collection[int], *, at: datetime) -> None:
    """What is used later than it is shown was used: a meeting took place, a parcel left. The question counts from then."""
    rows = list(Grant.objects.select_for_update().filter(pk__in=grant_ids, asked_at=None, rating="").order_by("pk"))
    _plan_questions(dict.fromkeys(rows, at), at_use=True)
    Grant.objects.bulk_update(rows, ["ask_at"])
    outbox.record(*(PromiseUsed(grant_id=grant_id, at=at) for grant_id in sorted(grant_ids)), at=at)


def _plan_questions(used_at: Mapping[Grant, datetime], *, at_use: bool) -> None:
    """Say when each is asked whether the promise was kept, where its contract declares the question."""
    definitions = magnets.definitions({row.version_id for row in used_at})
    for row, at in used_at.items():
        definition = definitions[row.version_id]
        days = question_days(definition)
        kind = KINDS.get(definition.kind)
        later = kind is not None and kind.held in USED_LATER
        if days and not row.rating and later is at_use:
            row.ask_at = at + timedelta(days=days)


@transaction.atomic
def claim_questions(*, now: datetime, limit: int) -> list[int]:
    """Grants whose holders are to be asked now; each is claimed once. Who answered already, or undid it, is not asked."""
    due = Grant.objects.filter(ask_at__lte=now).order_by("ask_at", "pk").values_list("pk", flat=True)[:limit]
    claimed = []
    for pk in due:
        waiting = Grant.objects.filter(pk=pk, ask_at__lte=now)
        fresh = waiting.filter(ask_at__gt=now - QUESTION_GROWS_OLD, rating="", contact__isnull=False, opened_at__isnull=False)
        standing = fresh.filter(state=GrantState.DELIVERED.value)
        if standing.update(ask_at=None, asked_at=now):
            claimed.append(pk)
        else:
            waiting.update(ask_at=None)
    return claimed


@dataclass(frozen=True, slots=True)
class Rated:
    """One answer to "did you get what was promised?". `words`: what was added; None where nobody was asked for any."""

    answer: Rating
    at: datetime
    words: str | None = None


@transaction.atomic
def rate(ratings: Mapping[UUID, Rated]) -> None:
    """Grant key → answer. It may be changed for a day; then it stays."""
    rows = [row for row in _locked(ratings) if row.state != GrantState.UNDONE]
    counted = [row for row in rows if rating_counts(first_at=row.rated_first_at or row.rated_at, at=ratings[row.key].at)]
    for row in counted:
        told = ratings[row.key]
        row.rating, row.rated_at, row.ask_at = told.answer.value, told.at, None
        row.rated_first_at = row.rated_first_at or told.at
        if told.words is not None:
            row.rating_words = told.words[:LONGEST_WORDS]
    Grant.objects.bulk_update(counted, ["rating", "rated_at", "rated_first_at", "rating_words", "ask_at"])
    if counted:
        outbox.record(*(PromiseAnswered(grant_id=row.pk) for row in counted), at=max(told.at for told in ratings.values()))


@transaction.atomic
def forget_rating_words(refs: Collection[str]) -> None:
    """Forget what people added to their answers about the exchanges that these forms asked for; the answers stay."""
    Grant.objects.filter(submission__ref__in=refs).exclude(rating_words="").update(rating_words="")


@transaction.atomic
def warn_of_fall(*, magnet_id: int, recent: Answers, before: Answers, now: datetime) -> bool:
    """Write down that the score of a magnet fell; False when that is said already."""
    told = {"recent": [recent.yes, recent.partly, recent.no], "before": [before.yes, before.partly, before.no], "said_at": now}
    _row, fresh = PromiseWarning.objects.get_or_create(magnet_id=magnet_id, ended_at=None, defaults=told)
    return fresh


@transaction.atomic
def end_warning(*, magnet_id: int, now: datetime) -> None:
    """The score has recovered."""
    PromiseWarning.objects.filter(magnet_id=magnet_id, ended_at=None).update(ended_at=now)


@transaction.atomic
def note_warning_seen(*, magnet_id: int, by: int, now: datetime) -> bool:
    """Somebody has read it; it stays on the magnet's page. False when somebody had before."""
    open_one = PromiseWarning.objects.filter(magnet_id=magnet_id, ended_at=None, seen_at=None)
    return bool(open_one.update(seen_at=now, seen_by_id=by))


@transaction.atomic
def show_warning_again(*, magnet_id: int) -> None:
    """Undo that it was read."""
    PromiseWarning.objects.filter(magnet_id=magnet_id, ended_at=None).update(seen_at=None, seen_by_id=None)


@transaction.atomic
def request_links(grant_keys: Collection[UUID], *, now: datetime) -> None:
    """The holders of these links want fresh ones."""
    rows = [row for row in _locked(grant_keys) if row.state != GrantState.UNDONE and row.contact_id is not None]
    outbox.record(*(LinkRequested(grant_id=row.pk) for row in rows), at=now)


@transaction.atomic
def undo(grant_key: UUID, *, because: Ending, now: datetime) -> Proven | None:
    """End the exchange: its links stop working. None when it had ended before, or never was."""
    row = next(iter(_locked([grant_key])), None)
    if row is None or row.contact_id is None or not may_move(GrantState(row.state), GrantState.UNDONE):
        return None
    end([row.pk], because=because, now=now)
    return Proven(grant_id=row.pk, key=row.key, contact_id=row.contact_id, magnet_id=row.magnet_id)


@transaction.atomic
def end(grant_ids: Collection[int], *, because: Ending, now: datetime) -> None:
    """Revoke these grants for good."""
    ended = {"state": GrantState.UNDONE.value, "ended_at": now, "ended_because": because.value}
    Grant.objects.filter(pk__in=grant_ids).update(**ended, rating_words="", ask_at=None, place=None)
    MailedCode.objects.filter(grant_id__in=grant_ids).delete()
    outbox.record(*(ExchangeEnded(grant_id=grant_id) for grant_id in sorted(grant_ids)), at=now)


@transaction.atomic
def check_code(*, ref: str, code: str, now: datetime) -> CodeOutcome:
    """Whether `code` was mailed for the form that `ref` names. Works once; every attempt counts, for unknown pages too."""
    submission = capture.submission_by_ref(ref)
    contact_id = submission.contact_id if submission else None
    mailbox = contacts.mailboxes([contact_id]).get(contact_id) if contact_id is not None else None
    subject = mailbox.address_hash if mailbox else blind_index(ref, purpose="unknown page")
    if not _count_attempt(subject, now=now):
        return CodeOutcome(because=CodeRefusal.TOO_MANY)
    grant_id = _grant_asked_for(submission) if submission else None
    # An unknown page costs the same look as a known one.
    digest = queries.code_digest(code, grant_id=grant_id or 0)
    waiting = MailedCode.objects.filter(grant_id=grant_id or 0, digest=digest, used_at=None, expires_at__gt=now)
    if not waiting.update(used_at=now):
        return CodeOutcome(because=CodeRefusal.WRONG)
    return CodeOutcome(grant_id=grant_id)


def _grant_asked_for(submission: capture.SubmissionFacts) -> int | None:
    if submission.contact_id is None:
        return None
    rows = Grant.objects.filter(contact_id=submission.contact_id, magnet__versions=submission.version_id)
    return rows.exclude(state=GrantState.UNDONE.value).values_list("pk", flat=True).first()


def _count_attempt(subject: str, *, now: datetime) -> bool:
    """Count one attempt; False when the day's attempts were used up before it."""
    today = now.astimezone(UTC).date()
    CodeAttempt.objects.get_or_create(address_hash=subject, day=today)
    left = CodeAttempt.objects.filter(address_hash=subject, day=today, count__lt=CODE_ATTEMPTS_A_DAY)
    return left.update(count=F("count") + 1) == 1


@transaction.atomic
def forget_attempts(*, before: datetime) -> None:
    """Drop codes that have run out and counts of past days."""
    MailedCode.objects.filter(expires_at__lt=before).delete()
    CodeAttempt.objects.filter(day__lt=before.astimezone(UTC).date()).delete()


def _locked(grant_keys: Collection[UUID]) -> list[Grant]:
    rows = list(Grant.objects.select_for_update().filter(key__in=list(grant_keys)).order_by("pk"))
    if len(rows) < len(set(grant_keys)):
        # A restored database may not know a key that was mailed; the record is no fault of the visitor's.
        log.warning("grant.unknown", asked=len(set(grant_keys)), found=len(rows))
    return rows


def _values(states: Collection[GrantState]) -> list[str]:
    return [state.value for state in states]
