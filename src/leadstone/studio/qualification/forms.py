"""A point of the checklist."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadstone.domains.qualification.queries import PointWords
from leadstone.domains.qualification.rules import LONGEST_NAME, LONGEST_QUESTION, EvidenceKind
from leadstone.domains.qualification.services import PointEdit
from leadstone.studio.qualification.words import KIND
from leadstone.studio.shell.forms import StudioForm

USUAL = (EvidenceKind.ANSWER, EvidenceKind.CALL, EvidenceKind.MEETING, EvidenceKind.NOTE)


class PointForm(StudioForm):
    """What a point is called in both languages of the staff, what it asks, and what fills it."""

    name_en = forms.CharField(label=_("Name in English"), required=False, max_length=LONGEST_NAME)
    name_pl = forms.CharField(label=_("Name in Polish"), required=False, max_length=LONGEST_NAME)
    question_en = forms.CharField(label=_("Question in English"), required=False, max_length=LONGEST_QUESTION)
    question_pl = forms.CharField(label=_("Question in Polish"), required=False, max_length=LONGEST_QUESTION)
    takes = forms.MultipleChoiceField(
        label=_("What fills it"),
        required=False,
        choices=[(kind.value, words) for kind, words in KIND.items()],
        initial=[kind.value for kind in USUAL],
        widget=forms.CheckboxSelectMultiple,
    )
    required = forms.BooleanField(label=_("Needed before a lead is a prospect"), required=False)

    def edit(self) -> PointEdit:
        """What the valid form asks for."""
        told: dict[str, Any] = self.cleaned_data
        return PointEdit(
            names={language: told[f"name_{language}"] for language in ("en", "pl") if told[f"name_{language}"]},
            questions={language: told[f"question_{language}"] for language in ("en", "pl") if told[f"question_{language}"]},
            takes=[EvidenceKind(kind) for kind in told["takes"]],
            required=told["required"],
        )


def form_for(point: PointWords) -> PointForm:
    """The form as the point stands."""
    return PointForm(
        initial={
            "name_en": point.names.get("en", ""),
            "name_pl": point.names.get("pl", ""),
            "question_en": point.questions.get("en", ""),
            "question_pl": point.questions.get("pl", ""),
            "takes": [kind.value for kind in EvidenceKind if kind in point.takes],
            "required": point.required,
        },
        auto_id=f"id_{point.key}_%s",
    )
