"""Where a visit belongs: by the link that led here, then by the campaign it names, then by what its words were said to mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from leadstone.domains.campaigns.rules import SpelledField
from leadstone.domains.sources.rules import ChannelType, channel_of, knows_medium, knows_source
from leadstone.kernel.folding import fold
from leadstone.wire.link_codes import read_link_code
from leadstone.wire.records import Origin

LONGEST_WORD = 120


@dataclass(frozen=True, slots=True)
class Placed:
    """Where one visit came from."""

    channel: ChannelType
    campaign_id: int | None = None
    link_id: int | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word was said to mean: a channel, a campaign, or both."""

    channel: ChannelType | None = None
    campaign_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What is known of links, campaigns and words."""

    links: Mapping[str, tuple[int, int]] = field(default_factory=dict)  # code → link id, campaign id
    keys: Mapping[str, int] = field(default_factory=dict)  # key of a campaign → its id
    words: Mapping[tuple[SpelledField, str], Meaning] = field(default_factory=dict)
    channels: Mapping[int, ChannelType] = field(default_factory=dict)  # campaign id → its channel


def words_of(origin: Origin) -> dict[SpelledField, str]:
    """What a visit says of itself, folded; a page that it came from counts as a source where none is named."""
    said = {
        SpelledField.CAMPAIGN: origin.campaign,
        SpelledField.SOURCE: origin.source or origin.referrer_host,
        SpelledField.MEDIUM: origin.medium,
    }
    return {name: word for name, text in said.items() if (word := folded(text))}


def folded(text: str) -> str:
    """A word as it is compared: capitals, accents and spaces make no difference."""
    return fold(text)[:LONGEST_WORD]


def place_of(origin: Origin, known: Vocabulary) -> Placed:
    """Where a visit belongs. What nothing is known of keeps the channel that its words name by themselves."""
    link = known.links.get(read_link_code(origin.link))
    if link is not None:
        link_id, campaign_id = link
        return Placed(known.channels[campaign_id], campaign_id, link_id)
    words = words_of(origin)
    campaign = known.keys.get(words.get(SpelledField.CAMPAIGN, ""))
    if campaign is not None:
        return Placed(known.channels[campaign], campaign)
    meanings = [meaning for pair in words.items() if (meaning := known.words.get(pair)) is not None]
    campaign = next((each.campaign_id for each in meanings if each.campaign_id is not None), None)
    channel = next((each.channel for each in meanings if each.channel is not None), None)
    if channel is None:
        channel = channel_of(origin) if campaign is None else known.channels[campaign]
    return Placed(channel, campaign)


def wild_in(origin: Origin, known: Vocabulary) -> dict[SpelledField, str]:
    """The words of a visit that somebody should say the meaning of; none once its campaign is known.

    Where its medium or its source says the channel, the other one is a detail. So is the name of a page that it came from.
    """
    words = words_of(origin)
    if place_of(origin, known).campaign_id is not None:
        return {}
    campaign = words.get(SpelledField.CAMPAIGN, "")
    found: dict[SpelledField, str] = {}
    if campaign and (SpelledField.CAMPAIGN, campaign) not in known.words:
        found[SpelledField.CAMPAIGN] = campaign
    spelled = any((name, word) in known.words for name, word in words.items() if name is not SpelledField.CAMPAIGN)
    says_channel = knows_source(words.get(SpelledField.SOURCE, "")) or knows_medium(words.get(SpelledField.MEDIUM, ""))
    came_from_page = "." in words.get(SpelledField.SOURCE, "") and len(words) == 1
    if not (spelled or says_channel or came_from_page):
        found |= {name: word for name, word in words.items() if name is not SpelledField.CAMPAIGN}
    return found
