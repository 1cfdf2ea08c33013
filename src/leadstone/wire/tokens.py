"""Signed tokens: what a link in a mail proves, decided by Ed25519 (RFC 8032) alone.

The core mints them with the seed in `keys/tokens.key`; the edge reads them with the public half and can mint nothing.

    deliver  = purpose ‖ grant key (16) ‖ version id (u32) ‖ expiry (u32) ‖ result (or none) ‖ signature (64)
    confirm  = purpose ‖ deliver ‖ form mark (8, or none) ‖ signature (64): opens nothing itself, but carries the deliver token
               that it leads to, and names the form that its mail answers. Around a deliver token with a result the mark is
               always there, of zeros where there is none
    rate     = purpose ‖ grant key (16) ‖ version id (u32) ‖ expiry (u32) ‖ signature (64): takes an answer, opens nothing

A result is what answers came to; it travels in the link, because the edge that shows it keeps nothing of anybody.
    leave    = purpose ‖ contact key (16) ‖ expiry (u32) ‖ signature (64)

All in base64url without padding. Each has one purpose; a token of one never passes for another, because the purpose is both
the first byte and part of what is signed.
"""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import IntEnum
from uuid import UUID

from nacl.encoding import RawEncoder
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey


class TokenPurpose(IntEnum):
    """What a token is for; the number travels as its first byte and is never reused."""

    DELIVER = 1
    CONFIRM = 2
    LEAVE = 3
    RATE = 4


_GRANT = struct.Struct(">B16sII")
_CONTACT = struct.Struct(">B16sI")
_SIGNATURE = 64
_DELIVER_SIZE = _GRANT.size + _SIGNATURE
FORM_MARK_BYTES = 8
_NO_MARK = bytes(FORM_MARK_BYTES)
LONGEST_RESULT = 200


@dataclass(frozen=True, slots=True)
class Token:
    """A token whose signature is good. `expired` ones open nothing, but may ask for a new link."""

    purpose: TokenPurpose
    key: UUID  # of the grant; for LEAVE of the contact
    expires_at: datetime
    expired: bool
    version_id: int = 0  # 0 for LEAVE
    opens: str = ""  # only CONFIRM: the deliver token that the button leads to
    form: bytes = b""  # only CONFIRM: the mark of the form that its mail answers; empty when it answers none in particular
    result: bytes = b""  # not for LEAVE: what the answers came to, for magnets that tell it


class Signer:
    """The private half. `seed` is the 64 hex digits in `keys/tokens.key`."""

    def __init__(self, seed: str) -> None:
        self._key = SigningKey(bytes.fromhex(seed))

    @staticmethod
    def new_seed() -> str:
        return bytes(SigningKey.generate()).hex()

    @property
    def verify_key(self) -> str:
        """The public half in hex, for the bundle."""
        return bytes(self._key.verify_key).hex()

    def sign(self, purpose: TokenPurpose, body: bytes) -> bytes:
        return body + self._key.sign(_signed(purpose, body), encoder=RawEncoder).signature


class Verifier:
    """The public half, parsed once; `verify_key` is the hex in the bundle."""

    def __init__(self, verify_key: str) -> None:
        self._key = VerifyKey(bytes.fromhex(verify_key))

    def body(self, purpose: TokenPurpose, data: bytes) -> bytes | None:
        """`data` without its signature, or None when it was not signed for `purpose`."""
        body, signature = data[:-_SIGNATURE], data[-_SIGNATURE:]
        try:
            self._key.verify(_signed(purpose, body), signature, encoder=RawEncoder)
        except (BadSignatureError, ValueError):
            return None
        return body


def mint_deliver(signer: Signer, *, grant_key: UUID, version_id: int, expires_at: datetime, result: bytes = b"") -> str:
    """The token behind `/d/…`."""
    return _encode(_deliver(signer, grant_key, version_id, expires_at, result))


def mint_confirm(
    signer: Signer, *, grant_key: UUID, version_id: int, expires_at: datetime, form: bytes = b"", result: bytes = b""
) -> str:
    """The token behind `/c/…`; it carries the deliver token of the same grant, version, expiry and result."""
    inner = _deliver(signer, grant_key, version_id, expires_at, result)
    if result:
        form = form or _NO_MARK
    return _encode(signer.sign(TokenPurpose.CONFIRM, bytes([TokenPurpose.CONFIRM]) + inner + form))


