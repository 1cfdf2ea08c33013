"""A published installation, and a client at its public door."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.edge.door import Door, open_door
from tests.edge.installation import Installation


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    made = Installation(tmp_path)
    made.publish()
    return made


@pytest.fixture
async def door(installation: Installation) -> AsyncIterator[Door]:
    async with open_door(installation) as opened:
        yield opened
