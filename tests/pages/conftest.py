"""A host that serves the gallery of every page."""

from collections.abc import Iterator

import pytest

from tests.pages.gallery import hosted


@pytest.fixture(scope="session")
def host() -> Iterator[str]:
    with hosted() as address:
        yield address
