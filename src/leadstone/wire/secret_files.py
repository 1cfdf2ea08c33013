"""Secrets of an installation: made once, mode 0600, never logged."""

import os
import secrets
import tempfile
from pathlib import Path


def load_or_create_secret(path: Path, *, size: int = 48) -> str:
    """The secret in `path`, made on first use; processes and threads that race get the same one."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mode 0600, and nobody else's
    draft = Path(name)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(size))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # fails if somebody else was first
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
