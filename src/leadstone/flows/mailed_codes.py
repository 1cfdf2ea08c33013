"""The six digits that a mail shows: the same each time the mail is built, and unknown to whoever lacks the core's key."""

from uuid import UUID

from leadstone.infra.blind_index import blind_index

DIGITS = 6


def code_of(message_key: UUID) -> str:
    """The code of one message. It opens something only once the hand-over was noted (`grants.services.mark_mailed`)."""
    return f"{int(blind_index(message_key.hex, purpose='code of a message'), 16) % 10**DIGITS:0{DIGITS}}"
