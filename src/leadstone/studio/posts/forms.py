"""What is typed about posts and their figures."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.posts.rules import LARGEST_NUMBER, Measure, Network, Reading
from leadstone.domains.posts.rules.drafting import drafted
from leadstone.domains.posts.rules.reading import Wrong, columns_of, missing_in
from leadstone.domains.posts.services import NothingCounted, PostWords
from leadstone.kernel.csv_table import Table
from leadstone.studio.posts.words import NETWORK, WRONG
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.shell.lists import ListForm


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _campaigns() -> list[tuple[str, str]]:
    return [(str(pk), name) for pk, name in campaigns.choices()]


def _magnets() -> list[tuple[str, str]]:
    return [(str(pk), title) for pk, title in magnets.offered_titles().items()]


class PostForm(StudioForm):
    """One post. Campaign and magnet are asked for once: the address that it gets is out in the world."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    campaign = forms.ChoiceField(label=gettext_lazy("Campaign"), choices=_campaigns)
    magnet = forms.ChoiceField(label=gettext_lazy("Leads to"), choices=_magnets)
    network = forms.ChoiceField(label=gettext_lazy("Network"), choices=[(one.value, NETWORK[one]) for one in Network])
    on = forms.DateField(label=gettext_lazy("Published on"), widget=_day())
    text = forms.CharField(
        label=gettext_lazy("What it says"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        help_text=gettext_lazy("Left empty, it is made of what the magnet says of itself. Its address comes on the next page."),
    )
    address = forms.URLField(
        label=gettext_lazy("Where it can be read"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])],
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
        help_text=gettext_lazy("The address of the post itself, once it is out. Files of figures are matched by it."),
    )

    def clean(self) -> dict[str, Any]:
        """Where nothing was typed about a magnet that was chosen, the magnet says it."""
        said = super().clean() or {}
        version = magnets.current_version(int(said["magnet"])) if said.get("magnet") else None
        if version is not None and said.get("network") and not said.get("text"):
            return said | {"text": drafted(version.definition, Network(said["network"]))}
        return said

    @property
    def is_ready(self) -> bool:
        """Whether there is a campaign and a magnet to choose."""
        return bool(_campaigns()) and bool(_magnets())

    def words(self) -> PostWords:
        """What was typed."""
        said = self.cleaned_data
        return PostWords(network=Network(said["network"]), text=said["text"], on=said["on"], address=said["address"])


class CountField(forms.IntegerField):
    """A number that a network shows; left empty where nobody looked."""

    def __init__(self, *, label: Any) -> None:
        super().__init__(label=label, required=False, min_value=0, max_value=LARGEST_NUMBER)


class FiguresForm(StudioForm):
    """What stands under a post on one day."""

    on = forms.DateField(label=gettext_lazy("As of"), widget=_day())
    reach = CountField(label=gettext_lazy("Reach"))
    impressions = CountField(label=gettext_lazy("Impressions"))
    likes = CountField(label=gettext_lazy("Likes"))
    comments = CountField(label=gettext_lazy("Comments"))
    shares = CountField(label=gettext_lazy("Shares"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        on = said.get("on")
        if on is not None and on > timezone.localdate():
            self.add_error("on", str(WRONG[Wrong.NOT_YET]))
        if not self.errors and all(said.get(measure.value) is None for measure in Measure):
            self.add_error("reach", _(NothingCounted.sentence))
        return said

    def reading(self, post_id: int) -> Reading:
        return Reading(post_id=post_id, **self.cleaned_data)


class FileForm(ListForm):
    """Figures of many posts, as a network or a spreadsheet saves them."""

    def likely(self, table: Table) -> bool:
        return bool(table.rows) and not missing_in(columns_of(table.columns))

    def judge(self, table: Table) -> str:
        if missing_in(columns_of(table.columns)):
            return _("The first row has to name the columns: post, date, and at least reach.")
        return ""

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        return said | {"columns": columns_of(said["table"].columns)}
