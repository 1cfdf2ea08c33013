"""The local mailbox: a standard Maildir, for an installation without a mail server."""

import os
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from leadstone.infra.mail.message import Parcel
from leadstone.infra.mail.outcome import SENT, WITHHELD, Fate, Outcome


class MaildirLine:
    """Puts each parcel into `new/` under a name made of its key, so that a repeat is the same file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def hand_over(self, parcel: Parcel, *, may_send: Callable[[], bool]) -> Outcome:
        """See `Line.hand_over`; the file is on the disk when this returns SENT."""
        try:
            draft = self._write_draft(parcel)
        except OSError as trouble:
            return Outcome(Fate.LATER, f"disk {trouble.errno}", line_down=True)
        if not may_send():
            draft.unlink(missing_ok=True)
            return WITHHELD
        try:
            self._deliver(draft, name=mail_id_of(parcel.key))
        except OSError as trouble:
            return Outcome(Fate.LATER, f"disk {trouble.errno}", line_down=True)
        return SENT

    def close(self) -> None:
        """Nothing is kept open."""

    def _write_draft(self, parcel: Parcel) -> Path:
        for part in ("tmp", "new", "cur"):
            (self._folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = self._folder / "tmp" / f"{mail_id_of(parcel.key)}.{os.getpid()}"
        with draft.open("wb") as file:
            # Text files on this system end lines with LF; mail readers of a Maildir expect that.
            file.write(parcel.data.replace(b"\r\n", b"\n"))
            file.flush()
            os.fsync(file.fileno())
        return draft

    def _deliver(self, draft: Path, *, name: str) -> None:
        if any((self._folder / "cur").glob(f"{name}*")):
            draft.unlink()  # already there, and read
            return
        draft.rename(self._folder / "new" / name)
        handle = os.open(self._folder / "new", os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def mail_id_of(key: UUID) -> str:
    """The name of a message's file, before what a mail reader appends to it."""
    return f"{key.hex}.leadstone"
