"""What tells one host from another: the machine and the data folder, so that a copy of either is somebody else."""

import hashlib
from pathlib import Path

from django.conf import settings

MACHINE_IDS = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))


def this_host() -> str:
    """The fingerprint of where this process works."""
    return fingerprint_of(settings.FOLDER.root)


def fingerprint_of(folder: Path) -> str:
    """64 hex digits that stay through restarts and upgrades, and change when the folder is copied, moved or mounted elsewhere.

    Made of the machine's id where it has one, of the folder's real path, and of its inode: `cp -a` onto the same path after
    the original was moved away is a copy too.
    """
    real = folder.resolve()
    parts = (_machine_id(), str(real), str(real.stat().st_ino))
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=32, person=b"leadstone host").hexdigest()


def _machine_id() -> str:
    for path in MACHINE_IDS:
        try:
            return path.read_text().strip()
        except OSError:
            continue
    return ""
