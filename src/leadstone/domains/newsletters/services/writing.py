"""Writing an issue: it may change until it is planned, and never once its first letter left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from leadstone.domains.newsletters.events import ArchiveChanged
from leadstone.domains.newsletters.models import Issue
from leadstone.domains.newsletters.rules import BEGUN, IssueState, Refusal
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.decision import YES, Decision
from leadstone.kernel.ids import new_key
from leadstone.wire.definition import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody typed; nothing of it is required before it is to be sent."""

    subject: str = ""
    preheader: str = ""
    body: str = ""
    topics: Sequence[str] = ()
    purpose: Purpose = Purpose.NEWSLETTER
    in_archive: bool = True


@transaction.atomic
def create_issue(draft: Draft, *, magnet_id: int, language: str, by: int | None, now: datetime) -> int:
    """A new draft; returns its id."""
    row = Issue.objects.create(
        key=new_key(),
        magnet_id=magnet_id,
        purpose=draft.purpose.value,
        language=language,
        subject=draft.subject,
        preheader=draft.preheader,
        body=draft.body,
        topics=list(draft.topics),
        in_archive=draft.in_archive,
        created_at=now,
        created_by_id=by,
        changed_at=now,
    )
    return row.pk


@transaction.atomic
def save_issue(draft: Draft, *, issue_id: int, revision: int, now: datetime) -> Decision:
    """Keep what was typed over the revision that its writer saw; refused once it is planned, or changed by somebody else."""
    drafts = Issue.objects.filter(pk=issue_id, state=IssueState.DRAFT.value, removed_at=None)
    saved = drafts.filter(revision=revision).update(
        subject=draft.subject,
        preheader=draft.preheader,
        body=draft.body,
        topics=list(draft.topics),
        purpose=draft.purpose.value,
        in_archive=draft.in_archive,
        changed_at=now,
        missed_at=None,
        revision=F("revision") + 1,
    )
    if saved:
        return YES
    return Decision(False, Refusal.CHANGED_MEANWHILE if drafts.exists() else Refusal.BEGUN)


@transaction.atomic
def remove_issue(*, issue_id: int, now: datetime) -> bool:
    """Throw a draft away; it can be brought back. Returns whether it was one."""
    drafts = Issue.objects.filter(pk=issue_id, state=IssueState.DRAFT.value, removed_at=None)
    return drafts.update(removed_at=now) == 1


@transaction.atomic
def bring_back_issue(*, issue_id: int) -> bool:
    """Take the throwing away back."""
    return Issue.objects.filter(pk=issue_id, removed_at__isnull=False).update(removed_at=None) == 1


@transaction.atomic
def show_in_archive(*, issue_id: int, shown: bool, now: datetime) -> bool:
    """Put an issue that was sent into the public archive, or take it out; returns whether that changed anything."""
    sent = Issue.objects.filter(pk=issue_id, state__in=[state.value for state in BEGUN])
    changed = sent.exclude(in_archive=shown).update(in_archive=shown) == 1
    if changed:
        outbox.record(ArchiveChanged(issue_id=issue_id), at=now)
    return changed
