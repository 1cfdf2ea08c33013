"""Evidence for words of a magnet has expired: whoever made the magnet, or gave the evidence, finds it among their tasks, once."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from leadstone.domains.access import queries as access
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About, ActivityKind
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.vetting import queries, services

AT_ONCE = 200


@transaction.atomic
def tell_of_expiry(*, now: datetime) -> int:
    """Plan one task for each answer that ended and was not told of yet; returns how many were looked at."""
    ended = queries.expired(today=now.date(), limit=AT_ONCE)
    services.told_of_expiry([answer.pk for answer in ended], now=now)
    for answer in ended:
        magnet = magnets.magnet_or_none(answer.magnet_id)
        owners = (magnet.created_by_id, answer.given_by_id) if magnet else ()
        owner = next((who for who in map(_active, owners) if who is not None), None)
        if magnet is None or owner is None:
            continue
        with translation.override(owner.language):
            title = _("Evidence has expired: {title}").format(title=magnet.title)
            text = _("“{words}” is open again. Give new evidence, or say it softer.").format(words=answer.sentence)
        planned = activities.Plan(
            kind=ActivityKind.TASK, about=About(), owner_id=owner.user_id, title=title, text=text, due_at=now
        )
        activities.plan(planned, by=owner.user_id, now=now)
    return len(ended)


def _active(user_id: int | None) -> access.StaffFacts | None:
    member = access.member(user_id) if user_id is not None else None
    return member if member is not None and member.is_active else None
