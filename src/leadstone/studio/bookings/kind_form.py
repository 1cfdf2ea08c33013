"""The editor of a consultation: how long, with whom, where, how soon and how far ahead."""

from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from django.utils.translation import gettext_lazy as _

from leadstone.domains.bookings.queries import hosts
from leadstone.domains.magnets.kinds.consultation import ConsultationSettings, Place
from leadstone.studio.shell.forms import StudioForm

DAY, HOUR = 24 * 60, 60
_REMINDERS = (
    (f"{DAY},{HOUR}", _("a day before and an hour before")),
    (f"{DAY}", _("a day before")),
    (f"{HOUR}", _("an hour before")),
    ("", _("not at all")),
)


class MeetingForm(StudioForm):
    """What is offered. Numbers that no calendar allows are said where gaps are said, so that a draft can be kept."""

    minutes = forms.IntegerField(label=_("How long, in minutes"), required=False, min_value=0, max_value=9999)
    every_minutes = forms.IntegerField(label=_("Begins every so many minutes"), required=False, min_value=0, max_value=9999)
    notice_hours = forms.IntegerField(
        label=_("Hours of notice"), required=False, min_value=0, max_value=9999, help_text=_("Nobody is booked sooner than that.")
    )
    days_ahead = forms.IntegerField(label=_("Days ahead that are offered"), required=False, min_value=0, max_value=9999)
    place = forms.ChoiceField(
        label=_("Where you meet"),
        required=False,
        choices=[
            (Place.VIDEO.value, _("online, at the address below")),
            (Place.PHONE.value, _("by phone: you call the number that they leave")),
            (Place.OFFICE.value, _("at your office, at the address below")),
        ],
    )
    where = forms.CharField(
        label=_("Address of the room or the office"),
        required=False,
        max_length=500,
        help_text=_("Shown only when the mailbox is confirmed."),
    )
    prepare = forms.CharField(
        label=_("What to prepare"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    reminders = forms.ChoiceField(label=_("They are reminded"), required=False, choices=_REMINDERS)
    hosts = forms.MultipleChoiceField(
        label=_("With whom"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody chosen: everybody who takes bookings, by turns."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hosts"].choices = [(str(one.user_id), one.name) for one in hosts.hosts()]  # type: ignore[attr-defined]


class ConsultationForms:
    """The settings of a consultation over one draft. With `data` it reads what was typed."""

    template = "bookings/_kind.html"
    aside = ""
    groups = frozenset({"consultation"})

    def __init__(self, settings: Mapping[str, Any], *, data: Mapping[str, Any] | None = None, blank: bool = True) -> None:
        self._before = msgspec.convert(settings, ConsultationSettings)
        initial = msgspec.structs.asdict(self._before) | {
            "hosts": [str(pk) for pk in self._before.hosts],
            "reminders": ",".join(str(each) for each in self._before.reminders),
        }
        self.meeting = MeetingForm(data, prefix="consultation", initial=initial)
        self.meeting.is_valid()

    def all(self) -> list[StudioForm]:
        return [self.meeting]

    def settings(self) -> dict[str, Any]:
        """What was typed, as a definition keeps it; what is not readable keeps its old value."""
        said = self.meeting.cleaned_data if self.meeting.is_bound else {}
        before = msgspec.structs.asdict(self._before)
        kept = before | {name: said[name] for name in before if name in said and said[name] is not None}
        if self.meeting.is_bound:
            kept["hosts"] = tuple(int(pk) for pk in said.get("hosts", ()))
            kept["reminders"] = tuple(int(each) for each in said.get("reminders", "").split(",") if each)
        kept["place"] = Place(kept["place"] or self._before.place)
        found: dict[str, Any] = msgspec.to_builtins(ConsultationSettings(**kept))
        return found

    def slot(self, where: str) -> str:
        return where.replace(".", "-")

    def slots(self) -> list[str]:
        return [f"consultation-{name}" for name in ("minutes", "every_minutes", "days_ahead", "where", "reminders")]

    def tried(self, settings: Mapping[str, Any]) -> None:
        """There is nothing to try."""
