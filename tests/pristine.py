"""The database as the migrations laid it out: put back after each test that really committed, and copied for whoever starts
processes in a folder of their own.

Django would empty two hundred tables and save six hundred rows again, one by one, and migrate for ten seconds each time.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from django.db import connection

# Gives a data folder, in which processes are about to start, a migrated database; returns LEADSTONE_DATABASE_URL for them.
Migrated = Callable[[Path], str]

# Foreign keys, and the triggers that keep ledgers as they were written, would refuse to let rows go: a superuser's session can
# pass them over. The lock waits for whoever still writes, so that nothing of one test reaches the next.
KEEP = """
CREATE SCHEMA pristine;
CREATE FUNCTION pristine.tables(place text) RETURNS SETOF text STABLE LANGUAGE sql AS
  'SELECT tablename::text FROM pg_tables WHERE schemaname = place ORDER BY tablename';
CREATE FUNCTION pristine.keep() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text; filled boolean;
BEGIN
  FOR name IN SELECT pristine.tables('public') LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM public.%I)', name) INTO filled;
    IF filled THEN
      EXECUTE format('CREATE TABLE pristine.%1$I AS TABLE public.%1$I', name);
    END IF;
  END LOOP;
END $$;
CREATE FUNCTION pristine.put_back() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text; laid_out text[]; same boolean;
BEGIN
  SET LOCAL session_replication_role = replica;
  EXECUTE (SELECT 'LOCK TABLE ' || string_agg(format('public.%I', one), ', ') || ' IN SHARE ROW EXCLUSIVE MODE'
           FROM pristine.tables('public') AS one);
  laid_out := ARRAY(SELECT pristine.tables('pristine'));
  FOR name IN SELECT pristine.tables('public') LOOP
    IF name <> ALL (laid_out) THEN
      EXECUTE format('DELETE FROM public.%I', name);
      CONTINUE;
    END IF;
    EXECUTE format('SELECT NOT EXISTS ((TABLE public.%1$I EXCEPT ALL TABLE pristine.%1$I) UNION ALL
                                       (TABLE pristine.%1$I EXCEPT ALL TABLE public.%1$I))', name) INTO same;
    IF NOT same THEN
      EXECUTE format('DELETE FROM public.%I', name);
      EXECUTE format('INSERT INTO public.%1$I TABLE pristine.%1$I', name);
    END IF;
  END LOOP;
END $$;
SELECT pristine.keep();
"""


class Pristine(Protocol):
    """What a database held before the first test."""

    def put_back(self) -> None:
        """Make the database hold exactly this again; nothing of it may be in a transaction of ours."""

    def copied(self, file: Path) -> str:
        """Another database that holds this, in `file` if that is where it can lie; returns its address, "" for the file."""

    def forget(self) -> None:
        """Remove what was kept."""


class SqlitePages:
    """The whole file, page by page, in memory."""

    def __init__(self) -> None:
        self._file = connection.settings_dict["NAME"]
        self._pages = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(self._file)) as live:
            live.backup(self._pages)

    def put_back(self) -> None:
        with closing(sqlite3.connect(self._file)) as live:
            live.execute("PRAGMA synchronous=OFF")
            self._pages.backup(live)

    def copied(self, file: Path) -> str:
        file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(file)) as other:
            self._pages.backup(other)
        return ""

    def forget(self) -> None:
        self._pages.close()


class PostgresRows:
    """Rows beside, in a schema of their own: of the few tables that had any."""

    def __init__(self) -> None:
        self._model = f"{connection.settings_dict['NAME']}_laid_out"
        connection.close()  # a database that is looked at cannot be copied
        copy_database(connection.settings_dict["NAME"], self._model)
        with connection.cursor() as cursor:
            cursor.execute(KEEP)

    def put_back(self) -> None:
        # While a browser runs, an event loop does too, and Django has another connection in it.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pristine.put_back()")

    def copied(self, file: Path) -> str:
        return copy_database(self._model, f"leadstone_{uuid4().hex}")

    def forget(self) -> None:
        drop_database(self._model)


def pristine() -> Pristine:
    """Keep what a freshly migrated database holds."""
    return SqlitePages() if connection.vendor == "sqlite" else PostgresRows()


SERVER = os.environ.get("LEADSTONE_TEST_DATABASE_URL", "")


def copy_database(model: str, name: str) -> str:
    """Make a database on the suite's server like another one that nobody looks at; returns its address."""
    drop_database(name)
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


def drop_database(name: str) -> None:
    """Take a database away, whoever still looks at it."""
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
