"""What a page shows of one question: never points, never what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """One question on a page of its own. `error` is an `AnswerError`, "" when there is nothing to say."""

    key: str
    name: str  # of its field
    type: str  # "single", "multiple", "scale", "number", "text"
    text: str
    note: str
    required: bool
    options: tuple[tuple[str, str], ...]  # value and words; of a scale its steps
    least_words: str
    most_words: str
    number: int
    of_most: int  # how many there are at most, on any way from here
    chosen: str = ""
    error: str = ""
    unit: str = ""  # of an amount, as the next three
    lowest: str = ""
    highest: str = ""
    step: str = ""
    pictures: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # value → name under /s/, and what is on it

    consent: str = ""  # the words of an explicit consent without which no answer is taken; empty for most
    tick: str = ""  # what its box is called
    agreed: bool = False  # they ticked it themselves

    @property
    def chosen_keys(self) -> frozenset[str]:
        return frozenset(self.chosen.split())
