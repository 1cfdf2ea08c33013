"""What had happened before there was a lake is told to it once, a portion of leads at a time.

Steps of leads are compared with what was told of them, so nothing is in the lake twice, however often this begins anew.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from leadstone.domains.activities import queries as activities
from leadstone.domains.grants import queries as grants
from leadstone.domains.insights import services as insights
from leadstone.domains.leads.queries.origins import LeadOrigin, lead_ids_after, lead_origins
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.tracking import queries as tracking
from leadstone.domains.tracking.queries import FormTouch
from leadstone.domains.tracking.services import ViewKey
from leadstone.flows import facts_noted
from leadstone.infra.outbox import queries as outbox

LEADS_AT_ONCE = 500


@transaction.atomic
def gather_facts(*, now: datetime) -> bool:
    """Tell the lake of one portion; returns whether there is more to do at once.

    It begins when every event is answered: what waits there is told by its own reaction.
    """
    if insights.gathered():
        return False
    last = insights.hold_gathering(now=now)
    if last is None or outbox.waiting():
        return False
    lead_ids = lead_ids_after(last, limit=LEADS_AT_ONCE)
    if lead_ids:
        _tell_leads(lead_ids)
        insights.note_gathered(lead_ids[-1], now=now)
    else:
        _tell_views()
        insights.end_gathering(now=now)
    return bool(lead_ids)


def _tell_leads(lead_ids: Collection[int]) -> None:
    origins = lead_origins(lead_ids)
    heard_of = insights.trails(lead_ids)
    _tell_arrived([origin for lead_id, origin in origins.items() if lead_id not in heard_of])
    facts_noted.tell_grants(grants.grant_ids_of({one.contact_id for one in origins.values() if one.contact_id is not None}))
    facts_noted.tell_qualified(list(origins))
    facts_noted.tell_meetings(activities.meeting_ids_of(list(origins)))
    facts_noted.tell_deals(list(origins))


def _tell_arrived(origins: Collection[LeadOrigin]) -> None:
    """Leads that the lake has not heard of, with every form that their people sent for the same magnet."""
    forms = tracking.touches_by_form({origin.contact_id for origin in origins if origin.contact_id is not None}).values()
    magnet_of = magnets.magnet_ids({form.version_id for form in forms if form.version_id is not None})
    sent: dict[tuple[int | None, int | None], list[FormTouch]] = {}
    for form in sorted(forms, key=lambda form: form.at):
        sent.setdefault((form.contact_id, magnet_of.get(form.version_id or 0)), []).append(form)
    by_form = {origin.lead_id: sent.get((origin.contact_id, origin.magnet_id), []) for origin in origins}
    facts_noted.note_arrived(origins, forms={lead_id: sent_for[0] for lead_id, sent_for in by_form.items() if sent_for})
    post_of = facts_noted.posts_of(forms)
    insights.note_facts(
        facts_noted.touched(form, origin, post_of=post_of) for origin in origins for form in by_form[origin.lead_id]
    )
    insights.note_facts(
        facts_noted.met(origin) for origin in origins if origin.submission_id is None and origin.contact_key is not None
    )


def _tell_views() -> None:
    totals = {
        ViewKey(
            version_id=views.version_id,
            day=views.day,
            channel=views.channel,
            source="",
            campaign_id=views.campaign_id,
            link_id=views.link_id,
            step=views.step,
        ): (views.people, views.machines)
        for views in tracking.all_views()
    }
    facts_noted.tell_views(totals, magnet_of=magnets.magnet_ids({key.version_id for key in totals}))
