"""What staff type about parcels and stock."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.shipments.rules import BY_HAND, LONGEST_TRACKING, Carrier, MovementKind, tracking_number
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.shipments.words import CARRIER, MOVEMENT


class SentForm(StudioForm):
    """How the chosen parcels left. The number is of one parcel; several have theirs entered one by one."""

    sent_on = forms.DateField(label=_("Sent on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    carrier = forms.ChoiceField(label=_("Carrier"), choices=[(each.value, CARRIER[each]) for each in Carrier])
    tracking = forms.CharField(
        label=_("Tracking number"),
        required=False,
        max_length=LONGEST_TRACKING + 10,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, chosen: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._chosen = chosen

    def clean_tracking(self) -> str:
        number = tracking_number(self.cleaned_data["tracking"])
        if number is None:
            raise forms.ValidationError(_("A number has letters, digits and hyphens only."))
        if number and self._chosen > 1:
            raise forms.ValidationError(_("Each parcel has its own number: choose one, or leave this empty."))
        return number

    def clean_sent_on(self) -> Any:
        day = self.cleaned_data["sent_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class MovementForm(StudioForm):
    """What came in, was lost, or was counted."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("to the stock", "What happened"), choices=[(kind.value, MOVEMENT[kind]) for kind in BY_HAND]
    )
    quantity = forms.IntegerField(label=_("How many"), min_value=0, max_value=1_000_000)
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    @property
    def movement(self) -> MovementKind:
        return MovementKind(self.cleaned_data["kind"])


class AddressForm(StudioForm):
    """Where a parcel really goes, as somebody told us."""

    name = forms.CharField(label=_("Name"), max_length=200)
    street = forms.CharField(label=_("Street, house and flat"), max_length=120)
    postcode = forms.CharField(label=_("Postcode"), max_length=20)
    city = forms.CharField(label=_("Town"), max_length=80)
    country = forms.CharField(label=_("Country"), required=False, max_length=60)
