"""The part of the editor that belongs to one kind: which form writes its settings."""

from collections.abc import Mapping
from typing import Any, Protocol

from leadstone.studio.bookings.kind_form import ConsultationForms
from leadstone.studio.calculators.kind_form import CalculatorForms
from leadstone.studio.codes.kind_form import CodeForms
from leadstone.studio.machines.kind_form import TrialForms
from leadstone.studio.magnets.generated_form import generated_for
from leadstone.studio.magnets.quiz_forms import QuizForms
from leadstone.studio.newsletters.kind_form import NewsletterForms
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.shipments.kind_form import SampleForms


class KindForms(Protocol):
    """The settings of a kind over one draft, as a person writes them.

    `template` is a fragment of the editor that reads `forms.own`; `aside`, if any, one that is shown anew after each save and
    reads `tried`. `apart`, where a class has one, is a fragment that stands after the form. `groups` are the first words of the
    places ("questions.2") at which the kind's own gaps stand.
    """

    template: str
    aside: str
    groups: frozenset[str]

    def __init__(self, settings: Mapping[str, Any], *, data: Mapping[str, Any] | None = None, blank: bool = True) -> None: ...

    def all(self) -> list[StudioForm]:
        """Every form in it, to ask whether all is well."""

    def settings(self) -> dict[str, Any]:
        """What the rows say, as a definition keeps it."""

    def slot(self, where: str) -> str:
        """The place in the form that a gap's place means."""

    def slots(self) -> list[str]:
        """Every place where a gap may stand."""

    def tried(self, settings: Mapping[str, Any]) -> Any:
        """What trying the draft out shows, for `aside`; None where there is nothing to try."""


KIND_FORMS: Mapping[str, type[KindForms]] = {
    "trial": TrialForms,
    "discount_club": CodeForms,
    "free_shipping": CodeForms,
    "calculator": CalculatorForms,
    "consultation": ConsultationForms,
    "newsletter": NewsletterForms,
    "quiz": QuizForms,
    "sample": SampleForms,
}


def forms_of(kind: str) -> type[KindForms] | None:
    """The form of a kind: its own, else one that is made from its settings; None where there is nothing to set."""
    return KIND_FORMS.get(kind) or generated_for(kind)
