"""What came from somewhere else than it was understood: the lake is told of it anew, and of where it stood no more."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from leadstone.domains.insights import services as insights
from leadstone.domains.leads.queries.origins import lead_origins, leads_of_exchanges
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.tracking import queries as tracking
from leadstone.domains.tracking.services import ViewKey
from leadstone.flows import facts_noted


def move_views(
    before: Mapping[ViewKey, tuple[int, int]], after: Mapping[ViewKey, tuple[int, int]], *, magnet_of: Mapping[int, int]
) -> None:
    """Views came from somewhere else than it was understood: taken back there, told here."""
    if insights.gathered():
        facts_noted.tell_views({key: (-people, -machines) for key, (people, machines) in before.items()}, magnet_of=magnet_of)
        facts_noted.tell_views(after, magnet_of=magnet_of)


def move_leads(lead_ids: Collection[int]) -> None:
    """Leads came from somewhere else than it was understood."""
    insights.move_trails(
        {
            lead_id: (origin.channel, origin.campaign_id or 0, facts_noted.person_of(origin.contact_key))
            for lead_id, origin in lead_origins(lead_ids).items()
        }
    )


def move_touches(before: Mapping[str, tuple[str, int | None, int | None]]) -> None:
    """Forms, by reference, came from somewhere else than it was understood: taken back there (`before`: channel, campaign and
    link), told from where they stand now. So the ways that people came agree with what their leads say."""
    touches = tracking.touches_of_forms(before)
    magnet_of = magnets.magnet_ids({touch.version_id for touch in touches.values() if touch.version_id is not None})
    pair_of = {ref: (touch.contact_id, magnet_of.get(touch.version_id or 0, 0)) for ref, touch in touches.items()}
    lead_of = leads_of_exchanges(set(pair_of.values()))
    origins = lead_origins(lead_of.values())
    post_of = facts_noted.posts_of(touches.values())
    moved = []
    for ref, touch in touches.items():
        origin = origins.get(lead_of.get(pair_of[ref], 0))
        if origin is not None:
            channel, campaign_id, link_id = before[ref]
            stood = replace(touch, channel=channel, campaign_id=campaign_id, link_id=link_id)
            moved += [
                replace(facts_noted.touched(stood, origin, post_of=post_of), number=-1),
                facts_noted.touched(touch, origin, post_of=post_of),
            ]
    insights.note_facts(moved)
