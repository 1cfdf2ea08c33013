"""What is alike goes together: loose sayings join the themes there are, and what is left makes new ones.

What a theme has, it keeps: gathering never takes a saying out of a theme, so that whatever a person named, joined, split or
moved stays as it was left. The order in which sayings come in changes nothing (they are taken by their keys).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from leadstone.domains.needs.rules.terms import weights

LEAST_PEOPLE = 3  # two people are two people
MOST_TERMS = 12  # of a core
JOINS = 0.34  # how alike a saying and a theme must be (cosine)
GROWS = 0.28  # the same while a theme is being made
MERGES = 0.45  # how alike two new themes are when they are one
MOST_NEW = 60
MOST_TRIED = 400

Core = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing that somebody said. `key` orders and names it; `terms` are its stems."""

    key: int
    person: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """`joined`: key of a loose saying → the theme that it joins. `new`: the keys of each new theme, the largest first."""

    joined: Mapping[int, int]
    new: Sequence[tuple[int, ...]]


def gather(*, themes: Mapping[int, Sequence[Saying]], loose: Iterable[Saying]) -> Gathered:
    """Where loose sayings belong. `themes`: id → what it has now."""
    waiting = sorted(loose, key=lambda saying: saying.key)
    weight = weights_of([*waiting, *(saying for said in themes.values() for saying in said)])
    cores = {theme: core_of(themes[theme], weight) for theme in sorted(themes)}
    by_term: dict[str, list[int]] = defaultdict(list)
    for theme, core in cores.items():
        for term in core:
            by_term[term].append(theme)
    joined: dict[int, int] = {}
    left = []
    for saying in waiting:
        near = sorted({theme for term in saying.terms for theme in by_term.get(term, ())})
        best = max(near, key=lambda theme: (alike(saying, cores[theme], weight), -theme), default=None)
        if best is not None and alike(saying, cores[best], weight) >= JOINS:
            joined[saying.key] = best
        else:
            left.append(saying)
    return Gathered(joined, _made(left, weight))


def weights_of(said: Iterable[Saying]) -> dict[str, float]:
    """Stem → how much it tells. Counted by people: who says a word ten times is one."""
    people: dict[str, set[str]] = defaultdict(set)
    everybody = set()
    for saying in said:
        everybody.add(saying.person)
        for term in saying.terms:
            people[term].add(saying.person)
    return weights({term: len(who) for term, who in people.items()}, of=len(everybody))


def core_of(said: Iterable[Saying], weight: Mapping[str, float]) -> dict[str, float]:
    """The telling terms of some sayings, as a vector of length 1. A term that one person alone uses is not among them."""
    total: dict[str, float] = defaultdict(float)
    people: dict[str, set[str]] = defaultdict(set)
    for saying in sorted(said, key=lambda each: each.key):
        length = _length(saying, weight)
        for term in saying.terms:
            if term in weight:
                total[term] += weight[term] / length
                people[term].add(saying.person)
    shared = [(score, term) for term, score in total.items() if len(people[term]) >= 2]
    top = sorted(shared, key=lambda each: (-each[0], each[1]))[:MOST_TERMS]
    size = sqrt(sum(score * score for score, _term in top)) or 1.0
    return {term: score / size for score, term in top}


def alike(saying: Saying, core: Core, weight: Mapping[str, float]) -> float:
    """How alike a saying and a core are, from 0 to 1 (cosine)."""
    shared = sum(core[term] * weight[term] for term in saying.terms if term in core and term in weight)
    return shared / _length(saying, weight)


def _length(saying: Saying, weight: Mapping[str, float]) -> float:
    return sqrt(sum(weight[term] ** 2 for term in saying.terms if term in weight)) or 1.0


