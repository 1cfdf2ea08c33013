"""What the owner of a mailbox decides on the page behind a `/my/` link."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from leadstone.domains.capture import queries as capture_queries
from leadstone.domains.capture import services as capture
from leadstone.domains.consent import queries as consent_queries
from leadstone.domains.consent import services as consent
from leadstone.domains.consent.rules import Act, Method
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.special import special_names
from leadstone.domains.newsletters.queries import letters
from leadstone.domains.newsletters.services import subscribing
from leadstone.wire.definition import Channel, Purpose

COLLECTOR = "portal"


@transaction.atomic
def stop_marketing(contact_id: int, *, now: datetime) -> None:
    """No marketing by e-mail any more, for any purpose; twice is as once."""
    owner = _owner(contact_id)
    if owner is not None:
        consent.withdraw_marketing([owner], method=Method.PREFERENCES, collector=COLLECTOR, now=now)


@transaction.atomic
def stop_purpose(contact_id: int, *, purpose: Purpose, now: datetime) -> None:
    """One purpose is allowed no more: no messages of it, or no answers of a special kind, which are deleted at once."""
    owner = _owner(contact_id)
    if owner is not None:
        consent.withdraw_purpose(owner, purpose=purpose, method=Method.PREFERENCES, collector=COLLECTOR, now=now)
    if purpose is Purpose.NEWSLETTER:
        subscribing.unsubscribe([contact_id])
    if purpose is Purpose.SPECIAL:
        _forget_special_answers(contact_id, owner)


@transaction.atomic
def choose_topics(contact_id: int, *, magnet_id: int, topics: Collection[str], now: datetime) -> bool:
    """From now on letters about these topics of a newsletter and no others.

    False, and nothing changed, where letters are not allowed any more: to come back takes a new form.
    """
    allowed = consent_queries.permissions_of([contact_id]).get(contact_id, {})
    known = letters.newsletter(magnet_id)
    if known is None or allowed.get((Purpose.NEWSLETTER, Channel.EMAIL)) is not Act.GIVEN:
        return False
    kept = [topic.key for topic in known.settings.topics if topic.key in topics]
    subscribing.choose_topics(contact_id=contact_id, magnet_id=magnet_id, topics=kept, now=now)
    return True


def _forget_special_answers(contact_id: int, owner: consent.MailboxOwner | None) -> None:
    """Nothing of it is left but the ledger: no screen, figure or index ever read these answers."""
    version_ids = {form.version_id for form in capture_queries.submissions_of(contact_id)}
    names = {pk: special_names(definition) for pk, definition in magnets.definitions(version_ids).items()}
    hashes = [owner.address_hash] if owner else []
    capture.erase_answers({pk: found for pk, found in names.items() if found}, contact_id=contact_id, address_hashes=hashes)


def _owner(contact_id: int) -> consent.MailboxOwner | None:
    mailbox = contacts.mailboxes([contact_id]).get(contact_id)
    if mailbox is None:
        return None
    return consent.MailboxOwner(contact_id=contact_id, address_key=mailbox.key, address_hash=mailbox.address_hash)
