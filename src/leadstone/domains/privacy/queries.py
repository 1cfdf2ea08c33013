"""What privacy needs to know about others' rows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from leadstone.domains.capture import queries as capture
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.rules import Act
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.rules import StatementSource
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.stopped import keeps_stopped
from leadstone.domains.privacy.rules import kept_until
from leadstone.wire.definition import MARKETING

SHORTEST_MONTH = 28  # days


@dataclass(frozen=True, slots=True)
class DueForm:
    """A form whose time is over."""

    ref: str
    contact_id: int | None


def forms_past_retention(*, now: datetime, limit: int) -> list[DueForm]:
    """Forms that were kept as long as their contract says, the oldest first."""
    months = {pk: definition.contract.retention_months for pk, definition in magnets.all_definitions().items()}
    due: list[DueForm] = []
    for version_id, kept in months.items():
        if kept <= 0 or len(due) >= limit:
            continue
        # No month is shorter, so nothing that is due lies later.
        latest = now - timedelta(days=SHORTEST_MONTH * kept)
        for form in capture.oldest_with_payload(version_id, received_before=latest, limit=limit - len(due)):
            if kept_until(form.received_at, months=kept) <= now:
                due.append(DueForm(form.ref, form.contact_id))
    return due


# What colleagues said of somebody, or a system or supplier that we have a basis to hear it from.
KEPT_WITHOUT_A_FORM = frozenset({StatementSource.STAFF, StatementSource.HANDED_OVER})


def versions_that_keep_stopped() -> dict[int, int]:
    """Version id → for how many months it keeps what people chose who stopped half way; those that keep nothing are left out."""
    found = magnets.all_definitions()
    return {pk: told.contract.retention_months for pk, told in found.items() if keeps_stopped(told)}


def without_reason_to_keep(contact_ids: Collection[int]) -> set[int]:
    """Whose forms are all forgotten, who allowed nothing, and about whom no colleague said anything."""
    kept = capture.with_payload(contact_ids)
    for contact_id, permissions in consent.permissions_of(contact_ids).items():
        if any(act is Act.GIVEN and purpose in MARKETING for (purpose, _channel), act in permissions.items()):
            kept.add(contact_id)
    for contact_id, statements in contacts.statements_of(contact_ids).items():
        if any(statement.source in KEPT_WITHOUT_A_FORM for statement in statements):
            kept.add(contact_id)
    return set(contact_ids) - kept
