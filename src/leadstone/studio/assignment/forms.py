"""What a manager says about a rule, and what somebody says about their time."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from babel import Locale
from babel.dates import get_day_names
from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from leadstone.domains.assignment.queries import AvailabilityFacts, OwnerRuleFacts
from leadstone.domains.assignment.rules.fitting import Conditions
from leadstone.domains.assignment.services import RuleWords
from leadstone.domains.leads.rules import QualityBand
from leadstone.domains.sources.rules import ChannelType
from leadstone.studio.assignment.sentences import LANGUAGE
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.words.leads import BAND, CHANNEL

HEAVIEST = 20
LONGEST_CLOCK_HOURS = 200
COMPANY = {"": None, "yes": True, "no": False}


def _boxes(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple)


class RuleForm(StudioForm):
    """A rule. A colleague's share is a whole number; empty or 0 means that no turn is theirs."""

    name = forms.CharField(
        label=pgettext_lazy("of a rule", "Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    channels = _boxes(_("How they came"), [(each.value, CHANNEL[each]) for each in ChannelType])
    bands = _boxes(_("Quality"), [(each.value, BAND[each]) for each in QualityBand])
    languages = _boxes(_("Language of the magnet"), [(each.value, words) for each, words in LANGUAGE.items()])
    company = forms.ChoiceField(
        label=_("Companies or people"),
        required=False,
        choices=[("", _("Both")), ("yes", _("Only leads with a company")), ("no", _("Only private people"))],
    )
    countries = forms.CharField(
        label=_("Countries"),
        required=False,
        max_length=200,
        help_text=_("Two letters each, of the phone number or the company: PL, CZ."),
    )
    postcodes = forms.CharField(
        label=_("Postcodes"),
        required=False,
        max_length=300,
        help_text=_("How they begin, at the company’s address: 80, 81-3."),
    )
    keeps_owner = forms.BooleanField(
        label=_("Whoever already speaks with the person or company comes first"), required=False, initial=True
    )
    respects_hours = forms.BooleanField(label=_("Only to those who are at work when the lead comes"), required=False)
    hours = forms.DecimalField(
        label=_("First answer within, hours"),
        required=False,
        min_value=0,
        max_value=LONGEST_CLOCK_HOURS,
        decimal_places=2,
        help_text=_("Of the owner’s working time. Leave it empty for no clock."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, colleagues: Sequence[tuple[int, str]], magnets: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["magnets"] = _boxes(_("What they came for"), [(str(pk), title) for pk, title in magnets.items()])
        self._colleagues = [pk for pk, _name in colleagues]
        for pk, name in colleagues:
            self.fields[f"share_{pk}"] = forms.IntegerField(
                label=name,
                required=False,
                min_value=0,
                max_value=HEAVIEST,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )

    def shares(self) -> list[forms.BoundField]:
        """The field of each colleague."""
        return [self[f"share_{pk}"] for pk in self._colleagues]

    def clean_countries(self) -> list[str]:
        codes = str(self.cleaned_data["countries"]).upper().replace(",", " ").replace(";", " ").split()
        unknown = [code for code in codes if code not in Locale("en").territories or len(code) != 2]
        if unknown:
            raise forms.ValidationError(_("No country has these letters: %(codes)s."), params={"codes": ", ".join(unknown)})
        return codes

    def clean_postcodes(self) -> list[str]:
        return str(self.cleaned_data["postcodes"]).replace(",", " ").replace(";", " ").split()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self._weights():
            first = f"share_{self._colleagues[0]}" if self._colleagues else None
            self.add_error(first, _("Give at least one colleague a share: 1 is enough."))
        return cleaned

    def words(self) -> RuleWords:
        """What was said."""
        given = self.cleaned_data
        return RuleWords(
            name=given["name"],
            conditions=Conditions(
                channels=frozenset(given["channels"]),
                magnet_ids=frozenset(map(int, given["magnets"])),
                languages=frozenset(given["languages"]),
                countries=frozenset(given["countries"]),
                postcodes=frozenset(given["postcodes"]),
                bands=frozenset(given["bands"]),
                company=COMPANY[given["company"]],
            ),
            weights=self._weights(),
            keeps_owner=given["keeps_owner"],
            respects_hours=given["respects_hours"],
            answer_within_minutes=round(given["hours"] * 60) or None if given["hours"] else None,
        )

    def _weights(self) -> dict[int, int]:
        return {pk: share for pk in self._colleagues if (share := self.cleaned_data.get(f"share_{pk}"))}


def rule_initial(rule: OwnerRuleFacts) -> dict[str, object]:
    """A rule as the form shows it."""
    wanted = rule.conditions
    hours = f"{rule.answer_within_minutes / 60:g}" if rule.answer_within_minutes else ""
    return {
        "name": rule.name,
        "channels": sorted(wanted.channels),
        "magnets": [str(each) for each in sorted(wanted.magnet_ids)],
        "languages": sorted(wanted.languages),
        "countries": ", ".join(sorted(wanted.countries)),
        "postcodes": ", ".join(sorted(wanted.postcodes)),
        "bands": sorted(wanted.bands),
        "company": next(key for key, value in COMPANY.items() if value is wanted.company),
        "keeps_owner": rule.keeps_owner,
        "respects_hours": rule.respects_hours,
        "hours": hours,
        **{f"share_{each.user_id}": each.weight for each in rule.members},
    }


class AvailabilityForm(StudioForm):
    """Hours of each weekday, days away, and how many leads at once."""

    most_open_leads = forms.IntegerField(
        label=_("At most this many leads at once"),
        required=False,
        min_value=0,
        max_value=10_000,
        help_text=_("New ones and those in talks. Leave it empty for no limit."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    away_from = forms.DateField(
        label=_("Away from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    away_until = forms.DateField(
        label=_("Until, that day too"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._days = get_day_names("wide", locale=get_language() or "en")
        for day in range(1, 8):
            for end, label in (("from", _("from")), ("until", _("until"))):
                self.fields[f"{end}_{day}"] = forms.TimeField(
                    label=f"{self._days[day - 1]}, {label}",
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
                )

    def days(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each weekday with its two fields."""
        return [(self._days[day - 1], self[f"from_{day}"], self[f"until_{day}"]) for day in range(1, 8)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for day in range(1, 8):
            begin, end = cleaned.get(f"from_{day}"), cleaned.get(f"until_{day}")
            if (begin is None) != (end is None) and not self.errors:
                self.add_error(f"from_{day}", _("Give both times, or neither for a free day."))
            elif begin is not None and end is not None and begin >= end:
                self.add_error(f"until_{day}", _("The end comes after the beginning."))
        if not self.errors and not self._hours():
            self.add_error("from_1", _("Give the hours of at least one day; for a holiday use the days away."))
        first, last = cleaned.get("away_from"), cleaned.get("away_until")
        if first and last and first > last:
            self.add_error("away_until", _("The end comes after the beginning."))
        return cleaned

    def said(self) -> AvailabilityFacts:
        """What was said."""
        given = self.cleaned_data
        return AvailabilityFacts(
            hours=self._hours(),
            most_open_leads=given["most_open_leads"],
            away_from=given["away_from"],
            away_until=given["away_until"],
        )

    def _hours(self) -> dict[int, tuple[time, time]]:
        spans = {day: (self.cleaned_data.get(f"from_{day}"), self.cleaned_data.get(f"until_{day}")) for day in range(1, 8)}
        return {day: (begin, end) for day, (begin, end) in spans.items() if begin is not None and end is not None}


def availability_initial(said: AvailabilityFacts) -> dict[str, int | date | time | None]:
    """What somebody said as the form shows it."""
    return {
        "most_open_leads": said.most_open_leads,
        "away_from": said.away_from,
        "away_until": said.away_until,
        **{f"from_{day}": begin for day, (begin, _end) in said.hours.items()},
        **{f"until_{day}": end for day, (_begin, end) in said.hours.items()},
    }
