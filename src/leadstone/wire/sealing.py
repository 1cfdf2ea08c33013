"""Sealed records: whoever holds the public half can seal them, only the holder of the private half can read them back."""

import msgspec
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from leadstone.wire.records import AnyRecord, decode_records, encode_records

_one_by_one = msgspec.msgpack.Decoder(list[msgspec.Raw])
_alone: msgspec.msgpack.Decoder[AnyRecord] = msgspec.msgpack.Decoder(AnyRecord)


class UnreadableRecord(msgspec.Struct, frozen=True):
    """A record that this version cannot read; `data` is what there is of it, for quarantine.

    Either as it was sealed, or (`opened`) a readable list that holds it alone, which must be sealed again before it is kept.
    """

    data: bytes
    opened: bool = False


def new_private_key() -> str:
    """A fresh X25519 private key in hex, for `keys/journal.key`."""
    return bytes(PrivateKey.generate()).hex()


def public_key_of(private_key: str) -> str:
    """The public half, in hex, that travels in the bundle."""
    return bytes(PrivateKey(bytes.fromhex(private_key)).public_key).hex()


class Sealer:
    """Seals for the holder of the private key; cannot open what it sealed."""

    def __init__(self, public_key: str) -> None:
        self._box = SealedBox(PublicKey(bytes.fromhex(public_key)))

    def seal(self, records: list[AnyRecord] | tuple[AnyRecord, ...]) -> bytes:
        return self._box.encrypt(encode_records(records))

    def seal_again(self, record: UnreadableRecord) -> bytes:
        """A record that could not be read, as it was written and sealed: a later version may read it."""
        return self._box.encrypt(record.data) if record.opened else record.data


class Opener:
    """Opens what was sealed for its private key (hex)."""

    def __init__(self, private_key: str) -> None:
        self._box = SealedBox(PrivateKey(bytes.fromhex(private_key)))

    def open(self, sealed: bytes) -> tuple[AnyRecord | UnreadableRecord, ...]:
        """The records in their order; what cannot be read stands in its place as an `UnreadableRecord`, nothing is left out."""
        try:
            data = self._box.decrypt(sealed)
        except CryptoError:
            return (UnreadableRecord(sealed),)
        try:
            return decode_records(data)
        except msgspec.DecodeError:
            return _readable_and_not(data)


def _readable_and_not(data: bytes) -> tuple[AnyRecord | UnreadableRecord, ...]:
    # One record of a newer edge must not take its neighbours into quarantine.
    try:
        parts = _one_by_one.decode(data)
    except msgspec.DecodeError:
        return (UnreadableRecord(data, opened=True),)
    return tuple(_read_alone(bytes(part)) for part in parts)


def _read_alone(part: bytes) -> AnyRecord | UnreadableRecord:
    try:
        return _alone.decode(part)
    except msgspec.DecodeError:
        return UnreadableRecord(msgspec.msgpack.encode([msgspec.Raw(part)]), opened=True)
