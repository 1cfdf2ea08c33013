"""What grants tell the house."""

from datetime import datetime

from leadstone.kernel.events import Event


class MailboxConfirmed(Event, frozen=True, kw_only=True):
    """Whoever reads the mailbox confirmed for the first time that this grant is theirs."""

    contact_id: int
    grant_id: int


class PlaceAwaited(Event, frozen=True, kw_only=True):
    """A mailbox was proven when all places were taken: the grant stands in line."""

    grant_id: int


class PlaceFreed(Event, frozen=True, kw_only=True):
    """A grant that stood in line has a place now."""

    grant_id: int


class MailboxConfirmedAgain(Event, frozen=True, kw_only=True):
    """A button was pressed whose grant is open already: of the mail that answers a second form."""

    contact_id: int
    grant_id: int


class LinkRequested(Event, frozen=True, kw_only=True):
    """The holder of a link asks for a fresh one."""

    grant_id: int


class GrantFailed(Event, frozen=True, kw_only=True):
    """What was promised could not be delivered; an alarm stands in the studio until it is."""

    grant_id: int
    because: str


class ExchangeEnded(Event, frozen=True, kw_only=True):
    """The grant opens nothing any more: its links are to be revoked."""

    grant_id: int


class PromiseDelivered(Event, frozen=True, kw_only=True):
    """What was promised has left completely, for the first time; or it turned out that it had not."""

    grant_id: int


class PromiseUsed(Event, frozen=True, kw_only=True):
    """What is used later than it is shown was used: a meeting took place, a parcel left, a trial came to life."""

    grant_id: int
    at: datetime


class PromiseAnswered(Event, frozen=True, kw_only=True):
    """Somebody said whether the promise was kept, or said it anew."""

    grant_id: int
