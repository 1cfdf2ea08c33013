"""The editor of a quiz: its questions, answers, points, ways and outcomes as rows that a person fills in, and back.

A row whose words are emptied is no row. Keys stay what they were, so that answers that were given keep their meaning.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.magnets.kinds.quiz import (
    MOST_OUTCOMES,
    Category,
    QuizOutcome,
    QuizSettings,
    Retake,
    Scoring,
    judged,
    points_of,
)
from leadstone.domains.magnets.questionnaire import END, MOST_OPTIONS, MOST_QUESTIONS, Option, Question, QuestionType
from leadstone.domains.magnets.simulation import simulate
from leadstone.studio.shell.forms import StudioForm
from leadstone.wire.definition import MagnetDefinition

MOST_CATEGORIES = 8
MOST_POINTS = 1000

TYPES = (
    (QuestionType.SINGLE.value, _("one answer")),
    (QuestionType.MULTIPLE.value, _("several answers")),
    (QuestionType.SCALE.value, _("a scale")),
    (QuestionType.NUMBER.value, _("a number")),
    (QuestionType.TEXT.value, _("words of their own")),
)


def _line(label: Any, *, most: int = 300) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False)


def _number(label: Any, *, least: int = -MOST_POINTS, most: int = MOST_POINTS) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most)


class RulesForm(StudioForm):
    """How answers become an outcome."""

    scoring = forms.ChoiceField(
        label=_("How the outcome is found"),
        required=False,
        choices=[
            (Scoring.TIERS.value, _("by the sum of the points")),
            (Scoring.TYPES.value, _("by the type with the most points")),
        ],
    )
    retake = forms.ChoiceField(
        label=_("Whoever takes it again"),
        required=False,
        choices=[(Retake.NEWEST.value, _("gets the new result")), (Retake.FIRST.value, _("keeps the first result"))],
    )


class RowForm(StudioForm):
    """A row that knows its key."""

    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


T = TypeVar("T", bound=RowForm)


class CategoryForm(RowForm):
    name = _line(_("Type, or what points are given for"), most=80)


class QuestionForm(RowForm):
    text = _line(_("Question"))
    type = forms.ChoiceField(label=_("Answered by"), required=False, choices=TYPES)
    required = forms.ChoiceField(
        label=pgettext_lazy("a question", "Needed"),
        required=False,
        choices=[("yes", pgettext_lazy("a question", "must be answered")), ("", _("may be left out"))],
    )
    note = _line(_("A note beneath it"))
    least = _number(_("Scale from"))
    most = _number(_("Scale to"))
    least_words = _line(_("Words at its low end"), most=80)
    most_words = _line(_("Words at its high end"), most=80)


class OptionForm(RowForm):
    text = _line(_("Answer"), most=200)
    then = forms.ChoiceField(label=_("Goes on to"), required=False)


class OutcomeForm(RowForm):
    title = _line(_("Outcome"), most=200)
    text = forms.CharField(label=_("What it means"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    advice = forms.CharField(label=_("What to do now"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    at_least = _number(_("From how many points"))
    category = forms.ChoiceField(label=_("For which type"), required=False)
    offers = forms.BooleanField(label=_("It says that they need what we sell"), required=False)


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question with its answers, as they stand in the form."""

    number: int
    form: QuestionForm
    options: Sequence[OptionForm]

    @property
    def slot(self) -> str:
        return f"question-{self.number}"

    @property
    def chooses(self) -> bool:
        return self.form["type"].value() in {None, QuestionType.SINGLE.value, QuestionType.MULTIPLE.value}

    @property
    def branches(self) -> bool:
        return self.form["type"].value() in {None, QuestionType.SINGLE.value}


