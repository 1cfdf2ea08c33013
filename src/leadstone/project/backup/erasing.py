"""Where `erasures.log` of the original is found, and what follows from it after a restore.

A backup still knows whoever was erased since it was taken; without that list they would come back.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from leadstone.kernel.errors import LeadstoneError
from leadstone.project.backup.files import file_digest
from leadstone.wire.data_folder import DataFolder

# A folder that holds the same key is the installation that the backup was taken from.
TELLING_KEYS = ("keys/core.key", "keys/secret.key")


class ErasuresUnknown(LeadstoneError):
    code = "erasures_unknown"
    sentence = (
        "Nobody knows who was erased since {taken_at}, when this backup was taken: they would come back. Give the original's list"
        " with --erasures erasures.log, or go on with --no-erasures if it is lost."
    )


class NoErasuresFile(LeadstoneError):
    code = "no_erasures_file"
    sentence = "There is no list of erasures at {path}."


def find_logs(
    *, given: Path | None, backup: Path, target: DataFolder, original: DataFolder, digests: Mapping[str, str], taken_at: datetime
) -> list[Path]:
    """The lists to apply: the one that was named, else what lies in the target, beside the backup, and in the original folder.

    Empty when the original is here and has erased nobody. Raises `ErasuresUnknown` when nothing is known.
    """
    if given is not None:
        if not given.is_file():
            raise NoErasuresFile(path=given)
        return [given]
    found = [path for path in (target.erasures, backup.parent / target.erasures.name) if path.is_file()]
    is_here = original.root != target.root and _is_the_original(original, digests)
    if is_here and original.erasures.is_file():
        found.append(original.erasures)
    if not found and not is_here:
        raise ErasuresUnknown(taken_at=f"{taken_at:%Y-%m-%d %H:%M} UTC")
    return found


def _is_the_original(folder: DataFolder, digests: Mapping[str, str]) -> bool:
    for name in TELLING_KEYS:
        if name in digests:
            try:
                data = (folder.root / name).read_bytes()
            except OSError:
                return False
            digest = file_digest()
            digest.update(data)
            return digest.hexdigest() == digests[name]
    return False


def carried_over(logs: Sequence[Path], target: DataFolder) -> None:
    """Keep every list as the new installation's own: the next restore will need them too."""
    lines: dict[bytes, None] = {}
    for log in logs:
        lines.update(dict.fromkeys(log.read_bytes().splitlines()))
    if lines:
        _write(target.erasures, lines)


def _write(path: Path, lines: Iterable[bytes]) -> None:
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_bytes(b"".join(line + b"\n" for line in lines))
    draft.replace(path)
