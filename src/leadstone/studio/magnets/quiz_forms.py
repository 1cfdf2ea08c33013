"""The editor of a quiz: its questions, answers, points, ways and outcomes as rows that a person fills in, and back.

How rows are read, kept and moved is in `rows.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
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
from leadstone.domains.magnets.questionnaire import CHOICES, END, MOST_OPTIONS, MOST_QUESTIONS, Option, Question, QuestionType
from leadstone.domains.magnets.simulation import simulate
from leadstone.domains.vetting.linters.sensitive import Sensitive
from leadstone.kernel.labels import read_labels
from leadstone.studio.magnets.rows import Data, PlacedForm, RowForm, filled, line, lines, move, rows, said, whole
from leadstone.studio.shell.forms import StudioForm
from leadstone.wire.definition import MagnetDefinition

MOST_CATEGORIES = 8
MOST_POINTS = 1000

_MAY_SAY = frozenset({QuestionType.SINGLE, QuestionType.TEXT})
_SAYS = (
    ("", "–"),
    ("company", pgettext_lazy("what an answer tells", "their company")),
    ("position", pgettext_lazy("what an answer tells", "their position")),
    ("name", pgettext_lazy("what an answer tells", "their name")),
)

# Kinds of data that may be asked for under an explicit consent; what speaks to children may not be asked at all.
_ABOUT = (
    ("", pgettext_lazy("what a question asks about", "nothing of this kind")),
    (Sensitive.HEALTH.value, pgettext_lazy("what a question asks about", "health")),
    (Sensitive.BELIEFS.value, pgettext_lazy("what a question asks about", "beliefs")),
    (Sensitive.POLITICS.value, pgettext_lazy("what a question asks about", "politics")),
    (Sensitive.UNION.value, pgettext_lazy("what a question asks about", "trade unions")),
    (Sensitive.SEX_LIFE.value, pgettext_lazy("what a question asks about", "sex life")),
)

TYPES = (
    (QuestionType.SINGLE.value, _("one answer")),
    (QuestionType.MULTIPLE.value, _("several answers")),
    (QuestionType.SCALE.value, _("a scale")),
    (QuestionType.NUMBER.value, _("a number")),
    (QuestionType.TEXT.value, _("words of their own")),
)


def _number(label: Any, *, least: int = -MOST_POINTS, most: int = MOST_POINTS) -> forms.IntegerField:
    return whole(label, least=least, most=most)


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
    keeps_stopped = forms.BooleanField(label=_("Keep the answers of people who stop half way"), required=False)
    keeps_why = line(_("Why you keep them, in a sentence for the visitor"), most=300)


T = TypeVar("T", bound=StudioForm)


class CategoryForm(RowForm):
    name = line(_("Type, or what points are given for"), most=80)


class QuestionForm(PlacedForm):
    text = line(_("Question"))
    type = forms.ChoiceField(label=_("Answered by"), required=False, choices=TYPES)
    required = forms.ChoiceField(
        label=pgettext_lazy("a question", "Needed"),
        required=False,
        choices=[("yes", pgettext_lazy("a question", "must be answered")), ("", _("may be left out"))],
    )
    note = line(_("A note beneath it"))
    says = forms.ChoiceField(label=_("It tells of the contact"), required=False, choices=_SAYS)
    need = forms.BooleanField(label=_("Words of their own are a need"), required=False)
    least = _number(_("Scale from"))
    most = _number(_("Scale to"))
    least_words = line(_("Words at its low end"), most=80)
    most_words = line(_("Words at its high end"), most=80)
    about = forms.ChoiceField(label=_("It asks about"), required=False, choices=_ABOUT)
    consent = lines(
        _("Explicit consent, in your own words"),
        most=600,
        note=_("“I agree that …”: which answer, and what for. It stands in a box beside the question, unticked."),
    )


class OptionForm(PlacedForm):
    text = line(_("Answer"), most=200)
    then = forms.ChoiceField(label=_("Goes on to"), required=False)
    need = forms.BooleanField(label=_("is a need"), required=False)
    wants = forms.BooleanField(label=_("wants to buy"), required=False)
    tags = line(_("Tags, with commas"), most=200)


class OutcomeForm(RowForm):
    title = line(_("Outcome"), most=200)
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
    def speaks(self) -> bool:
        return bool(self.form["type"].value() == QuestionType.TEXT.value)

    @property
    def protected(self) -> bool:
        """Whether it says already that it asks about something of a special kind."""
        return bool(self.form["about"].value() or self.form["consent"].value())

    @property
    def branches(self) -> bool:
        return self.form["type"].value() in {None, QuestionType.SINGLE.value}


class QuizForms:
    """The settings of a quiz over one draft. With `data` it reads what was typed."""

    template = "magnets/_quiz.html"
    aside = "magnets/_tried.html"
    groups = frozenset({"questions", "outcomes"})

    def __init__(self, settings: Mapping[str, Any], *, data: Data | None = None, blank: bool = True) -> None:
        self._data, self._blank = data, blank and data is None
        before = msgspec.convert(settings, QuizSettings)
        self._before = {question.key: question for question in before.questions}
        blanks = 1 if self._blank else 0
        self.rules = RulesForm(data, prefix="quiz", initial=_rules_given(before))
        self.categories = rows(
            CategoryForm, "category", before.categories, data=data, counted_by="name", most=MOST_CATEGORIES, blanks=blanks
        )
        self._names = [(each.key, each.name) for each in before.categories]
        self._later = [(each.key, f"{number}. {each.text}") for number, each in enumerate(before.questions, start=1)]
        asked = rows(
            QuestionForm,
            "question",
            before.questions,
            data=data,
            counted_by="text",
            most=MOST_QUESTIONS,
            blanks=0 if before.questions else blanks,
            given=_question_given,
        )
        self.questions = [
            QuestionRow(number, self._pointed(form, _at(before.questions, number)), self._options(number, before.questions))
            for number, form in enumerate(asked)
        ]
        self.outcomes = rows(
            OutcomeForm, "outcome", before.outcomes, data=data, counted_by="title", most=MOST_OUTCOMES, blanks=blanks
        )
        for outcome in self.outcomes:
            outcome.fields["category"].choices = [("", "–"), *self._names]  # type: ignore[attr-defined]
        for form in self.all():
            form.is_valid()
        move([row.form for row in self.questions], "question", data, order=self._asked)
        for row in self.questions:
            move(row.options, f"{row.slot}-option", data, order=partial(filled, row.options, "text", "o"))

    def all(self) -> list[StudioForm]:
        asked = [form for row in self.questions for form in (row.form, *row.options)]
        return [self.rules, *self.categories, *asked, *self.outcomes]

    def settings(self) -> dict[str, Any]:
        """What the rows say, as a definition keeps it."""
        told = [said(self.categories[number]) for number in filled(self.categories, "name", "c")]
        made = QuizSettings(
            questions=tuple(self._question(number) for number in self._asked()),
            categories=tuple(Category(key=each["key"], name=each["name"]) for each in told),
            outcomes=tuple(self._outcome(number) for number in filled(self.outcomes, "title", "r")),
            scoring=Scoring(said(self.rules).get("scoring") or Scoring.TIERS),
            retake=Retake(said(self.rules).get("retake") or Retake.NEWEST),
            keeps_stopped=bool(said(self.rules).get("keeps_stopped")),
            keeps_why=said(self.rules).get("keeps_why", ""),
        )
        found: dict[str, Any] = msgspec.to_builtins(made)
        return found

    def slot(self, where: str) -> str:
        """The place in the form that a gap's place means."""
        group, _dot, number = where.partition(".")
        if not number:
            return where
        numbers = self._asked() if group == "questions" else filled(self.outcomes, "title", "r")
        return f"{group.removesuffix('s')}-{numbers[int(number.partition('.')[0])]}"

    def slots(self) -> list[str]:
        return [
            "questions",
            "outcomes",
            "stopped",
            *(row.slot for row in self.questions),
            *(f"outcome-{number}" for number in range(len(self.outcomes))),
        ]

    def tried(self, settings: Mapping[str, Any]) -> "Tried | None":
        return tried(settings)

    def _asked(self) -> list[int]:
        return filled([row.form for row in self.questions], "text", "q", also=self._has_answers)

    def _has_answers(self, place: int) -> bool:
        return any(said(option).get("text") for option in self.questions[place].options)

    def _question(self, number: int) -> Question:
        row, told = self.questions[number], said(self.questions[number].form)
        kind = QuestionType(told.get("type") or QuestionType.SINGLE)
        return Question(
            key=told["key"],
            text=told.get("text", ""),
            type=kind,
            note=told.get("note", ""),
            required=bool(told.get("required")),
            options=self._chosen(row, told["key"], branches=kind is QuestionType.SINGLE) if kind in CHOICES else (),
            least=1 if told.get("least") is None else told["least"],
            most=5 if told.get("most") is None else told["most"],
            least_words=told.get("least_words", ""),
            most_words=told.get("most_words", ""),
            points=_points(row.form) if kind is QuestionType.SCALE else {},
            need=bool(told.get("need")) and kind is QuestionType.TEXT,
            says=told.get("says", "") if kind in _MAY_SAY else "",
            about=told.get("about", ""),
            consent=told.get("consent", "").strip(),
        )

    def _chosen(self, row: "QuestionRow", question: str, *, branches: bool) -> tuple[Option, ...]:
        before = self._before.get(question)
        made = []
        for number in filled(row.options, "text", "o"):
            told = said(row.options[number])
            shown = before.option(told["key"]) if before else None
            made.append(
                Option(
                    key=told["key"],
                    text=told["text"],
                    points=_points(row.options[number]),
                    then=told.get("then", "") if branches else "",
                    need=bool(told.get("need")),
                    wants=bool(told.get("wants")),
                    tags=read_labels(told.get("tags", "")),
                    # Pictures have a page of their own: a form that is saved while somebody types carries no files.
                    picture=shown.picture if shown else "",
                    picture_words=shown.picture_words if shown else "",
                )
            )
        return tuple(made)

    def _outcome(self, number: int) -> QuizOutcome:
        told = said(self.outcomes[number])
        return QuizOutcome(
            key=told["key"],
            title=told.get("title", ""),
            text=told.get("text", ""),
            advice=told.get("advice", ""),
            at_least=told.get("at_least") or 0,
            category=told.get("category", ""),
            offers=bool(told.get("offers")),
        )

    def _options(self, number: int, before: Sequence[Question]) -> list[OptionForm]:
        options = before[number].options if number < len(before) else ()
        blanks = (1 if options else 2) if self._blank else 0
        prefix = f"question-{number}-option"
        found = rows(
            OptionForm, prefix, options, data=self._data, counted_by="text", most=MOST_OPTIONS, blanks=blanks, given=_option_given
        )
        for place, form in enumerate(found):
            form.fields["then"].choices = [  # type: ignore[attr-defined]
                ("", _("the next question")),
                *self._later[number + 1 :],
                (END, _("the end")),
            ]
            self._pointed(form, options[place] if place < len(options) else None)
        return found

    def _pointed(self, form: T, part: Question | Option | None) -> T:
        """The form with a number for each thing that points are given for."""
        for key, name in self._names:
            form.fields[f"points-{key}"] = _number(name)
            form.initial[f"points-{key}"] = part.points.get(key) if part else None
        return form


def _at(questions: Sequence[Question], number: int) -> Question | None:
    return questions[number] if number < len(questions) else None


def _question_given(question: Question) -> dict[str, Any]:
    given = msgspec.structs.asdict(question)
    return {**given, "type": question.type.value, "required": "yes" if question.required else ""}


def _rules_given(quiz: QuizSettings) -> dict[str, Any]:
    return {
        "scoring": quiz.scoring.value,
        "retake": quiz.retake.value,
        "keeps_stopped": quiz.keeps_stopped,
        "keeps_why": quiz.keeps_why,
    }


def _option_given(option: Option) -> dict[str, Any]:
    return {**msgspec.structs.asdict(option), "tags": ", ".join(option.tags)}


def _points(form: StudioForm) -> dict[str, int]:
    prefix = "points-"
    return {name.removeprefix(prefix): value for name, value in said(form).items() if name.startswith(prefix) and value}


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
