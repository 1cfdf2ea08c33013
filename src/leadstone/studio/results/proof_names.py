"""What the sources of figures are called."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise

from leadstone.domains.campaigns.queries import campaigns, links
from leadstone.domains.insights.queries.proof import Key
from leadstone.domains.insights.rules.facts import Grouping
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.posts import queries as posts
from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.suppliers import queries as suppliers
from leadstone.studio.results.proof_words import NONE
from leadstone.studio.words.leads import CHANNEL


def names_of(by: Grouping, keys: Sequence[Key]) -> Mapping[Key, str]:
    """Key → what it is called, for those that have a name of their own; one query."""
    ids = [key for key in keys if isinstance(key, int)]
    named: Iterable[tuple[int, str]] = ()
    if by is Grouping.MAGNET:
        named = magnets.titles().items()
    elif by is Grouping.CAMPAIGN:
        named = campaigns.names(ids).items()
    elif by is Grouping.LINK:
        named = ((pk, link.label) for pk, link in links.links(ids).items())
    elif by is Grouping.POST:
        named = posts.names(ids).items()
    elif by is Grouping.SUPPLIER:
        named = ((one.supplier_id, one.name) for one in suppliers.suppliers())
    found: dict[Key, str] = {}
    found.update(named)
    return found


def name_of(by: Grouping, key: Key, names: Mapping[Key, str]) -> str | Promise:
    if isinstance(key, date):
        return date_format(key, "F Y")
    if by is Grouping.CHANNEL and key in set(ChannelType):
        return channel_name(str(key))
    return names.get(key) or (NONE.get(by, "") if not key else str(key))


def channel_name(channel: str) -> str | Promise:
    return CHANNEL[ChannelType(channel)] if channel in set(ChannelType) else NONE[Grouping.CHANNEL]
