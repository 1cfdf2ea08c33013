"""One data folder and one database for a test run; LEADSTONE_TEST_DATABASE_URL runs the suite on PostgreSQL."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from tests.pristine import pristine

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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Whoever really commits leaves the database behind as the migrations laid it out, whatever the order of the tests."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        laid_out = pristine()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: laid_out.put_back())
        yield
