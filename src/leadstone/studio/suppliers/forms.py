"""What is typed about suppliers, and about leads that are given back to them."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.suppliers.queries import SupplierFacts
from leadstone.domains.suppliers.rules import USUAL_NOTICE_DAYS, Returned, Wants
from leadstone.domains.suppliers.services import Agreed
from leadstone.kernel.address import is_address
from leadstone.kernel.money import Currency, read_amount
from leadstone.studio.forecast.words import typed
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.suppliers.words import RETURNED, WANTS

NEW_CAMPAIGN = "new"
MOST_DAYS = 3_650
LONGEST_NOTICE_DAYS = 31


def _line(**attrs: object) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", **attrs})


def _campaigns() -> list[tuple[str, str | Promise]]:
    return [(NEW_CAMPAIGN, _("A new one with the name of the supplier")), *((str(pk), name) for pk, name in campaigns.choices())]


class SupplierForm(StudioForm):
    """What was agreed with a supplier."""

    name = forms.CharField(
        label=pgettext_lazy("of a supplier", "Name"), max_length=160, widget=_line(autofocus=True, autocapitalize="words")
    )
    email = forms.CharField(label=_("Their e-mail"), required=False, max_length=320, widget=_line(inputmode="email"))
    campaign = forms.ChoiceField(
        label=_("Counts to the campaign"), choices=_campaigns, help_text=_("Its leads and customers are counted there too.")
    )
    price = forms.CharField(label=_("Price of one lead"), max_length=40, widget=_line(inputmode="decimal"))
    currency = forms.ChoiceField(label=_("Currency"), choices=[(each.value, each.value) for each in Currency])
    source = forms.CharField(
        label=_("Where they have people from"),
        max_length=300,
        widget=_line(),
        help_text=_("Each person is told this. Write it as you would say it: “you compared boilers on porownaj.example”."),
    )
    wants = forms.MultipleChoiceField(
        label=_("What each lead must have"),
        required=False,
        choices=[(want.value, WANTS[want]) for want in Wants],
        initial=[Wants.WORDS.value],
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "A way to reach the person and the source are always wanted. A lead without the words that the person agreed to "
            "stays in quarantine: nobody may write or call."
        ),
    )
    oldest_days = forms.IntegerField(
        label=_("They agreed at most so many days ago"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("Leave it empty when any age will do."),
    )
    a_day = forms.IntegerField(
        label=_("At most so many a day"),
        required=False,
        min_value=1,
        max_value=1_000_000,
        help_text=_("Leave it empty when there is no limit."),
    )
    return_days = forms.IntegerField(
        label=_("Days to give a lead back"), min_value=0, max_value=MOST_DAYS, initial=30, help_text=_("As your contract says.")
    )
    notice_days = forms.IntegerField(
        label=_("Days until a person is told"),
        min_value=0,
        max_value=LONGEST_NOTICE_DAYS,
        initial=USUAL_NOTICE_DAYS,
        help_text=_("That we have their data, and from whom. The law gives a month at most (GDPR, article 14)."),
    )
    tells_itself = forms.BooleanField(
        label=_("The letter that tells them leaves by itself on that day"),
        required=False,
        help_text=_("Who has no e-mail address is a task for whoever has the lead."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
    )

    def __init__(self, *args: Any, found: SupplierFacts | None = None, **kwargs: Any) -> None:
        if found is not None:
            kwargs["initial"] = _typed(found)
        super().__init__(*args, **kwargs)
        if found is not None:  # a campaign that was put away stays the supplier's
            known = [each for each in _campaigns() if each[0] not in {NEW_CAMPAIGN, str(found.campaign_id)}]
            mine = campaigns.names([found.campaign_id])[found.campaign_id]
            self.fields["campaign"].choices = [(str(found.campaign_id), mine), *known]  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"].strip()
        if typed and not is_address(typed):
            raise forms.ValidationError(_("This is not an e-mail address."))
        return typed

    def clean_price(self) -> int:
        amount = read_amount(self.cleaned_data["price"])
        if amount is None:
            raise forms.ValidationError(_("This is not an amount. Write it like 45 or 45,50."))
        return amount

    def agreed(self, *, campaign_id: int) -> Agreed:
        """What was typed."""
        said = self.cleaned_data
        return Agreed(
            name=said["name"],
            email=said["email"],
            campaign_id=campaign_id,
            price_minor=said["price"],
            currency=said["currency"],
            wants=frozenset(Wants(each) for each in said["wants"]),
            oldest_days=said["oldest_days"],
            a_day=said["a_day"],
            return_days=said["return_days"],
            notice_days=said["notice_days"],
            tells_itself=said["tells_itself"],
            source=said["source"],
            note=said["note"],
        )


def _typed(found: SupplierFacts) -> dict[str, object]:
    return {
        "name": found.name,
        "email": found.email,
        "campaign": str(found.campaign_id),
        "price": typed(found.price_minor),
        "currency": found.currency,
        "source": found.source,
        "wants": [want.value for want in found.wants],
        "oldest_days": found.oldest_days,
        "a_day": found.a_day,
        "return_days": found.return_days,
        "notice_days": found.notice_days,
        "tells_itself": found.tells_itself,
        "note": found.note,
    }


class GiveBackForm(StudioForm):
    """Why a lead is given back."""

    because = forms.ChoiceField(label=_("Why"), choices=[(why.value, RETURNED[why]) for why in Returned])
    note = forms.CharField(label=_("Note"), required=False, max_length=300, widget=_line())
