"""From when until when, and for how many: typed by the reader's wall clock, kept in UTC with the zone it was said in."""

from datetime import UTC
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadstone.domains.magnets.offering import LARGEST_CAP
from leadstone.studio.shell.forms import StudioForm
from leadstone.wire.definition import Availability


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget)


class AvailabilityForm(StudioForm):
    """A window, a number, and what happens when all are taken. `line`: whether people can wait for it."""

    opens_at = _moment(_("Offered from"))
    closes_at = _moment(_("Offered until"))
    cap = forms.IntegerField(
        label=_("For how many people"),
        required=False,
        min_value=0,
        max_value=LARGEST_CAP * 10,
        help_text=_("Empty: for everybody. A place is taken when somebody confirms their mailbox, not when they type."),
    )
    waiting = forms.BooleanField(label=_("Keep a waiting list when all are taken"), required=False)
    shows_left = forms.BooleanField(label=_("Say on the page how many are left"), required=False)

    def __init__(self, *given: Any, line: bool = True, **named: Any) -> None:
        super().__init__(*given, **named)
        if not line:
            del self.fields["waiting"]

    def availability(self, before: Availability) -> Availability:
        """What was typed; what is not readable keeps its old value, and moments that were not touched keep their zone."""
        if not self.is_bound:
            return before
        said = self.cleaned_data
        opens_at = said.get("opens_at", before.opens_at)
        closes_at = said.get("closes_at", before.closes_at)
        untouched = (opens_at, closes_at) == (before.opens_at, before.closes_at) and before.zone
        zone = before.zone if untouched else timezone.get_current_timezone_name()
        return Availability(
            opens_at=opens_at.astimezone(UTC) if opens_at else None,
            closes_at=closes_at.astimezone(UTC) if closes_at else None,
            zone=zone if opens_at or closes_at else "",
            cap=said.get("cap", before.cap),
            waiting=said.get("waiting", False),
            shows_left=said.get("shows_left", before.shows_left),
        )
