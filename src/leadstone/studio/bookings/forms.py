"""Hours, days that differ and calendars elsewhere, as a host types them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import available_timezones

from babel.dates import get_day_names
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leadstone.domains.bookings.queries.hosts import HostFacts
from leadstone.domains.bookings.rules.times import GRANULE_MINUTES, WallSpan
from leadstone.domains.bookings.rules.wall import WEEKDAYS, UnclearHours, read_spans, written
from leadstone.domains.bookings.services.hosts import HostSettings
from leadstone.studio.shell.forms import StudioForm

MOST_DAYS_OFF = 370
LARGEST_FILE = 5 * 1024 * 1024


class SpansField(forms.CharField):
    """ "9:00–12:30, 13–17"; empty is a free day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=200, **kwargs)

    def clean(self, value: Any) -> tuple[WallSpan, ...]:
        try:
            return read_spans(str(super().clean(value) or ""))
        except UnclearHours as unclear:
            raise forms.ValidationError(_("Write it like 9:00–12:30, 13:00–17:00, in steps of five minutes.")) from unclear


def _minutes(label: Any, *, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, step_size=GRANULE_MINUTES)


class HostForm(StudioForm):
    """When and how somebody may be booked."""

    is_open = forms.BooleanField(label=_("Takes bookings"), required=False)
    zone = forms.ChoiceField(label=_("These hours are by the clock in"))
    before_minutes = _minutes(_("Minutes kept free before"), most=240)
    after_minutes = _minutes(_("Minutes kept free after"), most=240)
    daily_limit = forms.IntegerField(label=_("At most so many a day (0: no limit)"), min_value=0, max_value=100)
    weight = forms.IntegerField(
        label=_("Weight"), min_value=0, max_value=9, help_text=_("With weight 2 somebody gets twice as many as with 1.")
    )
    approves = forms.BooleanField(label=_("Agrees to each booking first"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"] = forms.ChoiceField(
            label=self.fields["zone"].label, choices=[(zone, zone.replace("_", " ")) for zone in sorted(available_timezones())]
        )
        names = get_day_names("wide", locale=get_language() or "en")
        for day in WEEKDAYS:
            self.fields[f"day_{day}"] = SpansField(label=names[day - 1].capitalize())

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[f"day_{day}"] for day in WEEKDAYS]

    def said(self) -> HostSettings:
        data = self.cleaned_data
        return HostSettings(
            is_open=data["is_open"],
            zone=data["zone"],
            hours={day: data[f"day_{day}"] for day in WEEKDAYS if data[f"day_{day}"]},
            before_minutes=data["before_minutes"],
            after_minutes=data["after_minutes"],
            daily_limit=data["daily_limit"],
            weight=data["weight"],
            approves=data["approves"],
        )


def initial_of(host: HostFacts) -> Mapping[str, Any]:
    """A host as the form shows one."""
    days: dict[str, Sequence[WallSpan] | str] = {f"day_{day}": written(host.hours.get(day, ())) for day in WEEKDAYS}
    return {
        **days,
        "is_open": host.is_open,
        "zone": host.zone,
        "before_minutes": host.before_minutes,
        "after_minutes": host.after_minutes,
        "daily_limit": host.daily_limit,
        "weight": host.weight,
        "approves": host.approves,
    }


class OtherDayForm(StudioForm):
    """Days off, or other hours on them."""

    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    spans = SpansField(label=_("Other hours"), help_text=_("Empty: days off."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("first"), data.get("last") or data.get("first")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", _("It would end before it begins."))
            elif last - first > timedelta(days=MOST_DAYS_OFF):
                self.add_error("last", _("At most a year at once."))
        return {**data, "last": last}


class FeedForm(StudioForm):
    """A calendar elsewhere: its address, or a file from it."""

    url = forms.URLField(label=_("Address of the calendar (ICS)"), required=False, max_length=1000, assume_scheme="https")
    file = forms.FileField(label=_("Or a calendar file (.ics)"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("url") and not data.get("file"):
            self.add_error("url", _("Give an address or a file."))
        if data.get("file") and data["file"].size > LARGEST_FILE:
            self.add_error("file", _("This file is larger than 5 MB."))
        return data
