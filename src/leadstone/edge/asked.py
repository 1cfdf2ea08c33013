"""How far people come with questions, and how long each takes them: counted in memory, journaled as totals.

Nobody is followed and nothing is remembered: how far one form came travels in that form, signed, beside its answers. So going
back and on again counts once, and a page that is asked again counts not at all. What is counted is forms, not people. Where a
quiz says that it keeps what is chosen by those who stop half way, the form also carries the random number of its run.
"""

import hashlib
import hmac
import struct
from base64 import urlsafe_b64encode
from binascii import a2b_base64
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from leadstone.edge.stopped import Runs
from leadstone.wire.records import TOOK_SECONDS, QuestionCount

THE_FORM = ""  # what comes after the last question, counted like one
MOST_PLACES = 63  # far more questions than a definition may have; the form has the bit after them
LONGEST_MS = 12 * 3600 * 1000

_BODY = struct.Struct(">IQQQQ")
_TAG = 21  # so that body and tag are a multiple of three, and their base64 needs no padding
_LENGTH = (_BODY.size + _TAG) * 4 // 3
_ALPHABET = bytes.maketrans(b"-_+/", b"+/**")


class Pace(NamedTuple):
    """How far one form came. `shown` and `answered`: a bit for each question by its place; `at`: when this page was made."""

    version_id: int
    at: int
    shown: int = 0
    answered: int = 0
    run: int = 0  # a random number where answers of those who stop are kept, else 0


class Paces:
    """Mints and reads what a form says of its own pace, under a key of the edge; it names no person and no form."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.blake2b(key, person=b"pace").digest()

    def mint(self, pace: Pace) -> str:
        body = _BODY.pack(*pace)
        return urlsafe_b64encode(body + self._tag(body)).decode()

    def read(self, text: str) -> Pace | None:
        """None when this edge did not mint it."""
        if len(text) != _LENGTH:
            return None
        try:
            data = a2b_base64(text.encode("ascii").translate(_ALPHABET), strict_mode=True)
        except ValueError:
            return None
        body, tag = data[: _BODY.size], data[_BODY.size :]
        return Pace(*_BODY.unpack(body)) if hmac.compare_digest(tag, self._tag(body)) else None

    def _tag(self, body: bytes) -> bytes:
        return hashlib.blake2b(body, key=self._key, digest_size=_TAG).digest()


class Place(NamedTuple):
    """A question by its number in the definition, and by its key."""

    number: int
    key: str

    @property
    def bit(self) -> int:
        return 1 << self.number if self.number <= MOST_PLACES else 0


FIRST_PLACE = 1  # the bit of the question with which everybody begins
FORM_PLACE = Place(MOST_PLACES, THE_FORM)


class Asked:
    """Totals since the last `take`. Only questions that are published are counted, so they are never many."""

    def __init__(self) -> None:
        self._counts: dict[tuple[int, str], list[int]] = {}
        self.runs = Runs()

    def passed(self, pace: Pace, places: Iterable[Place], *, now: int, machine: bool, timed: bool = True) -> Pace:
        """These were answered, or passed where that is allowed; each counts the first time."""
        answered = pace.answered
        for place in places:
            bit = place.bit
            if not bit & pace.shown or bit & answered:
                continue
            answered |= bit
            count = self._count(pace.version_id, place.key)
            count[2 + machine] += 1
            if timed and not machine and 0 <= now - pace.at <= LONGEST_MS:
                count[4 + bisect_right(TOOK_SECONDS, (now - pace.at) / 1000)] += 1
        return pace._replace(answered=answered)

    def shown(self, pace: Pace, places: Iterable[Place], *, machine: bool) -> Pace:
        """These are asked now; each counts the first time."""
        shown = pace.shown
        for place in places:
            bit = place.bit
            if bit and not bit & shown:
                shown |= bit
                self._count(pace.version_id, place.key)[0 + machine] += 1
        return pace._replace(shown=shown)

    def take(self) -> tuple[QuestionCount, ...]:
        taken, self._counts = self._counts, {}
        return tuple(
            QuestionCount(
                version_id=version_id,
                question=key,
                shown=count[0],
                shown_to_machines=count[1],
                answered=count[2],
                answered_by_machines=count[3],
                took=tuple(count[4:]),
            )
            for (version_id, key), count in taken.items()
        )

    def put_back(self, counts: tuple[QuestionCount, ...]) -> None:
        """What `take` gave could not be journaled: it counts again."""
        for each in counts:
            count = self._count(each.version_id, each.question)
            told = (each.shown, each.shown_to_machines, each.answered, each.answered_by_machines, *each.took)
            for place, number in enumerate(told):
                count[place] += number

    def _count(self, version_id: int, key: str) -> list[int]:
        return self._counts.setdefault((version_id, key), [0] * (4 + len(TOOK_SECONDS) + 1))
