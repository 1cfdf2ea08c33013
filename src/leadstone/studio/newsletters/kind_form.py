"""The editor of a newsletter: its topics and how often it promises to come."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.magnets.kinds.newsletter import MOST_A_MONTH, MOST_TOPICS, LetterSettings, Topic
from leadstone.kernel.folding import fold
from leadstone.studio.shell.forms import StudioForm


class PromiseForm(StudioForm):
    """How often, in words and as a number that is kept."""

    frequency = forms.CharField(
        label=_("How often you write"),
        max_length=200,
        required=False,
        help_text=_("In words, as readers see it: “One letter a month, in its first week.”"),
    )
    at_most = forms.IntegerField(
        label=_("Letters a month, at most"),
        min_value=0,
        max_value=MOST_A_MONTH,
        required=False,
        help_text=_("A letter beyond this is refused, whatever its topic."),
    )
    sample_url = forms.CharField(
        label=_("A letter to look at before"),
        max_length=300,
        required=False,
        help_text=_("The web address of a sample. Once letters were sent, the archive stands in its place."),
    )


class TopicForm(StudioForm):
    """One topic; a row without a name is none. The key stays what it was, so that its readers stay its readers."""

    key = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=pgettext_lazy("of a newsletter", "Topic"), max_length=80, required=False)
    about = forms.CharField(label=_("In one sentence"), max_length=200, required=False)


class NewsletterForms:
    """The settings of a newsletter as rows that a person fills in, and back."""

    template = "newsletters/_kind.html"
    aside = ""
    groups = frozenset({"letters"})

    def __init__(self, settings: Mapping[str, Any], *, data: Mapping[str, Any] | None = None, blank: bool = True) -> None:
        self._before = _read(settings)
        told = self._before
        self.promise = PromiseForm(
            data, initial={"frequency": told.frequency, "at_most": told.at_most or None, "sample_url": told.sample_url}
        )
        shown = min(len(told.topics) + (1 if blank else 0), MOST_TOPICS)
        count = sum(f"topic-{n}-name" in data for n in range(MOST_TOPICS)) if data is not None else shown
        self.topics = [
            TopicForm(
                data,
                prefix=f"topic-{n}",
                initial=msgspec.structs.asdict(told.topics[n]) if n < len(told.topics) else {},
            )
            for n in range(count)
        ]

    def all(self) -> list[StudioForm]:
        return [self.promise, *self.topics]

    def settings(self) -> dict[str, Any]:
        topics: list[Topic] = []
        for form in self.topics:
            name = _value(form, "name")
            if name:
                taken = {topic.key for topic in topics}
                topics.append(Topic(key=_value(form, "key") or _key_for(name, taken), name=name, about=_value(form, "about")))
        made = LetterSettings(
            topics=tuple(topics),
            frequency=_value(self.promise, "frequency"),
            at_most=_value(self.promise, "at_most") or 0,
            sample_url=_value(self.promise, "sample_url"),
        )
        told: dict[str, Any] = msgspec.to_builtins(made)
        return told

    def slot(self, where: str) -> str:
        _group, _dot, place = where.partition(".")
        if place.startswith("topics."):
            rows = [number for number, form in enumerate(self.topics) if _value(form, "name")]
            return f"topic-{rows[int(place.removeprefix('topics.'))]}"
        return f"letters-{place.replace('_', '-')}"

    def slots(self) -> list[str]:
        return ["letters-topics", "letters-frequency", "letters-sample-url", *(f"topic-{n}" for n in range(len(self.topics)))]

    def tried(self, settings: Mapping[str, Any]) -> None:
        """There is nothing to try out before the first letter."""


def _read(settings: Mapping[str, Any]) -> LetterSettings:
    try:
        return msgspec.convert(dict(settings), LetterSettings)
    except msgspec.ValidationError:
        return LetterSettings()


def _key_for(name: str, taken: set[str]) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:32] or "topic"
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, MOST_TOPICS + 2))) if key not in taken)


def _value(form: StudioForm, name: str) -> Any:
    """What was typed and is readable, else what stood there before."""
    if form.is_bound and name in getattr(form, "cleaned_data", {}):
        return form.cleaned_data[name]
    return form.initial.get(name) or ""
