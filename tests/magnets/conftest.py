import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from tests.magnets.definitions import complete

from leadstone.domains.brand.models import Brand
from leadstone.domains.magnets.models import Magnet
from leadstone.infra.blobs.store import BlobStore
from leadstone.wire.data_folder import DataFolder
from leadstone.wire.definition import MagnetDefinition

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "data")


@pytest.fixture
def blobs(folder: DataFolder) -> BlobStore:
    return BlobStore(folder.blobs)


@pytest.fixture
def brand(db: None) -> Brand:
    brand, _ = Brand.objects.update_or_create(
        pk=1,
        defaults={
            "company": "Ciepło Polskie",
            "language": "pl",
            "sender_email": "guides@cieplo.example",
            "postal_address": "ul. Prosta 1, 00-001 Warszawa",
            "colour": "#1f6f6b",
            "set_up_at": MONDAY,
        },
    )
    return brand


@pytest.fixture
def stored(blobs: BlobStore) -> Callable[[bytes], str]:
    """Keep some bytes and return their storage name."""
    return lambda content: blobs.write(io.BytesIO(content), limit_bytes=10_000_000).key


@pytest.fixture
def drafted(db: None, stored: Callable[[bytes], str]) -> Callable[..., Magnet]:
    """A magnet with a complete draft and a stored file, made without the services under test."""

    def draft(slug: str = "guide", definition: MagnetDefinition | None = None) -> Magnet:
        definition = definition or complete(asset_key=stored(b"%PDF-1.7 the guide"))
        return Magnet.objects.create(
            slug=slug,
            kind=definition.kind,
            language=definition.language,
            title=definition.title[:200],
            draft=msgspec.to_builtins(definition),
            created_at=MONDAY,
            updated_at=MONDAY,
        )

    return draft