class QuizForms:
    """The settings of a quiz over one draft. With `data` it reads what was typed."""

    template = "magnets/_quiz.html"
    aside = "magnets/_tried.html"
    groups = frozenset({"questions", "outcomes"})

    def __init__(self, settings: Mapping[str, Any], *, data: Mapping[str, Any] | None = None, blank: bool = True) -> None:
        self._data, self._blank = data, blank and data is None
        before = msgspec.convert(settings, QuizSettings)
        self.rules = RulesForm(data, prefix="quiz", initial={"scoring": before.scoring.value, "retake": before.retake.value})
        self.categories = self._rows(CategoryForm, "category", before.categories, most=MOST_CATEGORIES)
        self._names = [(each.key, each.name) for each in before.categories]
        self._later = [(each.key, f"{number}. {each.text}") for number, each in enumerate(before.questions, start=1)]
        self.questions = [
            QuestionRow(number, form, self._options(number, each))
            for number, (form, each) in enumerate(self._question_rows(before.questions))
        ]
        self.outcomes = self._rows(OutcomeForm, "outcome", before.outcomes, most=MOST_OUTCOMES)
        for outcome in self.outcomes:
            outcome.fields["category"].choices = [("", "–"), *self._names]  # type: ignore[attr-defined]
        for form in self.all():
            form.is_valid()

    def all(self) -> list[StudioForm]:
        asked = [form for row in self.questions for form in (row.form, *row.options)]
        return [self.rules, *self.categories, *asked, *self.outcomes]

    def settings(self) -> dict[str, Any]:
        """What the rows say, as a definition keeps it."""
        made = QuizSettings(
            questions=tuple(question for _row, question in self._questions()),
            categories=tuple(
                Category(key=key, name=_said(form)["name"]) for _n, key, form in _filled(self.categories, "name", "c")
            ),
            outcomes=tuple(outcome for _row, outcome in self._outcomes()),
            scoring=Scoring(_said(self.rules).get("scoring") or Scoring.TIERS),
            retake=Retake(_said(self.rules).get("retake") or Retake.NEWEST),
        )
        found: dict[str, Any] = msgspec.to_builtins(made)
        return found

    def slot(self, where: str) -> str:
        """The place in the form that a gap's place means."""
        group, _dot, number = where.partition(".")
        if not number:
            return where
        rows = [row for row, _each in (self._questions() if group == "questions" else self._outcomes())]
        return f"{group.removesuffix('s')}-{rows[int(number.partition('.')[0])]}"

    def slots(self) -> list[str]:
        return [
            "questions",
            "outcomes",
            *(row.slot for row in self.questions),
            *(f"outcome-{number}" for number in range(len(self.outcomes))),
        ]

    def tried(self, settings: Mapping[str, Any]) -> "Tried | None":
        return tried(settings)

    def _questions(self) -> list[tuple[int, Question]]:
        found = []
        for place, key, form in _filled([row.form for row in self.questions], "text", "q", also=self._has_answers):
            said = _said(form)
            kind = QuestionType(said.get("type") or QuestionType.SINGLE)
            chooses = kind in {QuestionType.SINGLE, QuestionType.MULTIPLE}
            question = Question(
                key=key,
                text=said.get("text", ""),
                type=kind,
                note=said.get("note", ""),
                required=bool(said.get("required")),
                options=self._chosen(place, branches=kind is QuestionType.SINGLE) if chooses else (),
                least=1 if said.get("least") is None else said["least"],
                most=5 if said.get("most") is None else said["most"],
                least_words=said.get("least_words", ""),
                most_words=said.get("most_words", ""),
                points=_points(form) if kind is QuestionType.SCALE else {},
            )
            found.append((place, question))
        return found

    def _has_answers(self, place: int) -> bool:
        return any(_said(option).get("text") for option in self.questions[place].options)

    def _chosen(self, place: int, *, branches: bool) -> tuple[Option, ...]:
        return tuple(
            Option(
                key=key,
                text=_said(form)["text"],
                points=_points(form),
                then=_said(form).get("then", "") if branches else "",
            )
            for _n, key, form in _filled(self.questions[place].options, "text", "o")
        )

    def _outcomes(self) -> list[tuple[int, QuizOutcome]]:
        return [
            (
                place,
                QuizOutcome(
                    key=key,
                    title=_said(form).get("title", ""),
                    text=_said(form).get("text", ""),
                    advice=_said(form).get("advice", ""),
                    at_least=_said(form).get("at_least") or 0,
                    category=_said(form).get("category", ""),
                    offers=bool(_said(form).get("offers")),
                ),
            )
            for place, key, form in _filled(self.outcomes, "title", "r")
        ]

    def _question_rows(self, before: Sequence[Question]) -> list[tuple[QuestionForm, Question | None]]:
        count = self._posted("question", "text", MOST_QUESTIONS) if self._data is not None else len(before)
        rows = []
        for number in range(min(count + (self._blank and not before), MOST_QUESTIONS)):
            each = before[number] if number < len(before) else None
            given = (
                {**msgspec.structs.asdict(each), "type": each.type.value, "required": "yes" if each.required else ""}
                if each
                else {"required": "yes"}
            )
            form = QuestionForm(self._data, prefix=f"question-{number}", initial=given)
            self._with_points(form, each.points if each else {})
            rows.append((form, each))
        return rows

    def _options(self, number: int, question: Question | None) -> list[OptionForm]:
        options = question.options if question else ()
        found = self._rows(OptionForm, f"question-{number}-option", options, most=MOST_OPTIONS, blanks=1 if options else 2)
        for place, form in enumerate(found):
            form.fields["then"].choices = [  # type: ignore[attr-defined]
                ("", _("the next question")),
                *self._later[number + 1 :],
                (END, _("the end")),
            ]
            self._with_points(form, options[place].points if place < len(options) else {})
        return found

    def _with_points(self, form: StudioForm, points: Mapping[str, int]) -> None:
        for key, name in self._names:
            form.fields[f"points-{key}"] = _number(name)
            form.initial[f"points-{key}"] = points.get(key)

    def _rows(self, shape: type[T], prefix: str, before: Sequence[Any], *, most: int, blanks: int = 1) -> list[T]:
        first = next(name for name in ("name", "title", "text") if name in shape.base_fields)
        count = self._posted(prefix, first, most) if self._data is not None else len(before) + blanks * self._blank
        given = [msgspec.structs.asdict(each) for each in before]
        return [
            shape(self._data, prefix=f"{prefix}-{n}", initial=given[n] if n < len(given) else {}) for n in range(min(count, most))
        ]

    def _posted(self, prefix: str, name: str, most: int) -> int:
        return sum(f"{prefix}-{n}-{name}" in (self._data or {}) for n in range(most))


