"""Questions one after the other: their shape, the way through them, and what an answer may be. Any kind may ask some.

The way only ever goes forward, whatever a definition says, so that it always ends. Answers travel as text under `q.<key>`:
the key of an option, several keys with a space between them, digits, or words.

A question that asks for a special kind of data (GDPR, article 9) is *guarded* by an explicit consent: its answer counts only
together with the tick beside it (`q.<key>.agreed`), here and wherever kept answers are read, and it may always be left out.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from leadstone.kernel.numerals import plain, read_decimal

PREFIX = "q."
END = "end"  # an option that leads here ends the questions
AGREED = "yes"  # the value of a tick beside a guarded question
MOST_QUESTIONS = 30
MOST_OPTIONS = 12
LONGEST_TEXT = 500
LARGEST_NUMBER = 1_000_000_000
# What an answer may claim about a contact. Never the address or the number: those are asked with a reason of their own.
LONGEST_CLAIM = 200
SAYS = frozenset({"name", "company", "position"})
_UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class QuestionType(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    NUMBER = "number"
    AMOUNT = "amount"  # a number between two ends, in steps, with a unit
    TEXT = "text"


CHOICES = frozenset({QuestionType.SINGLE, QuestionType.MULTIPLE})


class AnswerError(StrEnum):
    """What is wrong with an answer; the same words as the capture rules use for fields."""

    MISSING = "missing"
    UNKNOWN_CHOICE = "unknown_choice"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    OFF_STEP = "off_step"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    NO_CONSENT = "no_consent"  # to an answer of a special kind; without it the answer is not taken


class Option(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One answer to choose. `points` by category; `then` names the question that follows, for single choices only."""

    key: str
    text: str
    points: dict[str, int] = {}
    then: str = ""  # "": the next in order
    picture: str = ""  # storage name of a PNG
    picture_words: str = ""  # what is on it, for whoever does not see it
    need: bool = False  # whoever chooses it says what they struggle with
    wants: bool = False  # whoever chooses it says that they want to buy
    tags: tuple[str, ...] = ()  # what whoever chooses it is called from then on, once the mailbox is proven


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One question, asked on a page of its own."""

    key: str
    text: str
    type: QuestionType = QuestionType.SINGLE
    note: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    least: int = 1  # of a scale
    most: int = 5
    least_words: str = ""  # "not at all"
    most_words: str = ""
    points: dict[str, int] = {}  # of a scale: for each step, by category
    need: bool = False  # words of their own: what they struggle with
    says: str = ""  # the field of a contact that the answer claims something about: "company"
    unit: str = ""  # of an amount, as the next three
    lowest: str = ""
    highest: str = ""
    step: str = ""
    about: str = ""  # the special kind of data that the marketer says it asks for: a `Sensitive`
    consent: str = ""  # the words of the explicit consent without which no answer to it is taken

    @property
    def guarded(self) -> bool:
        """Whether it is answered only under an explicit consent of its own."""
        return bool(self.consent.strip())

    @property
    def needed(self) -> bool:
        """Whether nobody passes it without an answer. What needs a consent can be left out: else it would not be free."""
        return self.required and not self.guarded

    @property
    def tick(self) -> str:
        """What the box of its consent is called in a form and in a record."""
        return f"{self.name}.agreed"

    @property
    def name(self) -> str:
        """What its field is called in a form and in a record."""
        return PREFIX + self.key

    def option(self, key: str) -> Option | None:
        return next((option for option in self.options if option.key == key), None)


@dataclass(frozen=True, slots=True)
class Walk:
    """How far some answers lead: the questions that were passed, then the one that waits for an answer, if any."""

    passed: tuple[Question, ...]
    answers: Mapping[str, str]  # by name of the field, only of questions on the way, as they are kept
    waiting: Question | None = None
    error: AnswerError | None = None

    @property
    def complete(self) -> bool:
        return self.waiting is None

    @property
    def way(self) -> tuple[Question, ...]:
        return (*self.passed, self.waiting) if self.waiting else self.passed


def walk(questions: Sequence[Question], typed: Mapping[str, str]) -> Walk:
    """The way that these answers take. What was typed for questions beside the way is left out."""
    place = 0
    passed: list[Question] = []
    answers: dict[str, str] = {}
    while place < len(questions):
        question = questions[place]
        answer, error = (
            _agreed_answer(question, typed) if question.guarded else read_answer(question, typed.get(question.name, ""))
        )
        if error:
            return Walk(tuple(passed), answers, question, error)
        passed.append(question)
        answers |= kept_as(question, answer)
        place = place_after(questions, place, answer)
    return Walk(tuple(passed), answers)


def kept_as(question: Question, answer: str) -> dict[str, str]:
    """An answer as it travels and is kept, with the tick that it counts by; nothing for a question that was left out."""
    if not answer:
        return {}
    return {question.name: answer, question.tick: AGREED} if question.guarded else {question.name: answer}


def _agreed_answer(question: Question, typed: Mapping[str, str]) -> tuple[str, AnswerError | None]:
    """A tick without an answer lets nobody use anything; an answer without a tick may not be used."""
    said, ticked = typed.get(question.name, "").strip(), typed.get(question.tick, "") == AGREED
    if not said:
        return "", AnswerError.MISSING if ticked else None
    return read_answer(question, said) if ticked else ("", AnswerError.NO_CONSENT)


def place_after(questions: Sequence[Question], place: int, answer: str) -> int:
    """Where the way goes on after an answer; beyond the last question when it ends."""
    question = questions[place]
    if question.type is not QuestionType.SINGLE:
        return place + 1
    option = question.option(answer)
    then = option.then if option else ""
    if then == END:
        return len(questions)
    later = (number for number in range(place + 1, len(questions)) if questions[number].key == then)
    return next(later, place + 1) if then else place + 1


def longest_way(questions: Sequence[Question]) -> int:
    """How many questions somebody is asked at most."""
    ways = [0] * (len(questions) + 1)
    for place in reversed(range(len(questions))):
        ways[place] = 1 + max(ways[after] for after in places_after(questions, place))
    return ways[0]


def places_after(questions: Sequence[Question], place: int) -> set[int]:
    """Everywhere the way may go on from a question, whatever is answered."""
    question = questions[place]
    answers = [option.key for option in question.options] if question.type is QuestionType.SINGLE else []
    after = {place_after(questions, place, answer) for answer in answers}
    return after if after and question.needed else after | {place + 1}


def read_answer(question: Question, typed: str) -> tuple[str, AnswerError | None]:
    """The answer as it is kept, or why it cannot be."""
    text = typed.strip().replace("\r\n", "\n").replace("\r", "\n")
    if not text:
        return "", AnswerError.MISSING if question.needed else None
    if question.type is QuestionType.SINGLE:
        return (text, None) if question.option(text) else ("", AnswerError.UNKNOWN_CHOICE)
    if question.type is QuestionType.MULTIPLE:
        wanted = set(text.split())
        chosen = [option.key for option in question.options if option.key in wanted]
        return (" ".join(chosen), None) if len(chosen) == len(wanted) else ("", AnswerError.UNKNOWN_CHOICE)
    return _READERS[question.type](question, text)


def _read_text(question: Question, text: str) -> tuple[str, AnswerError | None]:
    if len(text) > LONGEST_TEXT:
        return "", AnswerError.TOO_LONG
    return ("", AnswerError.UNREADABLE) if _UNREADABLE.search(text) else (text, None)


def _read_number(question: Question, text: str) -> tuple[str, AnswerError | None]:
    if not re.fullmatch(r"[+-]?[0-9]{1,12}", text):
        return "", AnswerError.NOT_A_NUMBER
    number = int(text)
    least, most = (question.least, question.most) if question.type is QuestionType.SCALE else (-LARGEST_NUMBER, LARGEST_NUMBER)
    fits = least <= number <= most
    return (str(number), None) if fits else ("", AnswerError.NOT_A_NUMBER)


def _read_amount(question: Question, text: str) -> tuple[str, AnswerError | None]:
    number = read_decimal(text)
    if number is None:
        return "", AnswerError.NOT_A_NUMBER
    least, most, step = (read_decimal(each) for each in (question.lowest, question.highest, question.step))
    if (least is not None and number < least) or (most is not None and number > most):
        return "", AnswerError.OUT_OF_RANGE
    if step and (number - (least or 0)) % step:
        return "", AnswerError.OFF_STEP
    return plain(number), None


_READERS = {
    QuestionType.TEXT: _read_text,
    QuestionType.NUMBER: _read_number,
    QuestionType.SCALE: _read_number,
    QuestionType.AMOUNT: _read_amount,
}


def points_for(question: Question, answer: str) -> Mapping[str, int]:
    """Category → points of one kept answer; only what is not zero."""
    found: dict[str, int] = {}
    if question.type in CHOICES:
        for key in answer.split():
            option = question.option(key)
            for category, points in (option.points if option else {}).items():
                found[category] = found.get(category, 0) + points
    elif question.type is QuestionType.SCALE and answer:
        found = {category: points * (int(answer) - question.least) for category, points in question.points.items()}
    return {category: points for category, points in found.items() if points}


def claims_in(questions: Sequence[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """Field of a contact → what the answers claim about it, where a question says that it tells so."""
    told = {
        question.says: answer_words(question, answers.get(question.name, ""))
        for question in questions
        if question.says in SAYS and not question.guarded
    }
    return {field: " ".join(words.split())[:LONGEST_CLAIM] for field, words in told.items() if words}


def tags_in(questions: Sequence[Question], answers: Mapping[str, str]) -> tuple[str, ...]:
    """The tags of the answers that were chosen on their way, each once, in the order of the questions."""
    way = walk(questions, answers)
    chosen = (
        option
        for question in way.passed
        if question.type in CHOICES and not question.guarded
        for key in way.answers.get(question.name, "").split()
        if (option := question.option(key))
    )
    return tuple(dict.fromkeys(tag for option in chosen for tag in option.tags))


def answer_words(question: Question, answer: str) -> str:
    """A kept answer as a person reads it."""
    if question.type in CHOICES:
        return ", ".join(option.text for key in answer.split() if (option := question.option(key)))
    if question.type is QuestionType.SCALE and answer:
        return f"{answer} ({question.least}–{question.most})"
    return f"{answer} {question.unit}".strip() if answer else ""
