"""The editor of a calculator: inputs, tables, formulas and words as rows that a person fills in, and back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from leadstone.domains.magnets.calculation import (
    MOST_DIGITS,
    Bracket,
    CalculatorSettings,
    Formula,
    Input,
    InputOption,
    InputType,
    LookupTable,
)
from leadstone.domains.magnets.kinds.calculator import MOST_FORMULAS, MOST_INPUTS, MOST_OPTIONS
from leadstone.kernel.folding import fold
from leadstone.studio.calculators.sampling import Extremes, extremes
from leadstone.studio.magnets.rows import Data, PlacedForm, filled, line, lines, move, rows, said
from leadstone.studio.shell.forms import StudioForm

MOST_TABLES = 10
MOST_BRACKETS = 8

_TYPES = (
    (InputType.NUMBER.value, pgettext_lazy("answered by", "a number")),
    (InputType.CHOICE.value, _("a choice")),
    (InputType.YES_NO.value, _("yes or no")),
)


class NamedForm(PlacedForm):
    """A row whose key is its name in formulas, so that a person writes it."""

    key = forms.CharField(
        label=_("Name in formulas"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "code", "spellcheck": "false"}),
    )


class InputForm(NamedForm):
    text = line(_("Question"))
    type = forms.ChoiceField(label=_("Answered by"), required=False, choices=_TYPES)
    note = line(_("A note beneath it"))
    unit = line(_("Unit"), most=20)
    least = line(_("From"), most=20)
    most = line(pgettext_lazy("most", "To"), most=20)
    step = line(_("In steps of"), most=20)


class OptionForm(NamedForm):
    text = line(_("Answer"), most=200)
    number = line(_("Stands for"), most=20)


class TableForm(NamedForm):
    rows = lines(_("Rows"), most=20_000, rows=5, note=_("One row a line, cells between semicolons or tabs, the value last."))


class ValueForm(NamedForm):
    formula = line(_("Formula"), most=1000)


class BracketForm(PlacedForm):
    at_least = line(_("From"), most=20)
    title = line(_("In short"), most=120)
    text = lines(_("What it means"))
    advice = lines(_("What to do now"), most=1000)


class ResultForm(StudioForm):
    """The result and its words."""

    together = forms.ChoiceField(
        label=_("Inputs stand"), required=False, choices=[("yes", _("all on one page")), ("", _("one a page"))]
    )
    first_stays = forms.ChoiceField(
        label=_("Whoever counts again"),
        required=False,
        choices=[("", _("gets the new result")), ("yes", _("keeps the first result"))],
    )
    low = line(_("Low end"), most=1000)
    high = line(_("High end"), most=1000)
    percent = line(_("or the low end ± percent"), most=10)
    unit = line(_("Unit of the result"), most=40)
    digits = forms.TypedChoiceField(
        label=_("Digits that say something"), required=False, coerce=int, choices=[(n, n) for n in range(1, MOST_DIGITS + 1)]
    )
    text = lines(_("What it means"))
    advice = lines(_("What to do now"), most=1000)
    basis = lines(_("Where the figures come from"), rows=3)
    basis_date = forms.CharField(label=_("As of"), max_length=10, required=False, widget=forms.TextInput(attrs={"type": "date"}))


@dataclass(frozen=True, slots=True)
class InputRow:
    """One input with its answers, as they stand in the form."""

    number: int
    form: InputForm
    options: Sequence[OptionForm]

    @property
    def slot(self) -> str:
        return f"question-{self.number}"

    @property
    def chooses(self) -> bool:
        return bool(self.form["type"].value() == InputType.CHOICE.value)

    @property
    def counts(self) -> bool:
        return self.form["type"].value() in {None, InputType.NUMBER.value}

    @property
    def says(self) -> bool:
        return bool(said(self.form).get("text"))


class CalculatorForms:
    """The settings of a calculator over one draft. With `data` it reads what was typed."""

    template = "calculators/_calculator.html"
    aside = "calculators/_tried.html"
    apart = "calculators/_begin_sample.html"
    groups = frozenset({"questions", "tables", "values", "brackets"})

    def __init__(self, settings: Mapping[str, Any], *, data: Data | None = None, blank: bool = True) -> None:
        before = msgspec.convert(settings, CalculatorSettings)
        blanks = 1 if blank else 0
        self.result = ResultForm(data, prefix="result", initial=_result(before))
        inputs = rows(
            InputForm, "question", before.questions, data=data, counted_by="text", most=MOST_INPUTS, blanks=blanks, given=_input
        )
        self.questions = [
            InputRow(number, form, self._options(number, before.questions, data, blank=blank))
            for number, form in enumerate(inputs)
        ]
        self.tables = rows(
            TableForm, "table", before.tables, data=data, counted_by="key", most=MOST_TABLES, blanks=blanks, given=_table
        )
        self.values = rows(ValueForm, "value", before.values, data=data, counted_by="formula", most=MOST_FORMULAS, blanks=blanks)
        self.brackets = rows(
            BracketForm, "bracket", before.brackets, data=data, counted_by="title", most=MOST_BRACKETS, blanks=blanks
        )
        for form in self.all():
            form.is_valid()
        move([row.form for row in self.questions], "question", data, order=self._asked)
        move(self.values, "value", data, order=self._valued)

    def _options(self, number: int, before: Sequence[Input], data: Data | None, *, blank: bool) -> list[OptionForm]:
        options = before[number].options if number < len(before) else ()
        blanks = (1 if options else 2) if blank else 0
        prefix = f"question-{number}-option"
        return rows(OptionForm, prefix, options, data=data, counted_by="text", most=MOST_OPTIONS, blanks=blanks)

    def all(self) -> list[StudioForm]:
        asked = [form for row in self.questions for form in (row.form, *row.options)]
        return [self.result, *asked, *self.tables, *self.values, *self.brackets]

    def settings(self) -> dict[str, Any]:
        """What the rows say, as a definition keeps it."""
        result = said(self.result)
        made = CalculatorSettings(
            questions=tuple(self._input(number) for number in self._asked()),
            tables=tuple(
                LookupTable(key=_key(form), rows=_cells(said(form).get("rows", "")))
                for form in self._in_order(self.tables, "key")
            ),
            values=tuple(
                Formula(key=_key(form), formula=said(form).get("formula", "")) for form in self._in_order(self.values, "formula")
            ),
            brackets=tuple(
                Bracket(
                    key=_key(form),
                    at_least=_number(form, "at_least"),
                    **{name: said(form).get(name, "") for name in ("title", "text", "advice")},
                )
                for form in self._in_order(self.brackets, "title")
            ),
            together=bool(result.get("together")),
            first_stays=bool(result.get("first_stays")),
            digits=int(result.get("digits") or CalculatorSettings().digits),
            percent=_number(self.result, "percent"),
            **{name: result.get(name) or "" for name in ("low", "high", "unit", "text", "advice", "basis", "basis_date")},
        )
        found: dict[str, Any] = msgspec.to_builtins(made)
        return found

    def _asked(self) -> list[int]:
        _named([row.form for row in self.questions], "text")
        return filled([row.form for row in self.questions], "text", "input", also=self._has_options)

    def _valued(self) -> list[int]:
        return filled(self.values, "formula", "value")

    def _has_options(self, number: int) -> bool:
        return any(said(option).get("text") for option in self.questions[number].options)

    def _in_order(self, forms_: Sequence[PlacedForm], name: str) -> Iterator[PlacedForm]:
        letter = {"key": "table", "formula": "value", "title": "r"}[name]
        return (forms_[number] for number in filled(forms_, name, letter))

    def _input(self, number: int) -> Input:
        row, told = self.questions[number], said(self.questions[number].form)
        _named(row.options, "text")
        options = tuple(
            InputOption(
                key=_key(row.options[place]), text=said(row.options[place])["text"], number=_number(row.options[place], "number")
            )
            for place in filled(row.options, "text", "o")
        )
        kind = InputType(told.get("type") or InputType.NUMBER)
        limits = (
            {name: _number(row.form, name) or otherwise for name, otherwise in _LIMITS.items()}
            if kind is InputType.NUMBER
            else {}
        )
        return Input(
            key=_key(row.form),
            text=told.get("text", ""),
            type=kind,
            note=told.get("note", ""),
            unit=told.get("unit", "") if kind is InputType.NUMBER else "",
            options=options if kind is InputType.CHOICE else (),
            **limits,
        )

    def slot(self, where: str) -> str:
        """The place in the form that a gap's place means."""
        group, dot, number = where.partition(".")
        if not dot:
            return where
        numbers = self._rows_of(group)
        return f"{group.removesuffix('s')}-{numbers[int(number)]}"

    def _rows_of(self, group: str) -> Sequence[int]:
        """The numbers of the rows that became the parts of a group, in their order."""
        if group == "questions":
            return self._asked()
        if group == "values":
            return self._valued()
        return filled(self.tables, "key", "table") if group == "tables" else filled(self.brackets, "title", "r")

    def slots(self) -> list[str]:
        counted = (("question", self.questions), ("table", self.tables), ("value", self.values), ("bracket", self.brackets))
        single = ["questions", "values", "low", "high", "percent", "digits", "unit", "text", "basis", "basis_date"]
        return [*single, *(f"{name}-{number}" for name, each in counted for number in range(len(each)))]

    def tried(self, settings: Mapping[str, Any]) -> Extremes | None:
        return extremes(settings, get_language() or "")


