"""The editor of a sample: what is in the parcel, what it is worth, how soon it leaves."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from leadstone.domains.magnets.kinds.sample import LONGEST_PROMISE_DAYS, SampleSettings
from leadstone.kernel.money import Currency
from leadstone.studio.codes.kind_form import MoneyField
from leadstone.studio.shell.forms import StudioForm


class ParcelForm(StudioForm):
    """What the parcel is."""

    item = forms.CharField(
        label=_("What is in the parcel"),
        required=False,
        max_length=200,
        help_text=_("As the page, the label and the mails call it: “a piece of wood-fibre board, 12 × 12 cm”."),
    )
    worth_minor = MoneyField(label=_("What it is worth"))
    currency = forms.ChoiceField(label=_("Currency"), required=False, choices=[(each.value, each.value) for each in Currency])
    within_days = forms.IntegerField(
        label=_("Leaves within how many days"),
        required=False,
        min_value=0,
        max_value=LONGEST_PROMISE_DAYS * 10,
        help_text=_("From the confirmed mailbox to the post office. The page promises it, and we measure it."),
    )
    remembers_household = forms.BooleanField(
        label=_("Remember the household when everything else is deleted"),
        required=False,
        help_text=_("Only as a mark that nobody can read back, so that one goes to each. The page says so."),
    )


class SampleForms:
    """The settings of a sample over one draft. With `data` it reads what was typed."""

    template = "shipments/_kind.html"
    aside = ""
    groups = frozenset({"parcel"})

    def __init__(self, settings: Mapping[str, Any], *, data: Mapping[str, Any] | None = None, blank: bool = True) -> None:
        self._before = msgspec.convert(settings, SampleSettings)
        self.parcel = ParcelForm(data, prefix="parcel", initial=msgspec.structs.asdict(self._before))
        self.parcel.is_valid()

    def all(self) -> list[StudioForm]:
        return [self.parcel]

    def settings(self) -> dict[str, Any]:
        """What was typed, as a definition keeps it; what is not readable keeps its old value."""
        said = self.parcel.cleaned_data if self.parcel.is_bound else {}
        before = msgspec.structs.asdict(self._before)
        kept = before | {name: said[name] for name in before if name in said and said[name] is not None}
        made = SampleSettings(**(kept | {"currency": kept["currency"] or self._before.currency}))
        found: dict[str, Any] = msgspec.to_builtins(made)
        return found

    def slot(self, where: str) -> str:
        return where.replace(".", "-")

    def slots(self) -> list[str]:
        return ["parcel-item", "parcel-worth", "parcel-within_days", "stock"]

    def tried(self, settings: Mapping[str, Any]) -> None:
        """There is nothing to try."""
