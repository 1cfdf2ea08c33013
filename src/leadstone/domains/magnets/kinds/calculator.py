"""A calculator: "what is it worth?", answered with a range and where it comes from, sent to an address and shown nowhere before.

What it computes is in `domains/magnets/calculation.py`; no formula, table or figure ever reaches a page.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from leadstone.domains.magnets.calculation import (
    LARGEST_PERCENT,
    MOST_DIGITS,
    NO,
    YES,
    CalculatorSettings,
    Input,
    InputType,
    Range,
    bracket_for,
    compiled,
    compute,
    given,
    honest,
    mistakes_in,
    table_of,
)
from leadstone.domains.magnets.calculator_examples import example
from leadstone.domains.magnets.extremes import try_out
from leadstone.domains.magnets.gap import Gap, GapCode
from leadstone.domains.magnets.kind import Asking, Finding, Kind, KindWords, Outcome, Step
from leadstone.domains.magnets.questionnaire import PREFIX, Option, Question, QuestionType
from leadstone.domains.vetting.linters.sensitive import sensitive_in
from leadstone.kernel.formula.tokens import is_name
from leadstone.kernel.moments import spoken_day
from leadstone.kernel.numerals import read_decimal, written
from leadstone.wire.definition import MagnetDefinition

MOST_INPUTS = 20
MOST_OPTIONS = 30
MOST_ROWS = 200
MOST_FORMULAS = 30

_YES_NO = {"pl": ("Tak", "Nie"), "en": ("Yes", "No")}
_TO = {"pl": "do", "en": "to"}
_AS_OF = {"pl": "Stan na {day}.", "en": "As of {day}."}
_NOTHING = {
    "pl": ("Z tych danych nie da się nic policzyć", "Odpisz na tę wiadomość: sprawdzimy to ręcznie."),
    "en": ("Nothing can be computed from these figures", "Reply to this mail and we will look at them by hand."),
}


def settings_of(definition: MagnetDefinition) -> CalculatorSettings:
    """The settings; raises `msgspec.ValidationError` where they fit no calculator."""
    return msgspec.convert(definition.settings, CalculatorSettings)


def questions(definition: MagnetDefinition) -> tuple[Question, ...]:
    """The inputs as questions, each needed: a formula cannot do without one."""
    words = _YES_NO.get(definition.language, _YES_NO["en"])
    return tuple(_question(asked, words) for asked in settings_of(definition).questions)


def _question(asked: Input, yes_no: tuple[str, str]) -> Question:
    if asked.type is InputType.NUMBER:
        return Question(
            key=asked.key,
            text=asked.text,
            type=QuestionType.AMOUNT,
            note=asked.note,
            unit=asked.unit,
            lowest=asked.least,
            highest=asked.most,
            step=asked.step,
        )
    options = tuple((option.key, option.text) for option in asked.options)
    if asked.type is InputType.YES_NO:
        options = tuple(zip((YES, NO), yes_no, strict=True))
    return Question(
        key=asked.key, text=asked.text, note=asked.note, options=tuple(Option(key=key, text=text) for key, text in options)
    )


def find(definition: MagnetDefinition, answers: Mapping[str, str]) -> Finding:
    """The range with no more digits than say something; without figures where these inputs have no result."""
    settings = settings_of(definition)
    said = {name.removeprefix(PREFIX): answer for name, answer in answers.items()}
    found = compute(compiled(settings), given(settings.questions, said))
    if not isinstance(found, Range):
        return Finding("")
    bracket = bracket_for(settings.brackets, found.middle)
    return Finding(bracket.key if bracket else "", honest(found, digits=settings.digits))


def tell(definition: MagnetDefinition, finding: Finding) -> Outcome | None:
    """A range in words; None when it names a bracket that this definition does not have."""
    settings = settings_of(definition)
    if not finding.points:
        title, advice = _NOTHING.get(definition.language, _NOTHING["en"])
        return Outcome(title=title, advice=advice)
    bracket = next((each for each in settings.brackets if each.key == finding.outcome), None)
    if len(finding.points) != 3 or (finding.outcome and bracket is None):
        return None
    figures = _figures(finding.points, unit=settings.unit, language=definition.language)
    return Outcome(
        title=f"{bracket.title}: {figures}" if bracket and bracket.title else figures,
        text=(bracket.text if bracket else "") or settings.text,
        advice=(bracket.advice if bracket else "") or settings.advice,
        basis=basis_of(settings, definition.language),
    )


def _figures(points: tuple[int, ...], *, unit: str, language: str) -> str:
    low, high, power = points
    numbers = [Decimal(end).scaleb(power) for end in (low, high)]
    grouped = any(abs(number) >= 10_000 for number in numbers)
    ends = [written(number, language, grouped=grouped) for number in numbers]
    # A dash between a minus and a number would be read as one more minus.
    between = "–" if low >= 0 else f" {_TO.get(language, 'to')} "
    told = ends[0] if low == high else between.join(ends)
    return f"{told} {unit}".strip()


def basis_of(settings: CalculatorSettings, language: str) -> str:
    """Where the figures come from, and as of when."""
    if not _is_day(settings.basis_date):
        return settings.basis
    day = spoken_day(date.fromisoformat(settings.basis_date), language=language)
    return f"{settings.basis} {_AS_OF.get(language, _AS_OF['en']).format(day=day)}"


def result(definition: MagnetDefinition, answers: Mapping[str, str]) -> Outcome:
    return tell(definition, find(definition, answers)) or Outcome()


def gaps_in(settings: CalculatorSettings) -> Iterator[Gap]:
    """What a calculator lacks. Places are "questions.2", "tables.0", "values.1", "brackets.0", or the name of a setting."""
    gaps = [*_input_gaps(settings), *_table_gaps(settings), *_formula_gaps(settings), *_word_gaps(settings)]
    yield from gaps
    if not gaps:
        # Only a calculator that is right can be tried.
        tried = try_out(settings, compiled(settings))
        for found, _answers in tried.without_result:
            facts = {"because": found.trouble.because.value, "name": found.trouble.name}
            yield Gap(GapCode.NO_RESULT_FOR_SOME, found.where, facts)


def _input_gaps(settings: CalculatorSettings) -> Iterator[Gap]:
    if not 1 <= len(settings.questions) <= MOST_INPUTS:
        yield Gap(GapCode.INPUT_MISSING, "questions", {"most": str(MOST_INPUTS)})
    named = [(f"questions.{number}", each.key) for number, each in enumerate(settings.questions)]
    named += [(f"tables.{number}", each.key) for number, each in enumerate(settings.tables)]
    named += [(f"values.{number}", each.key) for number, each in enumerate(settings.values)]
    keys = Counter(key for _place, key in named)
    for place, key in named:
        if not is_name(key):
            yield Gap(GapCode.NAME_UNUSABLE, place, {"name": key})
        elif keys[key] > 1:
            yield Gap(GapCode.KEY_TWICE, place, {"key": key})
    for number, asked in enumerate(settings.questions):
        yield from _one_input_gaps(asked, f"questions.{number}")


def _one_input_gaps(asked: Input, place: str) -> Iterator[Gap]:
    if not asked.text.strip():
        yield Gap(GapCode.QUESTION_WITHOUT_WORDS, place)
    if about := sensitive_in(" ".join((asked.text, asked.note, *(option.text for option in asked.options)))):
        yield Gap(GapCode.QUESTION_SENSITIVE, place, {"about": about.value})
    if asked.type is InputType.CHOICE:
        keys = {option.key for option in asked.options if option.key.split() == [option.key] and option.text.strip()}
        if len(keys) < len(asked.options) or not 2 <= len(keys) <= MOST_OPTIONS:
            yield Gap(GapCode.QUESTION_WITHOUT_CHOICE, place, {"most": str(MOST_OPTIONS)})
        numbers = [read_decimal(option.number) is not None for option in asked.options]
        if any(numbers) and not all(numbers):
            yield Gap(GapCode.NUMBERS_FOR_SOME, place)
    if asked.type is InputType.NUMBER:
        least, most, step = (read_decimal(text) for text in (asked.least, asked.most, asked.step))
        if least is None or most is None or not least < most or step is None or not 0 < step <= most - least:
            yield Gap(GapCode.LIMITS_WRONG, place)


def _table_gaps(settings: CalculatorSettings) -> Iterator[Gap]:
    for number, table in enumerate(settings.tables):
        if len(table.rows) > MOST_ROWS or table_of(table) is None:
            yield Gap(GapCode.TABLE_WRONG, f"tables.{number}", {"most": str(MOST_ROWS)})


def _formula_gaps(settings: CalculatorSettings) -> Iterator[Gap]:
    if len(settings.values) > MOST_FORMULAS:
        yield Gap(GapCode.TOO_MANY_FORMULAS, "values", {"most": str(MOST_FORMULAS)})
    for mistake in mistakes_in(settings):
        facts = {name: str(fact) for name, fact in mistake.error.facts.items()}
        yield Gap(GapCode.FORMULA_WRONG, mistake.where, facts)
    percent = read_decimal(settings.percent) if settings.percent.strip() else Decimal(0)
    if percent is None or not 0 <= percent <= LARGEST_PERCENT:
        yield Gap(GapCode.PERCENT_OFF, "percent", {"most": str(LARGEST_PERCENT)})
    elif not settings.high.strip() and not percent:
        # A single number would claim to know exactly.
        yield Gap(GapCode.RANGE_MISSING, "percent")
    if not 1 <= settings.digits <= MOST_DIGITS:
        yield Gap(GapCode.DIGITS_WRONG, "digits", {"most": str(MOST_DIGITS)})


def _word_gaps(settings: CalculatorSettings) -> Iterator[Gap]:
    if not settings.unit.strip():
        yield Gap(GapCode.UNIT_MISSING, "unit")
    told = [bracket.text for bracket in settings.brackets]
    if not settings.text.strip() and not (told and all(text.strip() for text in told)):
        yield Gap(GapCode.MEANING_MISSING, "text")
    if not settings.basis.strip():
        yield Gap(GapCode.BASIS_MISSING, "basis")
    if not _is_day(settings.basis_date):
        yield Gap(GapCode.BASIS_UNDATED, "basis_date")
    keys = [bracket.key for bracket in settings.brackets]
    for number, bracket in enumerate(settings.brackets):
        if read_decimal(bracket.at_least) is None:
            yield Gap(GapCode.BRACKET_WITHOUT_BEGINNING, f"brackets.{number}")
        if not bracket.key or keys.index(bracket.key) != number:
            yield Gap(GapCode.KEY_TWICE, f"brackets.{number}", {"key": bracket.key})


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


KIND = Kind(
    name="Calculator",
    rank=65,
    words={
        "en": KindWords(
            name="Calculator",
            subject="the result",
            object="your result",
            button="Send me the result",
            you_get="Your result as a range, and where its figures come from. It goes to your address and nowhere else.",
            delivery="One mail with your result.",
        ),
        "pl": KindWords(
            name="Kalkulator",
            subject="wynik",
            object="Twój wynik",
            button="Wyślij mi wynik",
            you_get="Twój wynik: przedział i wyjaśnienie, skąd są liczby. Trafia na Twój adres i nigdzie indziej.",
            delivery="Jeden e-mail z Twoim wynikiem.",
        ),
    },
    media_types=frozenset(),
    settings=CalculatorSettings,
    steps=(Step.QUESTIONS, Step.FORM, Step.MAILBOX, Step.RESULT),
    result=result,
    asking=Asking(
        questions=questions,
        finding=find,
        outcome=tell,
        keeps_first=lambda definition: settings_of(definition).first_stays,
        together=lambda definition: settings_of(definition).together,
    ),
    gaps=gaps_in,
    example=example,
)
