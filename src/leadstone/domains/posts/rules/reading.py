"""A file of figures: which post each row is of, which day, and what it says; what cannot be, is told by its row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from leadstone.domains.posts.rules import LARGEST_NUMBER, Measure, Reading
from leadstone.kernel.folding import fold
from leadstone.wire.link_codes import read_link_code


class Wrong(StrEnum):
    """Why a row of a file was left out."""

    NO_POST = "no_post"
    UNKNOWN_POST = "unknown_post"
    NO_DAY = "no_day"
    NOT_YET = "not_yet"
    NOT_A_NUMBER = "not_a_number"
    NOTHING_SAID = "nothing_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongRow:
    """`row`: from 1, without the names of the columns. `cell`: what stands there."""

    row: int
    because: Wrong
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a file says: one reading for each post and day, the last row of both; and the rows that were left out."""

    readings: tuple[Reading, ...]
    wrong: tuple[WrongRow, ...]


class _CannotBe(Exception):
    def __init__(self, because: Wrong, cell: str = "") -> None:
        super().__init__(because)
        self.because, self.cell = because, cell


POST, DAY = "post", "day"
# What a column may be called, folded, in the files of networks and in our own.
_NAMES: Mapping[str, frozenset[str]] = {
    POST: frozenset({"post", "wpis", "code", "kod", "link", "permalink", "address", "adres", "url", "post url", "adres wpisu"}),
    DAY: frozenset({"date", "data", "day", "dzien", "figures of", "stan na"}),
    Measure.REACH: frozenset({"reach", "zasieg", "people reached", "osiagniete osoby"}),
    Measure.IMPRESSIONS: frozenset({"impressions", "views", "wyswietlenia", "odslony"}),
    Measure.LIKES: frozenset({"likes", "reactions", "polubienia", "reakcje"}),
    Measure.COMMENTS: frozenset({"comments", "komentarze"}),
    Measure.SHARES: frozenset({"shares", "reposts", "udostepnienia"}),
}
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"),
)
_NUMBER = re.compile(r"\d+|\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+")


def columns_of(names: Sequence[str]) -> dict[str, int]:
    """What each column holds, by its name; the first of two that hold the same."""
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        folded = " ".join(fold(name).split())
        what = next((what for what, known in _NAMES.items() if folded in known), None)
        if what is not None:
            found.setdefault(str(what), place)
    return found


def missing_in(columns: Mapping[str, int]) -> bool:
    """Whether a file does not say of which post and day it speaks, or says nothing of them."""
    return POST not in columns or DAY not in columns or not any(measure.value in columns for measure in Measure)


def read_figures(rows: Sequence[Sequence[str]], *, columns: Mapping[str, int], posts: Mapping[str, int], today: date) -> Figures:
    """`posts`: code of a post's link, or `plain_address` of a post → its id."""
    readings: dict[tuple[int, date], Reading] = {}
    wrong: list[WrongRow] = []
    for number, row in enumerate(rows, start=1):
        try:
            said = _reading(row, columns=columns, posts=posts, today=today)
        except _CannotBe as mistake:
            wrong.append(WrongRow(row=number, because=mistake.because, cell=mistake.cell[:80]))
        else:
            readings[said.post_id, said.on] = said
    return Figures(readings=tuple(readings.values()), wrong=tuple(wrong))


def plain_address(text: str) -> str:
    """An address as it is compared: how it was typed makes no difference."""
    return re.sub(r"^https?://(www\.)?", "", text.strip().casefold()).rstrip("/")


def _reading(row: Sequence[str], *, columns: Mapping[str, int], posts: Mapping[str, int], today: date) -> Reading:
    said = {measure.value: _number(row[columns[measure.value]]) for measure in Measure if measure.value in columns}
    reading = Reading(post_id=_post(row[columns[POST]], posts), on=_day(row[columns[DAY]], today), **said)
    if not reading.says_something:
        raise _CannotBe(Wrong.NOTHING_SAID)
    return reading


def _post(cell: str, posts: Mapping[str, int]) -> int:
    if not cell.strip():
        raise _CannotBe(Wrong.NO_POST)
    plain = plain_address(cell)
    found = posts.get(plain) or posts.get(read_link_code(plain.rsplit("/", 1)[-1]))
    if found is None:
        raise _CannotBe(Wrong.UNKNOWN_POST, cell)
    return found


def _day(cell: str, today: date) -> date:
    match = next((found for pattern in _DAYS if (found := pattern.fullmatch(cell.strip()))), None)
    try:
        if match is None:
            raise _CannotBe(Wrong.NO_DAY, cell)
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError as impossible:
        raise _CannotBe(Wrong.NO_DAY, cell) from impossible
    if day > today:
        raise _CannotBe(Wrong.NOT_YET, cell)
    return day


def _number(cell: str) -> int | None:
    text = cell.strip()
    if not text:
        return None
    digits = re.sub(r"\D", "", text)
    if not _NUMBER.fullmatch(text) or len(digits) > 10 or int(digits) > LARGEST_NUMBER:
        raise _CannotBe(Wrong.NOT_A_NUMBER, cell)
    return int(digits)
