"""Empty databases for installations of their own, on the server that the suite runs on."""

import os
import uuid
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest


@pytest.fixture
def new_database() -> Iterator[Callable[[], str]]:
    """Makes an empty database each time it is called: "" for SQLite in the data folder, else one on the suite's server."""
    server = os.environ.get("LEADSTONE_TEST_DATABASE_URL", "")
    made: list[str] = []

    def make() -> str:
        if not server:
            return ""
        made.append(f"backup_{uuid.uuid4().hex}")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{made[-1]}"')
        return urlunsplit(urlsplit(server)._replace(path=f"/{made[-1]}"))

    yield make
    for name in made:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
