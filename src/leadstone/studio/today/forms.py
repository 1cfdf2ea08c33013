"""A mail to one person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from leadstone.flows.personal_mail import LONGEST_SUBJECT, LONGEST_TEXT
from leadstone.studio.shell.forms import StudioForm


class WriteForm(StudioForm):
    """What it says; to whom and from whom is known."""

    subject = forms.CharField(
        label=_("Subject"), max_length=LONGEST_SUBJECT, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    text = forms.CharField(label=_("Text"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 7}))
