"""Adding somebody in ten seconds, and telling what they bought."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leadstone.domains.leads.rules import Basis, Because, Status
from leadstone.domains.sources.rules import MET_IN_PERSON, ChannelType
from leadstone.kernel.money import Currency, read_amount
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.words.leads import BASIS, BECAUSE, CHANNEL


def _channels() -> list[tuple[str | Promise, list[tuple[str, str | Promise]]]]:
    """Where a member of staff usually meets people comes first."""
    first = [(channel.value, CHANNEL[channel]) for channel in ChannelType if channel in MET_IN_PERSON]
    rest = [(channel.value, CHANNEL[channel]) for channel in ChannelType if channel not in MET_IN_PERSON]
    return [(_("In person or on the phone"), first), (_("Other ways"), rest)]


class AddLeadForm(StudioForm):
    """Everything that is asked; what is not known is left empty. `nonce` makes a double click one lead."""

    nonce = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name"), required=False, max_length=200, widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"})
    )
    company = forms.CharField(
        label=_("Company"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    # A plain text field: the one reader of addresses is the kernel's, which knows more of them than the browser does.
    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=320,
        widget=forms.TextInput(
            attrs={"inputmode": "email", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    phone = forms.CharField(
        label=_("Phone"), required=False, max_length=60, widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})
    )
    channel = forms.ChoiceField(label=_("How we met"), choices=_channels, initial=ChannelType.PERSONAL_NETWORKING.value)
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    where_met = forms.CharField(
        label=_("Where, and what was said"),
        required=False,
        max_length=200,
        help_text=_("For example: “Breakfast at the chamber; old boiler, an offer on the desk”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    basis = forms.ChoiceField(
        label=_("Why we may keep them"),
        choices=[(basis.value, words) for basis, words in BASIS.items()],
        initial=Basis.GAVE_CARD.value,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, campaigns: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if campaigns:
            offered = [("", _("No campaign")), *((str(pk), name) for pk, name in campaigns)]
            self.fields["campaign"] = forms.ChoiceField(label=_("Campaign"), required=False, choices=offered)
        else:
            del self.fields["campaign"]

    def campaign_id(self) -> int | None:
        """The campaign that brought them, if one did."""
        return int(self.cleaned_data["campaign"]) if self.cleaned_data.get("campaign") else None


class DealForm(StudioForm):
    """They bought: for how much, and what."""

    amount = forms.CharField(
        label=_("Amount"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(each.value, each.value) for each in Currency])
    title = forms.CharField(
        label=_("What they bought"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_amount(self) -> int:
        amount = read_amount(self.cleaned_data["amount"])
        if not amount:
            raise forms.ValidationError(_("This is not an amount. Write it like 18 400 or 18 400,50."))
        return amount


class MoveForm(StudioForm):
    """Where a lead goes, and why: for whoever looks at it next. A reason is asked for what is put back or given up."""

    to = forms.ChoiceField(choices=[(status.value, status.value) for status in Status])
    because = forms.ChoiceField(
        label=_("Why"), choices=[("", ""), *((each.value, words) for each, words in BECAUSE.items())], required=False
    )
    on = forms.DateField(label=_("Comes back on"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=400)

    def because_or_none(self) -> Because | None:
        return Because(self.cleaned_data["because"]) if self.cleaned_data["because"] else None
