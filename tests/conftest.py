"""One data folder and one database for a test run; LEADSTONE_TEST_DATABASE_URL runs the suite on PostgreSQL."""

import os
import tempfile
from pathlib import Path

import django

_FOLDER = Path(tempfile.mkdtemp(prefix="leadstone-test-"))
os.environ["LEADSTONE_DATA"] = str(_FOLDER)
os.environ["LEADSTONE_DATABASE_URL"] = os.environ.get("LEADSTONE_TEST_DATABASE_URL", "")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadstone.project.settings")

# A conftest of a folder may name models, and pytest reads it before pytest-django would set Django up.
django.setup()
