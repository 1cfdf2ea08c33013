"""A calculator tried with some answers: what they come to, step by step, or what keeps them from coming to anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import msgspec

from leadstone.domains.magnets.calculation import (
    NO,
    YES,
    CalculatorSettings,
    Compiled,
    Input,
    InputType,
    NoRange,
    Range,
    compiled,
    compute,
    given,
)
from leadstone.domains.magnets.extremes import sample, try_out
from leadstone.domains.magnets.kind import Outcome
from leadstone.domains.magnets.kinds.calculator import find, questions, tell
from leadstone.domains.magnets.questionnaire import PREFIX, Question, read_answer
from leadstone.kernel.formula import Chosen, FormulaError, Trouble, Value, evaluate
from leadstone.kernel.numerals import written
from leadstone.studio.calculators.words import undefined_words
from leadstone.wire.definition import MagnetDefinition


@dataclass(frozen=True, slots=True)
class SampleField:
    """One input of the calculator, to try with."""

    question: Question
    unit: str
    typed: str
    error: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """What a sample came to. Nothing in `outcome` where the formulas need mending or these answers have no result."""

    fields: Sequence[SampleField]
    usable: bool  # the formulas can be used
    steps: Sequence[tuple[str, str, str]] = ()  # name, formula, value
    outcome: Outcome | None = None
    exact: str = ""
    because: str = ""  # why there is no result


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """One end of everything that was tried."""

    figures: str
    answers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extremes:
    """What came of trying the edges."""

    tries: int
    lowest: End | None
    highest: End | None
    without_result: Sequence[tuple[str, str]] = field(default_factory=list)  # why, and for which answers
    unused: Sequence[str] = field(default_factory=list)  # the words of inputs


def sampled(definition: MagnetDefinition, typed: Mapping[str, str]) -> Sampled:
    """Try one set of answers, by key of the input; what is not given is taken from the middle."""
    settings = settings_or_none(definition.settings)
    if settings is None:
        return Sampled(fields=(), usable=False)
    begun = sample(settings.questions)
    asked = [
        (each, question) for each, question in zip(settings.questions, questions(definition), strict=True) if each.key in begun
    ]
    fields, answers = [], {}
    for each, question in asked:
        text = typed.get(each.key, begun[each.key])
        answer, error = read_answer(question, text)
        answers[question.name] = answer
        fields.append(SampleField(question, each.unit, text, error is not None))
    try:
        made = compiled(settings)
    except FormulaError:
        return Sampled(fields=fields, usable=False)
    if len(asked) < len(settings.questions) or any(one.error for one in fields):
        return Sampled(fields=fields, usable=True)
    values = given(settings.questions, {name.removeprefix(PREFIX): answer for name, answer in answers.items()})
    found = compute(made, values)
    if isinstance(found, NoRange):
        because = undefined_words(found.trouble.because, found.trouble.name)
        return Sampled(fields=fields, usable=True, because=because)
    return Sampled(
        fields=fields,
        usable=True,
        steps=_steps(settings, made, values, definition.language),
        outcome=tell(definition, find(definition, answers)),
        exact=figures(found, settings.unit, definition.language),
    )


def _steps(
    settings: CalculatorSettings, made: Compiled, values: Mapping[str, Value], language: str
) -> list[tuple[str, str, str]]:
    known = dict(values)
    steps = []
    for (key, program), value in zip(made.values, settings.values, strict=True):
        come_to = evaluate(program, known)
        if not isinstance(come_to, Trouble):
            known[key] = come_to
            steps.append((key, value.formula, _written(come_to, language)))
    return steps


def extremes(settings: Mapping[str, Any], language: str) -> Extremes | None:
    """The edges of what may be typed, tried; None while the formulas need mending."""
    read = settings_or_none(settings)
    if read is None or not read.questions:
        return None
    try:
        found = try_out(read, compiled(read))
    except FormulaError:
        return None
    if not found.tries:
        return None
    by_key = {asked.key: asked for asked in read.questions}
    return Extremes(
        tries=found.tries,
        lowest=_end(found.lowest, read, language),
        highest=_end(found.highest, read, language),
        without_result=[
            (undefined_words(each.trouble.because, each.trouble.name), told(by_key, answers))
            for each, answers in found.without_result
        ],
        unused=[by_key[key].text or key for key in found.unused],
    )


def _end(found: tuple[Range, Mapping[str, str]] | None, settings: CalculatorSettings, language: str) -> End | None:
    if found is None:
        return None
    by_key = {asked.key: asked for asked in settings.questions}
    return End(figures=figures(found[0], settings.unit, language), answers=told(by_key, found[1]))


def settings_or_none(settings: Mapping[str, Any]) -> CalculatorSettings | None:
    try:
        return msgspec.convert(settings, CalculatorSettings)
    except msgspec.ValidationError:
        return None


def figures(found: Range, unit: str, language: str) -> str:
    """Both ends to the hundredth, as they were computed."""
    ends_ = [written(round(end, 2), language) for end in dict.fromkeys((found.low, found.high))]
    return f"{' … '.join(ends_)} {unit}".strip()


def told(by_key: Mapping[str, Input], answers: Mapping[str, str]) -> str:
    """Answers as a person reads them: "area 40 m², fuel gas"."""
    return ", ".join(f"{key} {_answer(by_key[key], answer)}".strip() for key, answer in answers.items() if key in by_key)


def _answer(asked: Input, answer: str) -> str:
    return f"{answer} {asked.unit}".strip() if asked.type is InputType.NUMBER else answer


def _written(value: object, language: str) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, Chosen):
        return value.option
    return written(round(value, 4), language) if isinstance(value, Decimal) else ""
