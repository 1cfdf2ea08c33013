"""Links: made once, with a code for as long as paper lasts."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from leadstone.domains.campaigns.events import LinksAdded
from leadstone.domains.campaigns.models import Campaign, Link
from leadstone.domains.campaigns.queries.campaigns import NoSuchCampaign
from leadstone.domains.campaigns.rules import Place
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.link_codes import make_link_code

MOST_AT_ONCE = 2000
LONGEST_LABEL = 120


class TooManyLinks(LeadstoneError):
    code = "too_many_links"
    sentence = "No more than 2,000 links are made at once."


def add_link(*, campaign_id: int, magnet_id: int, label: str, place: Place, by: int | None, now: datetime) -> int:
    """A link of a campaign to a magnet. Returns its id; raises `NoSuchCampaign`."""
    return add_links(campaign_id=campaign_id, magnet_id=magnet_id, labels=[label], place=place, by=by, now=now)[0]


@transaction.atomic
def add_links(
    *, campaign_id: int, magnet_id: int, labels: Sequence[str], place: Place, by: int | None, now: datetime
) -> list[int]:
    """A link for each label, in their order. Returns their ids; raises `NoSuchCampaign`, `TooManyLinks`."""
    if len(labels) > MOST_AT_ONCE:
        raise TooManyLinks
    if not Campaign.objects.filter(pk=campaign_id).exists():
        raise NoSuchCampaign
    made = Link.objects.bulk_create(
        Link(
            campaign_id=campaign_id,
            magnet_id=magnet_id,
            code=code,
            label=" ".join(label.split())[:LONGEST_LABEL],
            place=place.value,
            created_at=now,
            created_by_id=by,
        )
        for code, label in zip(_new_codes(len(labels)), labels, strict=True)
    )
    ids = [row.pk for row in made]
    outbox.record(LinksAdded(campaign_id=campaign_id, link_ids=tuple(ids)), at=now)
    return ids


def _new_codes(number: int) -> list[str]:
    """Codes that no link has. Should another worker hit upon the same in this moment, the database refuses one of the two."""
    found: set[str] = set()
    while len(found) < number:
        drawn = {make_link_code(secrets.randbelow) for _ in range(number - len(found))}
        found |= drawn - set(Link.objects.filter(code__in=drawn).values_list("code", flat=True))
    return list(found)
