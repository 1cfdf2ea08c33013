"""A calculator tried at the edges of what may be typed: how far results go, where there is none, which inputs nothing uses."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod

from leadstone.domains.magnets.calculation import (
    NO,
    YES,
    CalculatorSettings,
    Compiled,
    Input,
    InputType,
    NoRange,
    Range,
    compute,
    given,
)
from leadstone.kernel.numerals import plain, read_decimal

MOST_TRIES = 400
STEPS_OF_ONE = 21  # each number alone, from its least to its most
SEED = 20_261_122

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of the tries, with the answers that led there."""

    tries: int
    lowest: tuple[Range, Answers] | None
    highest: tuple[Range, Answers] | None
    without_result: tuple[tuple[NoRange, Answers], ...]  # the first for each place and reason
    unused: tuple[str, ...]  # keys of inputs that no formula names


def try_out(settings: CalculatorSettings, made: Compiled) -> Tried:
    """The same tries every time: corners, or a sample of them when there are too many, and each number alone by steps."""
    lowest: tuple[Range, Answers] | None = None
    highest: tuple[Range, Answers] | None = None
    failed: dict[tuple[str, str], tuple[NoRange, Answers]] = {}
    count = 0
    for answers in _tries(settings.questions):
        count += 1
        found = compute(made, given(settings.questions, answers))
        if isinstance(found, NoRange):
            failed.setdefault((found.where, found.trouble.because), (found, answers))
        else:
            lowest = (found, answers) if lowest is None or found.low < lowest[0].low else lowest
            highest = (found, answers) if highest is None or found.high > highest[0].high else highest
    named = {name for program in made.programs for name in program.names}
    unused = tuple(asked.key for asked in settings.questions if asked.key not in named)
    return Tried(count, lowest, highest, tuple(failed.values()), unused)


def _tries(questions: Sequence[Input]) -> Iterator[Answers]:
    if not questions or any(not ends(asked) for asked in questions):
        return
    keys = [asked.key for asked in questions]
    middle = {asked.key: _middle(asked) for asked in questions}
    for asked in questions:
        for answer in _steps(asked):
            yield {**middle, asked.key: answer}
    corners = [ends(asked) for asked in questions]
    if prod(len(each) for each in corners) <= MOST_TRIES:
        yield from (dict(zip(keys, each, strict=True)) for each in product(*corners))
        return
    chance = random.Random(SEED)  # noqa: S311 – drawn alike each time, and for nothing secret
    for _ in range(MOST_TRIES):
        yield {key: chance.choice(each) for key, each in zip(keys, corners, strict=True)}


def ends(asked: Input) -> list[str]:
    """The answers at which a formula most likely goes wrong; empty for an input that nobody can answer."""
    if asked.type is InputType.YES_NO:
        return [YES, NO]
    if asked.type is InputType.CHOICE:
        return [option.key for option in asked.options]
    least, most = read_decimal(asked.least), read_decimal(asked.most)
    if least is None or most is None:
        return []
    return [plain(end) for end in dict.fromkeys((least, most, Decimal(0))) if least <= end <= most]


def _middle(asked: Input) -> str:
    if asked.type is not InputType.NUMBER:
        return ends(asked)[0]
    return list(_steps(asked))[STEPS_OF_ONE // 2]


def _steps(asked: Input) -> Iterator[str]:
    """Every choice; of a number some values from end to end, on its own grid."""
    least, most, step = (read_decimal(text) for text in (asked.least, asked.most, asked.step))
    if asked.type is not InputType.NUMBER or least is None or most is None or not step:
        yield from ends(asked)
        return
    for number in range(STEPS_OF_ONE):
        moved = (most - least) * number / (STEPS_OF_ONE - 1)
        yield plain(least + (moved // step) * step)


def sample(questions: Sequence[Input]) -> dict[str, str]:
    """Answers to begin trying with: the middle of each number, the first of each choice."""
    return {asked.key: _middle(asked) for asked in questions if ends(asked)}
