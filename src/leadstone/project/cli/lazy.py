"""Loading what a command does at the moment it is called, so that `--help` stays quick."""

import os
from importlib import import_module
from typing import Any


def load(module: str) -> Any:
    """A module of `leadstone.project` that needs no Django."""
    return import_module(f"leadstone.project.{module}")


def load_with_django(module: str) -> Any:
    """A module of `leadstone.project`, after Django has read the settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leadstone.project.settings")
    import_module("django").setup()
    return load(module)


def load_with_database(module: str) -> Any:
    """The same, once the database answers and has this version's shape; raises the mistake that says what to do."""
    load_with_django("migrating").refuse_unprepared()
    return load(module)


def load_with_any_database(module: str) -> Any:
    """The same for what reads the database in whatever shape it has."""
    load_with_django("migrating").refuse_unreadable()
    return load(module)
