"""Short texts that a table keeps unreadable: whoever holds the table but not this installation's key learns nothing of them.

XSalsa20-Poly1305 (libsodium's secretbox) under a key of its own for each use, derived from the key that `blind_index` has too.
"""

import hashlib
import hmac
from base64 import b64decode, b64encode
from functools import cache

from django.conf import settings
from nacl.secret import SecretBox

from leadstone.infra.keys import load_or_create_secret


def seal_text(text: str, *, purpose: str) -> str:
    """`text` as characters that only `open_text` with the same purpose reads; another each time."""
    return b64encode(_box(purpose).encrypt(text.encode())).decode()


def open_text(sealed: str, *, purpose: str) -> str:
    """What `seal_text` sealed; raises `nacl.exceptions.CryptoError` for anything else."""
    return _box(purpose).decrypt(b64decode(sealed)).decode()


@cache
def _box(purpose: str) -> SecretBox:
    core_key = bytes.fromhex(load_or_create_secret(settings.FOLDER.keys / "core.key"))
    return SecretBox(hmac.digest(core_key, f"seal {purpose}".encode(), hashlib.sha256))