def _said(form: StudioForm) -> dict[str, Any]:
    """What was typed and is readable, else what stood there before."""
    return {**form.initial, **(form.cleaned_data if form.is_bound else {})}


def _filled(rows: Iterable[T], name: str, letter: str, also: Any = None) -> list[tuple[int, str, T]]:
    """Place, key and form of each row that says something; a new row gets the first key that is free."""
    found: list[tuple[int, str, T]] = []
    told = [_said(form).get("key", "") for form in rows] if isinstance(rows, list) else []
    taken = {key for key in told if key}
    for place, form in enumerate(rows):
        if not _said(form).get(name) and not (also and also(place)):
            continue
        key = _said(form).get("key") or next(k for n in range(1, 200) if (k := f"{letter}{n}") not in taken)
        taken.add(key)
        found.append((place, key, form))
    return found


def _points(form: StudioForm) -> dict[str, int]:
    prefix = "points-"
    return {name.removeprefix(prefix): value for name, value in _said(form).items() if name.startswith(prefix) and value}


@dataclass(frozen=True, slots=True)
class Tried:
    """What the simulator says of a draft."""

    ways: int
    tried: int
    exact: bool
    shares: Sequence[tuple[str, int, float]]  # title of an outcome, ways, share
    without_effect: Sequence[str]  # questions
    always_offers: bool


def tried(settings: Mapping[str, Any]) -> Tried | None:
    """Every way through the draft; None while there is nothing to try."""
    quiz = msgspec.convert(settings, QuizSettings)
    if not quiz.questions or not quiz.outcomes:
        return None

    def judge(answers: Mapping[str, str]) -> str:
        outcome = judged(quiz, points_of(quiz, answers))
        return outcome.key if outcome else ""

    found = simulate(quiz.questions, judge)
    offering = {outcome.key for outcome in quiz.outcomes if outcome.offers}
    return Tried(
        ways=found.ways,
        tried=found.tried,
        exact=found.exact,
        shares=[(each.title, found.ends.get(each.key, 0), found.share(each.key)) for each in quiz.outcomes],
        without_effect=[question.text for question in quiz.questions if question.key in found.without_effect],
        always_offers=bool(found.ends) and set(found.ends) <= offering,
    )


def with_a_blank_question(draft: MagnetDefinition) -> MagnetDefinition:
    """The draft with one more question to fill in, shown and not kept."""
    quiz = msgspec.convert(draft.settings, QuizSettings)
    taken = {question.key for question in quiz.questions}
    key = next(name for n in range(1, 200) if (name := f"q{n}") not in taken)
    more = msgspec.structs.replace(quiz, questions=(*quiz.questions, Question(key=key, text="")))
    return msgspec.structs.replace(draft, settings=msgspec.to_builtins(more))
