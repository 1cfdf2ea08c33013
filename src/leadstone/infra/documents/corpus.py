"""Texts that a company laid beside its data to compare with: plain text files in one folder."""

from collections.abc import Iterator
from pathlib import Path

MOST_FILES = 200
MOST_BYTES_EACH = 2 * 1024 * 1024
_ENDINGS = frozenset({".txt", ".md"})


def corpus_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Name and text of each file, by name, within bounds; nothing when there is no such folder. Links are not followed."""
    if not folder.is_dir():
        return
    texts = (path for path in folder.iterdir() if path.suffix.lower() in _ENDINGS)
    files = sorted(path for path in texts if path.is_file() and not path.is_symlink())
    for path in files[:MOST_FILES]:
        with path.open("rb") as file:
            yield path.name, file.read(MOST_BYTES_EACH).decode("utf-8-sig", "replace")
