from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from leadstone.wire.data_folder import DataFolder
from tests.delivery.people import FakeLetters

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return MONDAY


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


@pytest.fixture
def letters() -> Iterator[FakeLetters]:
    return FakeLetters()  # type: ignore[return-value]
