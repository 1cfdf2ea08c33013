"""Letters about codes: here is yours, it ends soon, and to whoever made the magnet that few are left."""

from datetime import timedelta

from leadstone.domains.codes import queries
from leadstone.domains.codes.queries import CodeFacts, NoSuchCode, NoSuchPool
from leadstone.domains.codes.rules import may_show
from leadstone.domains.delivery.queries import MessageFacts
from leadstone.domains.grants.queries import LetterFacts
from leadstone.flows.notices.desk import Desk
from leadstone.infra.letterhead import NoticeLetter
from leadstone.infra.letterhead.areas import codes as words
from leadstone.wire.tokens import mint_deliver

CODE_GIVEN = "code_given"
CODE_ENDS = "code_ends"


def given(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """Nothing, when the exchange was undone or the person erased while it waited."""
    facts, code = desk.grant, _code_of(row)
    if facts is None or code is None or code.contact_id != facts.contact_id:
        return None
    return words.given(_sheet(facts, code, desk))


def ends_soon(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """Nothing, when it was used up meanwhile, or counts no more."""
    facts, code = desk.grant, _code_of(row)
    if facts is None or code is None or code.contact_id != facts.contact_id or not may_show(code.facts, now=desk.now):
        return None
    return words.ends_soon(_sheet(facts, code, desk))


def runs_low(row: MessageFacts, desk: Desk) -> NoticeLetter | None:
    """Nothing, when the pool was filled again before it left."""
    pool_id = row.facts.get("pool_id")
    try:
        pool = queries.pool(pool_id) if isinstance(pool_id, int) else None
    except NoSuchPool:
        return None
    if pool is None or not pool.low:
        return None
    url = f"{desk.studio_url}/counter/pools/{pool.magnet_id}"
    return words.runs_low(title=pool.title, free=pool.free, waiting=pool.waiting, url=url, language=desk.language)


def _code_of(row: MessageFacts) -> CodeFacts | None:
    code_id = row.facts.get("code_id")
    try:
        return queries.code(code_id) if isinstance(code_id, int) else None
    except NoSuchCode:
        return None


def _sheet(facts: LetterFacts, code: CodeFacts, desk: Desk) -> words.Sheet:
    expires_at = desk.now + timedelta(days=facts.definition.link_days)
    token = mint_deliver(desk.signer, grant_key=facts.grant_key, version_id=facts.version_id, expires_at=expires_at)
    return words.Sheet(
        title=facts.definition.title,
        company=desk.company,
        code=code.text,
        terms=code.terms,
        card_url=f"{desk.public_url}/d/{token}?lang={desk.language}",
        my_url=desk.my_url,
        language=desk.language,
    )
