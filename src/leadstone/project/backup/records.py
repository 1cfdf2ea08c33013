"""What a backup consists of: the records in their order, encoded as MessagePack.

    Manifest · (TableBegins · Rows … · TableEnds) … · (FileBegins · Piece … · FileEnds) … · Closing

A table is a sequence of rows with their columns by name, as Python sees them: the same for SQLite and PostgreSQL.
"""

from datetime import datetime
from typing import Any, TypeAlias

import msgspec

FORMAT = 1


class Manifest(msgspec.Struct, tag="manifest", frozen=True, kw_only=True):
    """When, where and by what the backup was taken. `settings`: variable → value, without passwords, to read and not to apply."""

    taken_at: datetime
    version: str
    database: str  # "sqlite" or "postgresql"
    migrations: list[tuple[str, str]]  # (app, name): the state of the schema that the tables are in
    folder: str
    settings: dict[str, str]
    format: int = FORMAT


class TableBegins(msgspec.Struct, tag="table", frozen=True):
    name: str
    columns: list[str]


class Rows(msgspec.Struct, tag="rows", frozen=True):
    """The next rows of the table: each an array in the order of its columns."""

    rows: list[msgspec.Raw]


class TableEnds(msgspec.Struct, tag="table_end", frozen=True):
    """`digest`: BLAKE2b-256 over the encoded rows. `last_id`: the highest id ever given out, so that none is given out twice."""

    rows: int
    digest: str
    last_id: int | None = None


class FileBegins(msgspec.Struct, tag="file", frozen=True):
    """A file of the data folder; `path` is relative to it, with slashes."""

    path: str
    mode: int


class Piece(msgspec.Struct, tag="piece", frozen=True):
    data: bytes


class FileEnds(msgspec.Struct, tag="file_end", frozen=True):
    size: int
    digest: str  # BLAKE2b-256


class Closing(msgspec.Struct, tag="closing", frozen=True):
    """What a complete backup ends with. `ended_at`: nothing that was acknowledged before is missing."""

    tables: int
    rows: int
    files: int
    ended_at: datetime


AnyPart: TypeAlias = Manifest | TableBegins | Rows | TableEnds | FileBegins | Piece | FileEnds | Closing

_encoder = msgspec.msgpack.Encoder()
_decoder: msgspec.msgpack.Decoder[AnyPart] = msgspec.msgpack.Decoder(AnyPart)
_row: msgspec.msgpack.Decoder[list[Any]] = msgspec.msgpack.Decoder(list[Any])


def encode(part: AnyPart) -> bytes:
    return _encoder.encode(part)


def encode_row(row: tuple[Any, ...]) -> bytes:
    """One row; dates become text, moments a timestamp, what JSON holds stays what it is."""
    return _encoder.encode(row)


def decode(data: bytes) -> AnyPart:
    """Raises `msgspec.DecodeError` for what is no part of a backup."""
    return _decoder.decode(data)


def decode_row(row: msgspec.Raw) -> list[Any]:
    return _row.decode(row)
