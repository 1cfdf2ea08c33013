"""Letters about a limited number: you stand in line, and your turn has come."""

from datetime import timedelta

from leadstone.domains.delivery.queries import MessageFacts
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.rules import GrantState
from leadstone.flows.notices.desk import Desk
from leadstone.infra.letterhead import NoticeLetter
from leadstone.infra.letterhead.areas import availability as words
from leadstone.wire.tokens import mint_deliver

PLACE_AWAITED = "place_awaited"
PLACE_FREED = "place_freed"


def awaited(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """Nothing, when a place came back before the letter left."""
    facts = desk.grant
    place = grants.place_in_line(facts.grant_id) if facts else None
    if facts is None or place is None:
        return None
    return words.in_line(
        title=facts.definition.title, place=place, url=delivery_url(desk), my_url=desk.my_url, language=desk.language
    )


def freed(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """Nothing, when it was undone meanwhile."""
    facts = desk.grant
    if facts is None or facts.state not in {GrantState.OPENED, GrantState.DELIVERED}:
        return None
    return words.your_turn(title=facts.definition.title, url=delivery_url(desk), my_url=desk.my_url, language=desk.language)


def delivery_url(desk: Desk) -> str:
    """The page of what a grant holds, as long as its links last."""
    facts = desk.grant
    if facts is None:
        return ""
    expires_at = desk.now + timedelta(days=facts.definition.link_days)
    token = mint_deliver(desk.signer, grant_key=facts.grant_key, version_id=facts.version_id, expires_at=expires_at)
    return f"{desk.public_url}/d/{token}?lang={desk.language}"
