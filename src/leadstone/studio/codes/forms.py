"""What is typed at the counter, and into a pool of codes."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from leadstone.domains.codes.rules import LONGEST_CODE, MOST_AT_ONCE
from leadstone.kernel.money import read_amount
from leadstone.studio.shell.forms import StudioForm

LARGEST_LIST_BYTES = 4_000_000


class CodeForm(StudioForm):
    """A code, as somebody types or a camera reads it."""

    code = forms.CharField(
        label=_("Code"),
        max_length=2 * LONGEST_CODE,
        error_messages={"required": _("Type the code, or scan it.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
                "enterkeyhint": "go",
            }
        ),
    )


class RedeemForm(StudioForm):
    """The order that a code is taken for. `nonce` makes a second press the first one."""

    code = forms.CharField(max_length=2 * LONGEST_CODE, widget=forms.HiddenInput)
    nonce = forms.UUIDField(widget=forms.HiddenInput)
    amount = forms.CharField(
        label=_("Amount of the order"),
        required=False,
        max_length=40,
        help_text=_("With an amount it counts as a sale. Leave it empty when you do not know it."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "enterkeyhint": "done"}),
    )

    def clean_amount(self) -> int | None:
        typed = self.cleaned_data["amount"].strip()
        if not typed:
            return None
        amount = read_amount(typed)
        if not amount:
            raise forms.ValidationError(_("This is not an amount. Write it like 18 400 or 18 400,50."))
        return amount

    def nonce_of(self) -> UUID:
        found: UUID = self.cleaned_data["nonce"]
        return found


class ListForm(StudioForm):
    """Codes as another system gives them: one a line, pasted or as a text file."""

    codes = forms.CharField(
        label=_("Codes, one a line"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocapitalize": "off"}),
    )
    file = forms.FileField(
        label=_("or a file with one a line"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.csv,text/plain,text/csv"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file = said.get("file")
        if file is not None and file.size > LARGEST_LIST_BYTES:
            raise forms.ValidationError({"file": _("This file is larger than 4 MB. Give it in parts.")})
        lines = _lines(said.get("codes", ""), file.read() if file is not None else b"")
        if not lines:
            raise forms.ValidationError({"codes": _("Paste at least one code, or choose a file.")})
        if len(lines) > MOST_AT_ONCE:
            raise forms.ValidationError({"codes": _("At most 50,000 codes at once. Give them in parts.")})
        return said | {"lines": lines}


class MakeForm(StudioForm):
    """How many codes of our own are put into the list."""

    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=10_000, initial=100)


class LowForm(StudioForm):
    """From how many free codes on the owner is told."""

    low_mark = forms.IntegerField(label=_("Tell me when so many are left"), min_value=0, max_value=100_000)


def _lines(pasted: str, filed: bytes) -> list[str]:
    """The lines of both; of a line with several columns the first one."""
    text = filed.decode("utf-8-sig", errors="replace") if filed else ""
    found = [*pasted.splitlines(), *text.splitlines()]
    firsts = [line.replace("\t", ";").replace(",", ";").partition(";")[0].strip().strip('"') for line in found]
    return firsts if any(firsts) else []
