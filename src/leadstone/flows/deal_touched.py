"""Something was done or planned with a prospect: their deals are not forgotten, so they do not rot."""

from collections.abc import Sequence
from datetime import datetime

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.activities import queries as activities
from leadstone.domains.activities.events import ActivityDone
from leadstone.domains.activities.queries import NoSuchActivity
from leadstone.domains.pipeline import services as pipeline


def touch_deals(events: Sequence[ActivityDone], /, *, now: datetime) -> None:
    """What staff did counts for the deal that it names, else for the open deals of its lead."""
    for event in events:
        try:
            done = activities.activity(event.activity_id, reader=THE_HOUSE)
        except NoSuchActivity:  # about somebody who was forgotten meanwhile
            continue
        at = min(done.done_at or now, now)
        if done.about.deal_id is not None:
            pipeline.touch_deals(deal_ids=[done.about.deal_id], at=at)
        elif done.about.lead_id is not None:
            pipeline.touch_deals(lead_ids=[done.about.lead_id], at=at)
