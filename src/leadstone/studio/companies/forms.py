"""What staff say of a company and of the people in it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.companies.services import CompanyDetails
from leadstone.domains.leads.rules import Basis
from leadstone.domains.sources.rules import ChannelType
from leadstone.studio.companies.words import country_choices
from leadstone.studio.leads.forms import AddLeadForm
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.words.leads import BASIS


def _line(**attrs: object) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", **attrs})


class DetailsForm(StudioForm):
    """Everything that is known of a company; what is not known is left empty."""

    name = forms.CharField(label=pgettext_lazy("of a company", "Name"), max_length=200, widget=_line())
    website = forms.CharField(
        label=_("Website"),
        required=False,
        max_length=300,
        widget=_line(inputmode="url", autocapitalize="none", spellcheck="false"),
    )
    tax_id = forms.CharField(
        label=_("NIP or VAT number"),
        required=False,
        max_length=40,
        widget=_line(),
        help_text=_("A Polish one is checked by its last digit; a foreign one begins with its country: DE136695976."),
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=60, widget=_line(inputmode="tel"))
    street = forms.CharField(label=_("Street"), required=False, max_length=200, widget=_line())
    postcode = forms.CharField(label=_("Postcode"), required=False, max_length=20, widget=_line())
    city = forms.CharField(label=_("City"), required=False, max_length=120, widget=_line())
    country = forms.ChoiceField(label=_("Country"), required=False, choices=country_choices)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
    )

    def details(self) -> CompanyDetails:
        """What was typed."""
        return CompanyDetails(**self.cleaned_data)


class CompanyLeadForm(StudioForm):
    """Only a company: its name, one thing to find it by, where it was met, and why it may be kept."""

    name = forms.CharField(label=pgettext_lazy("of a company", "Name"), max_length=200, widget=_line(autofocus=True))
    website = forms.CharField(
        label=_("Website"),
        required=False,
        max_length=300,
        widget=_line(inputmode="url", autocapitalize="none", spellcheck="false"),
    )
    tax_id = forms.CharField(label=_("NIP or VAT number"), required=False, max_length=40, widget=_line())
    city = forms.CharField(label=_("City"), required=False, max_length=120, widget=_line())
    channel = forms.ChoiceField(
        label=_("How we met"),
        choices=AddLeadForm.base_fields["channel"].choices,  # type: ignore[attr-defined]  # the stubs know no choices of a Field
        initial=ChannelType.TRADE_FAIR.value,
    )
    where_met = forms.CharField(label=_("Where, and what was said"), required=False, max_length=200, widget=_line())
    basis = forms.ChoiceField(
        label=_("Why we may keep them"),
        choices=[(basis.value, words) for basis, words in BASIS.items()],
        initial=Basis.PUBLIC_ROLE.value,
        widget=forms.RadioSelect,
    )

    def details(self) -> CompanyDetails:
        """What was typed of the company."""
        given = self.cleaned_data
        return CompanyDetails(name=given["name"], website=given["website"], tax_id=given["tax_id"], city=given["city"])


class AnotherLeadForm(StudioForm):
    """A new interest of a company that is known."""

    channel = CompanyLeadForm.base_fields["channel"]
    where_met = CompanyLeadForm.base_fields["where_met"]
    basis = CompanyLeadForm.base_fields["basis"]


class PersonForm(StudioForm):
    """Somebody at a company."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=_line(autofocus=True))
    position = forms.CharField(label=_("Position"), required=False, max_length=200, widget=_line())
    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=320,
        widget=_line(inputmode="email", autocapitalize="none", spellcheck="false"),
    )
    phone = forms.CharField(label=_("Phone"), required=False, max_length=60, widget=_line(inputmode="tel"))
    lead = forms.ChoiceField(
        label=_("Speaks for"),
        required=False,
        help_text=_("From then on the lead is about this person; what happened before stays."),
    )

    def __init__(self, *args: object, leads: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(lead_id), words) for lead_id, words in leads]
        if choices:
            self.fields["lead"] = forms.ChoiceField(
                label=self.fields["lead"].label,
                required=False,
                choices=[*choices, ("", _("No lead yet: only keep them"))],
                help_text=self.fields["lead"].help_text,
            )
        else:
            del self.fields["lead"]

    def lead_id(self) -> int | None:
        """The lead that they speak for from now on."""
        return int(self.cleaned_data["lead"]) if self.cleaned_data.get("lead") else None
