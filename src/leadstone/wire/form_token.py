"""The token inside a form: which words the visitor saw, since when, and a nonce that makes a double click one submission.

Only the edge that minted it reads it (a keyed BLAKE2, RFC 7693, with `keys/edge.key`); it names no person.

    token = base64url(version id (u32) ‖ issued at (u64, ms) ‖ nonce (12) ‖ tag (18))
"""

import hashlib
import hmac
import os
import struct
from base64 import urlsafe_b64encode
from binascii import a2b_base64
from collections.abc import Callable
from typing import NamedTuple

_BODY = struct.Struct(">IQ12s")
_TAG = 18
_LENGTH = (_BODY.size + _TAG) * 4 // 3  # a multiple of three bytes: no padding, one spelling
# To the alphabet that the decoder reads; its own two letters become none, or one token had two spellings.
_ALPHABET = bytes.maketrans(b"-_+/", b"+/**")


class FormToken(NamedTuple):
    """A token that this edge minted; whether it is still good is for the door to say."""

    version_id: int
    issued_at: int  # milliseconds since the epoch
    nonce: str


class FormTokens:
    """Mints and reads form tokens under one key; `random_bytes` gives nonces."""

    def __init__(self, key: bytes, *, random_bytes: Callable[[int], bytes] = os.urandom) -> None:
        self._random_bytes = random_bytes
        # Keyed once: a copy of it takes half as long as keying for each token.
        self._keyed = hashlib.blake2b(key=hashlib.blake2b(key, person=b"form-token").digest(), digest_size=_TAG)

    def mint(self, version_id: int, *, now: int) -> str:
        body = _BODY.pack(version_id, now, self._random_bytes(12))
        return urlsafe_b64encode(body + self._tag(body)).decode()

    def read(self, token: str) -> FormToken | None:
        """The token, or None when this edge did not mint it."""
        if len(token) != _LENGTH:
            return None
        try:
            data = a2b_base64(token.encode("ascii").translate(_ALPHABET), strict_mode=True)
        except ValueError:
            return None
        if len(data) != _BODY.size + _TAG:
            return None
        body, tag = data[: _BODY.size], data[_BODY.size :]
        if not hmac.compare_digest(tag, self._tag(body)):
            return None
        version_id, issued_at, nonce = _BODY.unpack(body)
        return FormToken(version_id, issued_at, nonce.hex())

    def _tag(self, body: bytes) -> bytes:
        keyed = self._keyed.copy()
        keyed.update(body)
        return keyed.digest()
