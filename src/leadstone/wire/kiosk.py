"""What a kiosk and the core say to each other by way of the edge: how a device is known, and how its entries are sealed.

A device signs each request with a key that never leaves it (ECDSA on P-256 with SHA-256, FIPS 186-5), and seals each entry for
the core: a fresh ECDH key for each, HKDF-SHA256 (RFC 5869), AES-256-GCM. Browsers do all of it (W3C Web Cryptography), and a
device cannot open what it sealed itself.
"""

import json
from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (SP 800-186, 3.2.1.3)
POINT_BYTES = 65  # an uncompressed point (SEC 1, 2.3.3)
NONCE_BYTES = 12
FORMAT = b"\x01"  # of a sealed entry; another way of sealing gets another byte
SEALED_FOR = b"leadstone kiosk entry 1"
SIGNED_FOR = b"leadstone kiosk request 1\n"

LARGEST_ENTRY = 24_000  # bytes, sealed: a form with the longest question there is, in any script, and room
MOST_ENTRIES = 25  # in one request

DeviceKey = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{22}$")]
EntryKey = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{22}$")]


class KioskDevice(msgspec.Struct, frozen=True, kw_only=True):
    """One paired device, as the edge knows it."""

    public_key: str  # hex, an uncompressed point
    magnet_id: int
    name: str
    campaign: str = ""
    language: str = "en"
    revoked: bool = False


class Kiosks(msgspec.Struct, frozen=True, kw_only=True):
    """`kiosks.json` of the bundle: every paired device, and the key that entries are sealed for."""

    seal_key: str = ""  # hex, an uncompressed point; the private half is the core's alone
    devices: dict[str, KioskDevice] = {}


class SealedEntry(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One thing that was collected; only the core can read it."""

    key: EntryKey
    sealed: Annotated[bytes, msgspec.Meta(min_length=1, max_length=LARGEST_ENTRY)]


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """The body of a request: what a device hands over, what else waits there, and what its clock says (milliseconds)."""

    clock: Annotated[int, msgspec.Meta(ge=0, le=2**53)]
    waiting: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0  # entries on the device beyond these
    offer: Annotated[str, msgspec.Meta(max_length=64)] = ""  # the revision of the offer that it shows
    entries: Annotated[tuple[SealedEntry, ...], msgspec.Meta(max_length=MOST_ENTRIES)] = ()


class Unopenable(ValueError):
    """Bytes that nobody sealed for this key, for this device and this entry."""


def private_key_of(secret: str) -> ec.EllipticCurvePrivateKey:
    """The private key that 32 random bytes (hex) stand for."""
    return ec.derive_private_key(int(secret, 16) % (ORDER - 1) + 1, CURVE)


def public_key_of(secret: str) -> str:
    """The public half, in hex."""
    return _point(private_key_of(secret).public_key()).hex()


def is_public_key(text: str) -> bool:
    """Whether `text` is a point of the curve in hex."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, bytes.fromhex(text))
    except ValueError:
        return False
    return len(text) == 2 * POINT_BYTES


def is_signed(body: bytes, signature: str, *, path: str, device: str, public_key: str) -> bool:
    """Whether the device with this public key sent `body` to `path`. `signature`: base64url, r and s of 32 bytes each."""
    try:
        raw = urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, bytes.fromhex(public_key))
    except (ValueError, NotBase64):
        return False
    if len(raw) != 64:
        return False
    der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    try:
        key.verify(der, signed_bytes(body, path=path, device=device), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def signed_bytes(body: bytes, *, path: str, device: str) -> bytes:
    """What a signature is over. No time is in it: a device's clock may be wrong, and a repeated request changes nothing."""
    return SIGNED_FOR + f"{path}\n{device}\n".encode() + body


def open_entry(sealed: bytes, *, secret: str, device: str, key: str) -> dict[str, object]:
    """What a device sealed as its entry `key`; raises `Unopenable`."""
    head = len(FORMAT) + POINT_BYTES
    point, nonce, rest = sealed[len(FORMAT) : head], sealed[head : head + NONCE_BYTES], sealed[head + NONCE_BYTES :]
    if not sealed.startswith(FORMAT) or len(nonce) != NONCE_BYTES:
        raise Unopenable("unknown format")
    try:
        sender = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
        private = private_key_of(secret)
        cipher = AESGCM(_entry_key(private.exchange(ec.ECDH(), sender), point + _point(private.public_key())))
        read = json.loads(cipher.decrypt(nonce, rest, bound_to(device, key)))
    except (ValueError, InvalidTag, RecursionError) as fault:
        raise Unopenable("not sealed for us, or damaged") from fault
    if not isinstance(read, dict):
        raise Unopenable("no entry")
    return read


def seal_entry(content: bytes, *, public_key: str, device: str, key: str, nonce: bytes) -> bytes:
    """Seal as a device does. `content`: JSON; `nonce`: 12 bytes, fresh for each entry."""
    mine = ec.generate_private_key(CURVE)
    theirs = bytes.fromhex(public_key)
    point = _point(mine.public_key())
    shared = mine.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    cipher = AESGCM(_entry_key(shared, point + theirs))
    return FORMAT + point + nonce + cipher.encrypt(nonce, content, bound_to(device, key))


def bound_to(device: str, key: str) -> bytes:
    """An entry opens only under its own name and for its own device."""
    return f"{device}\n{key}".encode()


def _entry_key(shared: bytes, points: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=points, info=SEALED_FOR).derive(shared)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
