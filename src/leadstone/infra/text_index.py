"""Rows by any part of their folded text, at the same speed among a million as among a thousand.

A table with a `search` column may have an index over its trigrams, laid out by a migration and kept in step by the database
itself: on SQLite an FTS5 table called after it (`<table>_text`), on PostgreSQL a GIN index (pg_trgm). Where the index is
missing everything here answers the same, by looking at each row.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection, models
from django.db.models import Q

MOST_FOUND = 2_000  # beyond it, reading rows in the order of a list soon meets enough of them
SHORTEST = 3  # letters; what is shorter has no trigram, and rows are looked at one by one
_MOST_TRIGRAMS = 64  # of one word; what they find is compared with the whole word anyway


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of rows, in no order. `whole`: these are all of them; else they are the first `MOST_FOUND`, and there are more."""

    ids: list[int]
    whole: bool


def with_all(words: Sequence[str], *, model: type[models.Model]) -> Found:
    """Rows of `model` whose `search` has every one of these folded words in it."""
    return _found(words, model=model, every=True)


def with_any(words: Sequence[str], *, model: type[models.Model]) -> Found:
    """Rows of `model` whose `search` has at least one of these folded words in it."""
    return _found(words, model=model, every=False)


def drop_remains(model: type[models.Model]) -> None:
    """Rewrite the index without what belonged to rows that were changed or deleted since.

    FTS5 keeps the trigrams of a deleted text in its older segments until it merges them. PostgreSQL's own vacuum does the same.
    """
    if connection.vendor == "sqlite":
        table = _index_of(model)
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - a name of our own


def _found(words: Sequence[str], *, model: type[models.Model], every: bool) -> Found:
    ids = _by_trigrams(words, model=model, every=every) if _is_indexed(words) else _by_rows(words, model=model, every=every)
    return Found(ids[:MOST_FOUND], whole=len(ids) <= MOST_FOUND)


def _is_indexed(words: Sequence[str]) -> bool:
    """Whether FTS5 can answer. PostgreSQL finds its index by itself."""
    return connection.vendor == "sqlite" and all(len(word) >= SHORTEST for word in words)


def _by_trigrams(words: Sequence[str], *, model: type[models.Model], every: bool) -> list[int]:
    table = _index_of(model)
    joined = " AND " if every else " OR "
    # Trigrams say that a text may have the word; `instr` says that it does.
    match = joined.join(f"({' AND '.join(_trigrams(word))})" for word in words)
    holds = joined.join("instr(search, %s) > 0" for _ in words)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {table} WHERE {table} MATCH %s AND ({holds}) LIMIT {MOST_FOUND + 1}",  # noqa: S608 - names of ours
            [match, *words],
        )
        return [row[0] for row in cursor.fetchall()]


def _by_rows(words: Sequence[str], *, model: type[models.Model], every: bool) -> list[int]:
    holds = reduce(and_ if every else or_, (Q(search__contains=word) for word in words))
    rows: Any = model._default_manager.filter(holds)
    return list(rows.values_list("pk", flat=True)[: MOST_FOUND + 1])


def _trigrams(word: str) -> list[str]:
    """The trigrams of a word as strings of FTS5's query language, in which nothing but the quote means anything."""
    starts = range(min(len(word) - SHORTEST + 1, _MOST_TRIGRAMS))
    return [f'"{part}"' for part in dict.fromkeys(word[at : at + SHORTEST].replace('"', '""') for at in starts)]


def _index_of(model: type[models.Model]) -> str:
    return connection.ops.quote_name(f"{model._meta.db_table}_text")
