"""The editor of a trial: its length, its end, and the way in."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from leadstone.domains.magnets.kinds.trial import LONGEST_END, MOST_DAYS, TrialTerms
from leadstone.domains.webhooks import queries as webhooks
from leadstone.studio.shell.forms import StudioForm


class TermsForm(StudioForm):
    """Everything that a trial is."""

    days = forms.IntegerField(label=_("How many days"), required=False, min_value=0, max_value=MOST_DAYS)
    remind_days = forms.IntegerField(
        label=_("Reminder, days before the end"), required=False, min_value=0, max_value=MOST_DAYS, help_text=_("0: none.")
    )
    zone = forms.CharField(label=_("By whose clock"), required=False, max_length=60)
    at_end = forms.CharField(
        label=_("What happens at the end"),
        required=False,
        max_length=LONGEST_END,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stands on the page of the trial and in both letters. Say that nothing is charged by itself."),
    )
    start_url = forms.CharField(
        label=_("Where the button “Start” leads"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
        help_text=_("https://… Without an endpoint the address carries a key that your app redeems once by the API."),
    )
    endpoint = forms.ChoiceField(label=_("Who opens the account"), required=False)
    shares_email = forms.BooleanField(label=_("It is told the e-mail address. The exchange must say so."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(each.key), each.name) for each in webhooks.endpoints()]
        chosen = str(self.initial.get("endpoint") or "")
        gone = [(chosen, _("an endpoint that is gone"))] if chosen and chosen not in dict(known) else []
        endpoint = self.fields["endpoint"]
        assert isinstance(endpoint, forms.ChoiceField)
        endpoint.choices = [("", _("nobody: the start address carries a key")), *known, *gone]


class TrialForms:
    """The settings of a trial, over one draft. With `data` it reads what was typed."""

    template = "machines/_kind.html"
    aside = ""
    groups = frozenset({"length", "end", "start"})

    def __init__(self, settings: Mapping[str, Any], *, data: Mapping[str, Any] | None = None, blank: bool = True) -> None:
        self._before = msgspec.convert(settings, TrialTerms)
        self.terms = TermsForm(data, prefix="trial", initial=msgspec.structs.asdict(self._before))
        self.terms.is_valid()

    def all(self) -> list[StudioForm]:
        return [self.terms]

    def settings(self) -> dict[str, Any]:
        """What the form says, as a definition keeps it."""
        before = msgspec.structs.asdict(self._before)
        if not self.terms.is_bound:
            return before
        said = self.terms.cleaned_data
        made = TrialTerms(
            days=said["days"] if said.get("days") is not None else 0,
            remind_days=said.get("remind_days") or 0,
            zone=said.get("zone") or self._before.zone,
            at_end=said.get("at_end", before["at_end"]),
            start_url=(said.get("start_url", before["start_url"]) or "").strip(),
            endpoint=said.get("endpoint", before["endpoint"]),
            shares_email=bool(said.get("shares_email") and said.get("endpoint")),
        )
        return msgspec.structs.asdict(made)

    def slot(self, where: str) -> str:
        """The place in the form that a gap's place means."""
        return where

    def slots(self) -> list[str]:
        return sorted(self.groups)

    def tried(self, settings: Mapping[str, Any]) -> None:
        """There is nothing to try."""
