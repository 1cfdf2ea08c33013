"""What people chose who stop half way: held in memory while they may still go on, journaled when they have stopped.

Only of a quiz that says beside its start and on every step that it does so. A run is named by a random number that travels in
its own form, signed with its pace; nothing here knows whose it is, and a form that is sent takes its run away.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import NamedTuple

from leadstone.wire.records import StoppedRun

STOPPED_MS = 30 * 60_000  # whoever has not gone on by then has stopped
MOST_RUNS = 20_000  # about ten megabytes; beyond it the oldest are forgotten


class _Going(NamedTuple):
    version_id: int
    answers: Mapping[str, str]
    at: int


class Told(NamedTuple):
    """What is to be journaled: runs that stopped, and runs that are none any more."""

    stopped: tuple[StoppedRun, ...] = ()
    finished: tuple[str, ...] = ()


class Runs:
    """The runs that are under way. A number of 0 is no run: its quiz keeps nothing."""

    def __init__(self) -> None:
        self._going: OrderedDict[int, _Going] = OrderedDict()
        self._sent: OrderedDict[int, None] = OrderedDict()  # so that going back after the form begins nothing anew
        self._finished: list[str] = []

    def note(self, run: int, *, version_id: int, answers: Mapping[str, str], now: int) -> None:
        """So much was chosen by now; nothing at all is no run."""
        if not run or run in self._sent:
            return
        self._going.pop(run, None)
        if answers:
            self._going[run] = _Going(version_id, answers, now)
        while len(self._going) > MOST_RUNS:
            self._going.popitem(last=False)

    def sent(self, run: int) -> None:
        """Its form was sent: what was chosen is with the form, and here it is forgotten."""
        if not run or run in self._sent:
            return
        self._going.pop(run, None)
        self._sent[run] = None
        while len(self._sent) > MOST_RUNS:
            self._sent.popitem(last=False)
        # It may have been told as stopped before, by this process or by the one before it.
        self._finished.append(_name(run))

    def take(self, *, now: int, all_of_them: bool = False) -> Told:
        """What has stopped by now; with `all_of_them` also who may still go on, for whoever goes on is told again."""
        stopped = []
        while self._going:
            run, going = next(iter(self._going.items()))
            if not all_of_them and now - going.at < STOPPED_MS:
                break
            del self._going[run]
            stopped.append(StoppedRun(run=_name(run), version_id=going.version_id, answers=dict(going.answers)))
        finished, self._finished = tuple(self._finished), []
        return Told(tuple(stopped), finished)

    def put_back(self, told: Told) -> None:
        """What `take` gave could not be journaled: it is told at the next round."""
        for each in told.stopped:
            run = int(each.run, 16)
            if run not in self._going and run not in self._sent:
                self._going[run] = _Going(each.version_id, each.answers, -STOPPED_MS)
                self._going.move_to_end(run, last=False)
        self._finished = [*told.finished, *self._finished]


def _name(run: int) -> str:
    return f"{run:016x}"
