"""What those chose who stopped half way, where a version keeps it: each question with its answers and how many chose them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy, pgettext_lazy

from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.queries import VersionFacts
from leadstone.domains.magnets.questionnaire import Question, QuestionType
from leadstone.domains.magnets.stopped import keeps_stopped
from leadstone.domains.tracking.queries.stopped import chosen_by_stopped
from leadstone.domains.tracking.rules import LEAST_REACHED
from leadstone.studio.shell.exports import Columns


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenRow:
    """One answer of a question. `share`: of those who answered it before they stopped; of several answers, of all who stopped."""

    number: int
    question: str
    answer: str
    people: int
    share: float

    @property
    def width(self) -> str:
        return f"{100 * self.share:.2f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoppedShown:
    """What a version's page shows of them. While they are few, no rows: a handful of answers may be told apart."""

    runs: int
    rows: Sequence[ChosenRow] = ()
    least: int = LEAST_REACHED

    @property
    def questions(self) -> list[tuple[int, str, list[ChosenRow]]]:
        """Number and words of each question, with its answers."""
        found: dict[int, list[ChosenRow]] = {}
        for row in self.rows:
            found.setdefault(row.number, []).append(row)
        return [(number, rows[0].question, rows) for number, rows in found.items()]


def stopped_shown(version: VersionFacts, *, since: date) -> StoppedShown | None:
    """None for a version that keeps nothing of those who stop."""
    asking = KINDS[version.definition.kind].asking
    if asking is None or not keeps_stopped(version.definition):
        return None
    runs, chosen = chosen_by_stopped(version.version_id, since=since)
    if runs < LEAST_REACHED:
        return StoppedShown(runs=runs)
    questions = enumerate(asking.questions(version.definition), start=1)
    rows = [row for number, asked in questions if asked.key in chosen for row in _rows(number, asked, chosen[asked.key], runs)]
    return StoppedShown(runs=runs, rows=rows)


def _rows(number: int, question: Question, chosen: Counter[str], runs: int) -> Iterator[ChosenRow]:
    options = [(option.key, option.text) for option in question.options]
    if question.type is QuestionType.SCALE:
        options = [(str(step), str(step)) for step in range(question.least, question.most + 1)]
    # Of a question with several answers only the runs are known, and not how many of them answered it.
    answered = runs if question.type is QuestionType.MULTIPLE else chosen.total()
    for key, words in options:
        people = chosen[key]
        yield ChosenRow(number=number, question=question.text, answer=words, people=people, share=people / (answered or 1))


COLUMNS: Columns[ChosenRow] = (
    (pgettext_lazy("place of a question", "No."), lambda row: str(row.number)),
    (pgettext_lazy("of a quiz", "Question"), lambda row: row.question),
    (gettext_lazy("Answer"), lambda row: row.answer),
    (gettext_lazy("Chosen by how many who stopped"), lambda row: str(row.people)),
)
