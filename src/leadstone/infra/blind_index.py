"""Keyed hashes: how a value is found again by who knows it, and by nobody who merely reads the table.

HMAC-SHA-256 under a key of this installation. Each use has its own purpose: the hashes of one table say
nothing about another.
"""

import hashlib
import hmac
from collections.abc import Callable
from functools import cache
from uuid import UUID

from django.conf import settings

from leadstone.infra.keys import load_or_create_secret


def blind_index(value: str, *, purpose: str) -> str:
    """64 hex digits that stand for `value`; the same for the same value, purpose and installation."""
    return index_for(purpose)(value)


@cache
def index_for(purpose: str) -> Callable[[str], str]:
    """The function from a value to its hash for one purpose, for loops over many values."""
    core_key = bytes.fromhex(load_or_create_secret(settings.FOLDER.keys / "core.key"))
    key = hmac.digest(core_key, purpose.encode(), hashlib.sha256)

    def index(value: str) -> str:
        return hmac.digest(key, value.encode(), hashlib.sha256).hex()

    return index


def address_hash(key: str) -> str:
    """What stands for an address (its normalised `key`) wherever it must be recognised after it was forgotten."""
    return index_for("address")(key)


def person_trace(key: UUID) -> str:
    """What stands for a person after an erasure: their key is another one then, and nobody can go back to it."""
    return index_for("erasure")(str(key))


def installation_mark() -> str:
    """16 hex digits that tell the hashes of this installation from those of another."""
    return index_for("installation")("")[:16]
