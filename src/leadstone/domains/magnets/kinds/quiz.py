"""A quiz or a survey: questions first, then the address, and the result goes to that address and nowhere else.

A survey is a quiz without right answers: its options carry no points, or its outcomes are types.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

import msgspec

from leadstone.domains.magnets.gap import Gap, GapCode
from leadstone.domains.magnets.kind import Asking, CategoryPoints, Finding, Kept, Kind, KindWords, Outcome, Step
from leadstone.domains.magnets.questionnaire import (
    CHOICES,
    END,
    MOST_OPTIONS,
    MOST_QUESTIONS,
    Option,
    Question,
    QuestionType,
    points_for,
    walk,
)
from leadstone.domains.magnets.quiz_examples import example
from leadstone.domains.magnets.simulation import reachable_points, reachable_questions
from leadstone.domains.vetting.linters.sensitive import ASKABLE, Sensitive, sensitive_kinds
from leadstone.kernel.document import MediaType
from leadstone.kernel.labels import LONGEST, MOST, fit
from leadstone.wire.definition import MagnetDefinition

MOST_STEPS_OF_A_SCALE = 11
MOST_OUTCOMES = 12
LEAST_CONSENT = 40  # characters: which data, and what for, cannot be said in fewer
_AGREES = re.compile(r"(?<!\w)(?:agree|consent|allow|zgadzam|zgod[aęyzi]|wyrażam|pozwalam)", re.IGNORECASE)
# That a sentence tells of people who stop half way, and of what is kept of them; in either order.
_STOPS = r"(?:stop|half[- ]?way|break off|go away|przerwi|przerywa|w połowie|nie dokończ|niedokończ)"
_KEEPS = r"(?:\bke(?:ep|pt)|\bstor(?:e|ing)|zosta|zachow|przechow|zatrzym)"
_HALF_WAY = rf"{_STOPS}.*{_KEEPS}|{_KEEPS}.*{_STOPS}"


class Scoring(StrEnum):
    """How answers become an outcome."""

    TIERS = "tiers"  # by the sum of all points
    TYPES = "types"  # by the category with the most points: "which type are you?"


class Retake(StrEnum):
    """What a second try of the same person gets."""

    NEWEST = "newest"  # a result of its own
    FIRST = "first"  # the first result once more


class Category(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something that points are given for."""

    key: str
    name: str


