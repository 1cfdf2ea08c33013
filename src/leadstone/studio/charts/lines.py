"""Lines over time: a trend, or a curve that climbs in steps. Each line is named where it ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leadstone.studio.charts.scale import percent, spread, ticks

HEIGHT = 240
TOP, BOTTOM = 14, 28
SHORT_NAME = 16  # letters
LEAST_APART = 15  # pixels between the names of two lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`points`: (across, up), the leftmost first. `bands`: of each point the low and high end. `firm_until`: across up to where
    enough cases stand behind it; None: everywhere. `part`: "one", "two" … names its colour."""

    name: str
    points: Sequence[tuple[float, float]]
    bands: Sequence[tuple[float, float]] = ()
    firm_until: float | None = None
    part: str = "one"


@dataclass(frozen=True, slots=True)
class Drawn:
    part: str
    name: str
    firm: str  # path in a box of 100 by 100
    unsure: str
    band: str
    end_x: str  # percent
    end_y: int  # pixels


@dataclass(frozen=True, slots=True)
class Mark:
    words: str
    at: str  # percent across, or pixels down
    side: str = ""  # "first" or "last": at an end of the axis


@dataclass(frozen=True, slots=True)
class Chart:
    lines: Sequence[Drawn]
    across: Sequence[Mark]
    up: Sequence[Mark]
    told: str
    height: int = HEIGHT
    top: int = TOP
    inner: int = HEIGHT - TOP - BOTTOM
    ground: int = HEIGHT - BOTTOM
    label_y: int = HEIGHT - 8

    @property
    def brief(self) -> bool:
        """Are all names short? Then the plot has their room."""
        return all(len(line.name) <= SHORT_NAME for line in self.lines)


def line_chart(
    lines: Sequence[Line],
    *,
    labels: Sequence[tuple[float, str]],
    tell: Callable[[float], str],
    told: str,
    stepped: bool = False,
    highest: float | None = None,
    whole: bool = False,
) -> Chart:
    """`labels`: places across and their words, in order; the outermost are the ends of the axis. `tell` writes a value of the
    axis that goes up. `told`: the same picture in words."""
    most = max([y for line in lines for _, y in line.points] + [high for line in lines for _, high in line.bands], default=0.0)
    up = ticks(highest if highest is not None else most, whole=whole)
    left, right = (labels[0][0], labels[-1][0]) if labels else (0.0, 1.0)
    box = _Box(left=left, width=(right - left) or 1.0, top=up[-1])
    drawn = [_drawn(line, box, stepped=stepped) for line in lines if line.points]
    written = spread(len(labels), at_most=7)
    return Chart(
        lines=_apart(drawn),
        across=[Mark(labels[at][1], percent(labels[at][0] - left, box.width), _side(at, len(labels))) for at in written],
        up=[Mark(tell(value), str(_pixels(value, up[-1]))) for value in up],
        told=told,
    )


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    width: float
    top: float

    def x(self, across: float) -> float:
        return round(100 * (across - self.left) / self.width, 3)

    def y(self, up: float) -> float:
        return round(100 - 100 * up / self.top, 3)


def _side(place: int, labels: int) -> str:
    return "first" if place == 0 else "last" if place == labels - 1 else ""


def _pixels(up: float, top: float) -> int:
    return TOP + round((HEIGHT - TOP - BOTTOM) * (1 - up / top))


def _drawn(line: Line, box: _Box, *, stepped: bool) -> Drawn:
    points = [(box.x(across), box.y(up)) for across, up in line.points]
    limit = None if line.firm_until is None else box.x(line.firm_until)
    firm = [point for point in points if limit is None or point[0] <= limit]
    unsure = points[max(0, len(firm) - 1) :] if len(firm) < len(points) else []
    last_across, last_up = line.points[-1]
    return Drawn(
        part=line.part,
        name=line.name,
        firm=_path(firm, stepped=stepped),
        unsure=_path(unsure, stepped=stepped),
        band=_band(line, box, stepped=stepped),
        end_x=percent(last_across - box.left, box.width),
        end_y=_pixels(last_up, box.top),
    )


def _path(points: Sequence[tuple[float, float]], *, stepped: bool) -> str:
    if not points:
        return ""
    first, *rest = points
    between = "".join(f"H{x}V{y}" if stepped else f"L{x} {y}" for x, y in rest)
    return f"M{first[0]} {first[1]}{between}"


def _band(line: Line, box: _Box, *, stepped: bool) -> str:
    if not line.bands:
        return ""
    across = [box.x(x) for x, _ in line.points]
    high = [(x, box.y(top)) for x, (_, top) in zip(across, line.bands, strict=True)]
    low = [(x, box.y(bottom)) for x, (bottom, _) in zip(across, line.bands, strict=True)]
    back = "".join(
        (f"V{y}H{x}" if stepped else f"L{x} {y}")
        for x, y in ([(x, low[place - 1][1] if stepped and place else y) for place, (x, y) in enumerate(low)])[::-1]
    )
    return f"{_path(high, stepped=stepped)}{back}Z"


def _apart(lines: Sequence[Drawn]) -> list[Drawn]:
    """The same lines with their names moved apart where they would lie on each other."""
    placed: list[Drawn] = []
    for line in sorted(lines, key=lambda each: each.end_y):
        lowest = placed[-1].end_y + LEAST_APART if placed else 0
        y = max(line.end_y, lowest)
        placed.append(Drawn(line.part, line.name, line.firm, line.unsure, line.band, line.end_x, y))
    return placed
