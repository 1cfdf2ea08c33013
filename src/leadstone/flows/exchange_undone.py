"""A visitor undoes the exchange: what was given is forgotten, the link stops working."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leadstone.domains.activities import services as activities
from leadstone.domains.capture import queries as capture_queries
from leadstone.domains.capture import services as capture
from leadstone.domains.consent import services as consent
from leadstone.domains.contacts import queries as contacts_queries
from leadstone.domains.contacts import services as contacts
from leadstone.domains.contacts.rules import StatementSource
from leadstone.domains.grants import queries as grants_queries
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.rules import Ending
from leadstone.domains.grants.services import Proven
from leadstone.domains.leads import queries as leads_queries
from leadstone.domains.leads import services as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.privacy import services as privacy
from leadstone.domains.tracking import services as tracking
from leadstone.flows.visitor_acts import key_of, owners_of
from leadstone.wire.records import ExchangeUndone


@transaction.atomic
def exchanges_undone(batch: Sequence[ExchangeUndone], *, now: datetime) -> None:
    """Undo each exchange; one that was undone before, or that nobody knows, is passed over."""
    for record in batch:
        key = key_of(record.grant_key)
        ended = grants.undo(key, because=Ending.UNDONE, now=now) if key else None
        if ended is not None:
            _forget(ended, now=now)


def _forget(ended: Proven, *, now: datetime) -> None:
    contact_id, magnet_id = ended.contact_id, ended.magnet_id
    refs = capture_queries.exchange_refs(contact_id=contact_id, magnet_id=magnet_id)
    version_ids = magnets.version_ids([magnet_id])[magnet_id]
    owner = owners_of([contact_id]).get(contact_id)
    if owner:
        consent.withdraw_exchange(owner, version_ids=version_ids, collector="edge", now=now)
    consent.forget_evidence(contact_id, version_ids=version_ids)
    capture.erase_payloads(refs=refs, now=now)
    contacts.forget_statements(contact_id, refs=refs)
    tracking.forget_origins(contact_id, submission_refs=refs)
    leads.end_leads(contact_id=contact_id, magnet_id=magnet_id, now=now)
    activities.forget_words(contact_id=contact_id)
    privacy.forget_ended_interests(contact_id)
    if not _known_otherwise(contact_id):
        privacy.erase_contact(contact_id, now=now)


def _known_otherwise(contact_id: int) -> bool:
    """Whether another exchange, a colleague or a lead of another origin gives a reason to keep the person."""
    if grants_queries.standing_grants(contact_id) or leads_queries.standing_leads(contact_id):
        return True
    statements = contacts_queries.statements_of([contact_id]).get(contact_id, [])
    return any(statement.source is StatementSource.STAFF for statement in statements)
