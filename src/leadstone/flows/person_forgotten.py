"""What follows an erasure outside the database."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from leadstone.domains.consent.events import AddressesStopped
from leadstone.domains.consent.rules import Scope, StopReason
from leadstone.domains.delivery import queries as delivery
from leadstone.domains.privacy.events import ContactErased
from leadstone.infra import erasure_log
from leadstone.infra.blind_index import installation_mark
from leadstone.infra.mail.mailbox import forget_mails
from leadstone.wire.definition import Channel


def forget_local_mail(events: Sequence[ContactErased], /, *, now: datetime) -> None:
    """The copies in the local mailbox go too; what a mail server took is the recipient's."""
    forget_mails(settings.FOLDER.mail, delivery.message_keys({event.contact_id for event in events}))


def note_erased(events: Sequence[ContactErased], /, *, now: datetime) -> None:
    """Whoever restores an older backup must know whom to erase again."""
    mark = installation_mark()
    lines: list[erasure_log.Line] = []
    for event in events:
        if event.trace:
            lines.append(erasure_log.ErasedPerson(of=mark, trace=event.trace))
        lines += _stopped(event.address_hashes, reason=StopReason.ERASED, at=event.at or now)
    erasure_log.append(settings.FOLDER.erasures, lines)


def note_stopped(events: Sequence[AddressesStopped], /, *, now: datetime) -> None:
    """Nor may an older backup write to somebody who has said no since."""
    lines: list[erasure_log.Line] = []
    for event in events:
        if event.reason != StopReason.ERASED:  # told with the erasure
            lines += _stopped(event.address_hashes, reason=event.reason, at=event.at, scope=event.scope, channel=event.channel)
    erasure_log.append(settings.FOLDER.erasures, lines)


def _stopped(
    hashes: Sequence[str],
    *,
    reason: str,
    at: datetime,
    scope: str = Scope.MARKETING.value,
    channel: str = Channel.EMAIL.value,
) -> list[erasure_log.StoppedAddress]:
    mark = installation_mark()
    return [
        erasure_log.StoppedAddress(of=mark, hash=key, channel=channel, scope=scope, reason=str(reason), at=at) for key in hashes
    ]