@dataclass(slots=True)
class _Shelf:
    """Sayings that are in no theme yet, and who of them uses which term."""

    weight: Mapping[str, float]
    said: dict[int, Saying] = field(default_factory=dict)
    users: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    order: list[str] = field(default_factory=list)  # terms that enough sayings share, in a fixed order

    def put_in_order(self) -> None:
        self.order = sorted(term for term, users in self.users.items() if len(users) >= LEAST_PEOPLE)

    def add(self, saying: Saying) -> None:
        self.said[saying.key] = saying
        for term in saying.terms:
            if term in self.weight:
                self.users[term][saying.key] = saying.person

    def take(self, keys: Iterable[int]) -> None:
        for key in keys:
            saying = self.said.pop(key)
            for term in saying.terms:
                self.users.get(term, {}).pop(key, None)

    def seed(self, tried: set[str]) -> str | None:
        """The term that many share and that tells much; None when no term has enough people."""
        best: tuple[float, str] | None = None
        for term in self.order:
            number = len(self.users[term])
            if term in tried or number < LEAST_PEOPLE:
                continue
            rank = number * self.weight[term] ** 2
            if best is None or rank > best[0]:
                best = (rank, term)
        return best[1] if best else None

    def near(self, core: Core, *, least: float) -> list[Saying]:
        keys = sorted({key for term in core for key in self.users.get(term, ())})
        return [self.said[key] for key in keys if alike(self.said[key], core, self.weight) >= least]


def _made(loose: Sequence[Saying], weight: Mapping[str, float]) -> list[tuple[int, ...]]:
    shelf = _Shelf(weight)
    for saying in loose:
        shelf.add(saying)
    shelf.put_in_order()
    groups: list[list[Saying]] = []
    tried: set[str] = set()
    while len(groups) < MOST_NEW and len(tried) < MOST_TRIED and (term := shelf.seed(tried)) is not None:
        tried.add(term)
        core = core_of([shelf.said[key] for key in sorted(shelf.users[term])], weight)
        for _turn in range(2):
            core = core_of(shelf.near(core, least=GROWS), weight)
        members = shelf.near(core, least=GROWS)
        if people(members) >= LEAST_PEOPLE:
            shelf.take([saying.key for saying in members])
            groups.append(members)
    merged = _merged(groups, weight)
    settled = _settled(merged, list(shelf.said.values()), weight)
    return sorted((tuple(sorted(each.key for each in group)) for group in settled), key=lambda keys: (-len(keys), keys))


def _merged(groups: Sequence[list[Saying]], weight: Mapping[str, float]) -> list[list[Saying]]:
    """The same, with groups that are about the same thing put together, the nearest first."""
    made = [list(group) for group in groups]
    cores = [core_of(group, weight) for group in made]
    while True:
        pairs = [(_nearness(cores[one], cores[two]), -one, -two) for one in range(len(made)) for two in range(one + 1, len(made))]
        nearest = max(pairs, default=(0.0, 0, 0))
        if nearest[0] < MERGES:
            return made
        one, two = -nearest[1], -nearest[2]
        made[one] += made.pop(two)
        cores.pop(two)
        cores[one] = core_of(made[one], weight)


def _nearness(one: Core, other: Core) -> float:
    return sum(score * other[term] for term, score in one.items() if term in other)


def _settled(groups: Sequence[list[Saying]], left: Sequence[Saying], weight: Mapping[str, float]) -> list[list[Saying]]:
    """Each saying in the group that it is most like; a group that too few are left in dissolves."""
    cores = [core_of(group, weight) for group in groups]
    settled: list[list[Saying]] = [[] for _core in cores]
    everybody = sorted([*left, *(saying for group in groups for saying in group)], key=lambda saying: saying.key)
    for saying in everybody:
        best = max(range(len(cores)), key=lambda place: (alike(saying, cores[place], weight), -place), default=None)
        if best is not None and alike(saying, cores[best], weight) >= GROWS:
            settled[best].append(saying)
    return [group for group in settled if people(group) >= LEAST_PEOPLE]


def people(said: Iterable[Saying]) -> int:
    """How many people said this, each once."""
    return len({saying.person for saying in said})
