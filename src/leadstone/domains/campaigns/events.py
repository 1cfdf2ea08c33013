"""What happened to campaigns and their links."""

from leadstone.kernel.events import Event


class LinksAdded(Event, frozen=True, kw_only=True):
    """A campaign has new links; the edge does not know their codes yet."""

    campaign_id: int
    link_ids: tuple[int, ...]
