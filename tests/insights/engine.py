"""The reading process as a function, for tests that ask much and would start it too often."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from leadstone.domains.insights.lake_child import MEASURES
from leadstone.domains.insights.rules.facts import COLUMNS, Fact, line_of
from leadstone.domains.insights.services import Lake
from leadstone.infra.lake.asking import Engine
from leadstone.infra.lake.child import carry_out
from leadstone.infra.lake.folder import LakeFolder
from leadstone.infra.lake.orders import Answered, Ask, Merge, Order, Question, Write, Written, decode_order, encode

_Answer = TypeVar("_Answer", Written, Answered)


class HereEngine(Engine):
    """Carries its orders out in this process, as they arrive after the pipe."""

    def _send(self, do: Write | Merge | Ask, answer: type[_Answer]) -> _Answer:
        order = Order(folder=str(self.folder), do=do, memory_mb=256, threads=1)
        told = carry_out(decode_order(encode(order)), MEASURES)
        return msgspec.json.decode(encode(told), type=answer)


def engine_at(folder: Path) -> HereEngine:
    return HereEngine(folder=folder, module="")


def quick_lake(folder: Path) -> Lake:
    return Lake(LakeFolder(folder), engine_at(folder))


def make_file(folder: Path, name: str, facts: Iterable[Fact]) -> str:
    """A Parquet file of these facts; returns its path."""
    lines = folder / f"{name}.csv"
    lines.write_text("\n".join(map(line_of, facts)))
    target = str(folder / f"{name}.parquet")
    engine_at(folder).write(Write(lines=str(lines), target=target, columns=COLUMNS))
    return target


def answer(folder: Path, files: Iterable[str], measure: str, *, fresh: Iterable[str] = (), **arguments: Any) -> list[list[Any]]:
    """The rows of one measure, in their own order; days as text."""
    question = Question(measure=measure, arguments=arguments)
    return engine_at(folder).ask(Ask(files=tuple(files), fresh=tuple(fresh), questions=(question,))).answers[0]
