"""Blobs are complete or absent, and their names say nothing."""

import io
import stat
from pathlib import Path

import pytest

from leadstone.infra.blobs.store import KEY, BlobStore, BlobTooLarge, NoSuchBlob


def test_what_was_written_is_read_back_under_a_random_name(blobs: BlobStore) -> None:
    one = blobs.write(io.BytesIO(b"the guide"), limit_bytes=100)
    two = blobs.write(io.BytesIO(b"the guide"), limit_bytes=100)

    assert one.key != two.key
    assert KEY.fullmatch(one.key)
    assert one.size_bytes == 9
    assert blobs.read(one.key) == b"".join(blobs.stream(one.key)) == b"the guide"


def test_nobody_but_the_owner_may_write_and_strangers_may_not_read(blobs: BlobStore) -> None:
    path = blobs.path(blobs.write(io.BytesIO(b"x"), limit_bytes=1).key)

    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert stat.S_IMODE(path.parent.stat().st_mode) & 0o007 == 0


def test_a_file_that_is_too_large_leaves_nothing_behind(blobs: BlobStore) -> None:
    with pytest.raises(BlobTooLarge):
        blobs.write(io.BytesIO(b"x" * 101), limit_bytes=100)

    assert list(blobs._folder.iterdir()) == []


class Torn(io.BytesIO):
    """An upload whose connection breaks."""

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell():
            raise ConnectionResetError
        return super().read(4)


def test_an_upload_that_breaks_off_leaves_nothing_behind(blobs: BlobStore) -> None:
    with pytest.raises(ConnectionResetError):
        blobs.write(Torn(b"half a file"), limit_bytes=100)

    assert list(blobs._folder.iterdir()) == []


@pytest.mark.parametrize("key", ["../keys/tokens.key", "", ".", "a" * 39, "A" * 40, "a" * 40 + "\n", "/etc/passwd"])
def test_a_name_that_is_not_ours_leads_nowhere(key: str, blobs: BlobStore, tmp_path: Path) -> None:
    with pytest.raises(NoSuchBlob):
        blobs.read(key)
    assert not blobs.has(key)


def test_deleting_twice_is_deleting(blobs: BlobStore) -> None:
    key = blobs.write(io.BytesIO(b"x"), limit_bytes=1).key
    blobs.delete(key)
    blobs.delete(key)

    assert not blobs.has(key)
