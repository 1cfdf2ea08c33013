"""The reading process: one order on standard input, one answer on standard output, then it is gone.

Which measures there are is the business of whoever starts it: `serve` is called by a module that knows them.
"""

import resource
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from leadstone.infra.lake.engine import keep, lines_in, open_engine, rows_in
from leadstone.infra.lake.orders import Answered, Ask, Merge, Order, Write, Written, decode_order, encode

CPU_SECONDS = 600

Frame = nw.LazyFrame[Any]
Rows = Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Measure:
    """`expression`: facts, fresh facts and arguments in, a frame out. `fold`: what is made of its rows where SQL cannot."""

    expression: Callable[[Frame, Frame, Mapping[str, Any]], Frame]
    fold: Callable[[Rows], Rows] | None = None


def serve(measures: Mapping[str, Measure]) -> None:
    """Answer the one order. An error goes to standard error and makes the exit code 1."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    order = decode_order(sys.stdin.buffer.read())
    sys.stdout.buffer.write(encode(carry_out(order, measures)))


def carry_out(order: Order, measures: Mapping[str, Measure]) -> Written | Answered:
    engine = open_engine(order.folder, memory_mb=order.memory_mb, threads=order.threads)
    match order.do:
        case Write(lines=lines, target=target, columns=columns, sorted_by=sorted_by):
            return Written(rows=keep(engine, lines_in(engine, lines, columns=columns), target=target, sorted_by=sorted_by))
        case Merge(sources=sources, target=target, sorted_by=sorted_by):
            return Written(rows=keep(engine, rows_in(engine, sources), target=target, sorted_by=sorted_by))
        case Ask(files=files, fresh=fresh, questions=questions):
            facts = nw.from_native(rows_in(engine, files))
            new = nw.from_native(rows_in(engine, fresh or files))
            answers, seconds = [], []
            for question in questions:
                started = time.perf_counter()
                answers.append(_answer(measures[question.measure], facts, new, question.arguments))
                seconds.append(round(time.perf_counter() - started, 4))
            return Answered(answers=tuple(answers), seconds=tuple(seconds))


def _answer(measure: Measure, facts: Frame, fresh: Frame, arguments: Mapping[str, Any]) -> list[list[Any]]:
    # Row by row, so that a fold never holds them all.
    rows: Rows = measure.expression(facts, fresh, arguments).to_native().iter_rows()
    return [list(row) for row in (rows if measure.fold is None else measure.fold(rows))]
