"""What is known of links, campaigns and words."""

from collections.abc import Iterable
from itertools import groupby

from django.db.models import Q

from leadstone.domains.campaigns.models import Campaign, Link, Spelling
from leadstone.domains.campaigns.rules import SpelledField
from leadstone.domains.campaigns.rules.placing import Meaning, Vocabulary, words_of
from leadstone.domains.sources.rules import ChannelType
from leadstone.wire.link_codes import read_link_code
from leadstone.wire.records import Origin


def vocabulary_for(origins: Iterable[Origin]) -> Vocabulary:
    """As much of it as these visits need: a query each for links, campaigns and words, and none for what nobody says."""
    codes: set[str] = set()
    words: set[tuple[SpelledField, str]] = set()
    for origin in set(origins):
        codes.add(read_link_code(origin.link))
        words |= words_of(origin).items()
    return vocabulary(codes=codes - {""}, words=words)


def vocabulary(*, codes: set[str], words: set[tuple[SpelledField, str]]) -> Vocabulary:
    """What is known of these codes and folded words."""
    channels: dict[int, ChannelType] = {}
    links: dict[str, tuple[int, int]] = {}
    if codes:
        rows = Link.objects.filter(code__in=codes).values_list("code", "pk", "campaign_id", "campaign__channel")
        for code, link_id, campaign_id, channel in rows:
            links[code] = (link_id, campaign_id)
            channels[campaign_id] = ChannelType(channel)
    keys: dict[str, int] = {}
    named = {word for name, word in words if name is SpelledField.CAMPAIGN}
    if named:
        for key, campaign_id, channel in Campaign.objects.filter(key__in=named).values_list("key", "pk", "channel"):
            keys[key] = campaign_id
            channels[campaign_id] = ChannelType(channel)
    meanings: dict[tuple[SpelledField, str], Meaning] = {}
    if words:
        said = Spelling.objects.filter(_any_of(words))
        for field, wild, channel, campaign_id, of_campaign in said.values_list(
            "field", "wild", "channel", "campaign_id", "campaign__channel"
        ):
            meanings[SpelledField(field), wild] = Meaning(ChannelType(channel) if channel else None, campaign_id)
            if campaign_id is not None:
                channels[campaign_id] = ChannelType(of_campaign)
    return Vocabulary(links=links, keys=keys, words=meanings, channels=channels)


def _any_of(words: set[tuple[SpelledField, str]]) -> Q:
    wanted = Q()
    for name, pairs in groupby(sorted(words), key=lambda pair: pair[0]):
        wanted |= Q(field=name.value, wild__in=[word for _, word in pairs])
    return wanted
