"""The way into a trial without a webhook: a start address with a token that opens one account, once."""

import hmac
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

from leadstone.domains.magnets.kinds.trial import TrialTerms
from leadstone.domains.trials.queries import TrialFacts
from leadstone.domains.trials.rules import RUNNING
from leadstone.infra.blind_index import blind_index

PARAMETER = "trial_token"
_MARK_LENGTH = 43  # hex digits: 172 bits


def start_link(trial: TrialFacts, terms: TrialTerms) -> str:
    """Where the button leads; "" where there is no address. The token stands in it until it was used."""
    if not terms.start_url or trial.endpoint_key is not None or trial.activated_at is not None or trial.state not in RUNNING:
        return terms.start_url
    parts = urlsplit(terms.start_url)
    query = urlencode([*parse_qsl(parts.query, keep_blank_values=True), (PARAMETER, token_of(trial.key))])
    return urlunsplit(parts._replace(query=query))


def token_of(key: UUID) -> str:
    """Made of the trial alone, so that showing a page writes nothing; that it is used once is the trial's own doing."""
    return f"{key.hex}{blind_index(key.hex, purpose='trial start')[:_MARK_LENGTH]}"


def read_token(text: str) -> UUID | None:
    """The trial that a token of ours names."""
    try:
        key = UUID(hex=text[:32])
    except ValueError:
        return None
    return key if hmac.compare_digest(text.encode(), token_of(key).encode()) else None
