"""Every way through some questions, tried: what share of them ends where, and which questions change nothing."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from leadstone.domains.magnets.questionnaire import CHOICES, Question, QuestionType, kept_as, place_after, points_for

MOST_WAYS = 5_000  # beyond it a sample speaks for all
SAMPLE = 4_000
SEED = 20_260_301
MOST_STATES = 20_000

Judge = Callable[[Mapping[str, str]], str]
Answers = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What came of trying. Each way counts as one, however likely people are to take it."""

    ways: int  # how many there are
    tried: int
    ends: Mapping[str, int]  # outcome → ways that end there, among those tried
    without_effect: tuple[str, ...]  # keys of questions whose answer never changes the outcome

    @property
    def exact(self) -> bool:
        return self.tried == self.ways

    def share(self, outcome: str) -> float:
        return self.ends.get(outcome, 0) / self.tried if self.tried else 0.0


def simulate(questions: Sequence[Question], judge: Judge) -> Simulation:
    """Try every way, or a sample of them that is drawn alike each time when there are more than `MOST_WAYS`."""
    left = ways_left(questions)
    exact = left[0] <= MOST_WAYS
    tried = list(every_way(questions)) if exact else list(_sampled(questions, left))
    ends = [judge(answers) for answers in tried]
    idle = _idle_by_trial(questions, tried, ends) if exact else tuple(q.key for q in questions if not _could_matter(questions, q))
    return Simulation(ways=left[0], tried=len(tried), ends=Counter(ends), without_effect=idle)


def possible_answers(question: Question) -> list[str]:
    """Every answer that may make a difference; words and numbers stand for all others of their kind."""
    if question.type is QuestionType.SINGLE:
        answers = [option.key for option in question.options]
    elif question.type is QuestionType.MULTIPLE:
        keys = [option.key for option in question.options]
        answers = [" ".join(chosen) for count in range(1, len(keys) + 1) for chosen in combinations(keys, count)]
    elif question.type is QuestionType.SCALE:
        answers = [str(step) for step in range(question.least, question.most + 1)]
    else:
        return ["1"]
    return answers if question.needed else ["", *answers]


def ways_left(questions: Sequence[Question]) -> list[int]:
    """Place → how many ways lead on from there."""
    left = [1] * (len(questions) + 1)
    for place in reversed(range(len(questions))):
        left[place] = sum(left[place_after(questions, place, answer)] for answer in possible_answers(questions[place]))
    return left


def every_way(questions: Sequence[Question], place: int = 0) -> Iterator[Answers]:
    """The answers of every way, one after the other."""
    if place >= len(questions):
        yield {}
        return
    question = questions[place]
    for answer in possible_answers(question):
        for rest in every_way(questions, place_after(questions, place, answer)):
            yield kept_as(question, answer) | rest


def reachable_points(questions: Sequence[Question], categories: Sequence[str]) -> set[tuple[int, ...]] | None:
    """Every combination of points that some way ends with; None when there are too many to look at."""
    nothing = (0,) * len(categories)
    at: list[set[tuple[int, ...]]] = [{nothing}, *(set() for _ in questions)]
    for place, question in enumerate(questions):
        gains = {
            (
                tuple(points_for(question, answer).get(category, 0) for category in categories),
                place_after(questions, place, answer),
            )
            for answer in possible_answers(question)
        }
        if len(at[place]) * len(gains) > MOST_STATES * 10:
            return None
        for gain, after in gains:
            at[after].update(tuple(map(sum, zip(points, gain, strict=True))) for points in at[place])
        if any(len(states) > MOST_STATES for states in at):
            return None
    return at[-1]


def reachable_questions(questions: Sequence[Question]) -> set[str]:
    """Keys of the questions that some way passes."""
    at = {0}
    for place, question in enumerate(questions):
        if place in at:
            at.update(place_after(questions, place, answer) for answer in possible_answers(question) or [""])
    return {question.key for place, question in enumerate(questions) if place in at}


def _sampled(questions: Sequence[Question], left: Sequence[int]) -> Iterator[Answers]:
    """Ways drawn so that each is as likely as any other, the same ones every time."""
    chance = random.Random(SEED)  # noqa: S311 – drawn alike each time, and for nothing secret
    for _ in range(SAMPLE):
        place = 0
        answers: Answers = {}
        while place < len(questions):
            possible = possible_answers(questions[place])
            number = chance.randrange(left[place])
            for answer in possible:
                number -= left[place_after(questions, place, answer)]
                if number < 0:
                    break
            answers |= kept_as(questions[place], answer)
            place = place_after(questions, place, answer)
        yield answers


def _idle_by_trial(questions: Sequence[Question], tried: Sequence[Answers], ends: Sequence[str]) -> tuple[str, ...]:
    idle = []
    for question in questions:
        if not _may_speak(question) or _branches(questions, question):
            continue
        seen: dict[frozenset[tuple[str, str]], str] = {}
        for answers, end in zip(tried, ends, strict=True):
            others = frozenset(item for item in answers.items() if item[0] not in {question.name, question.tick})
            if seen.setdefault(others, end) != end:
                break
        else:
            idle.append(question.key)
    return tuple(idle)


def _could_matter(questions: Sequence[Question], question: Question) -> bool:
    if not _may_speak(question) or _branches(questions, question):
        return True
    return len({tuple(sorted(points_for(question, answer).items())) for answer in possible_answers(question)}) > 1


def _may_speak(question: Question) -> bool:
    """Words and numbers are there to be read; nobody expects them to decide."""
    return question.type in CHOICES or question.type is QuestionType.SCALE


def _branches(questions: Sequence[Question], question: Question) -> bool:
    place = questions.index(question)
    return len({place_after(questions, place, answer) for answer in possible_answers(question)}) > 1
