"""What somebody writes when they answer for words, or tell where content comes from."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leadstone.domains.vetting.rules.reading import LONGEST_SOURCE_CHARACTERS
from leadstone.studio.shell.forms import StudioForm

LARGEST_FILE_BYTES = 20 * 1024 * 1024


def _day(label: Any, *, note: Any = "") -> forms.DateField:
    picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=note, required=False, widget=picker)


class EvidenceForm(StudioForm):
    """A file or an address that shows it."""

    who = forms.CharField(label=_("Who measured or said it"), max_length=200, required=False)
    address = forms.CharField(label=_("Web address"), max_length=500, required=False)
    file = forms.FileField(
        label=_("or a file"),
        help_text=_("PDF, PNG or JPEG"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )
    dated_on = _day(_("From which day"))
    expires_on = _day(_("Until which day it holds"), note=_("After it the words are open again."))

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file is None:
            return None
        head = file.read(8)
        file.seek(0)
        if not head.startswith((b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
            raise forms.ValidationError(_("This is not a PDF, PNG or JPEG file."))
        if file.size > LARGEST_FILE_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MB."))
        return file

    def days(self) -> dict[str, date | None]:
        return {name: self.cleaned_data.get(name) for name in ("dated_on", "expires_on")}


class ApprovalForm(StudioForm):
    """Why a manager lets the words stand."""

    reason = forms.CharField(
        label=_("Why they may stand"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class SourceForm(StudioForm):
    """Where content comes from. An address without a text is read by the worker."""

    name = forms.CharField(label=_("What it is called"), max_length=200)
    address = forms.URLField(
        label=_("Web address"),
        required=False,
        assume_scheme="https",
        help_text=_("We read this one page and compare it. Should it not let us in, paste its text, or give the file."),
    )
    file = forms.FileField(
        label=_("A file with its text"),
        required=False,
        help_text=_("PDF, EPUB, DOCX, HTML or plain text"),
        widget=forms.FileInput(attrs={"accept": ".pdf,.epub,.docx,.html,.htm,.txt,.md"}),
    )
    text = forms.CharField(
        label=_("or the text itself"),
        max_length=LONGEST_SOURCE_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data.get("file")
        if file is not None and file.size > LARGEST_FILE_BYTES:
            raise forms.ValidationError(_("This file is larger than 20 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not (said.get("address") or said.get("file") or (said.get("text") or "").strip()) and not self.errors:
            self.add_error("address", _("Give an address, a file or the text."))
        return said
