"""How often each tracked link was followed, by people and by machines; counted in memory, journaled as totals."""

from collections.abc import Iterable

from leadstone.wire.records import LinkCount


class Followed:
    """Totals since the last `take`. Only links that are published are counted, so they are never more than those."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], list[int]] = {}

    def add(self, code: str, way: str, *, machine: bool) -> None:
        self._counts.setdefault((code, way), [0, 0])[machine] += 1

    def take(self) -> tuple[LinkCount, ...]:
        taken, self._counts = self._counts, {}
        return tuple(
            LinkCount(code=code, way=way, people=people, machines=machines) for (code, way), (people, machines) in taken.items()
        )

    def put_back(self, counts: Iterable[LinkCount]) -> None:
        """What `take` gave could not be journaled: it counts again."""
        for count in counts:
            pair = self._counts.setdefault((count.code, count.way), [0, 0])
            pair[0] += count.people
            pair[1] += count.machines
