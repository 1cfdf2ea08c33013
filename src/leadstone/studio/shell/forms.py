"""How forms are drawn: label, note, field, error beside it."""

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class StudioForms(TemplatesSetting):
    """Draw fields with the studio's own template."""

    form_template_name = "studio/form/form.html"
    field_template_name = "studio/form/field.html"


class StudioForm(forms.Form):
    """A form whose errors are said beside their fields; `required` is the server's business, in words of its reader."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Judge the form, and put the focus on the first field that is wrong."""
        super().full_clean()
        first = next((name for name in self.fields if name in self.errors), None)
        if first:
            for field in self.fields.values():
                field.widget.attrs.pop("autofocus", None)
            self.fields[first].widget.attrs["autofocus"] = True
