"""What is typed about deals: while one is moved, on its card, and when one is added."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from leadstone.domains.pipeline.rules import Requirement, StageClass
from leadstone.domains.pipeline.services import Answers, DealWords
from leadstone.kernel.money import Currency, read_amount
from leadstone.studio.shell.forms import StudioForm

NO_CHOICE = ("", "–")
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class AmountField(forms.CharField):
    """An amount as people type it; cleans to minor units, None when it is left empty."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(
            label=_("Value"),
            required=required,
            max_length=40,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )

    def clean(self, value: str) -> int | None:
        typed = super().clean(value)
        if not typed:
            return None
        amount = read_amount(typed)
        if not amount:
            raise forms.ValidationError(_("This is not an amount. Write it like 18 400 or 18 400,50."))
        return amount


def _currency() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Currency"), choices=[(each.value, each.value) for each in Currency], required=False)


class MoveForm(StudioForm):
    """What may be said while a deal is moved. `asked` are the fields that the page shows."""

    amount = AmountField()
    currency = _currency()
    expected_close = forms.DateField(label=_("Expected close"), required=False, widget=DAY)
    reason = forms.TypedChoiceField(label=_("Why"), required=False, coerce=int, empty_value=None)
    note = forms.CharField(label=_("In a few words"), required=False, max_length=400)
    because = forms.CharField(label=_("Move it anyway, because"), required=False, max_length=400)

    def __init__(self, *args: object, reasons: Iterable[tuple[int, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [NO_CHOICE, *reasons]  # type: ignore[attr-defined]  # a choice field

    def answers(self) -> Answers:
        given = self.cleaned_data
        return Answers(
            amount_minor=given["amount"],
            currency=Currency(given["currency"]) if given["currency"] else None,
            expected_close=given["expected_close"],
            close_reason_id=given["reason"],
            close_note=given["note"],
        )


# The fields that answer a requirement.
FIELDS_OF = {
    Requirement.VALUE: ("amount", "currency"),
    Requirement.EXPECTED_CLOSE: ("expected_close",),
    Requirement.WON_REASON: ("reason", "note"),
    Requirement.LOST_REASON: ("reason", "note"),
}


class DealForm(StudioForm):
    """A deal as its card lets one write it."""

    title = forms.CharField(label=_("What they need"), required=False, max_length=200)
    amount = AmountField()
    currency = _currency()
    expected_close = forms.DateField(label=_("Expected close"), required=False, widget=DAY)
    probability = forms.IntegerField(
        label=_("Own judgement, in percent"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    owner = forms.TypedChoiceField(label=_("Owner"), required=False, coerce=int, empty_value=None)
    reason = forms.TypedChoiceField(label=_("Why"), required=False, coerce=int, empty_value=None)
    note = forms.CharField(label=_("In a few words"), required=False, max_length=400)

    def __init__(
        self,
        *args: object,
        stage_class: StageClass,
        reasons: Iterable[tuple[int, str]],
        owners: Iterable[tuple[int, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [("", _("Nobody’s")), *owners]  # type: ignore[attr-defined]  # a choice field
        self.fields["reason"].choices = [NO_CHOICE, *reasons]  # type: ignore[attr-defined]  # a choice field
        if stage_class is StageClass.OPEN:
            del self.fields["reason"], self.fields["note"]

    def words(self) -> DealWords:
        given = self.cleaned_data
        return DealWords(
            title=given["title"],
            amount_minor=given["amount"],
            currency=Currency(given["currency"] or Currency.PLN),
            expected_close=given["expected_close"],
            manual_probability=given["probability"],
            owner_id=given["owner"],
            close_reason_id=given.get("reason"),
            close_note=given.get("note", ""),
        )


class AddDealForm(StudioForm):
    """One more deal with a qualified lead."""

    lead = forms.TypedChoiceField(label=_("With whom"), coerce=int, empty_value=None)
    title = forms.CharField(
        label=_("What they need"),
        required=False,
        max_length=200,
        help_text=_("For example: “Audit, 2 buildings”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    amount = AmountField()
    currency = _currency()
    expected_close = forms.DateField(label=_("Expected close"), required=False, widget=DAY)

    def __init__(self, *args: object, leads: Iterable[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = list(leads)  # type: ignore[attr-defined]  # a choice field


class StageForm(StudioForm):
    """A stage as a company wants it."""

    pl = forms.CharField(label=_("Name in Polish"), required=False, max_length=40)
    en = forms.CharField(label=_("Name in English"), required=False, max_length=40)
    probability = forms.IntegerField(label=_("Probability, in percent"), min_value=0, max_value=100, required=False)
    rots_after_days = forms.IntegerField(
        label=_("Forgotten after, in days"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("Left empty, a deal may wait here for ever."),
    )
    requires = forms.MultipleChoiceField(label=_("Before a deal enters"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, asks: Iterable[tuple[str, str]], stage_class: StageClass, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requires"].choices = list(asks)  # type: ignore[attr-defined]  # a choice field
        if stage_class is not StageClass.OPEN:
            del self.fields["probability"], self.fields["rots_after_days"]


class ReasonForm(StudioForm):
    """Why deals are won or lost, in both languages."""

    pl = forms.CharField(label=_("Name in Polish"), required=False, max_length=40)
    en = forms.CharField(label=_("Name in English"), required=False, max_length=40)
