"""The forms of the composer. Nothing in a draft is required: what is missing is said, and stops the sending only."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leadstone.domains.newsletters.queries.letters import NewsletterFacts
from leadstone.domains.newsletters.rules import LONGEST_PREHEADER, LONGEST_SUBJECT
from leadstone.domains.newsletters.services.writing import Draft
from leadstone.studio.newsletters import words
from leadstone.studio.shell.forms import StudioForm
from leadstone.wire.definition import MARKETING, Purpose
from leadstone.wire.letter_body import LONGEST_BODY


class IssueForm(StudioForm):
    """What a letter says, to whom, and as what."""

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT, required=False)
    preheader = forms.CharField(
        label=_("The line beside it"),
        max_length=LONGEST_PREHEADER,
        required=False,
        help_text=_("Mail programs show it after the subject. Empty: the letter’s first words."),
    )
    body = forms.CharField(
        label=pgettext_lazy("its text", "Letter"),
        max_length=LONGEST_BODY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_(
            "## heading · - list · > quote · **bold** · *italic* · [words](https://…). An empty line begins a new paragraph."
        ),
    )
    topics = forms.MultipleChoiceField(
        label=pgettext_lazy("of a letter", "About"), required=False, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(
        label=_("What it is"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(key.value, words.PURPOSE[key]) for key in MARKETING],
    )
    in_archive = forms.BooleanField(label=_("Show it in the public archive and the feed"), required=False)
    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, newsletter: NewsletterFacts | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = newsletter.settings.topics if newsletter else ()
        self.fields["topics"].choices = [(topic.key, topic.name) for topic in topics]  # type: ignore[attr-defined]

    def draft(self) -> Draft:
        told = self.cleaned_data
        return Draft(
            subject=told["subject"],
            preheader=told["preheader"],
            body=told["body"],
            topics=tuple(told["topics"]),
            purpose=Purpose(told["purpose"] or Purpose.NEWSLETTER),
            in_archive=told["in_archive"],
        )


class SendForm(StudioForm):
    """Now, or at a time on the writer's own clock; beyond the promise only with a reason."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    at = forms.DateTimeField(
        label=_("Or at"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )
    reason = forms.CharField(label=_("Why may it leave all the same?"), max_length=300, required=False)

    def wall(self) -> datetime | None:
        """What the writer's clock will show; None: at once."""
        given: datetime | None = self.cleaned_data["at"]
        return given.replace(tzinfo=None) if given else None
