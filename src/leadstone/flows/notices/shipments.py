"""Letters about parcels; what is no longer so when they leave is not said."""

from leadstone.domains.delivery.queries import MessageFacts
from leadstone.domains.magnets.kinds.sample import sample_settings
from leadstone.domains.shipments import queries
from leadstone.domains.shipments.queries import ParcelFacts
from leadstone.domains.shipments.rules import ParcelState, masked, tracking_url
from leadstone.flows.notices.availability import delivery_url
from leadstone.flows.notices.desk import Desk
from leadstone.infra.letterhead import NoticeLetter
from leadstone.infra.letterhead.areas import shipments as words

PARCEL_SENT = "parcel_sent"
PARCEL_REFUSED = "parcel_refused"
PARCEL_FREED = "parcel_freed"
PARCEL_RETURNED = "parcel_returned"


def sent(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """It is on its way, with the number to follow it by."""
    sheet = _sheet(row, desk, {ParcelState.SENT})
    return words.sent(sheet) if sheet else None


def refused(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """In line, or to a household that has had one, or without an address that the mailbox vouches for."""
    sheet = _sheet(row, desk, {ParcelState.WAITING, ParcelState.HOUSEHOLD, ParcelState.ADDRESS})
    if sheet is None:
        return None
    return {"waiting": words.in_line, "household": words.had_one, "address": words.no_address}[sheet.state](sheet)


def freed(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """Whoever waited for it has one now."""
    sheet = _sheet(row, desk, {ParcelState.RESERVED, ParcelState.PACKED})
    return words.freed(sheet) if sheet else None


def returned(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """It came back, and the address wants mending."""
    sheet = _sheet(row, desk, {ParcelState.RETURNED})
    return words.returned(sheet) if sheet else None


def _sheet(row: MessageFacts, desk: Desk, states: set[ParcelState]) -> words.Sheet | None:
    parcel_id = row.facts.get("parcel_id")
    parcel = queries.parcel(parcel_id) if isinstance(parcel_id, int) else None
    if parcel is None or desk.grant is None or parcel.state not in states:
        return None
    return _told(parcel, desk)


def _told(parcel: ParcelFacts, desk: Desk) -> words.Sheet:
    assert desk.grant is not None  # checked by the caller
    settings = sample_settings(desk.grant.definition)
    return words.Sheet(
        title=desk.grant.definition.title,
        item=settings.item,
        state=parcel.state.value,
        address=masked(parcel.address),
        sent_on=parcel.sent_on,
        due_on=parcel.due_at.date() if parcel.due_at else None,
        went_on=queries.went_there_on(parcel.parcel_id),
        place=queries.place_in_line(parcel.parcel_id) or 0,
        carrier=parcel.carrier,
        tracking=parcel.tracking,
        tracking_url=tracking_url(parcel.carrier, parcel.tracking),
        url=delivery_url(desk),
        my_url=desk.my_url,
        language=desk.language,
    )
