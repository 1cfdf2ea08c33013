"""The letter to somebody whom we were told of: that we have their data, where from, and what they may do about it."""

from datetime import timedelta

from leadstone.domains.brand import queries as brand
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts.rules import PointKind
from leadstone.domains.delivery.queries import MessageFacts
from leadstone.domains.suppliers import queries
from leadstone.domains.suppliers.queries.notices import notices_of_leads
from leadstone.domains.suppliers.rules import NoticeState
from leadstone.flows.notices.desk import Desk
from leadstone.infra.letterhead import NoticeLetter
from leadstone.infra.letterhead.areas import notices as words
from leadstone.wire.tokens import mint_leave

DATA_NOTICE = "data_notice"
# Somebody may look for the way out in an old letter.
LINK_LASTS = timedelta(days=3650)


def told(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """Nothing, when they were told another way or erased while it waited."""
    lead_id = row.facts.get("lead_id")
    notice = notices_of_leads([lead_id]).get(lead_id) if isinstance(lead_id, int) else None
    who = brand.brand_facts()
    if notice is None or notice.state is not NoticeState.DUE or desk.mailbox is None or who is None:
        return None
    token = mint_leave(desk.signer, contact_key=desk.mailbox.contact_key, expires_at=desk.now + LINK_LASTS)
    bought = queries.purchases_of_leads([notice.lead_id]).get(notice.lead_id)
    return words.notice(
        words.Sheet(
            company=who.company,
            address=who.postal_address,
            privacy=who.privacy_email or who.sender_email,
            source=notice.source,
            agreed_to=bought.words if bought else "",
            agreed_at=bought.agreed_at if bought else None,
            data=_data(desk.mailbox.contact_id),
            leave_url=f"{desk.public_url}/u/{token}",
            my_url=desk.my_url,
            language=desk.language,
        )
    )


def _data(contact_id: int) -> frozenset[str]:
    """The kinds of data that we have of them, by the keys of fields."""
    said = {key for each in contacts.statements_of([contact_id]).get(contact_id, []) for key, text in each.values.items() if text}
    ways = {point.kind for point in contacts.points_of([contact_id]).get(contact_id, [])}
    return frozenset(said | ({"email"} if PointKind.EMAIL in ways else set()) | ({"phone"} if PointKind.PHONE in ways else set()))
