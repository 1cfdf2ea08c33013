"""The base of everything that `domains/*/events.py` says happened."""

import msgspec


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened, in the past tense; carries ids, never personal values."""
