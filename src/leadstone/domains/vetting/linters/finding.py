"""How a rule is written and what it finds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Typewriter and typographic marks are the same to a reader; each is one character, so places stay what they were.
_ALIKE = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "}
)
LONGEST_TEXT = 20_000  # characters; what follows is not looked at
# Before a number only after a longer word, because "ca. 20" and "godz. 10" end nothing.
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])[\"')\]]?\s+(?=[\"'(\[]?[^\W\d_a-zżźćńółśąę])|(?<=\w{5}[.!?])\s+(?=\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Words that a rule objects to: `text[start:end]`. `why` is English, a gettext msgid."""

    rule: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing to look for. `unless`: where this is found anywhere in the text, the rule has nothing to say."""

    name: str
    why: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A habit of teasing texts that alone says nothing: `weight` points towards a finding, or away from it when negative."""

    weight: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A finding made of cues: enough of them together in one sentence are a shape. `unless` withdraws it."""

    name: str
    why: str
    cues: Sequence[Cue]
    enough: int
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """Everything that is looked for in one language."""

    rules: Sequence[Rule]
    shapes: Sequence[Shape] = ()


def words(*alternatives: str) -> re.Pattern[str]:
    """A pattern of whole words or phrases, whatever their capitals; each alternative is a regular expression."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


def shape_of(expression: str) -> re.Pattern[str]:
    """A pattern that brings its own edges, whatever its capitals."""
    return re.compile(expression, re.IGNORECASE)


def findings(text: str, rules: RuleSet) -> list[Finding]:
    """Every finding of these rules in the first `LONGEST_TEXT` characters, in reading order."""
    plain = text[:LONGEST_TEXT].translate(_ALIKE)
    found = [*_of_rules(plain, rules.rules), *_of_shapes(plain, rules.shapes)]
    return sorted(found, key=lambda one: (one.start, one.end, one.rule))


def _of_rules(text: str, rules: Sequence[Rule]) -> Iterator[Finding]:
    for rule in rules:
        hits = [hit for hit in rule.pattern.finditer(text) if hit.end() > hit.start()]
        if hits and not (rule.unless and rule.unless.search(text)):
            yield from (Finding(rule=rule.name, start=hit.start(), end=hit.end(), why=rule.why) for hit in hits)


def _of_shapes(text: str, shapes: Sequence[Shape]) -> Iterator[Finding]:
    if not shapes:
        return
    for begins, sentence in _sentences(text):
        for shape in shapes:
            place = _place_of(shape, sentence)
            if place:
                yield Finding(rule=shape.name, start=begins + place[0], end=begins + place[1], why=shape.why)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence and where it begins: habits that lie sentences apart are no shape."""
    begins = 0
    for gap in _BETWEEN_SENTENCES.finditer(text):
        yield begins, text[begins : gap.start()]
        begins = gap.end()
    yield begins, text[begins:]


def _place_of(shape: Shape, sentence: str) -> tuple[int, int] | None:
    """From the first to the last cue that points towards the finding, or None where they are not enough."""
    points, places = 0, []
    for cue in shape.cues:
        hit = cue.pattern.search(sentence)
        if hit:
            points += cue.weight
            if cue.weight > 0:
                places.append(hit.span())
    if points < shape.enough or (shape.unless and shape.unless.search(sentence)):
        return None
    return min(place[0] for place in places), max(place[1] for place in places)
