"""Where visits came from, whichever door they came in by: their links, campaigns and words looked up a batch at a time."""

from collections.abc import Sequence

from leadstone.domains.campaigns.queries.vocabulary import vocabulary_for
from leadstone.domains.campaigns.rules.placing import Placed, place_of
from leadstone.wire.records import Origin


def place(origins: Sequence[Origin]) -> list[Placed]:
    """Channel, campaign and link of each, in their order. Three queries at most, however many."""
    known = vocabulary_for(origins)
    return [place_of(origin, known) for origin in origins]
