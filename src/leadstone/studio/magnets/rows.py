"""Rows of an editor that become the parts of a definition: read as they were typed, in the order that a person gave them.

A row whose words are emptied is no row. Keys stay what they were, so that answers that were given keep their meaning. Each row
says its place, so that it can be moved by a button, by dragging, or by typing a number, and all three are the same form.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from django import forms

from leadstone.studio.shell.forms import StudioForm

APART = 10  # between two places, so that a row may be put between its neighbours
MOVE = "move_row"  # the button says "question-2:up"

Data = Mapping[str, Any]


def line(label: Any, *, most: int = 300, note: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, help_text=note)


def lines(label: Any, *, most: int = 2000, rows: int = 2, note: Any = "") -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, required=False, widget=area, help_text=note)


def whole(label: Any, *, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=least, max_value=most)


class RowForm(StudioForm):
    """A row that knows its key."""

    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)


class PlacedForm(RowForm):
    """A row that may be moved."""

    place = forms.IntegerField(required=False, widget=forms.HiddenInput)


T = TypeVar("T", bound=StudioForm)
P = TypeVar("P", bound=PlacedForm)


def said(form: StudioForm) -> dict[str, Any]:
    """What was typed and is readable, else what stood there before."""
    return {**form.initial, **(form.cleaned_data if form.is_bound else {})}


def posted(data: Data, prefix: str, name: str, *, most: int) -> int:
    """How many rows came, counted by the field that each has."""
    return sum(f"{prefix}-{number}-{name}" in data for number in range(most))


def rows(
    shape: type[T],
    prefix: str,
    before: Sequence[Any],
    *,
    data: Data | None,
    counted_by: str,
    most: int,
    blanks: int = 1,
    given: Callable[[Any], dict[str, Any]] = msgspec.structs.asdict,
) -> list[T]:
    """A form for each part that there is, and `blanks` more; with `data` as many as came."""
    count = posted(data, prefix, counted_by, most=most) if data is not None else len(before) + blanks
    initial = [{**given(each), "place": number * APART} for number, each in enumerate(before)]
    return [
        shape(data, prefix=f"{prefix}-{n}", initial=initial[n] if n < len(initial) else {"place": n * APART})
        for n in range(min(count, most))
    ]


def filled(forms_: Sequence[StudioForm], name: str, letter: str, *, also: Callable[[int], bool] | None = None) -> list[int]:
    """Numbers of the rows that say something, in the order that their places give; new ones get a key that is free."""
    taken = {key for form in forms_ if (key := said(form).get("key"))}
    kept = [number for number, form in enumerate(forms_) if said(form).get(name) or (also is not None and also(number))]
    for number in kept:
        form = forms_[number]
        if not said(form).get("key"):
            key = next(key for n in range(1, 1000) if (key := f"{letter}{n}") not in taken)
            taken.add(key)
            form.initial["key"] = key
            if form.is_bound:
                form.cleaned_data["key"] = key
    return sorted(kept, key=lambda number: (_place(forms_[number], number), number))


def _place(form: StudioForm, number: int) -> int:
    place = said(form).get("place")
    return number * APART if place is None else int(place)


def move(forms_: Sequence[StudioForm], prefix: str, data: Data | None, *, order: Callable[[], Sequence[int]]) -> None:
    """Let one row change its place with its neighbour, if a button of these rows was pressed."""
    name, _, way = str((data or {}).get(MOVE, "")).partition(":")
    number = name.removeprefix(f"{prefix}-")
    if not name.startswith(f"{prefix}-") or not number.isdecimal() or way not in {"up", "down"}:
        return
    places = list(order())
    if int(number) not in places:
        return
    here = places.index(int(number))
    there = here - 1 if way == "up" else here + 1
    if not 0 <= there < len(places):
        return
    places[here], places[there] = places[there], places[here]
    for place, row in enumerate(places):
        forms_[row].cleaned_data["place"] = place * APART
