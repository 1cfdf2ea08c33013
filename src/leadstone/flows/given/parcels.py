"""A parcel for whoever proved their mailbox: to the address that the mailbox vouches for, and to no stranger's."""

from collections.abc import Sequence
from datetime import datetime

from leadstone.domains.capture import queries as capture
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.rules import Said, StatementState
from leadstone.domains.grants.queries import LetterFacts
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.shipments.rules import Address
from leadstone.domains.shipments.services import parcels
from leadstone.domains.shipments.services.parcels import Wanted


def give_parcels(letters: Sequence[LetterFacts], now: datetime) -> None:
    """Open a parcel for each grant; one that has its parcel keeps it."""
    magnet_of = magnets.magnet_ids({letter.version_id for letter in letters})
    said = contacts.statements_of({letter.contact_id for letter in letters})
    wanted = []
    for letter in letters:
        magnet_id = magnet_of[letter.version_id]
        refs = set(capture.exchange_refs(contact_id=letter.contact_id, magnet_id=magnet_id))
        told = [each for each in said.get(letter.contact_id, []) if each.ref in refs and each.values.get("street")]
        wanted.append(
            Wanted(grant_id=letter.grant_id, contact_id=letter.contact_id, magnet_id=magnet_id, address=vouched_address(told))
        )
    parcels.open_parcels(wanted, now=now)


def vouched_address(told: Sequence[Said]) -> Address:
    """The latest address from a form that the mailbox answered; where none was, only what all of them say alike.

    Two forms for one mailbox may come from two people: a parcel never goes to where a stranger wrote.
    """
    verified = [each for each in told if each.state is StatementState.VERIFIED]
    if verified:
        return _address(max(verified, key=lambda each: each.said_at))
    standing = [_address(each) for each in told if each.state is not StatementState.DECLINED]
    return standing[0] if standing and all(each == standing[0] for each in standing) else Address()


def _address(said: Said) -> Address:
    return Address(**{key: said.values.get(key, "") for key in ("name", "street", "postcode", "city", "country")})
