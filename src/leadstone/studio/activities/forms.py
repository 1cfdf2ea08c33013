"""What is typed about tasks, calls, meetings and notes."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leadstone.domains.access import queries as access
from leadstone.domains.activities.queries import ActivityFacts
from leadstone.domains.activities.rules import (
    CALL_OUTCOMES,
    FOLLOWED_BY,
    USUAL_MEETING,
    About,
    ActivityKind,
    Outcome,
    Refusal,
)
from leadstone.domains.activities.services import LONGEST_TEXT, LONGEST_TITLE, Plan
from leadstone.studio.activities.when import moment_of, tomorrow
from leadstone.studio.activities.words import KIND, OUTCOME, REFUSED
from leadstone.studio.shell.forms import StudioForm

NO_REMINDER = ""
REMINDERS = (
    (NO_REMINDER, _("No reminder")),
    ("0", _("When it is due")),
    ("15", _("15 minutes before")),
    ("60", _("1 hour before")),
    ("1440", _("1 day before")),
)
LENGTHS = (("30", _("30 minutes")), ("60", _("1 hour")), ("90", _("1½ hours")), ("120", _("2 hours")), ("240", _("4 hours")))
LAST_YEAR = 2200  # calendars and databases know no year 10000


def _day_field(**attributes: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "max": f"{LAST_YEAR}-12-31"})
    return forms.DateField(widget=widget, input_formats=["%Y-%m-%d"], **attributes)


def _clock_field(**attributes: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(widget=widget, input_formats=["%H:%M", "%H:%M:%S"], required=False, **attributes)


class CallForm(StudioForm):
    """How a call went; `again` is asked for where something follows."""

    outcome = forms.ChoiceField(choices=[(each.value, OUTCOME[each]) for each in CALL_OUTCOMES])
    note = forms.CharField(label=_("Note"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2}))
    day = _day_field(label=_("Day"), required=False)
    clock = _clock_field(label=_("Time"))

    def clean_day(self) -> date | None:
        return _sane(self.cleaned_data["day"]) if self.cleaned_data["day"] else None

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        outcome = told.get("outcome")
        if outcome and Outcome(outcome) in FOLLOWED_BY and "day" not in self.errors:
            if told.get("day") is None:
                self.add_error("day", str(REFUSED[Refusal.NEEDS_TIME]))
            elif moment_of(told["day"], told.get("clock")) <= timezone.now():
                self.add_error("day", str(REFUSED[Refusal.TIME_IS_PAST]))
        return told

    def again_at(self) -> datetime | None:
        """When one goes on, where the outcome says that one does."""
        if Outcome(self.cleaned_data["outcome"]) not in FOLLOWED_BY:
            return None
        return moment_of(self.cleaned_data["day"], self.cleaned_data["clock"])


class NoteForm(StudioForm):
    text = forms.CharField(label=_("Note"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))


class PlanForm(StudioForm):
    """A task, a call or a meeting: what, when, and who reminds whom."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=[(each.value, KIND[each]) for each in ActivityKind if each is not ActivityKind.NOTE],
        initial=ActivityKind.TASK.value,
        widget=forms.RadioSelect,
    )
    title = forms.CharField(
        label=_("Title"), required=False, max_length=LONGEST_TITLE, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    day = _day_field(label=_("Day"))
    clock = _clock_field(label=_("Time"))
    length = forms.ChoiceField(label=_("Lasts"), choices=LENGTHS, initial="60", required=False)
    place = forms.CharField(label=_("Where"), required=False, max_length=LONGEST_TITLE)
    remind = forms.ChoiceField(label=_("Reminder by e-mail"), choices=REMINDERS, initial=NO_REMINDER, required=False)
    text = forms.CharField(label=_("Note"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_day(self) -> date:
        return _sane(self.cleaned_data["day"])

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        # Calls and meetings name themselves; a task without a title says nothing.
        if told.get("kind") == ActivityKind.TASK and not told.get("title", "").strip():
            self.add_error("title", _("What is to be done?"))
        return told

    def plan(self, about: About, *, owner_id: int) -> Plan:
        told = self.cleaned_data
        kind, due_at = ActivityKind(told["kind"]), moment_of(told["day"], told["clock"])
        meets = kind is ActivityKind.MEETING
        return Plan(
            kind=kind,
            about=about,
            owner_id=owner_id,
            title=told["title"],
            due_at=due_at,
            ends_at=due_at + (timedelta(minutes=int(told["length"])) if told["length"] else USUAL_MEETING) if meets else None,
            place=told["place"] if meets else "",
            text=told["text"],
            remind_at=due_at - timedelta(minutes=int(told["remind"])) if told["remind"] else None,
        )


class ChangeForm(PlanForm):
    """The same about something that is planned, and whose it is."""

    owner = forms.TypedChoiceField(label=_("Whose"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.choices = [(one.user_id, one.name) for one in access.staff(active_only=True)]


def as_typed(facts: ActivityFacts) -> dict[str, object]:
    """What a form about it begins with."""
    local = timezone.localtime(facts.due_at) if facts.due_at else None
    lasts = round((facts.ends_at - facts.due_at).total_seconds() / 60) if facts.ends_at and facts.due_at else 60
    before = round((facts.due_at - facts.remind_at).total_seconds() / 60) if facts.remind_at and facts.due_at else None
    return {
        "kind": facts.kind.value,
        "title": facts.title,
        "day": local.date() if local else None,
        "clock": local.time() if local else None,
        "length": str(lasts),
        "place": facts.place,
        "remind": NO_REMINDER if before is None else str(before),
        "text": facts.text,
        "owner": facts.owner_id,
    }


def usual_time(now: datetime) -> dict[str, date | time]:
    """What a fresh form proposes: tomorrow in the morning."""
    return {"day": tomorrow(now), "clock": time(9, 0)}


def _sane(day: date) -> date:
    if not 2000 <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("This day is too far away."))
    return day
