"""Databases for installations of their own, on the server that the suite runs on."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.pristine import SERVER, copy_database, drop_database
from tests.project.backups import Installation, restored

EMPTY = "template1"


def database(*, model: str = EMPTY) -> str:
    """The address of a new one: "" for SQLite in the data folder, else one on the suite's server."""
    return copy_database(model, f"backup_{uuid.uuid4().hex}") if SERVER else ""


def name_of(address: str) -> str:
    return urlsplit(address).path.lstrip("/")


@pytest.fixture
def new_database() -> Iterator[Callable[[], str]]:
    """Makes an empty database each time it is called."""
    made: list[str] = []

    def make() -> str:
        made.append(database())
        return made[-1]

    yield make
    for address in filter(None, made):
        drop_database(name_of(address))


@pytest.fixture(scope="session")
def carried_forward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The earliest backup, restored once for everybody who begins with it; nobody may change this one."""
    address = database()
    yield restored(tmp_path_factory.mktemp("earliest") / "data", lambda: address)
    if address:
        drop_database(name_of(address))


@pytest.fixture
def original(carried_forward: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation with a past: a copy of the restored one, folder and database."""
    shutil.copytree(carried_forward.data, tmp_path / "original")
    address = database(model=name_of(carried_forward.database_url))
    yield Installation(tmp_path / "original", address)
    if address:
        drop_database(name_of(address))
