"""From a draft to letters that left: planned, begun, handed over in portions, held, stopped, ended.

Every step is a conditional change of one row, and a portion moves the cursor in the transaction that writes its messages: whoever
dies in between leaves nobody out and nobody twice.
"""

from datetime import datetime

import msgspec
import structlog
from django.db import transaction
from django.db.models import F, Max

from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.delivery.services import mailings, queueing
from leadstone.domains.delivery.services.queueing import Recipient
from leadstone.domains.newsletters.events import IssueBegun
from leadstone.domains.newsletters.models import Issue
from leadstone.domains.newsletters.queries import issues, letters, readers
from leadstone.domains.newsletters.queries.letters import NewsletterFacts
from leadstone.domains.newsletters.rules import GROWS_OLD, IssueState, Refusal, keeps_promise
from leadstone.infra.host import this_host
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import YES, Decision
from leadstone.wire.definition import Purpose
from leadstone.wire.letter_body import read_body

log = structlog.get_logger()

PORTION = 500


@transaction.atomic
def plan_issue(
    *,
    issue_id: int,
    revision: int,
    at: datetime,
    wall: str,
    zone: str,
    beyond_promise: str = "",
    by: int,
    now: datetime,
) -> tuple[Refusal, ...]:
    """Let the issue leave at `at`, or say everything that hinders it.

    `wall` and `zone`: what the clock showed to whoever planned it. `beyond_promise`: why it may leave though the month is full;
    who may say so is the caller's to ask, that it was said stands in the audit log.
    """
    row = Issue.objects.select_for_update().filter(pk=issue_id, removed_at=None).first()
    if row is None or row.state != IssueState.DRAFT:
        return (Refusal.BEGUN,)
    if row.revision != revision:
        return (Refusal.CHANGED_MEANWHILE,)
    if at < now:
        return (Refusal.IN_THE_PAST,)
    known = letters.newsletter(row.magnet_id)
    hinders = issues.what_hinders(issues.card_of(row), of=known)
    if hinders or known is None:
        return hinders or (Refusal.NOT_PUBLISHED,)
    kept = _promise(row, known, at=at, zone=zone)
    if not kept and not beyond_promise.strip():
        return (Refusal.TOO_OFTEN,)
    row.state, row.due_at, row.due_wall, row.due_zone = IssueState.SCHEDULED.value, at, wall, zone
    row.missed_at, row.changed_at = None, now
    row.beyond_promise = "" if kept else beyond_promise.strip()
    row.beyond_promise_by_id = None if kept else by
    row.save()
    if not kept:
        facts: dict[str, int | str] = {"list": "letters", "issue": row.pk, "at_most": known.settings.at_most}
        audit.note(actor_id=by, action=Action.OVERRIDDEN, subject=Subject.LIST, facts=facts, now=now)
    return ()


@transaction.atomic
def take_back_issue(*, issue_id: int, now: datetime) -> bool:
    """Make a planned issue a draft again, as long as no letter of it left; returns whether that was in time."""
    planned = Issue.objects.filter(pk=issue_id, state=IssueState.SCHEDULED.value)
    return planned.update(state=IssueState.DRAFT.value, due_at=None, changed_at=now, revision=F("revision") + 1) == 1


@transaction.atomic
def begin_issue(*, issue_id: int, now: datetime) -> bool:
    """Open the mailing of a planned issue whose time has come; returns whether letters may leave.

    One that should have left long ago, that waits in a copy of the installation, or that would break its promise by now becomes
    a draft again, and its screen says so: an old plan is asked about, not carried out.
    """
    row = Issue.objects.select_for_update().filter(pk=issue_id, state=IssueState.SCHEDULED.value).first()
    if row is None or row.due_at is None or row.due_at > now:
        return False
    known = letters.newsletter(row.magnet_id)
    may = _may_begin(row, known, now=now)
    if known is None or not may:
        row.state, row.missed_at, row.due_at = IssueState.DRAFT.value, row.due_at, None
        row.revision += 1
        row.save()
        log.warning("issue.not_begun", issue_id=row.pk, because=str(may.because or Refusal.NOT_PUBLISHED))
        return False
    # Whoever begins another issue of this newsletter at the same time waits here for its number.
    mine = Issue.objects.select_for_update().filter(magnet_id=row.magnet_id)
    row.number = ((list(mine) and mine.aggregate(last=Max("number"))["last"]) or 0) + 1
    row.mailing_id = queueing.start_mailing(
        key=row.key,
        name=row.subject[:200],
        purpose=Purpose(row.purpose),
        texts={row.language: _texts(row, known)},
        now=now,
    )
    row.state, row.begun_at = IssueState.SENDING.value, now
    row.save()
    outbox.record(IssueBegun(issue_id=row.pk), at=now)
    log.info("issue.begun", issue_id=row.pk, mailing_id=row.mailing_id)
    return True


