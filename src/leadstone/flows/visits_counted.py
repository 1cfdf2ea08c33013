"""How often pages were looked at, their questions begun and links followed, as the edge counted it, becomes totals of a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from leadstone.domains.campaigns.queries import links as campaign_links
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.tracking import services as tracking
from leadstone.domains.tracking.rules import VisitStep
from leadstone.domains.tracking.services import LinkKey, ViewKey
from leadstone.flows.facts_noted import note_views
from leadstone.flows.origins import place
from leadstone.flows.submissions_received import time_of
from leadstone.wire.origin import label
from leadstone.wire.records import WAYS, LinksFollowed, Origin, PagesViewed, ViewCount


@transaction.atomic
def pages_viewed(batch: Sequence[PagesViewed], *, now: datetime) -> None:
    """Totals of views, and of questions begun, since the edge last told them."""
    known = magnets.magnet_ids({count.version_id for record in batch for count in record.counts})
    origins = list({_said(count) for record in batch for count in record.counts})
    places = dict(zip(origins, place(origins), strict=True))
    totals: dict[ViewKey, tuple[int, int]] = {}
    for record in batch:
        day = time_of(record.at, now=now).date()
        for count in record.counts:
            if count.version_id not in known:
                continue
            said = _said(count)
            placed = places[said]
            seen = ViewKey(
                version_id=count.version_id,
                day=day,
                channel=placed.channel,
                source=said.source,
                medium=said.medium,
                said_campaign=said.campaign,
                campaign_id=placed.campaign_id or 0,
                link_id=placed.link_id or 0,
            )
            _add(totals, seen, people=count.people, machines=count.machines)
            _add(totals, replace(seen, step=VisitStep.START), people=count.begun, machines=count.begun_by_machines)
    tracking.add_views(totals)
    note_views(totals, magnet_of=known)


@transaction.atomic
def links_followed(batch: Sequence[LinksFollowed], *, now: datetime) -> None:
    """Totals of tracked links since the edge last told them; a code that no link has is nobody's."""
    ids = campaign_links.ids_by_code({count.code for record in batch for count in record.counts})
    totals: dict[LinkKey, tuple[int, int]] = {}
    for record in batch:
        day = time_of(record.at, now=now).date()
        for count in record.counts:
            if count.code in ids and count.way in WAYS:
                key = LinkKey(ids[count.code], day, count.way)
                people, machines = totals.get(key, (0, 0))
                totals[key] = (people + max(0, count.people), machines + max(0, count.machines))
    tracking.add_link_uses(totals)


def _add(totals: dict[ViewKey, tuple[int, int]], key: ViewKey, *, people: int, machines: int) -> None:
    if people > 0 or machines > 0:
        before = totals.get(key, (0, 0))
        totals[key] = (before[0] + max(0, people), before[1] + max(0, machines))


def _said(count: ViewCount) -> Origin:
    return Origin(source=label(count.source), medium=label(count.medium), campaign=label(count.campaign), link=count.link)
