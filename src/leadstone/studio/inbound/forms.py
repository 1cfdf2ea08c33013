"""The forms for a door, and for a host whose pages may show ours."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.inbound import queries
from leadstone.domains.inbound.queries import DoorFacts
from leadstone.domains.inbound.rules import LONGEST_NAME, ProviderName
from leadstone.domains.inbound.rules.hosts import LONGEST_HOST, MOST_HOSTS, read_host
from leadstone.domains.leads.rules import Basis
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.language import Language
from leadstone.studio.inbound.words import ASKED, BRINGS_SECRET, HOST_ERROR, PROVIDER
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.words.leads import BASIS, CHANNEL

LANGUAGES = ((Language.POLISH.value, "Polski"), (Language.ENGLISH.value, "English"))


class DoorSettings(StudioForm):
    """What may be other than before, later too."""

    name = forms.CharField(
        label=pgettext_lazy("way in", "Name"),
        max_length=LONGEST_NAME,
        help_text=_("It stands on each lead as the place where you met: “Spring form on Facebook”."),
    )
    token = forms.CharField(
        label=_("Access token"),
        required=False,
        max_length=2000,
        help_text=_("Only for Meta and LinkedIn: they send a number, and with it we ask who it is. It is kept sealed."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    campaign = forms.ChoiceField(label=_("Campaign"), required=False, help_text=_("Its leads count for it."))
    channel = forms.ChoiceField(label=_("Channel"), required=False, help_text=_("Where there is no campaign."))
    magnet = forms.ChoiceField(
        label=_("What they get"),
        required=False,
        help_text=_("With a magnet they get its mail as if they had filled in its own form. No box is ticked for them."),
    )
    basis = forms.ChoiceField(
        label=_("Why we may know them"),
        required=False,
        help_text=_(
            "Without a reason they wait in quarantine: nobody writes or calls until somebody names one. Whoever writes an e-mail"
            " to you has asked you."
        ),
    )
    language = forms.ChoiceField(label=_("Their language"), choices=LANGUAGES)

    def __init__(self, *args: Any, chosen: DoorFacts | None = None, **kwargs: Any) -> None:
        """`chosen`: what stands now, and is offered though it is no longer to others."""
        super().__init__(*args, **kwargs)
        named = {str(pk): name for pk, name in campaigns.choices()}
        published = [each for each in magnets.published_magnets() if each.live]
        titles = {str(each.magnet_id): each.current.definition.title for each in published}
        if chosen is not None and chosen.campaign_id is not None:
            named.setdefault(str(chosen.campaign_id), chosen.campaign)
        if chosen is not None and chosen.magnet_id is not None:
            titles.setdefault(str(chosen.magnet_id), chosen.magnet_title)
        self._offer("campaign", [("", _("None")), *named.items()])
        self._offer("channel", [("", _("The usual one")), *((each.value, CHANNEL[each]) for each in ChannelType)])
        self._offer("magnet", [("", _("Nothing: just a lead")), *titles.items()])
        self._offer("basis", [("", _("Not known yet: quarantine")), *((each.value, BASIS[each]) for each in Basis)])

    def clean_basis(self) -> str:
        basis: str = self.cleaned_data["basis"]
        # Whoever writes to us asks us.
        return Basis.ASKED_US.value if self.who_sends() == ProviderName.MAIL and not basis else basis

    def who_sends(self) -> str | None:
        """The provider, as far as it is known."""
        provider: str | None = self.cleaned_data.get("provider")
        return provider

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("magnet") and not said.get("basis") and "basis" not in self.errors:
            self.add_error("basis", _("With a magnet they get a mail, so say why you may know them."))
        return said

    def clean_token(self) -> str:
        token: str = self.cleaned_data["token"].strip()
        if not token.isascii() or not token.isprintable() or " " in token:
            raise forms.ValidationError(_("An access token has no spaces and no accents."))
        return token

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class DoorForm(DoorSettings):
    """A door as somebody wants it."""

    provider = forms.ChoiceField(label=_("Who sends"), choices=[(each.value, PROVIDER[each]) for each in ProviderName])
    secret = forms.CharField(
        label=_("Secret of theirs"),
        required=False,
        max_length=200,
        help_text=_("For Meta the app secret, for LinkedIn the client secret. For the others we make one; leave it empty."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("provider", "name", "secret", "token")

    def clean_provider(self) -> str:
        provider: str = self.cleaned_data["provider"]
        if provider == ProviderName.MAIL and settings.LETTERBOX is None:
            raise forms.ValidationError(
                _("First say which addresses are yours: LEADSTONE_INBOUND_MAIL_ADDRESS, in the settings of the server.")
            )
        return provider

    def clean_secret(self) -> str:
        provider = self.cleaned_data.get("provider")
        secret = read_secret(self.cleaned_data["secret"], is_theirs=provider in BRINGS_SECRET)
        return secret if provider in BRINGS_SECRET else ""


class ChangeDoorForm(DoorSettings):
    """The same over what is known. A token that is there is shown to nobody: an empty field leaves it."""

    no_token = forms.BooleanField(label=_("Take the token away"), required=False)
    field_order = ("name", "token", "no_token")

    def __init__(self, *args: Any, door: DoorFacts, **kwargs: Any) -> None:
        super().__init__(*args, chosen=door, **kwargs)
        self._door = door
        if door.provider not in ASKED:
            del self.fields["token"]
        elif door.asks_back:
            self.fields["token"].help_text = _("One is there. Leave this empty to keep it, or paste a new one.")
        if not door.asks_back or door.provider not in ASKED:
            del self.fields["no_token"]

    def who_sends(self) -> str | None:
        return self._door.provider

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("token") and said.get("no_token"):
            self.add_error("no_token", _("Either a new one, or none."))
        return said


class SecretForm(StudioForm):
    """Another secret, and how long the old one is accepted beside it."""

    secret = forms.CharField(
        label=_("Their new secret"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    overlap = forms.ChoiceField(
        label=_("The old one is accepted"),
        choices=[
            ("86400", _("for another day")),
            ("3600", _("for another hour")),
            ("604800", _("for another 7 days")),
            ("0", _("no longer: it is in wrong hands")),
        ],
        help_text=_("Until then both open the door, so that nobody is lost while you change it on the other side."),
    )

    def __init__(self, *args: Any, door: DoorFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_theirs = door.provider in BRINGS_SECRET
        if not self._is_theirs:
            del self.fields["secret"]

    def clean_secret(self) -> str:
        return read_secret(self.cleaned_data["secret"], is_theirs=self._is_theirs)


def read_secret(text: str, *, is_theirs: bool) -> str:
    """A secret as somebody pasted it; raises `ValidationError`."""
    secret = text.strip()
    if not secret and is_theirs:
        raise forms.ValidationError(_("Paste their secret: by it we know that a request is theirs."))
    if secret and len(secret) < 8:
        raise forms.ValidationError(_("This is too short for a secret."))
    return secret


class HostForm(StudioForm):
    """One host more."""

    host = forms.CharField(
        label=pgettext_lazy("website", "Host"),
        max_length=LONGEST_HOST + 50,  # a whole address that was pasted is told what to leave out
        required=False,
        help_text=_("As it stands in the address line: www.example.com and example.com are two. For trying out: localhost:3000."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "inputmode": "url"}
        ),
    )

    def clean_host(self) -> str:
        read = read_host(self.cleaned_data["host"])
        if read.error and read.instead:
            raise forms.ValidationError(
                _("%(why)s Did you mean %(instead)s?") % {"why": HOST_ERROR[read.error], "instead": read.instead}
            )
        if read.error:
            raise forms.ValidationError(str(HOST_ERROR[read.error]))
        if len(queries.allowed_hosts()) >= MOST_HOSTS:
            raise forms.ValidationError(_("The list is full. Take one off first."))
        return read.host
