"""What somebody writes before an experiment begins: the plan, and what the other arm says differently."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from msgspec import UNSET

from leadstone.domains.experiments.queries import ExperimentFacts
from leadstone.domains.experiments.rules import CHALLENGER, CONTROL, Aspect, Goal
from leadstone.domains.experiments.rules.overlay import Overlay, said_by
from leadstone.domains.experiments.rules.planning import LEAST_CHANGES, WEIGHTS
from leadstone.domains.experiments.services import Wanted
from leadstone.studio.experiments.words import ASPECT, GOAL
from leadstone.studio.magnets.words import FIELD
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.words import numbers
from leadstone.wire.definition import POSTAL, AskedField, FieldKey, MagnetDefinition, MailWords

MOST_POINTS = 6


class NewForm(StudioForm):
    """On which magnet, and what it varies."""

    name = forms.CharField(
        label=pgettext_lazy("of an experiment", "Name"), max_length=120, help_text=gettext_lazy("How you will find it again.")
    )
    magnet = forms.TypedChoiceField(label=gettext_lazy("Magnet"), coerce=int)
    aspect = forms.ChoiceField(
        label=gettext_lazy("What differs"), widget=forms.RadioSelect, choices=[(each.value, ASPECT[each]) for each in ASPECT]
    )

    def __init__(self, *args: Any, magnets: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["magnet"].choices = list(magnets.items())  # type: ignore[attr-defined]


class PlanForm(StudioForm):
    """The rule, fixed by the start."""

    name = forms.CharField(label=pgettext_lazy("of an experiment", "Name"), max_length=120)
    question = forms.CharField(
        label=gettext_lazy("Why should B bring more?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One sentence. It is worth more than the numbers when you read this in a year."),
    )
    goal = forms.ChoiceField(
        label=gettext_lazy("What counts"),
        choices=[(goal.value, GOAL[goal]) for goal in Goal],
        help_text=gettext_lazy("The later it is, the more it says, and the longer it takes."),
    )
    least_change = forms.TypedChoiceField(
        label=gettext_lazy("Smallest difference that matters"),
        coerce=int,
        choices=[(each, f"{each}%") for each in LEAST_CHANGES],
        help_text=gettext_lazy("So much more or less of the goal, from the same number of visitors."),
    )
    share = forms.ChoiceField(
        label=gettext_lazy("Who meets B"),
        choices=[
            ("1:1", gettext_lazy("half of the visitors")),
            ("3:1", gettext_lazy("a quarter of the visitors")),
            ("9:1", gettext_lazy("one visitor in ten")),
        ],
    )
    least_days = forms.TypedChoiceField(
        label=gettext_lazy("At least"),
        coerce=int,
        choices=[(7, gettext_lazy("one week")), (14, gettext_lazy("two weeks")), (28, gettext_lazy("four weeks"))],
    )

    @property
    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(
            name=data["name"],
            question=data["question"],
            goal=Goal(data["goal"]),
            least_change=data["least_change"],
            least_days=data["least_days"],
            weights=_SHARES[data["share"]],
        )


_SHARES = {f"{a}:{b}": (a, b) for a, b in WEIGHTS}


def plan_form(facts: ExperimentFacts, data: Mapping[str, Any] | None = None) -> PlanForm:
    weights = (facts.arms[CONTROL].weight, facts.arms[CHALLENGER].weight)
    initial = {
        "name": facts.name,
        "question": facts.question,
        "goal": facts.plan.goal.value,
        "least_change": facts.least_change,
        "share": f"{weights[0]}:{weights[1]}",
        "least_days": facts.plan.days,
    }
    return PlanForm(data, initial=initial)


class ArmForm(StudioForm):
    """What B says differently. Each aspect has its own; the fields begin with what is public."""

    def overlay(self, public: MagnetDefinition) -> Overlay:
        raise NotImplementedError


class PromiseArm(ArmForm):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200, required=False)
    promise = forms.CharField(
        label=gettext_lazy("Promise"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def overlay(self, public: MagnetDefinition) -> Overlay:
        return Overlay(title=self.cleaned_data["title"], promise=self.cleaned_data["promise"])


class PageArm(ArmForm):
    points = forms.CharField(
        label=gettext_lazy("What is inside"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One line each. The page shows the first six."),
    )
    proof = forms.CharField(
        label=gettext_lazy("Where it comes from"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    button = forms.CharField(label=gettext_lazy("Button"), max_length=60, required=False)

    def overlay(self, public: MagnetDefinition) -> Overlay:
        lines = tuple(line.strip(" \t-•*") for line in self.cleaned_data["points"].splitlines())
        said = self.cleaned_data
        return Overlay(points=tuple(line for line in lines if line)[:MOST_POINTS], proof=said["proof"], button=said["button"])


class GateArm(ArmForm):
    without_email_url = forms.CharField(
        label=gettext_lazy("Without an e-mail address"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("The web address where it can be read for nothing. Empty: there is no such way."),
    )
    together = forms.ChoiceField(
        label=gettext_lazy("Questions"),
        required=False,
        choices=[("yes", gettext_lazy("all on one page")), ("no", gettext_lazy("one after the other"))],
    )

    def overlay(self, public: MagnetDefinition) -> Overlay:
        if "together" not in self.fields:
            return Overlay(without_email_url=self.cleaned_data["without_email_url"])
        return Overlay(without_email_url=self.cleaned_data["without_email_url"], together=self.cleaned_data["together"] != "no")


class MailArm(ArmForm):
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Empty: the title, and what the button does."),
    )
    preheader = forms.CharField(
        label=gettext_lazy("Beside the subject"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("What a mail program shows of a mail that is still closed. The six digits follow."),
    )

    def overlay(self, public: MagnetDefinition) -> Overlay:
        # A line break in a subject would be another header.
        said = {name: " ".join(self.cleaned_data[name].split()) for name in ("subject", "preheader")}
        return Overlay(mail=MailWords(**said))


class FieldsArm(ArmForm):
    """Each field that is asked now: asked or not, needed or not, and its place. The address is always asked."""

    def __init__(self, *args: Any, asks: tuple[AskedField, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = asks
        places = [(place, numbers.whole(place)) for place in range(1, len(asks) + 1)]
        for ask in asks:
            name = str(FIELD[ask.key])
            if ask.key is not FieldKey.EMAIL and ask.key not in POSTAL:
                self.fields[f"ask-{ask.key}"] = forms.ChoiceField(label=name, choices=_ASKED, required=False)
            label = _("%(field)s: place") % {"field": name}
            self.fields[f"place-{ask.key}"] = forms.TypedChoiceField(label=label, choices=places, coerce=int, required=False)

    def overlay(self, public: MagnetDefinition) -> Overlay:
        found = []
        for number, ask in enumerate(self.asks, start=1):
            needed = "required" if ask.required else "optional"
            asked = self.cleaned_data.get(f"ask-{ask.key}", needed)
            if asked:
                changed = AskedField(key=ask.key, reason=ask.reason, required=asked == "required")
                found.append((self.cleaned_data.get(f"place-{ask.key}") or number, number, changed))
        # Two fields at one place stand there in the order in which they stood before.
        return Overlay(asks=tuple(ask for _place, _number, ask in sorted(found, key=lambda row: row[:2])))


_ASKED = [
    ("required", pgettext_lazy("a field", "needed")),
    ("optional", gettext_lazy("if they like")),
    ("", gettext_lazy("not asked")),
]


def arm_form(facts: ExperimentFacts, public: MagnetDefinition, data: Mapping[str, Any] | None = None) -> ArmForm:
    """The form of what this experiment varies, filled with what B says so far."""
    now, other = said_by(public), facts.overlay
    said = {
        name: getattr(other, name) if getattr(other, name) is not UNSET else getattr(now, name) for name in now.__struct_fields__
    }
    match facts.plan.aspect:
        case Aspect.PROMISE:
            return PromiseArm(data, prefix="b", initial=said)
        case Aspect.PAGE:
            return PageArm(data, prefix="b", initial={**said, "points": "\n".join(said["points"])})
        case Aspect.GATE:
            form = GateArm(data, prefix="b", initial={**said, "together": "no" if said["together"] is False else "yes"})
            if now.together is UNSET:
                del form.fields["together"]
            return form
        case Aspect.MAIL:
            return MailArm(data, prefix="b", initial={"subject": said["mail"].subject, "preheader": said["mail"].preheader})
        case Aspect.FORM:
            return FieldsArm(data, prefix="b", asks=public.contract.asks, initial=_fields(said["asks"], public.contract.asks))


def _fields(said: tuple[AskedField, ...], asks: tuple[AskedField, ...]) -> dict[str, Any]:
    initial: dict[str, Any] = {f"ask-{ask.key}": "" for ask in asks}
    initial |= {f"place-{ask.key}": number for number, ask in enumerate(asks, start=1)}
    for number, ask in enumerate(said, start=1):
        initial[f"ask-{ask.key}"] = "required" if ask.required else "optional"
        initial[f"place-{ask.key}"] = number
    return initial
