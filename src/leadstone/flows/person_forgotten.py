"""What follows an erasure outside the database."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from leadstone.domains.delivery import queries as delivery
from leadstone.domains.privacy.events import ContactErased
from leadstone.infra.mail.mailbox import forget_mails


def forget_local_mail(events: Sequence[ContactErased], /, *, now: datetime) -> None:
    """The copies in the local mailbox go too; what a mail server took is the recipient's."""
    forget_mails(settings.FOLDER.mail, delivery.message_keys({event.contact_id for event in events}))
