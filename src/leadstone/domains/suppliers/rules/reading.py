"""A supplier's file: which column holds what, and the leads that it offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from leadstone.domains.suppliers.rules import LONGEST_WORDS, Offered
from leadstone.kernel.address import read_address
from leadstone.kernel.folding import fold
from leadstone.kernel.phone import read_phone

LONGEST_CELL = 300
LOOKS_AT = 50  # rows by which a nameless column is known


class Column(StrEnum):
    """What a column may hold."""

    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    COMPANY = "company"
    REFERENCE = "reference"
    SOURCE = "source"
    WORDS = "words"
    AGREED_AT = "agreed_at"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What holds where a row says nothing of it."""

    source: str = ""
    words: str = ""


# How columns are called, folded, in Polish and English; a whole name counts before a part of one.
_CALLED: Mapping[Column, tuple[str, ...]] = {
    Column.EMAIL: ("email", "e-mail", "mail", "adres email", "adres e-mail", "email address", "poczta"),
    Column.PHONE: ("phone", "telefon", "phone number", "numer telefonu", "nr telefonu", "tel", "tel.", "mobile", "komorka"),
    Column.FIRST_NAME: ("first name", "firstname", "given name", "imie"),
    Column.LAST_NAME: ("last name", "lastname", "surname", "family name", "nazwisko"),
    Column.NAME: ("name", "full name", "imie i nazwisko", "nazwisko i imie", "osoba", "person", "contact", "kontakt"),
    Column.COMPANY: ("company", "firma", "company name", "nazwa firmy", "organization", "organisation"),
    Column.REFERENCE: ("id", "lead id", "leadid", "reference", "ref", "numer", "nr", "identyfikator", "id leada"),
    Column.SOURCE: ("source", "zrodlo", "origin", "form", "formularz", "strona", "url"),
    Column.WORDS: ("consent", "consent text", "words", "zgoda", "tresc zgody", "tekst zgody", "consent wording"),
    Column.AGREED_AT: (
        "agreed at", "consent date", "consent time", "date", "created at", "created", "timestamp", "data zgody", "data", "kiedy",
        "data i czas", "czas zgody", "data zgloszenia",
    ),
    Column.LANGUAGE: ("language", "lang", "jezyk"),
}  # fmt: skip
_MOMENTS = (
    "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y",
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y/%m/%d %H:%M", "%Y/%m/%d", "%Y.%m.%d",
)  # fmt: skip


def suggest(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[Column, int]:
    """What the columns probably hold, by their names; a column of addresses is known by them. Each holds one thing."""
    names = [" ".join(fold(name).replace("_", " ").split()) for name in columns]
    found: dict[Column, int] = {}
    for column, called in _CALLED.items():
        place = next((names.index(name) for name in called if name in names and names.index(name) not in found.values()), None)
        if place is not None:
            found[column] = place
    if Column.EMAIL not in found:
        addresses = [sum("@" in row[place] for row in rows[:LOOKS_AT]) for place in range(len(columns))]
        best = max(range(len(columns)), key=addresses.__getitem__, default=0)
        if addresses and addresses[best] and best not in found.values():
            found[Column.EMAIL] = best
    return found


def offers(rows: Sequence[Sequence[str]], *, holds: Mapping[Column, int], usual: Usual, zone: tzinfo) -> list[Offered]:
    """Each row as a lead that is offered; times without a zone are read by the clock of `zone`."""
    return [_offered(row, holds, usual, zone) for row in rows]


def read_moment(text: str, *, zone: tzinfo) -> datetime | None:
    """A moment as files write it (ISO 8601, or the day first, as Europe does); None when it is none."""
    compact = " ".join(text.split())
    readings = (_iso(compact, zone), *(_by(pattern, compact, zone) for pattern in _MOMENTS))
    told = next((reading for reading in readings if reading is not None), None)
    if told is None:
        return None
    try:
        return told.astimezone(UTC)
    except OverflowError:  # a day at the edge of what a calendar can hold
        return None


def _iso(text: str, zone: tzinfo) -> datetime | None:
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=zone)


def _by(pattern: str, text: str, zone: tzinfo) -> datetime | None:
    try:
        return datetime.strptime(text, pattern).replace(tzinfo=zone)
    except ValueError:
        return None


def _offered(row: Sequence[str], holds: Mapping[Column, int], usual: Usual, zone: tzinfo) -> Offered:
    def cell(column: Column, longest: int = LONGEST_CELL) -> str:
        place = holds.get(column)
        return row[place].strip()[:longest] if place is not None and place < len(row) else ""

    email, phone = cell(Column.EMAIL), cell(Column.PHONE)
    parts = (cell(Column.FIRST_NAME), cell(Column.LAST_NAME))
    return Offered(
        reference=cell(Column.REFERENCE)[:120],
        email=email,
        phone=phone,
        address=read_address(email),
        number=read_phone(phone),
        name=cell(Column.NAME) or " ".join(part for part in parts if part),
        company=cell(Column.COMPANY),
        source=cell(Column.SOURCE) or usual.source,
        words=cell(Column.WORDS, LONGEST_WORDS) or usual.words,
        agreed_at=read_moment(cell(Column.AGREED_AT), zone=zone),
        language=cell(Column.LANGUAGE)[:2].lower(),
    )
