"""What the linters object to in a magnet's words, and which of it somebody answers for."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from leadstone.domains.vetting.linters import LANGUAGES, Finding, Linter, lint

LONGEST_REASON = 500
LONGEST_WHO = 200
# Many small habits together make a headline tease; in a sentence that goes on to tell, the same habits are ordinary speech.
_OF_HEADLINES = frozenset({"teasing"})
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|\n")


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a magnet at one place of its editor; `headline`: it stands alone, above everything."""

    where: str
    text: str
    headline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """A finding in a magnet: the sentence it stands in, and the words inside that are objected to.

    `digest` stays the same while rule and sentence do, wherever the sentence stands: an answer is tied to it. `why` is a msgid.
    """

    digest: str
    linter: Linter
    rule: str
    where: str
    before: str
    words: str
    after: str
    why: str


class Way(StrEnum):
    """How somebody answers for words."""

    EVIDENCE = "evidence"  # a file or an address, by whom, of when, until when
    APPROVAL = "approval"  # a manager, with a reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who answers for the words with this digest, and until when (None: for as long as the words stay)."""

    digest: str
    way: Way
    expires_on: date | None = None

    def holds(self, *, today: date) -> bool:
        return self.expires_on is None or today <= self.expires_on


class Standing(StrEnum):
    """What becomes of an objection."""

    OPEN = "open"
    EXPIRED = "expired"  # it was answered for, until a day that is past
    ANSWERED = "answered"


def objections(said: Iterable[Said], *, language: str) -> tuple[Objection, ...]:
    """Everything that both linters object to, in the order of the places; nothing in a language without rules."""
    if language not in LANGUAGES:
        return ()
    found: dict[tuple[str, str, str], Objection] = {}
    for one in said:
        for linter in Linter:
            for finding in lint(one.text, linter=linter, language=language):
                if one.headline or finding.rule not in _OF_HEADLINES:
                    objection = _objection(one, finding, linter)
                    found.setdefault((one.where, objection.digest, objection.words), objection)
    return tuple(found.values())


def standing(objection: Objection, answers: Mapping[str, Answer], *, today: date) -> Standing:
    """Whether somebody answers for it. `answers`: digest → the newest answer."""
    answer = answers.get(objection.digest)
    if answer is None:
        return Standing.OPEN
    return Standing.ANSWERED if answer.holds(today=today) else Standing.EXPIRED


def digest_of(rule: str, sentence: str) -> str:
    """The name (hex, SHA-256) of an objection: its rule and the exact words of its sentence, white space apart."""
    return hashlib.sha256(f"{rule}\0{' '.join(sentence.split())}".encode()).hexdigest()


class Wrong(StrEnum):
    """Why an answer is not taken."""

    NO_EVIDENCE = "no_evidence"  # neither a file nor an address
    NO_ADDRESS = "no_address"  # what stands there is no web address
    NO_NAME = "no_name"  # nobody said it
    NO_REASON = "no_reason"
    OUT_OF_DATE = "out_of_date"  # expired before it was given, or found in the future


def wrong_with_evidence(
    *, who: str, address: str, has_file: bool, dated_on: date | None, expires_on: date | None, today: date
) -> Wrong | None:
    """What a piece of evidence lacks, or None."""
    if not has_file and not address.strip():
        return Wrong.NO_EVIDENCE
    if address.strip() and not re.fullmatch(r"https?://[^\s/]+\S*", address.strip()):
        return Wrong.NO_ADDRESS
    if not who.strip():
        return Wrong.NO_NAME
    if expires_on is None or expires_on < today or dated_on is None or dated_on > today:
        return Wrong.OUT_OF_DATE
    return None


def _objection(said: Said, finding: Finding, linter: Linter) -> Objection:
    start, end = _sentence_around(said.text, finding.start, finding.end)
    sentence = said.text[start:end]
    return Objection(
        digest=digest_of(finding.rule, sentence),
        linter=linter,
        rule=finding.rule,
        where=said.where,
        before=said.text[start : finding.start].lstrip(),
        words=said.text[finding.start : finding.end],
        after=said.text[finding.end : end].rstrip(),
        why=finding.why,
    )


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = 0, len(text)
    for stop in _SENTENCE_END.finditer(text):
        if stop.end() <= start:
            first = stop.end()
        elif stop.end() >= end:
            last = stop.end()
            break
    return first, last
