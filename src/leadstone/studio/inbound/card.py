"""A business card that came as a file or as text fills in the form for a lead; nothing is kept before somebody adds them."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leadstone.domains.access.rules import Right
from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.inbound.rules.cards import MOST_CARD_BYTES, Card, read_cards, text_of
from leadstone.studio.leads.forms import AddLeadForm
from leadstone.studio.shell.forms import StudioForm
from leadstone.studio.shell.gate import needs


class CardForm(StudioForm):
    """A file, or the text of it."""

    file = forms.FileField(
        label=_("The card as a file"),
        required=False,
        allow_empty_file=True,
        help_text=_("The .vcf file that a phone or a mail program passes on; one card or many."),
        widget=forms.FileInput(attrs={"accept": ".vcf,.vcard,text/vcard"}),
    )
    text = forms.CharField(
        label=_("Or its text"),
        required=False,
        max_length=MOST_CARD_BYTES,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "placeholder": "BEGIN:VCARD"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        file = said.get("file")
        if isinstance(file, UploadedFile) and (file.size or 0) > MOST_CARD_BYTES:
            self.add_error("file", _("This file is too large. At most 256 KB."))
            return said
        text = text_of(file.read()) if isinstance(file, UploadedFile) else said.get("text", "")
        said["cards"] = read_cards(text)
        if not said["cards"] and not self.errors:
            self.add_error("file" if file else "text", _("There is no card in this that we can read."))
        return said


@needs(Right.WORK_LEADS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """One card opens the form for a lead, filled in; of many one is chosen first."""
    form = CardForm(request.POST, request.FILES) if request.method == "POST" else CardForm()
    if not form.is_bound or not form.is_valid():
        return render(request, "inbound/card.html", {"form": form}, status=422 if form.is_bound else 200)
    cards: list[Card] = form.cleaned_data["cards"]
    if len(cards) > 1:
        return render(request, "inbound/cards.html", {"cards": cards})
    filled = AddLeadForm(initial=dict(cards[0].values), campaigns=campaigns.choices(today=timezone.localdate()))
    return render(request, "studio/leads/add.html", {"form": filled})
