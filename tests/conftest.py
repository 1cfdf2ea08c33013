"""One data folder and one database for a test run; LEADSTONE_TEST_DATABASE_URL runs the suite on PostgreSQL."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import django
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from leadstone.project.migration_stamp import note_migrated
from leadstone.wire.data_folder import DataFolder
from tests.pristine import Migrated, Pristine, drop_database, pristine

_FOLDER = Path(tempfile.mkdtemp(prefix="leadstone-test-"))
os.environ["LEADSTONE_DATA"] = str(_FOLDER)
os.environ["LEADSTONE_DATABASE_URL"] = os.environ.get("LEADSTONE_TEST_DATABASE_URL", "")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadstone.project.settings")

# A conftest of a folder may name models, and pytest reads it before pytest-django would set Django up.
django.setup()

# Passwords are hashed as in the product, at the least cost: nobody attacks those of a test.
Argon2PasswordHasher.time_cost = Argon2PasswordHasher.parallelism = 1
Argon2PasswordHasher.memory_cost = 8

# A property says what holds, not how quickly: another suite may run beside this one.
settings.register_profile("house", parent=settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

pytest_plugins = ["tests.cast", "tests.browser", "tests.marketer"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Pristine]:
    """Whoever really commits leaves the database behind as the migrations laid it out, whatever the order of the tests."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        laid_out = pristine()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: laid_out.put_back())
        yield laid_out
        laid_out.forget()


@pytest.fixture
def migrated(db: None, django_db_setup: Pristine) -> Iterator[Migrated]:
    """For a test whose processes start in a data folder of their own, and which tells of something else than migrations."""
    made: list[str] = []

    def lay_out(root: Path) -> str:
        folder = DataFolder(root)
        made.append(django_db_setup.copied(folder.database))
        note_migrated(folder, made[-1])
        return made[-1]

    yield lay_out
    for url in filter(None, made):
        drop_database(urlsplit(url).path.lstrip("/"))
