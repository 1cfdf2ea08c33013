"""Names for things that leave the house: random, unguessable, and telling nothing."""

import secrets
import uuid


def new_ref() -> str:
    """A public reference of 128 random bits, 22 URL-safe characters; proves nothing by itself."""
    return secrets.token_urlsafe(16)


def new_key() -> uuid.UUID:
    """A random UUID (version 4, RFC 9562) for rows that tokens name."""
    return uuid.uuid4()
