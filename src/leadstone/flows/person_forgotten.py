"""What follows an erasure outside the database."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from leadstone.domains.consent.events import AddressesStopped
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.privacy.events import ContactErased
from leadstone.infra import erasure_log
from leadstone.infra.blind_index import installation_mark
from leadstone.infra.mail.mailbox import forget_mails


def forget_local_mail(events: Sequence[ContactErased], /, *, now: datetime) -> None:
    """The copies in the local mailbox go too; what a mail server took is the recipient's."""
    forget_mails(settings.FOLDER.mail, delivery.message_keys({event.contact_id for event in events}))


def note_erased(events: Sequence[ContactErased], /, *, now: datetime) -> None:
    """Whoever restores an older backup must know whom to erase again."""
    mark = installation_mark()
    lines = [erasure_log.ErasedPerson(of=mark, trace=event.trace) for event in events if event.trace]
    erasure_log.append(settings.FOLDER.erasures, lines)


def note_stopped(events: Sequence[AddressesStopped], /, *, now: datetime) -> None:
    """Nor may an older backup write to somebody who has said no since."""
    mark = installation_mark()
    lines = [
        erasure_log.StoppedAddress(
            of=mark, hash=address, channel=event.channel, scope=event.scope, reason=event.reason, at=event.at
        )
        for event in events
        for address in event.address_hashes
    ]
    erasure_log.append(settings.FOLDER.erasures, lines)
