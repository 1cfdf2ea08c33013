"""Words in address lines: those that nobody knows, what others were said to mean, and addresses that say it right at once."""

from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leadstone.domains.access.rules import Right
from leadstone.domains.campaigns.queries import campaigns
from leadstone.domains.campaigns.queries.spellings import spellings
from leadstone.domains.campaigns.rules import SpelledField
from leadstone.domains.campaigns.rules.placing import LONGEST_WORD
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows import words_said
from leadstone.flows.words_said import WildWord
from leadstone.kernel.errors import LeadstoneError
from leadstone.studio.campaigns.forms import MeaningForm
from leadstone.studio.campaigns.words import SPELLED
from leadstone.studio.shell.gate import actor, needs
from leadstone.studio.words.leads import CHANNEL

LOOKS_BACK = timedelta(days=90)
MOST_SHOWN = 100
# What a medium may be where it is written by our own hand.
MEDIUMS = ("email", "social", "cpc", "print", "letter", "radio", "partner", "referral", "qa")


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def words(request: HttpRequest) -> HttpResponse:
    """What address lines said that nobody knows, and what was said of it."""
    return _page(request)


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def word_say(request: HttpRequest) -> HttpResponse:
    """Give a word its meaning; visits before and after stand where it says."""
    field, word = request.POST.get("field", ""), request.POST.get("word", "")[:LONGEST_WORD]
    if field not in set(SpelledField) or not word.strip():
        raise Http404
    form = MeaningForm(request.POST)
    if not form.is_valid():
        return _page(request, said=(field, word, _("Choose from the list.")), status=422)
    try:
        spelling_id, changed = words_said.say(
            form.meaning(), field=SpelledField(field), word=word, by=actor(request).pk, now=timezone.now()
        )
    except LeadstoneError as mistake:
        return _page(request, said=(field, word, _(mistake.sentence)), status=422)
    told = _("Said. Moved with it of before: forms %(forms)s, views %(views)s.") % {
        "forms": changed.forms,
        "views": changed.views,
    }
    messages.success(request, told, extra_tags=reverse("word_unsay", args=[spelling_id]))
    return redirect("campaign_words")


@require_POST
@needs(Right.RUN_CAMPAIGNS)
def word_unsay(request: HttpRequest, spelling_id: int) -> HttpResponse:
    """Take a meaning back: its visits stand where they stood."""
    if words_said.unsay(spelling_id) is not None:
        messages.success(request, _("Taken back: its visits stand where they stood before."))
    return redirect("campaign_words")


@require_safe
@needs(Right.RUN_CAMPAIGNS)
def address_builder(request: HttpRequest) -> HttpResponse:
    """An address for somebody else's tool, made of words that are known; nothing is typed freely."""
    offered, keys = magnets.offered_addresses(), campaigns.keys()
    slug, key, medium = (request.GET.get(name, "") for name in ("magnet", "campaign", "medium"))
    known = slug in offered and key in {each for _pk, each, _name in keys}
    said = {"utm_campaign": key} | ({"utm_medium": medium} if medium in MEDIUMS else {})
    facts = {
        "magnets": list(offered.items()),
        "campaigns": [(each, name) for _pk, each, name in keys],
        "mediums": MEDIUMS,
        "chosen": {"magnet": slug, "campaign": key, "medium": medium},
        "address": f"{settings.ENVIRONMENT.public_url.rstrip('/')}/m/{slug}?{urlencode(said)}" if known else "",
    }
    return render(request, "campaigns/builder.html", facts)


def _page(request: HttpRequest, *, said: tuple[str, str, str] | None = None, status: int = 200) -> HttpResponse:
    found = words_said.wild_words(since=timezone.now() - LOOKS_BACK)
    facts = {
        "wild": [_shown(each, said) for each in found[:MOST_SHOWN]],
        "more": max(0, len(found) - MOST_SHOWN),
        "said": [(each, SPELLED[each.field], CHANNEL[each.channel] if each.channel else "") for each in spellings()],
        "channels": [(channel.value, CHANNEL[channel]) for channel in ChannelType],
        "campaigns": campaigns.choices(),
        "days": LOOKS_BACK.days,
    }
    return render(request, "campaigns/words.html", facts, status=status)


def _shown(each: WildWord, said: tuple[str, str, str] | None) -> dict[str, object]:
    wrong = said is not None and said[:2] == (each.field.value, each.word)
    return {
        "wild": each,
        "field": SPELLED[each.field],
        "counts_as": CHANNEL[each.channel],
        "error": said[2] if said and wrong else "",
    }