def mint_rate(signer: Signer, *, grant_key: UUID, version_id: int, expires_at: datetime) -> str:
    """The token behind `/rate/…`."""
    body = _GRANT.pack(TokenPurpose.RATE, grant_key.bytes, version_id, int(expires_at.timestamp()))
    return _encode(signer.sign(TokenPurpose.RATE, body))


def mint_leave(signer: Signer, *, contact_key: UUID, expires_at: datetime) -> str:
    """The token behind `/u/…`."""
    body = _CONTACT.pack(TokenPurpose.LEAVE, contact_key.bytes, int(expires_at.timestamp()))
    return _encode(signer.sign(TokenPurpose.LEAVE, body))


def read_token(token: str, purpose: TokenPurpose, *, verify_key: Verifier | str, now: datetime) -> Token | None:
    """What `token` says, or None when it was not minted by us for exactly this purpose."""
    verifier = verify_key if isinstance(verify_key, Verifier) else Verifier(verify_key)
    data = _decode(token)
    if not data or data[0] != purpose:
        return None
    body = verifier.body(purpose, data)
    if body is None:
        return None
    if purpose is TokenPurpose.LEAVE:
        return _leave(body, now) if len(body) == _CONTACT.size else None
    if purpose is TokenPurpose.CONFIRM:
        return _confirm(body, now, verifier=verifier)
    longest = LONGEST_RESULT if purpose is TokenPurpose.DELIVER else 0
    return _grant(body, now, purpose=purpose) if 0 <= len(body) - _GRANT.size <= longest else None


def _confirm(body: bytes, now: datetime, *, verifier: Verifier) -> Token | None:
    inner, form = _parted(body[1:])
    fits = 0 <= len(inner) - _DELIVER_SIZE <= LONGEST_RESULT and len(form) in {0, FORM_MARK_BYTES}
    # Only its own signature tells where a deliver token of another length ends.
    if not fits or (len(inner) > _DELIVER_SIZE and verifier.body(TokenPurpose.DELIVER, inner) is None):
        return None
    return _grant(inner[:-_SIGNATURE], now, purpose=TokenPurpose.CONFIRM, opens=_encode(inner), form=form)


def _parted(carried: bytes) -> tuple[bytes, bytes]:
    """The deliver token in a confirm token, and the mark behind it."""
    if len(carried) <= _DELIVER_SIZE + FORM_MARK_BYTES:
        return carried[:_DELIVER_SIZE], carried[_DELIVER_SIZE:]
    mark = carried[-FORM_MARK_BYTES:]
    return carried[:-FORM_MARK_BYTES], b"" if mark == _NO_MARK else mark


def _deliver(signer: Signer, grant_key: UUID, version_id: int, expires_at: datetime, result: bytes) -> bytes:
    if len(result) > LONGEST_RESULT:
        raise ValueError(f"a result of {len(result)} bytes is too long for a link")
    body = _GRANT.pack(TokenPurpose.DELIVER, grant_key.bytes, version_id, int(expires_at.timestamp()))
    return signer.sign(TokenPurpose.DELIVER, body + result)


def _grant(body: bytes, now: datetime, *, purpose: TokenPurpose, opens: str = "", form: bytes = b"") -> Token:
    _, key, version_id, expiry = _GRANT.unpack_from(body)
    expires_at = datetime.fromtimestamp(expiry, UTC)
    return Token(purpose, UUID(bytes=key), expires_at, now >= expires_at, version_id, opens, form, body[_GRANT.size :])


def _leave(body: bytes, now: datetime) -> Token:
    _, key, expiry = _CONTACT.unpack(body)
    expires_at = datetime.fromtimestamp(expiry, UTC)
    return Token(TokenPurpose.LEAVE, UUID(bytes=key), expires_at, now >= expires_at)


def _signed(purpose: TokenPurpose, body: bytes) -> bytes:
    # The context keeps these signatures apart from anything else that the key may ever sign.
    return b"leadstone/" + purpose.name.lower().encode() + b"/1\0" + body


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(token: str) -> bytes | None:
    try:
        data = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    # Only the one canonical spelling counts, or a link could be varied without breaking it.
    return data if _encode(data) == token else None
