"""The one form of the first start."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from leadstone.kernel.address import read_address
from leadstone.studio.setup.key import fits
from leadstone.studio.shell.forms import StudioForm


class AddressField(forms.CharField):
    """An e-mail address by our own reader, which knows international domains."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=254, widget=forms.EmailInput(attrs={"spellcheck": "false"}), **options)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        address = read_address(typed)
        if address is None:
            raise forms.ValidationError(_("This is not an e-mail address, for example anna@company.com."))
        return address.value


class SetUpForm(StudioForm):
    """Who publishes here, and who signs in first."""

    key = forms.CharField(
        label=_("Key from the console"),
        help_text=_("It stands where Leadstone was started. It shows that this installation is yours."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "autofocus": True}),
    )
    company = forms.CharField(label=_("Company"), max_length=200, help_text=_("As visitors shall read it."))
    language = forms.ChoiceField(label=_("Language of your pages and mails"), choices=settings.LANGUAGES)
    sender_email = AddressField(label=_("Sender"), help_text=_("Your mails come from this address, and answers go there."))
    postal_address = forms.CharField(
        label=_("Postal address"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
        help_text=_("It stands under every page and mail, so that nobody wonders who writes."),
    )
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = AddressField(label=_("Your e-mail address"), help_text=_("You sign in with it."))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 10 characters; a sentence is better than a riddle."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )

    COMPANY = ("company", "language", "sender_email", "postal_address")
    ACCOUNT = ("name", "email", "password")

    def clean_key(self) -> str:
        typed: str = self.cleaned_data["key"]
        if not fits(typed, secret=settings.SECRET_KEY):
            raise forms.ValidationError(_("This is not the key that the console shows."))
        return typed
