"""The only writes of the audit log."""

from collections.abc import Mapping
from datetime import datetime

from leadstone.domains.audit.models import AuditLine
from leadstone.domains.audit.rules import Action, Subject


def note(
    *,
    actor_id: int | None,
    action: Action,
    subject: Subject,
    now: datetime,
    subject_id: int | None = None,
    facts: Mapping[str, int | str] | None = None,
) -> None:
    """Write one line at once; it is chained within a minute. `facts`: counts, ids and codes, never a personal value."""
    AuditLine.objects.create(
        at=now, actor_id=actor_id, action=action.value, subject=subject.value, subject_id=subject_id, facts=dict(facts or {})
    )
