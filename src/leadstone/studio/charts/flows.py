"""A source map: ribbons from where people came to what they took, as wide as what they brought."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 100
_HALF = WIDTH // 2
GAP = 10  # pixels between two bars
LEAST = 3  # what is there must be seen, however small it is
ROOM_FOR_A_NAME = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    source: str
    target: str
    number: float


@dataclass(frozen=True, slots=True)
class Bar:
    name: str
    number: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2, 1)

    @property
    def name_y(self) -> float:
        """Where the line with its name begins, so that it stands beside the middle of the bar."""
        return round(self.middle - ROOM_FOR_A_NAME / 2, 1)


@dataclass(frozen=True, slots=True)
class Ribbon:
    path: str  # in a box of 100 by the height of the map
    source: str
    target: str
    number: float


@dataclass(frozen=True, slots=True)
class Map:
    sources: Sequence[Bar]
    targets: Sequence[Bar]
    ribbons: Sequence[Ribbon]
    height: int
    told: str


def flow_map(flows: Sequence[Flow], *, told: str, scale: float = 220.0) -> Map:
    """The largest first on both sides. `scale`: how many pixels all of it is high, without gaps."""
    there = [flow for flow in flows if flow.number > 0]
    total = sum(flow.number for flow in there) or 1.0
    per_one = scale / total
    sources = _bars([(flow.source, flow.number) for flow in there], per_one)
    targets = _bars([(flow.target, flow.number) for flow in there], per_one)
    height = max([bar.y + bar.height for bar in (*sources, *targets)], default=0.0)
    return Map(sources, targets, _ribbons(there, sources, targets, per_one), round(height) + GAP, told)


def _bars(parts: Sequence[tuple[str, float]], per_one: float) -> list[Bar]:
    sums: dict[str, float] = {}
    for name, number in parts:
        sums[name] = sums.get(name, 0.0) + number
    bars, y = [], 0.0
    for name, number in sorted(sums.items(), key=lambda each: (-each[1], each[0])):
        height = max(LEAST, number * per_one)
        # A thin bar still has a name beside it.
        y += max(0.0, (ROOM_FOR_A_NAME - height) / 2)
        bars.append(Bar(name, number, round(y, 1), round(height, 1)))
        y += height + max(GAP, (ROOM_FOR_A_NAME - height) / 2)
    return bars


def _ribbons(flows: Sequence[Flow], sources: Sequence[Bar], targets: Sequence[Bar], per_one: float) -> list[Ribbon]:
    left, right = {bar.name: bar.y for bar in sources}, {bar.name: bar.y for bar in targets}
    order = {bar.name: place for place, bar in enumerate(sources)} | {f"→{bar.name}": place for place, bar in enumerate(targets)}
    found = []
    for flow in sorted(flows, key=lambda each: (order[each.source], order[f"→{each.target}"])):
        wide = max(1.0, flow.number * per_one)
        a, b = left[flow.source], right[flow.target]
        left[flow.source], right[flow.target] = a + wide, b + wide
        there = f"M0 {a:.1f}C{_HALF} {a:.1f} {_HALF} {b:.1f} {WIDTH} {b:.1f}"
        a, b = a + wide, b + wide
        path = f"{there}V{b:.1f}C{_HALF} {b:.1f} {_HALF} {a:.1f} 0 {a:.1f}Z"
        found.append(Ribbon(path, flow.source, flow.target, flow.number))
    return found
