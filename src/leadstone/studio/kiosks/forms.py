"""The form for a device."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.kiosks.rules import LONGEST_NAME
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.kinds import KINDS
from leadstone.domains.magnets.offering import begins_with_a_time
from leadstone.kernel.language import Language
from leadstone.studio.shell.forms import StudioForm
from leadstone.wire.definition import MagnetDefinition

LANGUAGES = ((Language.POLISH.value, "Polski"), (Language.ENGLISH.value, "English"))


def fits_a_kiosk(definition: MagnetDefinition) -> bool:
    """Whether one form says it all: no questions on the way to it, and no time that only the house knows to be free."""
    kind = KINDS.get(definition.kind)
    return kind is not None and kind.asking is None and not begins_with_a_time(definition)


class KioskForm(StudioForm):
    """A device as somebody wants it; whoever makes it is the one who collects."""

    name = forms.CharField(
        label=pgettext_lazy("device", "Name"),
        max_length=LONGEST_NAME,
        help_text=_("How you will know it among others: “Tablet at the door”."),
    )
    campaign = forms.ChoiceField(
        label=_("Campaign"), required=False, help_text=_("The fair or the counter where it stands: its leads count for it.")
    )
    magnet = forms.ChoiceField(
        label=_("What visitors get"),
        help_text=_("Its exchange stands beside the button, and its boxes are asked in these very words."),
        error_messages={"required": _("Choose what visitors get.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the screen"),
        choices=LANGUAGES,
        help_text=_("Visitors may change it; it comes back for the next one."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        campaign, magnet = self.fields["campaign"], self.fields["magnet"]
        assert isinstance(campaign, forms.ChoiceField)
        assert isinstance(magnet, forms.ChoiceField)
        campaign.choices = [("", _("None: it stands in our own house")), *((str(pk), name) for pk, name in campaigns.choices())]
        self.offered = [
            (str(each.magnet_id), each.current.definition.title)
            for each in magnets.published_magnets()
            if each.live and fits_a_kiosk(each.current.definition)
        ]
        magnet.choices = self.offered
