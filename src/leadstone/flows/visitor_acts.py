"""What a visitor does after the form: proves the mailbox, takes the file, rates it, asks again, leaves. A batch at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction

from leadstone.domains.capture import queries as capture
from leadstone.domains.capture.queries import SubmissionFacts
from leadstone.domains.consent import queries as consent_queries
from leadstone.domains.consent import services as consent
from leadstone.domains.consent.rules import Method, Scope, StopReason
from leadstone.domains.consent.services import MailboxOwner, Proof
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts import services as contacts_services
from leadstone.domains.delivery.services import queueing as delivery
from leadstone.domains.grants import queries as grants_queries
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.rules import CodeOutcome, Ending, Rating, read_rating_words
from leadstone.domains.grants.services import Proven, Rated
from leadstone.domains.leads import services as leads
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.special import agreed_in
from leadstone.flows.booked import times_proven
from leadstone.flows.boxes_there import PREFIX
from leadstone.flows.mailed_forms import mark_of
from leadstone.flows.submissions_received import time_of
from leadstone.flows.tags_answered import tags_answered
from leadstone.wire.definition import Channel, MagnetDefinition, Purpose
from leadstone.wire.records import (
    FileServed,
    LeftMarketing,
    LinkAskedAgain,
    MailboxProven,
    MailsWelcome,
    NotMe,
    PromiseRated,
)

log = structlog.get_logger()

# Forms for one mailbox and magnet that lie no further apart may be answered by one press of the button.
SAME_EVENT = timedelta(days=1)


def key_of(text: str) -> UUID | None:
    """The key that a record names; None when it is none, for a record is only a claim."""
    try:
        return UUID(text)
    except ValueError:
        log.warning("record.bad_key")
        return None


@transaction.atomic
def mailboxes_proven(batch: Sequence[MailboxProven], *, now: datetime) -> None:
    """Buttons of confirm pages were pressed; what a machine pressed proves nothing."""
    pressed: dict[UUID, set[str]] = {}
    for record in batch:
        if record.agent == "person" and (key := key_of(record.grant_key)):
            pressed.setdefault(key, set()).add(record.form)
    proven = grants.prove_mailboxes(pressed, now=now)
    forms = forms_of(proven)
    answered = {
        form.ref
        for each in proven
        for form in forms[each.contact_id, each.magnet_id]
        if mark_of(form.submission_id).hex() in pressed[each.key]
    }
    proven_by(proven, forms=forms, answered=answered, method=Method.CONFIRM_PAGE, collector="edge", now=now)


@transaction.atomic
def code_entered(*, ref: str, code: str, now: datetime) -> CodeOutcome:
    """A six-digit code was typed into a thank-you page: the right one proves the mailbox as the button would."""
    outcome = grants.check_code(ref=ref, code=code, now=now)
    if outcome.grant_id is not None:
        facts = grants_queries.grant(outcome.grant_id)
        proven = grants.prove_mailboxes([facts.key] if facts else [], now=now)
        # Who types the code has before them the page to which their own form led.
        proven_by(proven, forms=forms_of(proven), answered={ref}, method=Method.CODE, collector="portal", now=now)
    return outcome


Forms = Mapping[tuple[int, int], Sequence[SubmissionFacts]]


def forms_of(proven: Sequence[Proven]) -> Forms:
    """(contact id, magnet id) → the forms that took effect for that exchange."""
    return capture.accepted_forms([(each.contact_id, each.magnet_id) for each in proven])


def proven_by(
    proven: Sequence[Proven], *, forms: Forms, answered: Collection[str], method: Method, collector: str, now: datetime
) -> None:
    """What follows from a proven mailbox: its claims are verified, its answers give their tags, its ticks become consents,
    its leads are judged again.

    `answered`: refs of the forms whose mails or pages the proof came from, as far as that is known.
    """
    if not proven:
        return
    claimed: dict[int, list[str]] = {}
    for each in proven:
        claimed.setdefault(each.contact_id, []).extend(form.ref for form in forms[each.contact_id, each.magnet_id])
    contacts_services.prove_mailboxes(claimed, answered=answered, now=now)
    contacts_services.mark_founded(claimed)
    times_proven(answered, now=now)
    delivery.note_answered(claimed, now=now)
    owners = owners_of(claimed)
    versions = magnets.version_ids({each.magnet_id for each in proven})
    definitions = magnets.definitions({form.version_id for told in forms.values() for form in told})
    contacts_services.tag_people(tags_answered(forms, definitions, answered=answered), now=now)
    elsewhere = consent_queries.ticked_elsewhere(_handed_over(forms))
    proofs = [
        Proof(
            owner=owners[each.contact_id],
            version_ids=versions[each.magnet_id],
            ticked=ticked_beyond_doubt(forms[each.contact_id, each.magnet_id], definitions, elsewhere=elsewhere),
        )
        for each in proven
        if each.contact_id in owners
    ]
    consent.confirm_asked(proofs, method=method, collector=collector, now=now)
    leads.rescore_people(set(claimed))


def _handed_over(forms: Forms) -> set[int]:
    """Contacts of whom another service told."""
    return {contact_id for (contact_id, _magnet_id), told in forms.items() if any(form.ref.startswith(PREFIX) for form in told)}


def ticked_beyond_doubt(
    forms: Sequence[SubmissionFacts],
    definitions: Mapping[int, MagnetDefinition],
    *,
    elsewhere: Mapping[str, set[tuple[Purpose, Channel]]],
) -> set[tuple[Purpose, Channel]]:
    """What the last form of an exchange ticked, unless another form of the same day for it did not.

    `elsewhere`: by ref, what forms that another service handed over ticked there.

    Two forms for one mailbox may come from two people, and the button does not tell whose boxes it confirms. Nobody is
    subscribed by a box that perhaps a stranger ticked.
    """
    kept = [form for form in forms if form.answers is not None]
    if not kept:
        return set()
    since = max(form.received_at for form in kept) - SAME_EVENT
    return set.intersection(
        *(
            _boxes(form, definitions[form.version_id]) | elsewhere.get(form.ref, set())
            for form in kept
            if form.received_at >= since
        )
    )


def _boxes(form: SubmissionFacts, definition: MagnetDefinition) -> set[tuple[Purpose, Channel]]:
    """What one form ticked: boxes of its contract, and explicit consents beside answers of a special kind."""
    offers = [offer for offer in definition.contract.consents if offer.key in form.ticked]
    return {(offer.purpose, offer.channel) for offer in [*offers, *agreed_in(definition, form.answers or {})]}


@transaction.atomic
def files_served(batch: Sequence[FileServed], *, now: datetime) -> None:
    """Complete files left the edge."""
    first: dict[UUID, datetime] = {}
    for record in batch:
        if key := key_of(record.grant_key):
            first.setdefault(key, time_of(record.at, now=now))
    grants.note_served(first)


@transaction.atomic
def promises_rated(batch: Sequence[PromiseRated], *, now: datetime) -> None:
    """Answers to "did you get what was promised?"; words that are no answer are passed over."""
    last: dict[UUID, Rated] = {}
    for record in batch:
        key = key_of(record.grant_key)
        if key is None or record.answer not in set(Rating):
            continue
        words, unfit = read_rating_words(record.words) if record.words is not None else (None, "")
        before = last.get(key)
        if words is None and before is not None:
            words = before.words
        last[key] = Rated(Rating(record.answer), time_of(record.at, now=now), None if unfit else words)
    grants.rate(last)


@transaction.atomic
def links_asked_again(batch: Sequence[LinkAskedAgain], *, now: datetime) -> None:
    """Links ran out, and their holders want fresh ones."""
    grants.request_links({key for record in batch if (key := key_of(record.grant_key))}, now=now)


@transaction.atomic
def not_me(batch: Sequence[NotMe], *, now: datetime) -> None:
    """The owner of a mailbox had asked for nothing: nothing more goes there, and what was claimed there is not true."""
    for record in batch:
        key = key_of(record.grant_key)
        ended = grants.undo(key, because=Ending.NOT_ME, now=now) if key else None
        if ended is None:
            continue
        refs = capture.exchange_refs(contact_id=ended.contact_id, magnet_id=ended.magnet_id)
        contacts_services.decline_claims(ended.contact_id, refs=refs)
        owner = owners_of([ended.contact_id]).get(ended.contact_id)
        if owner:
            consent.withdraw_marketing([owner], method=Method.CONFIRM_PAGE, collector="edge", now=now)
            consent.suppress([owner.address_hash], scope=Scope.EVERYTHING, reason=StopReason.NOT_ME, now=now)
        leads.rescore_people({ended.contact_id})


@transaction.atomic
def mails_welcome(batch: Sequence[MailsWelcome], *, now: datetime) -> None:
    """What was said by "not me" is taken back from the mailbox itself.

    The exchange stays undone and its claims declined: one asks anew.
    """
    keys = {key for record in batch if record.agent == "person" and (key := key_of(record.grant_key))}
    owners = owners_of(grants_queries.disowned(keys))
    consent.take_back_not_me([owner.address_hash for owner in owners.values()], now=now)


@transaction.atomic
def left_marketing(batch: Sequence[LeftMarketing], *, now: datetime) -> None:
    """People unsubscribed. An unknown key is nobody's and changes nothing."""
    keys = {key: record for record in batch if (key := key_of(record.contact_key))}
    ids = contacts.contact_ids_by_key(keys)
    owners = owners_of(ids.values())
    for one_click in (True, False):
        leaving = [owners[pk] for key, pk in ids.items() if keys[key].one_click is one_click and pk in owners]
        method = Method.ONE_CLICK if one_click else Method.LEAVE_PAGE
        consent.withdraw_marketing(leaving, method=method, collector="edge", now=now)


def owners_of(contact_ids: Iterable[int]) -> dict[int, MailboxOwner]:
    """Contact id → the owner of the mailbox, as the ledger names one; people without a mailbox are left out."""
    return {
        pk: MailboxOwner(contact_id=pk, address_key=mailbox.key, address_hash=mailbox.address_hash)
        for pk, mailbox in contacts.mailboxes(list(contact_ids)).items()
    }