@transaction.atomic
def reach_next(*, issue_id: int, now: datetime) -> bool:
    """Write the messages of the next portion of subscribers; returns whether there may be more."""
    row = Issue.objects.select_for_update().filter(pk=issue_id, state=IssueState.SENDING.value, all_reached=False).first()
    if row is None or row.mailing_id is None:
        return False
    ids = readers.reader_ids(magnet_id=row.magnet_id, topics=row.topics, after=row.reached_contact_id, limit=PORTION)
    boxes = contacts.mailboxes(ids)
    queueing.add_recipients(
        mailing_id=row.mailing_id,
        recipients=[
            Recipient(
                contact_id=contact_id,
                to_address=boxes[contact_id].value,
                address_hash=boxes[contact_id].address_hash,
                language=row.language,
            )
            for contact_id in ids
            if contact_id in boxes
        ],
        now=now,
    )
    row.reached_contact_id = ids[-1] if ids else row.reached_contact_id
    row.all_reached = len(ids) < PORTION
    row.save(update_fields=["reached_contact_id", "all_reached"])
    return not row.all_reached


@transaction.atomic
def end_if_done(*, issue_id: int, now: datetime) -> bool:
    """An issue whose every letter met its fate is sent; returns whether it is."""
    row = Issue.objects.filter(pk=issue_id, state=IssueState.SENDING.value, all_reached=True).first()
    if row is None or row.mailing_id is None or delivery.mailing_waits(row.mailing_id):
        return False
    going = Issue.objects.filter(pk=issue_id, state=IssueState.SENDING.value)
    return going.update(state=IssueState.SENT.value, ended_at=now) == 1


@transaction.atomic
def pause_issue(*, issue_id: int, now: datetime) -> bool:
    """Hold what has not left; what a worker has in hand still leaves. Returns whether it was under way."""
    row = Issue.objects.select_for_update().filter(pk=issue_id, state=IssueState.SENDING.value).first()
    if row is None or row.mailing_id is None:
        return False
    row.state = IssueState.PAUSED.value
    row.save(update_fields=["state"])
    mailings.hold(row.mailing_id, now=now)
    return True


@transaction.atomic
def keep_holding(*, issue_id: int, now: datetime) -> None:
    """Hold, or stop, also what came back into the queue after the pause or the stop, from a worker that gave it back."""
    row = Issue.objects.filter(pk=issue_id).first()
    if row is None or row.mailing_id is None:
        return
    if row.state == IssueState.PAUSED:
        mailings.hold(row.mailing_id, now=now)
    elif row.state == IssueState.STOPPED:
        mailings.stop(row.mailing_id, now=now)


@transaction.atomic
def go_on_with_issue(*, issue_id: int, now: datetime) -> bool:
    """Let the rest leave; returns whether it was held."""
    row = Issue.objects.select_for_update().filter(pk=issue_id, state=IssueState.PAUSED.value).first()
    if row is None or row.mailing_id is None:
        return False
    row.state = IssueState.SENDING.value
    row.save(update_fields=["state"])
    mailings.let_go_on(row.mailing_id, now=now)
    return True


@transaction.atomic
def stop_issue(*, issue_id: int, now: datetime) -> bool:
    """Let no further letter leave, for good; those that left stay what they are. Returns whether there was any to stop."""
    states = [IssueState.SENDING.value, IssueState.PAUSED.value]
    row = Issue.objects.select_for_update().filter(pk=issue_id, state__in=states).first()
    if row is None or row.mailing_id is None:
        return False
    row.state, row.ended_at = IssueState.STOPPED.value, now
    row.save(update_fields=["state", "ended_at"])
    mailings.stop(row.mailing_id, now=now)
    return True


@transaction.atomic
def pause_in_a_copy(*, issue_id: int, now: datetime) -> bool:
    """In a restored or copied installation a person decides how an issue goes on: the original may have sent the rest."""
    return delivery.standing(this_host()).quarantine and pause_issue(issue_id=issue_id, now=now)


def _may_begin(row: Issue, known: NewsletterFacts | None, *, now: datetime) -> Decision:
    if delivery.standing(this_host()).quarantine or (row.due_at and now - row.due_at > GROWS_OLD):
        return Decision(False, Refusal.IN_THE_PAST)
    hinders = issues.what_hinders(issues.card_of(row), of=known)
    if hinders or known is None:
        return Decision(False, hinders[0] if hinders else Refusal.NOT_PUBLISHED)
    return YES if row.beyond_promise else _promise(row, known, at=now, zone=row.due_zone)


def _promise(row: Issue, known: NewsletterFacts, *, at: datetime, zone: str) -> Decision:
    others = letters.sending_times(row.magnet_id, beside=row.pk)
    return keeps_promise(others, at=at, at_most=known.settings.at_most, zone=zone)


def _texts(row: Issue, known: NewsletterFacts) -> dict[str, object]:
    """What the mailing keeps of the words, so that nothing that happens to the issue later changes a letter."""
    return {
        "subject": row.subject,
        "preheader": row.preheader,
        "blocks": msgspec.to_builtins(read_body(row.body)),
        "topics": known.topic_names(row.topics),
        "path": f"/m/{known.slug}/letters/{row.number}" if row.in_archive else "",
    }