_LIMITS = {"least": "0", "most": "1000", "step": "1"}


def _result(before: CalculatorSettings) -> dict[str, Any]:
    given = {name: getattr(before, name) for name in ResultForm.base_fields}
    return {**given, "together": "yes" if before.together else "", "first_stays": "yes" if before.first_stays else ""}


def _input(asked: Input) -> dict[str, Any]:
    return {**msgspec.structs.asdict(asked), "type": asked.type.value}


def _table(table: LookupTable) -> dict[str, Any]:
    return {"key": table.key, "rows": "\n".join("; ".join(row) for row in table.rows)}


def _cells(text: str) -> tuple[tuple[str, ...], ...]:
    """Rows as they come out of a spreadsheet, or typed with semicolons."""
    found = (re.split(r"\s*[;\t]\s*", each.strip(" ;")) for each in text.splitlines() if each.strip(" ;\t"))
    return tuple(tuple(cell.strip() for cell in row) for row in found)


def _key(form: StudioForm) -> str:
    return str(said(form).get("key") or "")


def _number(form: StudioForm, name: str) -> str:
    """A number as formulas write it; what is none stays as it was typed, so that its gap can say so."""
    return str(said(form).get(name) or "").strip().replace(",", ".").replace(" ", "")


def _named(forms_: Sequence[StudioForm], words: str) -> None:
    """Give each row that says something and has no name one that is made of its words."""
    taken = {_key(form) for form in forms_}
    for form in forms_:
        text = said(form).get(words)
        if not text or _key(form):
            continue
        first = "_".join(re.findall(r"[a-z0-9]+", fold(text))[:2])[:30].strip("_0123456789") or words
        key = next(name for n in range(1, 100) if (name := first if n == 1 else f"{first}{n}") not in taken)
        taken.add(key)
        form.initial["key"] = key
        if form.is_bound:
            form.cleaned_data["key"] = key
