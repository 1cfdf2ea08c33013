"""What is typed about campaigns, their costs and their links."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.access import queries as access
from leadstone.domains.campaigns.queries import campaigns, costs
from leadstone.domains.campaigns.rules import Aim, CostKind, Goal, Place
from leadstone.domains.campaigns.rules.costs import LARGEST_QUANTITY, Spent
from leadstone.domains.campaigns.rules.placing import Meaning
from leadstone.domains.campaigns.rules.recalls import MOST_ASKED, Asked
from leadstone.domains.campaigns.services.campaigns import LONGEST_KEY, CampaignWords
from leadstone.domains.campaigns.services.links import LONGEST_LABEL
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.money import Currency, read_amount
from leadstone.studio.campaigns.words import AIM, COST_KIND, GOAL, PLACE
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.words.leads import CHANNEL

MOST_LINKS = 500
NOT_AN_AMOUNT = _("This is not an amount. Write it like 18 400 or 18 400,50.")
# The ways in that nobody plans are no campaigns.
_PLANNED = [channel for channel in ChannelType if channel not in (ChannelType.DIRECT, ChannelType.WALK_IN)]


def _line(**attrs: object) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", **attrs})


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _colleagues() -> list[tuple[str, str | Promise]]:
    return [("", _("Nobody")), *((str(one.user_id), one.name) for one in access.staff(active_only=True))]


def _magnets() -> list[tuple[str, str]]:
    return [(str(pk), title) for pk, title in magnets.offered_titles().items()]


def _campaigns() -> list[tuple[str, str | Promise]]:
    return [("", _("No campaign")), *((str(pk), name) for pk, name in campaigns.choices())]


class CampaignForm(StudioForm):
    """One campaign. The short name is asked for once: it stands in printed addresses."""

    name = forms.CharField(label=pgettext_lazy("of a campaign", "Name"), max_length=120, widget=_line(autofocus=True))
    channel = forms.ChoiceField(label=_("Channel"), choices=[(one.value, CHANNEL[one]) for one in _PLANNED])
    starts_on = forms.DateField(label=_("Begins"), widget=_day())
    ends_on = forms.DateField(label=_("Ends"), required=False, widget=_day(), help_text=_("Leave it empty when it has no end."))
    aim = forms.ChoiceField(
        label=_("What for"),
        choices=[(aim.value, AIM[aim]) for aim in Aim],
        initial=Aim.LEADS.value,
        widget=forms.RadioSelect,
        help_text=_("What should make us known is judged by reach, scans and visits, and never by leads."),
    )
    goal_number = forms.IntegerField(label=_("Goal"), required=False, min_value=1, max_value=100_000_000)
    goal = forms.ChoiceField(
        label=_("of what"), required=False, choices=[("", _("No goal")), *((goal.value, GOAL[goal]) for goal in Goal)]
    )
    owner = forms.ChoiceField(label=_("Who looks after it"), required=False, choices=_colleagues)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
    )
    key = forms.CharField(
        label=_("Short name for addresses"),
        required=False,
        max_length=LONGEST_KEY,
        widget=_line(autocapitalize="none", spellcheck="false"),
        help_text=_("Stands in utm_campaign and never changes. Left empty, it is made of the name: targi-budma-2026."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("goal_number") and not said.get("goal") and "goal" not in self.errors:
            self.add_error("goal", _("Say what is counted."))
        return said

    def words(self) -> CampaignWords:
        """What was typed."""
        said = self.cleaned_data
        return CampaignWords(
            name=said["name"],
            channel=ChannelType(said["channel"]),
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            aim=Aim(said["aim"]),
            owner_id=int(said["owner"]) if said["owner"] else None,
            goal=Goal(said["goal"]) if said["goal"] else None,
            goal_number=said["goal_number"],
            note=said["note"],
        )


class CostForm(StudioForm):
    """One cost: an amount, or hours or goods at what one of them costs. Only what belongs to the kind is read."""

    kind = forms.ChoiceField(
        label=_("What was spent"),
        choices=[(kind.value, COST_KIND[kind]) for kind in CostKind],
        initial=CostKind.MONEY.value,
        widget=forms.RadioSelect,
    )
    amount = forms.CharField(label=_("How much"), required=False, max_length=40, widget=_line(inputmode="decimal"))
    hours = forms.CharField(label=_("How many hours"), required=False, max_length=20, widget=_line(inputmode="decimal"))
    hour_rate = forms.CharField(label=_("An hour costs"), required=False, max_length=40, widget=_line(inputmode="decimal"))
    pieces = forms.CharField(label=_("How many pieces"), required=False, max_length=20, widget=_line(inputmode="decimal"))
    piece_rate = forms.CharField(label=_("One costs us"), required=False, max_length=40, widget=_line(inputmode="decimal"))
    currency = forms.ChoiceField(label=_("Currency"), choices=[(each.value, each.value) for each in Currency])
    on = forms.DateField(label=_("Day"), widget=_day())
    note = forms.CharField(label=_("For what"), required=False, max_length=200, widget=_line())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        rates = {"hour_rate": costs.last_rate(CostKind.HOURS), "piece_rate": costs.last_rate(CostKind.GOODS)}
        suggested = {name: f"{rate[0] / 100:.2f}".replace(".", ",") for name, rate in rates.items() if rate}
        kwargs["initial"] = {"currency": costs.last_currency().value, **suggested, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        kind, currency = said.get("kind"), said.get("currency")
        if not kind or not currency:
            return said
        if kind == CostKind.MONEY:
            amount = self._amount("amount", said)
            spent = None if amount is None else Spent(kind=CostKind.MONEY, currency=Currency(currency), amount_minor=amount)
        else:
            counted, rate = ("hours", "hour_rate") if kind == CostKind.HOURS else ("pieces", "piece_rate")
            quantity, minor = self._quantity(counted, said), self._amount(rate, said)
            spent = (
                Spent(kind=CostKind(kind), currency=Currency(currency), quantity=quantity, rate_minor=minor)
                if quantity is not None and minor is not None
                else None
            )
            if spent is not None and not spent.is_complete:
                self.add_error(counted, _("That is more than can be right."))
        return said | {"spent": spent}

    def spent(self) -> Spent:
        found: Spent = self.cleaned_data["spent"]
        return found

    def _amount(self, name: str, said: dict[str, Any]) -> int | None:
        amount = read_amount(said.get(name, ""))
        if amount is None:
            self.add_error(name, NOT_AN_AMOUNT)
        return amount

    def _quantity(self, name: str, said: dict[str, Any]) -> Decimal | None:
        """Hours and pieces are typed as amounts are: "2,5"."""
        hundredths = read_amount(said.get(name, ""))
        if not hundredths or Decimal(hundredths) / 100 > LARGEST_QUANTITY:
            self.add_error(name, _("Write a number: 2 or 2,5."))
            return None
        return Decimal(hundredths) / 100


class RecallForm(StudioForm):
    """A survey: how many people were asked, and how many of them remembered us."""

    asked = forms.IntegerField(
        label=_("How many were asked"), min_value=1, max_value=MOST_ASKED, widget=_line(inputmode="numeric")
    )
    remembered = forms.IntegerField(label=_("How many remembered you"), min_value=0, widget=_line(inputmode="numeric"))
    on = forms.DateField(label=_("Day"), widget=_day())
    note = forms.CharField(
        label=_("Where, and what was asked"),
        required=False,
        max_length=200,
        widget=_line(),
        help_text=_("“At the market in Mielec: who installs heat pumps here?” Never a person’s name."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        asked, remembered, on = said.get("asked"), said.get("remembered"), said.get("on")
        if asked is not None and remembered is not None and remembered > asked:
            self.add_error("remembered", _("That is more than were asked."))
        if on is not None and on > timezone.localdate():
            self.add_error("on", _("This day has not come yet."))
        return said

    def said(self) -> Asked:
        said = self.cleaned_data
        return Asked(on=said["on"], asked=said["asked"], remembered=said["remembered"])


class LinkForm(StudioForm):
    """One link, or a whole batch of them for letters, each with a code of its own."""

    magnet = forms.ChoiceField(label=_("Leads to"), choices=_magnets)
    place = forms.ChoiceField(label=_("Where it stands"), choices=[(place.value, PLACE[place]) for place in Place])
    label = forms.CharField(
        label=_("What you call it"),
        max_length=LONGEST_LABEL - 6,
        widget=_line(),
        help_text=_("For you alone: “Banner by the door”. Never a person’s name."),
    )
    count = forms.IntegerField(
        label=_("How many codes"),
        min_value=1,
        max_value=MOST_LINKS,
        initial=1,
        help_text=_("More than one for letters: each gets a code of its own and a number."),
    )

    def labels(self) -> list[str]:
        """A label for each code, numbered where there are several."""
        label, number = self.cleaned_data["label"], self.cleaned_data["count"]
        width = len(str(number))
        return [label] if number == 1 else [f"{label} {place:0{width}}" for place in range(1, number + 1)]


class MeaningForm(StudioForm):
    """What a word means: a channel, a campaign, or both."""

    channel = forms.ChoiceField(
        label=_("Channel"), required=False, choices=[("", _("As the campaign’s")), *((c.value, CHANNEL[c]) for c in ChannelType)]
    )
    campaign = forms.ChoiceField(label=_("Campaign"), required=False, choices=_campaigns)

    def meaning(self) -> Meaning:
        said = self.cleaned_data
        return Meaning(
            channel=ChannelType(said["channel"]) if said["channel"] else None,
            campaign_id=int(said["campaign"]) if said["campaign"] else None,
        )
