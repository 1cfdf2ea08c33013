"""The one question after use: did you get what was promised?"""

from datetime import timedelta

from leadstone.domains.delivery.queries import MessageFacts
from leadstone.flows.notices.desk import Desk
from leadstone.infra.letterhead import NoticeLetter
from leadstone.infra.letterhead.areas import promises
from leadstone.wire.tokens import mint_rate

QUESTION = "promise_question"
# Somebody may come back to a mail after the holidays.
RATE_LINK_LASTS = timedelta(days=60)


def question(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """Nothing, when the exchange was undone or the person erased while it waited."""
    facts = desk.grant
    if facts is None:
        return None
    token = mint_rate(desk.signer, grant_key=facts.grant_key, version_id=facts.version_id, expires_at=desk.now + RATE_LINK_LASTS)
    return promises.question(
        title=facts.definition.title,
        you_get=facts.definition.contract.you_get,
        rate_url=f"{desk.public_url}/rate/{token}?lang={desk.language}",
        my_url=desk.my_url,
        company=desk.company,
        language=desk.language,
    )
