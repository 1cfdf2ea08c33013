"""How personal data leaves: on request at once, by itself when its time is over."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from leadstone.domains.capture import services as capture
from leadstone.domains.companies import services as companies
from leadstone.domains.consent import services as consent
from leadstone.domains.consent.rules import Scope, StopReason
from leadstone.domains.contacts import queries as contacts_queries
from leadstone.domains.contacts import services as contacts
from leadstone.domains.contacts.rules import PointKind
from leadstone.domains.grants import queries as grants_queries
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.rules import Ending
from leadstone.domains.leads import services as leads
from leadstone.domains.leads.queries import standing as standing_leads
from leadstone.domains.privacy import queries
from leadstone.domains.privacy.events import ContactErased
from leadstone.domains.privacy.rules import Erased, Table, kept_since
from leadstone.domains.privacy.rules.data_map import DATABASE
from leadstone.domains.suppliers import services as suppliers
from leadstone.domains.tracking import services as tracking
from leadstone.infra.blind_index import address_hash
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.ids import new_key

LEAD_OF_PERSON = "lead__contact"  # how the map leads from a row about a lead to its person

_BLANKS: dict[Erased, Callable[[], object]] = {
    Erased.EMPTY_TEXT: str,
    Erased.EMPTY_OBJECT: dict,
    Erased.NULL: lambda: None,
    Erased.FRESH_KEY: new_key,
}


@transaction.atomic
def erase_contact(contact_id: int, *, now: datetime) -> None:
    """Forget a person in every table that the map names. What happened still adds up: blanks stay, under no name.

    A stop under the keyed hash of the address stays too, so that no list that comes back writes to the person.
    Erasing twice is as once.
    """
    ways = contacts_queries.points_of([contact_id]).get(contact_id, [])
    hashes = [address_hash(way.key) for way in ways if way.kind is PointKind.EMAIL]
    company_ids = contacts_queries.companies_of([contact_id])
    trace = contacts_queries.trace_of(contact_id)
    standing = [grant.grant_id for grant in grants_queries.grants_of(contact_id) if grant.ended_at is None]
    grants.end(standing, because=Ending.ERASED, now=now)
    consent.suppress(hashes, scope=Scope.MARKETING, reason=StopReason.ERASED, now=now)
    # Also forms that took no effect and so belong to nobody.
    capture.erase_payloads(contact_id=contact_id, address_hashes=hashes, now=now)
    suppliers.drop_notices(standing_leads.leads_of_people([contact_id]).get(contact_id, ()))
    leads.end_leads(contact_id=contact_id, now=now)
    for name, table in DATABASE.items():
        if table.subject:
            _blank(_model(name), table, contact_id)
    contacts.note_erased(contact_id, domains={way.domain for way in ways}, now=now)
    companies.forget_unused(company_ids)
    outbox.record(ContactErased(contact_id=contact_id, trace=trace, address_hashes=tuple(hashes), at=now), at=now)


@transaction.atomic
def forget_ended_interests(contact_id: int) -> None:
    """Blank what staff wrote and quoted about the interests of a person that have ended: receipts, hand-overs, deals.

    Every table that hangs on a lead is reached by the map, so that no noun can be left out.
    """
    for name, table in DATABASE.items():
        if table.subject.endswith(LEAD_OF_PERSON):
            ended = {f"{table.subject.removesuffix('contact')}ended_at__isnull": False}
            _blank(_model(name), table, contact_id, **ended)


@transaction.atomic
def erase_again(*, traces: Collection[str], addresses: Mapping[str, datetime], now: datetime) -> int:
    """Repeat erasures that a restored backup knows nothing of; returns how many people that were.

    `traces`: of people (`blind_index.person_trace`). `addresses`: address hash → when its owner was erased; whoever came back
    with the same address afterwards stays.
    """
    people = contacts_queries.people_named_by(traces=traces, addresses=addresses)
    for contact_id in sorted(people):
        erase_contact(contact_id, now=now)
    return len(people)


@transaction.atomic
def forget_what_is_due(*, now: datetime, limit: int = 500) -> int:
    """Forget what has been kept as long as its exchange contract says; returns how many forms that were (0: nothing is due).

    Whoever is not known for another reason by then is erased altogether.
    """
    due = queries.forms_past_retention(now=now, limit=limit)
    people: dict[int, list[str]] = {}
    for form in due:
        if form.contact_id is not None:
            people.setdefault(form.contact_id, []).append(form.ref)
    capture.erase_payloads(refs=[form.ref for form in due], now=now)
    grants.forget_rating_words([form.ref for form in due])
    quiet = queries.without_reason_to_keep(people)
    for contact_id, refs in people.items():
        if contact_id in quiet:
            erase_contact(contact_id, now=now)
        else:
            contacts.forget_statements(contact_id, refs=refs)
            tracking.forget_origins(contact_id, submission_refs=refs)
    return len(due)


@transaction.atomic
def forget_who_stopped(*, now: datetime) -> int:
    """Delete what people chose who stopped half way, once it was kept as long as the contract says; returns how many runs."""
    kept = queries.versions_that_keep_stopped()
    return sum(tracking.forget_stopped(pk, before=kept_since(now, months=months).date()) for pk, months in kept.items())


def _blank(model: type[models.Model], table: Table, contact_id: int, **narrowed: bool) -> None:
    rows: Any = model._default_manager.filter(**{table.subject: contact_id}, **narrowed)
    if table.deleted_with_person:
        rows.delete()
        return
    blanks = {name: _BLANKS[column.erased]() for name, column in table.personal.items() if column.erased in _BLANKS}
    if blanks:
        rows.update(**{_field(model, name): value for name, value in blanks.items()})


def _model(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models(include_auto_created=True) if model._meta.db_table == table)


def _field(model: type[models.Model], column: str) -> str:
    return next(field.name for field in model._meta.concrete_fields if field.column == column)
