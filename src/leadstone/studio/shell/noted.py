"""Opening somebody's card leaves a line in the audit log."""

from django.http import HttpRequest
from django.utils import timezone

from leadstone.domains.audit import services as audit
from leadstone.domains.audit.rules import Action, Subject
from leadstone.studio.shell.gate import actor


def noted_read(request: HttpRequest, subject: Subject, subject_id: int) -> None:
    """Write down that the member of staff who asks opened this card; call it when the card is there and in reach."""
    audit.note(actor_id=actor(request).pk, action=Action.READ, subject=subject, subject_id=subject_id, now=timezone.now())
