"""Who agreed on which words: for whoever keeps what those words promise."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from leadstone.domains.consent.models import ConsentRecord, Permission
from leadstone.domains.consent.rules import Act
from leadstone.domains.contacts import queries as contacts
from leadstone.wire.definition import Channel, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One consent as it was given: to these words, of this version."""

    contact_id: int
    version_id: int
    words: str
    language: str
    at: datetime


def standing_consents(*, version_ids: Collection[int], purpose: Purpose, channel: Channel) -> QuerySet[ConsentRecord]:
    """For the queries of upper nouns: consents to the words of these versions that hold.

    Confirmed, by a mailbox that is proven still, and nothing of that purpose taken back since: whoever left and agreed again to
    other words did not agree again to these.
    """
    given = ConsentRecord.objects.filter(
        version_id__in=version_ids, act=Act.GIVEN.value, purpose=purpose.value, channel=channel.value
    )
    same = {"contact_id": OuterRef("contact_id"), "purpose": purpose.value, "channel": channel.value}
    taken_back = ConsentRecord.objects.filter(**same, act=Act.WITHDRAWN.value, sequence__gt=OuterRef("sequence"))
    return given.filter(
        ~Exists(taken_back),
        Exists(Permission.objects.filter(**same, act=Act.GIVEN.value)),
        contacts.has_proven_mailbox(OuterRef("contact_id")),
    )


def agreements(rows: QuerySet[ConsentRecord]) -> list[Agreement]:
    """What those rows say, the oldest first."""
    told = rows.order_by("sequence").values_list("contact_id", "version_id", "wording__text", "wording__language", "at")
    return [
        Agreement(contact_id=contact_id, version_id=version_id, words=text or "", language=language or "", at=at)
        for contact_id, version_id, text, language, at in told
        if version_id is not None
    ]
