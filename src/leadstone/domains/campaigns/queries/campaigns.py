"""Campaigns: one, a page of them, and those that one may choose from."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Lower

from leadstone.domains.campaigns.models import Campaign, Cost
from leadstone.domains.campaigns.rules import Aim, Goal
from leadstone.domains.campaigns.rules.looking import CampaignFilter, CampaignOrder, Standing, standing_on
from leadstone.domains.sources.rules import ChannelType
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.folding import search_words

PAGE_SIZE = 50
MOST_CHOICES = 200


class NoSuchCampaign(LeadstoneError):
    code = "no_such_campaign"
    sentence = "There is no such campaign."


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFacts:
    """One campaign as its lists and its card show it."""

    campaign_id: int
    key: str
    name: str
    channel: ChannelType
    aim: Aim
    starts_on: date
    ends_on: date | None
    owner_id: int | None
    owner_name: str
    goal: Goal | None
    goal_number: int | None
    note: str
    created_at: datetime
    archived_at: datetime | None

    def standing(self, day: date) -> Standing:
        return standing_on(day, starts_on=self.starts_on, ends_on=self.ends_on, archived=self.archived_at is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPage:
    rows: tuple[CampaignFacts, ...]
    number: int  # from 1
    has_next: bool
    total: int


def campaign(campaign_id: int) -> CampaignFacts:
    """Raises `NoSuchCampaign`."""
    found = campaigns_by_id([campaign_id])
    if not found:
        raise NoSuchCampaign
    return found[campaign_id]


def campaigns_by_id(campaign_ids: Collection[int]) -> dict[int, CampaignFacts]:
    rows = Campaign.objects.filter(pk__in=campaign_ids).select_related("owner")
    return {row.pk: _facts(row) for row in rows}


def campaigns(chosen: CampaignFilter, *, today: date, page: int = 1, size: int = PAGE_SIZE) -> CampaignPage:
    """One page of the list; a page beyond the end is empty."""
    rows, start = _matching(chosen, today=today), (max(page, 1) - 1) * size
    shown = list(rows.select_related("owner")[start : start + size + 1])
    return CampaignPage(
        rows=tuple(map(_facts, shown[:size])), number=max(page, 1), has_next=len(shown) > size, total=rows.order_by().count()
    )


def each_campaign(chosen: CampaignFilter, *, today: date) -> Iterator[CampaignFacts]:
    """Every campaign of the list, for an export."""
    rows = _matching(chosen, today=today).select_related("owner")
    return (_facts(row) for row in rows.iterator(chunk_size=500))


def choices(*, today: date | None = None) -> list[tuple[int, str]]:
    """Id and name of what may be chosen, the latest first; with `today` only those that have begun and not ended."""
    rows = Campaign.objects.filter(archived_at=None)
    if today is not None:
        rows = rows.filter(_stands(Standing.RUNNING, today))
    return list(rows.order_by("-starts_on", "-pk").values_list("pk", "name")[:MOST_CHOICES])


def names(campaign_ids: Collection[int]) -> dict[int, str]:
    return dict(Campaign.objects.filter(pk__in=campaign_ids).values_list("pk", "name"))


def channels(campaign_ids: Collection[int]) -> dict[int, ChannelType]:
    rows = Campaign.objects.filter(pk__in=campaign_ids).values_list("pk", "channel")
    return {pk: ChannelType(channel) for pk, channel in rows}


def has_campaign(campaign_id: int) -> bool:
    return Campaign.objects.filter(pk=campaign_id).exists()


def is_key_taken(key: str) -> bool:
    return Campaign.objects.filter(key=key).exists()


def keys(*, limit: int = MOST_CHOICES) -> list[tuple[int, str, str]]:
    """Id, key and name of every campaign that is not archived, by name: what an address line may say."""
    rows = Campaign.objects.filter(archived_at=None).order_by(Lower("name"), "pk")
    return list(rows.values_list("pk", "key", "name")[:limit])


def _matching(chosen: CampaignFilter, *, today: date) -> QuerySet[Campaign]:
    rows = Campaign.objects.all()
    rows = rows.filter(archived_at=None) if chosen.standing is None else rows.filter(_stands(chosen.standing, today))
    if chosen.channel is not None:
        rows = rows.filter(channel=chosen.channel.value)
    if chosen.aim is not None:
        rows = rows.filter(aim=chosen.aim.value)
    if chosen.owner_id is not None:
        rows = rows.filter(owner_id=chosen.owner_id)
    for word in search_words(chosen.search):
        # A short name is made of the name, without capitals and accents: the same in every database.
        rows = rows.filter(Q(name__icontains=word) | Q(key__contains=word))
    return _ordered(rows, chosen.order)


def _stands(standing: Standing, day: date) -> Q:
    if standing is Standing.ARCHIVED:
        return Q(archived_at__isnull=False)
    stands = {
        Standing.PLANNED: Q(starts_on__gt=day),
        Standing.RUNNING: Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day)),
        Standing.ENDED: Q(starts_on__lte=day, ends_on__lt=day),
    }
    return Q(archived_at=None) & stands[standing]


def _ordered(rows: QuerySet[Campaign], order: CampaignOrder) -> QuerySet[Campaign]:
    if order is CampaignOrder.NAME:
        return rows.order_by(Lower("name"), "pk")
    if order is CampaignOrder.COST:
        spent = Cost.objects.filter(campaign=OuterRef("pk"), taken_back_at=None).order_by().values("campaign")
        total = Subquery(spent.annotate(total=Sum("amount_minor")).values("total"), output_field=BigIntegerField())
        return rows.order_by(Coalesce(total, 0).desc(), "-starts_on", "-pk")
    return rows.order_by("-starts_on", "-pk")


def _facts(row: Campaign) -> CampaignFacts:
    return CampaignFacts(
        campaign_id=row.pk,
        key=row.key,
        name=row.name,
        channel=ChannelType(row.channel),
        aim=Aim(row.aim),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        owner_id=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        goal=Goal(row.goal) if row.goal else None,
        goal_number=row.goal_number,
        note=row.note,
        created_at=row.created_at,
        archived_at=row.archived_at,
    )
