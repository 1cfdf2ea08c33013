"""The one-time key of the first start: shown on the console, typed into the form, worthless afterwards.

No Django here: the command line prints the key before any of it is loaded.
"""

import base64
import hashlib
import hmac

from leadstone.infra.keys import load_or_create_secret
from leadstone.wire.data_folder import DataFolder


def setup_key(secret: str) -> str:
    """Sixty bits that only somebody who can read this installation's secret knows: "k7qd-2mfa-x5pt"."""
    digest = hmac.digest(secret.encode(), b"first start", hashlib.sha256)
    text = base64.b32encode(digest).decode().lower()[:12]
    return "-".join(text[at : at + 4] for at in (0, 4, 8))


def fits(typed: str, *, secret: str) -> bool:
    """Whether `typed` is the key, however it is spaced."""
    plain = "".join(c for c in typed.lower() if c.isalnum())
    return hmac.compare_digest(plain.encode(), setup_key(secret).replace("-", "").encode())


def first_start_lines(folder: DataFolder, *, studio_url: str) -> list[str]:
    """What the console says to whoever starts an empty installation; nothing once it is set up."""
    if (folder.run / "set-up").exists():
        return []
    key = setup_key(load_or_create_secret(folder.keys / "secret.key"))
    return [f"First start: open {studio_url}/setup and type this key: {key}"]


def note_set_up(folder: DataFolder) -> None:
    """Somebody has set this installation up: its key opens nothing any more, and is not shown again."""
    (folder.run / "set-up").touch()
