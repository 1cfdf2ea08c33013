"""The mark of a restore that has not ended: nobody may take half of a backup for an installation."""

from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.data_folder import DataFolder


class HalfRestored(LeadstoneError):
    code = "half_restored"
    sentence = (
        "A restore into {path} was interrupted, so it holds half of a backup. Empty this folder (and the database of"
        " LEADSTONE_DATABASE_URL, if you set one), then restore again."
    )


def refuse_half_restored(folder: DataFolder) -> None:
    """Raise `HalfRestored` when the last restore into this folder never ended."""
    if folder.restoring.exists():
        raise HalfRestored(path=folder.root)
