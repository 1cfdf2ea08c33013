"""All components on one page, drawn by the same templates and styles as the screens."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from leadstone.domains.access.rules import Right
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.shell.gate import needs

COLOURS = ("paper", "card", "sunk", "line", "line-strong", "ink", "ink-2", "ink-3", "pole", "pole-soft", "rust", "rust-soft",
           "good", "good-soft", "warn", "warn-soft", "bad", "bad-soft")  # fmt: skip
SIZES = ("xs", "s", "m", "l", "xl", "2xl")


class SampleForm(StudioForm):
    """One field of each sort."""

    name = forms.CharField(label=_("Name"), help_text=_("A note below the field says what it is for."))
    email = forms.EmailField(
        label=_("E-mail"), error_messages={"invalid": _("This is not an e-mail address, for example anna@company.com.")}
    )
    where = forms.ChoiceField(label=_("Where we met"), choices=[("fair", _("Trade fair")), ("call", _("A call"))])
    note = forms.CharField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 2}))


@require_safe
@needs(Right.OWN_ACCOUNT)
def design(request: HttpRequest) -> HttpResponse:
    """The design system, live."""
    form = SampleForm({"name": "Anna Kowalska", "email": "anna", "where": "fair", "note": ""}, auto_id="sample_%s")
    form.fields["note"].required = False
    for field in form.fields.values():
        field.widget.attrs.pop("autofocus", None)
    return render(request, "studio/design.html", {"colours": COLOURS, "sizes": SIZES, "form": form})
