"""Forms of the settings."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import Role
from leadstone.kernel.colour import read_hex
from leadstone.studio.setup.forms import AddressField
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.words.people import ROLE

# "Europe/Warsaw" and its like; the short and the old names of the same clocks would only fill the list.
ZONES = sorted(
    zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))
)
THEMES = (
    ("", pgettext_lazy("theme", "As the device prefers")),
    ("light", pgettext_lazy("theme", "Light")),
    ("dark", pgettext_lazy("theme", "Dark")),
)


def zones() -> list[tuple[str, str | Promise]]:
    """Every time zone that this machine knows; none of them means what the browser says."""
    return [("", _("As the browser says")), *((zone, zone.replace("_", " ")) for zone in ZONES)]


def teams() -> list[tuple[str, str | Promise]]:
    """Every team, and none."""
    return [("", _("No team")), *((str(team.team_id), team.name) for team in access.teams())]


class BrandForm(StudioForm):
    """How the company presents itself on every page and mail."""

    company = forms.CharField(label=_("Company"), max_length=200)
    language = forms.ChoiceField(label=_("Language of your pages and mails"), choices=settings.LANGUAGES)
    sender_email = AddressField(label=_("Sender"), help_text=_("Your mails come from this address, and answers go there."))
    postal_address = forms.CharField(
        label=_("Postal address"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Under every page and mail."),
    )
    privacy_email = AddressField(
        label=_("Address for privacy requests"), required=False, help_text=_("Where people ask what you know of them.")
    )
    privacy_url = forms.URLField(
        label=_("Privacy notice"),
        required=False,
        assume_scheme="https",
        help_text=_("The page of your own site that says it in full."),
    )
    colour = forms.CharField(
        label=_("Colour"),
        required=False,
        max_length=9,
        widget=forms.TextInput(attrs={"spellcheck": "false", "placeholder": "#0f6673", "autocomplete": "off"}),
        help_text=_("Of buttons and links on your public pages. We correct it where it would be hard to read."),
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG or WebP. A wide one on a transparent ground looks best."),
    )
    without_logo = forms.BooleanField(label=_("Show the company’s name instead"), required=False)

    def clean_colour(self) -> str:
        typed: str = self.cleaned_data["colour"].strip()
        if not typed:
            return ""
        colour = read_hex(typed)
        if colour is None:
            raise forms.ValidationError(_("Write it as six digits, like #1f6f6b."))
        return colour


class AccountForm(StudioForm):
    """How I am called and how I like to read."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language of the studio"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, required=False)
    theme = forms.ChoiceField(label=_("Light and dark"), choices=THEMES, required=False)


class PasswordForm(StudioForm):
    """The old password once, the new one once: it can be shown, so it need not be repeated."""

    old = forms.CharField(
        label=_("Password until now"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; a sentence is better than a riddle."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_old(self) -> str:
        typed: str = self.cleaned_data["old"]
        if not self._user.check_password(typed):
            raise forms.ValidationError(_("This is not your password."))
        return typed


class NewPersonForm(StudioForm):
    """A new account."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = AddressField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, ROLE[role]) for role in Role], initial=Role.REP.value)
    team = forms.ChoiceField(label=_("Team"), choices=teams, required=False)
    password = forms.CharField(
        label=_("First password"),
        strip=False,
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Leave it empty, and you get a link with which they choose their own."),
    )


class PersonForm(StudioForm):
    """What somebody is here, and how they read."""

    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, ROLE[role]) for role in Role])
    team = forms.ChoiceField(label=_("Team"), choices=teams, required=False)
    language = forms.ChoiceField(
        label=_("Language of the studio"), choices=[("", _("As the browser says")), *settings.LANGUAGES], required=False
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, required=False)


class TeamForm(StudioForm):
    """What a team is called."""

    name = forms.CharField(
        label=pgettext_lazy("of a team", "Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
