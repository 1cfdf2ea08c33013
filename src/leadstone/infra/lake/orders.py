"""What the asking process tells the reading one, and what it hears back: one order, one answer, as JSON on pipes."""

from collections.abc import Mapping
from typing import Any

import msgspec


class Write(msgspec.Struct, tag="write", frozen=True, kw_only=True):
    """Make one Parquet file of the lines of CSV in `lines`."""

    lines: str
    target: str
    columns: Mapping[str, str]
    sorted_by: tuple[str, ...] = ()


class Merge(msgspec.Struct, tag="merge", frozen=True, kw_only=True):
    """Make one Parquet file of several."""

    sources: tuple[str, ...]
    target: str
    sorted_by: tuple[str, ...] = ()


class Ask(msgspec.Struct, tag="ask", frozen=True, kw_only=True):
    """Apply measures, by name, to the rows of `files`; `fresh` are those of them that a measure may want to tell apart."""

    files: tuple[str, ...]
    fresh: tuple[str, ...] = ()
    questions: tuple["Question", ...]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    measure: str
    arguments: Mapping[str, Any] = {}


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """`folder` is all of the file system that the engine reaches."""

    folder: str
    do: Write | Merge | Ask
    memory_mb: int
    threads: int


class Written(msgspec.Struct, frozen=True, kw_only=True):
    rows: int


class Answered(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of each question. `seconds` were spent on it, without the process's beginning."""

    answers: tuple[list[list[Any]], ...]
    seconds: tuple[float, ...]


def encode(message: msgspec.Struct) -> bytes:
    return msgspec.json.encode(message)


def decode_order(data: bytes) -> Order:
    return msgspec.json.decode(data, type=Order)
