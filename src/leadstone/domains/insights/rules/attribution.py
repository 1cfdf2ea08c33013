"""Which touch a customer is owed to: six views of the same touches, side by side, none of them the truth.

Each model divides one customer (and what they paid) among the touches before the sale. The shares of a customer add up to one.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Generic, TypeVar

Place = TypeVar("Place", bound=Hashable)  # what is credited: a channel, a campaign, a magnet


class Model(StrEnum):
    FIRST = "first"
    LAST = "last"
    LINEAR = "linear"
    POSITION = "position"  # 40 % each to the first and the last, the rest to those between
    TIME_DECAY = "time_decay"  # halves every week before the sale
    MARKOV = "markov"  # what would be missing without it


HALF_LIFE = timedelta(days=7)
ENDS_GET = 0.4
_MOST_ROUNDS = 10_000
_CLOSE_ENOUGH = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Path(Generic[Place]):
    """The touches of one person, the oldest first, and how it ended; or of `people` whose ways are the same.

    `worth`: minor units of one currency, of all of them together.
    """

    touches: Sequence[tuple[datetime, Place]]
    won_at: datetime | None = None
    worth: int = 0
    people: int = 1


@dataclass(frozen=True, slots=True)
class Credit:
    """What one place is credited with."""

    customers: float = 0.0
    worth: float = 0.0


def attribute(paths: Sequence[Path[Place]], *, model: Model) -> dict[Place, Credit]:
    """Place → its credit. Touches after the sale count for nothing; a customer without a touch before it is nobody's.

    The credits of all places add up to the customers who had a touch, and to what they paid.
    """
    won = [_before_sale(path) for path in paths if path.won_at is not None]
    won = [path for path in won if path.touches]
    if model is Model.MARKOV:
        return _markov(won, lost=[path for path in paths if path.won_at is None and path.touches])
    customers: dict[Place, float] = {}
    worth: dict[Place, float] = {}
    for path in won:
        for place, share in shares(path, model=model).items():
            customers[place] = customers.get(place, 0.0) + share * path.people
            worth[place] = worth.get(place, 0.0) + share * path.worth
    return {place: Credit(number, worth[place]) for place, number in customers.items()}


def shares(path: Path[Place], *, model: Model) -> dict[Place, float]:
    """Place → its share of one customer whose touches all lie before the sale; adds up to 1."""
    weights = _weights(path, model=model)
    total = sum(weights)
    found: dict[Place, float] = {}
    for (_, place), weight in zip(path.touches, weights, strict=True):
        found[place] = found.get(place, 0.0) + weight / total
    return found


def _weights(path: Path[Place], *, model: Model) -> list[float]:
    number = len(path.touches)
    if model is Model.FIRST:
        return [float(place == 0) for place in range(number)]
    if model is Model.LAST:
        return [float(place == number - 1) for place in range(number)]
    if model is Model.LINEAR:
        return [1.0] * number
    if model is Model.POSITION:
        if number <= 2:
            return [1.0] * number
        between = (1 - 2 * ENDS_GET) / (number - 2)
        return [ENDS_GET, *[between] * (number - 2), ENDS_GET]
    # Reckoned from the last touch, so that a sale years later does not make every weight nothing.
    last = path.touches[-1][0]
    return [0.5 ** ((last - at) / HALF_LIFE) for at, _ in path.touches]


def _before_sale(path: Path[Place]) -> Path[Place]:
    touches = [touch for touch in path.touches if path.won_at is None or touch[0] <= path.won_at]
    return Path(touches=touches, won_at=path.won_at, worth=path.worth, people=path.people)


def _markov(won: Sequence[Path[Place]], *, lost: Sequence[Path[Place]]) -> dict[Place, Credit]:
    """Removal effects in a first-order chain (Anderl, Becker, von Wangenheim, Schumann 2016), scaled to the customers.

    What everybody passes through has the effect 1. Worth is divided as the customers are.
    """
    customers, worth = sum(path.people for path in won), sum(path.worth for path in won)
    if not customers:
        return {}
    steps = _steps([path for path in won if path.people], lost)
    base = _reaching(steps, without=None)
    effects = {state.place: 1 - _reaching(steps, without=state) / base for state in steps if isinstance(state, _At)}
    total = sum(effects.values())
    return {place: Credit(customers * effect / total, worth * effect / total) for place, effect in effects.items() if effect > 0}


@dataclass(frozen=True, slots=True)
class _At(Generic[Place]):
    place: Place


@dataclass(frozen=True, slots=True)
class _End:
    name: str


_START, _WON, _LOST = _End("start"), _End("won"), _End("lost")
_State = _At[Place] | _End


def _steps(won: Sequence[Path[Place]], lost: Sequence[Path[Place]]) -> dict[_State[Place], dict[_State[Place], float]]:
    """State → where it leads, as probabilities."""
    counts: dict[_State[Place], dict[_State[Place], int]] = {}
    for paths, end in ((won, _WON), (lost, _LOST)):
        for path in paths:
            states: list[_State[Place]] = [_START, *(_At(place) for _, place in path.touches), end]
            for state, after in pairwise(states):
                leads = counts.setdefault(state, {})
                leads[after] = leads.get(after, 0) + path.people
    return {state: {after: count / sum(leads.values()) for after, count in leads.items()} for state, leads in counts.items()}


def _reaching(steps: Mapping[_State[Place], Mapping[_State[Place], float]], *, without: _State[Place] | None) -> float:
    """How likely the chain ends in a sale when whoever would come to `without` is lost instead."""
    chance: dict[_State[Place], float] = dict.fromkeys(steps, 0.0) | {_WON: 1.0, _LOST: 0.0}
    for _ in range(_MOST_ROUNDS):
        moved = 0.0
        for state, leads in steps.items():
            if state == without:
                continue
            value = sum(share * chance[after] for after, share in leads.items() if after != without)
            moved = max(moved, abs(value - chance[state]))
            chance[state] = value
        if moved < _CLOSE_ENOUGH:
            break
    return chance[_START]
