"""One data folder and one database for a test run; LEADSTONE_TEST_DATABASE_URL runs the suite on PostgreSQL."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import django
import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from hypothesis import HealthCheck, settings

_FOLDER = Path(tempfile.mkdtemp(prefix="leadstone-test-"))
os.environ["LEADSTONE_DATA"] = str(_FOLDER)
os.environ["LEADSTONE_DATABASE_URL"] = os.environ.get("LEADSTONE_TEST_DATABASE_URL", "")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadstone.project.settings")

# A conftest of a folder may name models, and pytest reads it before pytest-django would set Django up.
django.setup()

# A property says what holds, not how quickly: another suite may run beside this one.
settings.register_profile("house", parent=settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

pytest_plugins = ["tests.cast", "tests.browser", "tests.marketer"]


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied_between_tests() -> Iterator[None]:
    """Tests with real transactions empty the tables afterwards; on SQLite the ledger's triggers would refuse even that."""
    operations_class: Any = DatabaseWrapper.ops_class
    original: Callable[[Any, Sequence[str]], None] = operations_class.execute_sql_flush

    def empty(operations: Any, statements: Sequence[str]) -> None:
        with operations.connection.cursor() as cursor:
            triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            original(operations, statements)
            for _, trigger in triggers:
                cursor.execute(trigger)

    operations_class.execute_sql_flush = empty
    yield
    operations_class.execute_sql_flush = original


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """While a browser runs, an event loop does too, and Django has other connections in it: what migrations laid out is known
    to all of them."""
    laid_out = getattr(connections["default"], "_test_serialized_contents", None)
    if laid_out is not None:
        connection_class: Any = type(connections["default"])
        connection_class._test_serialized_contents = laid_out


# Whoever asks for one of these has real transactions, also without saying so in a marker.
_REALLY_COMMITS = {"transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test with real transactions empties every table; what migrations laid out (stages, checklist) comes back with it.

    All of them or none: one that leaves it out would let Django lay out its own tables anew, under numbers that are taken.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        names = getattr(item, "fixturenames", [])
        if not ((marker and marker.kwargs.get("transaction")) or _REALLY_COMMITS.intersection(names)):
            continue
        if marker:
            # pytest-django asks the marker alone whether to keep what was laid out: a file run by itself would lose it.
            item.add_marker(pytest.mark.django_db(**marker.kwargs | {"serialized_rollback": True}), append=False)
        else:
            names.append("django_db_serialized_rollback")
