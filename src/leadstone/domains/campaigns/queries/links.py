"""Links: of a campaign, by code, and as the edge knows them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from leadstone.domains.campaigns.models import Link
from leadstone.domains.campaigns.rules import Place
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.link_codes import read_link_code


class NoSuchLink(LeadstoneError):
    code = "no_such_link"
    sentence = "There is no such link."


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFacts:
    """One tracked link and where it leads."""

    link_id: int
    campaign_id: int
    campaign_name: str
    magnet_id: int
    magnet_title: str
    slug: str
    language: str
    withdrawn: bool
    code: str
    label: str
    place: Place
    created_at: datetime


def links_of(campaign_id: int) -> list[LinkFacts]:
    """Every link of a campaign, the newest first."""
    return links_of_campaigns([campaign_id])


def links_of_campaigns(campaign_ids: Collection[int]) -> list[LinkFacts]:
    """Every link of these campaigns, the newest first."""
    return [_facts(row) for row in _rows().filter(campaign_id__in=campaign_ids).order_by("-pk")]


def links_to(magnet_id: int) -> list[LinkFacts]:
    """Every link that leads to a magnet, the newest first."""
    return [_facts(row) for row in _rows().filter(magnet_id=magnet_id).order_by("-pk")]


def links_by_campaign(campaign_ids: Collection[int]) -> dict[int, list[int]]:
    """Campaign id → ids of its links."""
    found: dict[int, list[int]] = {}
    for campaign_id, link_id in Link.objects.filter(campaign_id__in=campaign_ids).values_list("campaign_id", "pk"):
        found.setdefault(campaign_id, []).append(link_id)
    return found


def links(link_ids: Collection[int]) -> dict[int, LinkFacts]:
    return {row.pk: _facts(row) for row in _rows().filter(pk__in=link_ids)}


def link(link_id: int) -> LinkFacts:
    """Raises `NoSuchLink`."""
    found = links([link_id])
    if not found:
        raise NoSuchLink
    return found[link_id]


def link_by_code(typed: str) -> LinkFacts | None:
    """The link whose code somebody typed, in small letters or with hyphens."""
    code = read_link_code(typed)
    row = _rows().filter(code=code).first() if code else None
    return _facts(row) if row else None


def published_links() -> dict[str, str]:
    """Code → address of the magnet, for every magnet that was ever published; a withdrawn one says so itself."""
    rows = Link.objects.filter(magnet__versions__isnull=False).distinct().order_by("code")
    return dict(rows.values_list("code", "magnet__slug"))


def ids_by_code(codes: Collection[str]) -> dict[str, int]:
    return dict(Link.objects.filter(code__in=codes).values_list("code", "pk"))


def _rows() -> QuerySet[Link]:
    return Link.objects.select_related("campaign", "magnet")


def _facts(row: Link) -> LinkFacts:
    return LinkFacts(
        link_id=row.pk,
        campaign_id=row.campaign_id,
        campaign_name=row.campaign.name,
        magnet_id=row.magnet_id,
        magnet_title=row.magnet.title,
        slug=row.magnet.slug,
        language=row.magnet.language,
        withdrawn=row.magnet.withdrawn_at is not None,
        code=row.code,
        label=row.label,
        place=Place(row.place),
        created_at=row.created_at,
    )
