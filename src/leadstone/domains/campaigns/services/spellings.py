"""Words of address lines: what they mean is said once. Flows place the visits anew that said them (`flows/words_said.py`)."""

from datetime import datetime

from django.db import transaction

from leadstone.domains.campaigns.models import Campaign, Spelling
from leadstone.domains.campaigns.queries.campaigns import NoSuchCampaign
from leadstone.domains.campaigns.rules import SpelledField
from leadstone.domains.campaigns.rules.placing import Meaning, folded
from leadstone.kernel.errors import LeadstoneError


class MeansNothing(LeadstoneError):
    code = "means_nothing"
    sentence = "Choose a channel, a campaign, or both."


class NoWord(LeadstoneError):
    code = "no_word"
    sentence = "There is no word to map."


@transaction.atomic
def say_spelling(meaning: Meaning, *, field: SpelledField, word: str, by: int | None, now: datetime) -> int:
    """From now on the word means this; what was said of it before is replaced. Returns the id of the saying.

    Raises `MeansNothing`, `NoWord`, `NoSuchCampaign`.
    """
    wild = folded(word)
    if not wild:
        raise NoWord
    if meaning.channel is None and meaning.campaign_id is None:
        raise MeansNothing
    if meaning.campaign_id is not None and not Campaign.objects.filter(pk=meaning.campaign_id).exists():
        raise NoSuchCampaign
    row, _made = Spelling.objects.update_or_create(
        field=field.value,
        wild=wild,
        defaults={
            "channel": meaning.channel.value if meaning.channel else "",
            "campaign_id": meaning.campaign_id,
            "said_at": now,
            "said_by_id": by,
        },
    )
    return row.pk


@transaction.atomic
def unsay_spelling(*, spelling_id: int) -> tuple[SpelledField, str] | None:
    """Nothing is said of the word any more. Returns its field and the word; None when nothing was."""
    row = Spelling.objects.filter(pk=spelling_id).first()
    if row is None:
        return None
    row.delete()
    return SpelledField(row.field), row.wild
