"""Secrets of an installation: made once, mode 0600, never logged."""

from dataclasses import dataclass

from leadstone.wire.data_folder import DataFolder
from leadstone.wire.sealing import public_key_of
from leadstone.wire.secret_files import load_or_create_secret
from leadstone.wire.tokens import Signer

__all__ = ["CoreKeys", "core_keys", "kiosk_secret", "load_or_create_secret"]


@dataclass(frozen=True, slots=True, repr=False)
class CoreKeys:
    """The private keys that only the core holds, in hex; their public halves travel in the bundle."""

    token_seed: str
    journal_private_key: str

    @property
    def token_verify_key(self) -> str:
        return Signer(self.token_seed).verify_key

    @property
    def journal_public_key(self) -> str:
        return public_key_of(self.journal_private_key)


def core_keys(folder: DataFolder) -> CoreKeys:
    """The keys in `keys/tokens.key` and `keys/journal.key`, made on first use."""
    return CoreKeys(
        # Any 32 random bytes are an Ed25519 seed (RFC 8032) and an X25519 private key (RFC 7748).
        token_seed=load_or_create_secret(folder.keys / "tokens.key", size=32),
        journal_private_key=load_or_create_secret(folder.keys / "journal.key", size=32),
    )


def kiosk_secret(folder: DataFolder) -> str:
    """What `wire.kiosk` makes the private key of that kiosks seal their entries for; in `keys/kiosk.key`, made on first use."""
    return load_or_create_secret(folder.keys / "kiosk.key", size=32)