class QuizOutcome(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One result, in the words that are sent. A tier says from how many points on; a type says which category."""

    key: str
    title: str
    text: str
    advice: str = ""
    at_least: int = 0
    category: str = ""
    offers: bool = False  # it says that they need what we sell


class QuizSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Everything that a quiz is, beyond the definition of a magnet."""

    questions: tuple[Question, ...] = ()
    categories: tuple[Category, ...] = ()
    outcomes: tuple[QuizOutcome, ...] = ()
    scoring: Scoring = Scoring.TIERS
    retake: Retake = Retake.NEWEST
    keeps_stopped: bool = False  # what people chose who stop half way; the page and the contract say so
    keeps_why: str = ""  # in a sentence for the visitor


def settings_of(definition: MagnetDefinition) -> QuizSettings:
    """The settings; raises `msgspec.ValidationError` where they fit no quiz."""
    return msgspec.convert(definition.settings, QuizSettings)


def points_of(settings: QuizSettings, answers: Mapping[str, str]) -> tuple[int, ...]:
    """The points of each category, in their order, on the way that these answers take."""
    total: Counter[str] = Counter()
    way = walk(settings.questions, answers)
    for question in way.passed:
        total.update(points_for(question, way.answers.get(question.name, "")))
    return tuple(total[category.key] for category in settings.categories)


def judged(settings: QuizSettings, points: Sequence[int]) -> QuizOutcome | None:
    """The outcome of so many points. On a tie the category that stands first decides; None when no outcome fits."""
    if settings.scoring is Scoring.TIERS:
        reached = [outcome for outcome in settings.outcomes if outcome.at_least <= sum(points)]
        return max(reached, key=lambda outcome: outcome.at_least, default=None)
    if not settings.categories:
        return None
    best = max(range(len(points)), key=lambda place: points[place])
    return next((outcome for outcome in settings.outcomes if outcome.category == settings.categories[best].key), None)


def find(definition: MagnetDefinition, answers: Mapping[str, str]) -> Finding:
    settings = settings_of(definition)
    points = points_of(settings, answers)
    outcome = judged(settings, points)
    return Finding(outcome.key if outcome else "", points)


def tell(definition: MagnetDefinition, finding: Finding) -> Outcome | None:
    """A finding in the marketer's words; None when this definition has no such outcome."""
    settings = settings_of(definition)
    outcome = next((each for each in settings.outcomes if each.key == finding.outcome), None)
    if outcome is None or len(finding.points) != len(settings.categories):
        return None
    shares = (
        CategoryPoints(category.name, points, most_points(settings.questions, category.key))
        for category, points in zip(settings.categories, finding.points, strict=True)
    )
    return Outcome(title=outcome.title, text=outcome.text, advice=outcome.advice, points=tuple(shares))


def most_points(questions: Sequence[Question], category: str) -> int:
    """How many points a category can get from all questions together."""
    return sum(_most_of(question, category) for question in questions)


def _most_of(question: Question, category: str) -> int:
    if question.type is QuestionType.SCALE:
        return max(0, question.points.get(category, 0)) * (question.most - question.least)
    if question.type not in CHOICES:
        return 0
    gains = [max(0, option.points.get(category, 0)) for option in question.options]
    return sum(gains) if question.type is QuestionType.MULTIPLE else max(gains, default=0)


def result(definition: MagnetDefinition, answers: Mapping[str, str]) -> Outcome:
    """What the answers came to; an outcome without words where the definition has none for them."""
    return tell(definition, find(definition, answers)) or Outcome()


def gaps_in(settings: QuizSettings) -> Iterator[Gap]:
    """What a quiz lacks before it may be published. Places are "questions.2", "questions.2.options.0", "outcomes.1"."""
    if not settings.questions:
        yield Gap(GapCode.QUESTION_MISSING, "questions")
    if len(settings.questions) > MOST_QUESTIONS:
        yield Gap(GapCode.TOO_MANY_QUESTIONS, "questions", {"most": str(MOST_QUESTIONS)})
    keys = [question.key for question in settings.questions]
    found = False
    reached = reachable_questions(settings.questions)
    for number, question in enumerate(settings.questions):
        place = f"questions.{number}"
        taken = any(question.key == f"{other}.agreed" for other in keys)  # what the box beside another question is called
        if keys.index(question.key) != number or not question.key or question.key == END or taken:
            yield Gap(GapCode.KEY_TWICE, place, {"key": question.key})
        for gap in _question_gaps(question, place, later=keys[number + 1 :]):
            found = True
            yield gap
        if question.key not in reached:
            yield Gap(GapCode.QUESTION_UNREACHABLE, place, {"number": str(number + 1)})
    if settings.keeps_stopped and not settings.keeps_why.strip():
        yield Gap(GapCode.STOPPED_WITHOUT_REASON, "stopped")
    yield from _outcome_gaps(settings, judge=not found and len(keys) <= MOST_QUESTIONS)


def _question_gaps(question: Question, place: str, *, later: Sequence[str]) -> Iterator[Gap]:
    if not question.text.strip():
        yield Gap(GapCode.QUESTION_WITHOUT_WORDS, place)
    yield from _special_gaps(question, place)
    if question.type in CHOICES:
        keys = [option.key for option in question.options]
        unfit = any(not key or key.split() != [key] for key in keys) or len(set(keys)) < len(keys)
        if unfit or not 2 <= len(keys) <= MOST_OPTIONS or any(not option.text.strip() for option in question.options):
            yield Gap(GapCode.QUESTION_WITHOUT_CHOICE, place, {"most": str(MOST_OPTIONS)})
    if question.type is QuestionType.SCALE and not 2 <= question.most - question.least + 1 <= MOST_STEPS_OF_A_SCALE:
        yield Gap(GapCode.SCALE_WRONG, place, {"most": str(MOST_STEPS_OF_A_SCALE)})
    if any(option.picture and not option.picture_words.strip() for option in question.options):
        yield Gap(GapCode.PICTURE_WITHOUT_WORDS, place)
    if any(not fit(option.tags) for option in question.options):
        yield Gap(GapCode.TAGS_UNFIT, place, {"most": str(MOST), "letters": str(LONGEST)})
    if any(option.then and option.then != END and option.then not in later for option in question.options):
        yield Gap(GapCode.BRANCH_NOT_FORWARD, place)


def _special_gaps(question: Question, place: str) -> Iterator[Gap]:
    """What stands between a question and the special kinds of data (GDPR, article 9(2)(a))."""
    words = " ".join((question.text, question.note, *(words_of(option) for option in question.options)))
    about = {*sensitive_kinds(words), *(kind for kind in ASKABLE if kind == question.about)}
    if Sensitive.CHILDREN in about:
        # The consent would have to be their parents', and nobody could tell here whose it is.
        yield Gap(GapCode.QUESTION_SENSITIVE, place, {"about": Sensitive.CHILDREN})
    elif about and not question.guarded:
        yield Gap(GapCode.QUESTION_SENSITIVE, place, {"about": min(about), "askable": "yes"})
    if question.guarded and (len(question.consent.strip()) < LEAST_CONSENT or not _AGREES.search(question.consent)):
        yield Gap(GapCode.EXPLICIT_CONSENT_THIN, place)
    for_us = any(each.need or each.wants or each.tags for each in question.options)
    if question.guarded and (question.says or question.need or for_us):
        yield Gap(GapCode.SPECIAL_FOR_US, place)


def words_of(option: Option) -> str:
    """Everything that an answer says, also of whoever chooses it."""
    return " ".join((option.text, *option.tags))


def _outcome_gaps(settings: QuizSettings, *, judge: bool) -> Iterator[Gap]:
    if not settings.outcomes or len(settings.outcomes) > MOST_OUTCOMES:
        yield Gap(GapCode.OUTCOME_MISSING, "outcomes", {"most": str(MOST_OUTCOMES)})
        return
    keys = [outcome.key for outcome in settings.outcomes]
    for number, outcome in enumerate(settings.outcomes):
        if not outcome.title.strip() or not outcome.text.strip():
            yield Gap(GapCode.OUTCOME_WITHOUT_WORDS, f"outcomes.{number}")
        if keys.index(outcome.key) != number or not outcome.key:
            yield Gap(GapCode.KEY_TWICE, f"outcomes.{number}", {"key": outcome.key})
    ends = reachable_points(settings.questions, [category.key for category in settings.categories]) if judge else None
    if not ends:
        return
    reached = {end.key if (end := judged(settings, points)) else "" for points in ends}
    for number, outcome in enumerate(settings.outcomes):
        if outcome.key not in reached:
            yield Gap(GapCode.OUTCOME_UNREACHABLE, f"outcomes.{number}", {"title": outcome.title})
    if "" in reached:
        yield Gap(GapCode.ANSWERS_WITHOUT_OUTCOME, "outcomes")


KIND = Kind(
    name="Quiz",
    rank=60,
    words={
        "en": KindWords(
            name="Quiz",
            subject="the result",
            object="your result",
            button="Send me my result",
            you_get="Your result in words, with what to do next. It goes to your address and is shown nowhere else.",
            delivery="One mail with your result.",
        ),
        "pl": KindWords(
            name="Quiz",
            subject="wynik",
            object="Twój wynik",
            button="Wyślij mi wynik",
            you_get="Twój wynik opisany słowami, z podpowiedzią, co dalej. Trafia na Twój adres i nigdzie indziej.",
            delivery="Jeden e-mail z Twoim wynikiem.",
        ),
    },
    media_types=frozenset({MediaType.PDF}),
    settings=QuizSettings,
    steps=(Step.QUESTIONS, Step.FORM, Step.MAILBOX, Step.RESULT),
    result=result,
    asking=Asking(
        questions=lambda definition: settings_of(definition).questions,
        finding=find,
        outcome=tell,
        keeps_first=lambda definition: settings_of(definition).retake is Retake.FIRST,
        keeps_stopped=lambda definition: settings_of(definition).keeps_stopped,
    ),
    keeps=(
        Kept(
            told_by=_HALF_WAY,
            sentences={
                "en": "If you stop half way, the answers that you chose are kept without your name or address.",
                "pl": "Jeśli przerwiesz w połowie, zaznaczone odpowiedzi zostają u nas bez imienia i adresu.",
            },
            kept_if=lambda settings: bool(settings.get("keeps_stopped")),
        ),
    ),
    gaps=gaps_in,
    example=example,
)
