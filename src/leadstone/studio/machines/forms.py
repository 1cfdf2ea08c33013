"""Forms for keys and endpoints."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.access import queries as access
from leadstone.domains.access.rules import KeyReach, Scope
from leadstone.domains.webhooks.rules import CHOSEN, LONGEST_NAME, EventKind
from leadstone.studio.machines.words import EVENT, KEY_REACH, SCOPE
from leadstone.studio.shell.forms import StudioForm


class KeyForm(StudioForm):
    """A key for another program."""

    name = forms.CharField(
        label=pgettext_lazy("of a program", "Name"), max_length=120, help_text=_("Which program uses it: “Web shop”, “Our app”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it opens"),
        choices=[(scope.value, SCOPE[scope]) for scope in Scope],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing, or the key opens nothing.")},
    )
    reach = forms.ChoiceField(
        label=_("Whose leads it sees"),
        choices=[(reach.value, KEY_REACH[reach]) for reach in (KeyReach.ALL, KeyReach.TEAM)],
        widget=forms.RadioSelect,
        initial=KeyReach.ALL.value,
    )
    team = forms.ChoiceField(label=_("Team"), required=False)
    expires_on = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}), help_text=_("Empty: until revoked.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        assert isinstance(team, forms.ChoiceField)
        team.choices = [("", "–"), *((str(one.team_id), one.name) for one in access.teams())]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("reach") == KeyReach.TEAM.value and not said.get("team"):
            self.add_error("team", _("Which team?"))
        return said


class EndpointForm(StudioForm):
    """An address of another system."""

    name = forms.CharField(label=pgettext_lazy("of a program", "Name"), max_length=LONGEST_NAME)
    url = forms.CharField(
        label=_("Address"),
        max_length=2000,
        help_text=_("Where we send to, by POST: https://example.com/hooks"),
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false", "autocomplete": "off"}),
    )
    events = forms.MultipleChoiceField(
        label=_("It is told when"),
        required=False,
        choices=[(kind.value, EVENT[kind]) for kind in CHOSEN],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A trial that names this endpoint tells it of itself in any case."),
    )

    def chosen(self) -> list[EventKind]:
        return [EventKind(word) for word in self.cleaned_data["events"]]
