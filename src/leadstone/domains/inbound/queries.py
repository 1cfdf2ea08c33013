"""The only reads of inbound that others may call."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from leadstone.domains.inbound.models import AllowedHost, AskedBox, Delivery, Door
from leadstone.domains.inbound.rules import PAYLOADS, SECRETS, Because, Box, ProviderName, State, Trouble, Turned
from leadstone.domains.inbound.rules.boxes import Means, decode_said
from leadstone.infra.sealed_text import open_text

PAGE_SIZE = 50
MOST_DOORS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorFacts:
    """One door with its figures."""

    door_id: int
    key: str
    provider: ProviderName
    name: str
    campaign_id: int | None
    campaign: str
    campaign_key: str
    channel: str  # of the campaign; empty without one
    magnet_id: int | None
    magnet_title: str
    mapping: Mapping[str, str]
    basis: str
    language: str
    is_active: bool
    paused_at: datetime | None
    made_at: datetime
    made_by_id: int | None
    turned_away: int
    turned_at: datetime | None
    turned_because: Turned | None
    asks_back: bool  # has what opens the provider's own server
    own_channel: str = ""  # where there is no campaign
    old_secret_until: datetime | None = None  # the secret before the last change is accepted until then
    old_secret_used_at: datetime | None = None
    trouble: Trouble | None = None  # why the provider's own server tells nothing
    trouble_since: datetime | None = None
    asks_from: datetime | None = None
    trouble_task_id: int | None = None
    accepted: int = 0
    waiting: int = 0
    refused: int = 0  # and failed
    last_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A delivery that waits, with what was said."""

    delivery_id: int
    door_id: int
    provider_id: str
    said_at: datetime
    is_test: bool
    fetch: str
    attempts: int
    fields: Mapping[str, str] = field(repr=False)
    boxes: Sequence[Box] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """A delivery as a list shows it: nothing of what was said."""

    delivery_id: int
    provider_id: str
    received_at: datetime
    state: State
    because: Because | None
    is_test: bool
    unused: tuple[str, ...]
    attempts: int
    due_at: datetime | None
    lead_id: int | None
    may_try_again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxLine:
    """Words beside a box there, and what a tick beside them allows here."""

    box_id: int
    words: str
    language: str
    free: bool
    means: Means
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which deliveries a log shows; days are UTC."""

    state: State | None = None
    is_test: bool | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class LogPage:
    rows: list[DeliveryLine]
    total: int
    page: int
    pages: int


def doors() -> list[DoorFacts]:
    """Every door, the newest first."""
    return [_facts(row) for row in _with_figures(Door.objects.all()).order_by("-made_at", "-pk")[:MOST_DOORS]]


def door(door_id: int) -> DoorFacts | None:
    row = _with_figures(Door.objects.filter(pk=door_id)).first()
    return _facts(row) if row else None


def door_by_key(key: str) -> DoorFacts | None:
    row = Door.objects.select_related("campaign", "magnet").filter(key=key).first()
    return _facts(row) if row else None


def secret_of(door_id: int) -> str:
    return open_text(Door.objects.values_list("sealed_secret", flat=True).get(pk=door_id), purpose=SECRETS)


def old_secret_of(door_id: int, *, now: datetime) -> str:
    """The secret before the last change, while it is accepted; else empty."""
    rows = Door.objects.filter(pk=door_id, old_secret_until__gt=now).exclude(sealed_old_secret="")
    sealed = rows.values_list("sealed_old_secret", flat=True).first()
    return open_text(sealed, purpose=SECRETS) if sealed else ""


def token_of(door_id: int) -> str:
    """What opens the provider's own server; empty when nobody gave it."""
    sealed = Door.objects.values_list("sealed_token", flat=True).get(pk=door_id)
    return open_text(sealed, purpose=SECRETS) if sealed else ""


def due(*, now: datetime, limit: int) -> list[Kept]:
    """Deliveries to be taken in or asked after, the oldest first; those of doors that are paused, or do not ask now, wait."""
    rows = Delivery.objects.filter(state=State.WAITING.value, due_at__lte=now, door__is_active=True)
    rows = rows.filter(Q(fetch="") | Q(door__asks_from=None) | Q(door__asks_from__lte=now))
    return [_kept(row) for row in rows.order_by("due_at", "pk")[:limit]]


def kept(delivery_id: int) -> Kept | None:
    """The delivery, if it waits."""
    row = Delivery.objects.filter(pk=delivery_id, state=State.WAITING.value).first()
    return _kept(row) if row else None


def log_page(door_id: int, chosen: LogFilter, *, page: int) -> LogPage:
    """One page of a door's log, the latest first; a page beyond the last shows the last."""
    rows = _matching(door_id, chosen)
    total = rows.count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    return LogPage([_line(row) for row in rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]], total, page, pages)


def each_delivery(door_id: int, chosen: LogFilter) -> list[DeliveryLine]:
    """All that match, for a file."""
    return [_line(row) for row in _matching(door_id, chosen)]


def fields_unused(door_id: int) -> list[str]:
    """Names of the fields that said nothing to us in the latest deliveries, as often as they came."""
    latest = Delivery.objects.filter(door_id=door_id).order_by("-received_at", "-pk").values_list("unused", flat=True)
    return list(dict.fromkeys(name for names in latest[:PAGE_SIZE] for name in names))


def to_try_again(door_id: int) -> list[int]:
    """Deliveries that were refused or failed, and of which what was said is still there."""
    rows = Delivery.objects.filter(door_id=door_id, state__in=[State.REFUSED.value, State.FAILED.value]).exclude(sealed="")
    return list(rows.order_by("pk").values_list("pk", flat=True))


def to_be_asked(door_id: int) -> int:
    """How many people wait whom the provider's own server has not told of."""
    return Delivery.objects.filter(door_id=door_id, state=State.WAITING.value).exclude(fetch="").count()


def boxes(door_id: int) -> list[BoxLine]:
    """The words beside boxes that came, those that nobody said anything of first."""
    rows = AskedBox.objects.filter(door_id=door_id).order_by("means", "-seen_at", "pk")[:PAGE_SIZE]
    return [
        BoxLine(box_id=row.pk, words=row.words, language=row.language, free=row.free, means=Means(row.means), seen_at=row.seen_at)
        for row in rows
    ]


def means_of(door_id: int, digests: Collection[str]) -> dict[str, Means]:
    """Digest of words → what somebody said that a tick beside them allows; words that nobody spoke of are left out."""
    rows = AskedBox.objects.filter(door_id=door_id, digest__in=digests).exclude(means="")
    return {digest: Means(means) for digest, means in rows.values_list("digest", "means")}


def digest_of_box(box_id: int) -> str:
    return AskedBox.objects.values_list("digest", flat=True).get(pk=box_id)


def kept_leads(door_id: int) -> list[tuple[int, Kept]]:
    """Leads of this door of whom it is still known what they said: with what that was."""
    rows = Delivery.objects.filter(door_id=door_id, state=State.ACCEPTED.value, lead_id__isnull=False).exclude(sealed="")
    return [(row.lead_id, _kept(row)) for row in rows.order_by("pk") if row.lead_id is not None]


def kept_since(door_id: int, since: datetime) -> int:
    """How many deliveries came since then."""
    return Delivery.objects.filter(door_id=door_id, received_at__gt=since).count()


def newest(door_id: int, provider_id: str) -> int | None:
    return Delivery.objects.filter(door_id=door_id, provider_id=provider_id).values_list("pk", flat=True).first()


def _matching(door_id: int, chosen: LogFilter) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(door_id=door_id)
    if chosen.state is not None:
        rows = rows.filter(state=chosen.state.value)
    if chosen.is_test is not None:
        rows = rows.filter(is_test=chosen.is_test)
    if chosen.since is not None:
        rows = rows.filter(received_at__date__gte=chosen.since)
    return rows.order_by("-received_at", "-pk")


def _with_figures(rows: QuerySet[Door]) -> QuerySet[Door]:
    real = Q(deliveries__is_test=False)
    wrong = Q(deliveries__state__in=[State.REFUSED.value, State.FAILED.value])
    return rows.select_related("campaign", "magnet").annotate(
        accepted=Count("deliveries", filter=real & Q(deliveries__state=State.ACCEPTED.value)),
        waiting=Count("deliveries", filter=Q(deliveries__state=State.WAITING.value)),
        refused=Count("deliveries", filter=real & wrong),
        last_at=Max("deliveries__received_at"),
    )


def _facts(row: Door) -> DoorFacts:
    return DoorFacts(
        door_id=row.pk,
        key=row.key,
        provider=ProviderName(row.provider),
        name=row.name,
        campaign_id=row.campaign_id,
        campaign=row.campaign.name if row.campaign else "",
        campaign_key=row.campaign.key if row.campaign else "",
        channel=row.campaign.channel if row.campaign else "",
        magnet_id=row.magnet_id,
        magnet_title=row.magnet.title if row.magnet else "",
        mapping=row.mapping,
        basis=row.basis,
        language=row.language,
        is_active=row.is_active,
        paused_at=row.paused_at,
        made_at=row.made_at,
        made_by_id=row.made_by_id,
        turned_away=row.turned_away,
        turned_at=row.turned_at,
        turned_because=Turned(row.turned_because) if row.turned_because else None,
        asks_back=bool(row.sealed_token),
        own_channel=row.channel,
        old_secret_until=row.old_secret_until,
        old_secret_used_at=row.old_secret_used_at,
        trouble=Trouble(row.trouble) if row.trouble else None,
        trouble_since=row.trouble_since,
        asks_from=row.asks_from,
        trouble_task_id=row.trouble_task_id,
        accepted=getattr(row, "accepted", 0),
        waiting=getattr(row, "waiting", 0),
        refused=getattr(row, "refused", 0),
        last_at=getattr(row, "last_at", None),
    )


def _kept(row: Delivery) -> Kept:
    fields, ticked = decode_said(open_text(row.sealed, purpose=PAYLOADS)) if row.sealed else ({}, ())
    return Kept(
        delivery_id=row.pk,
        door_id=row.door_id,
        provider_id=row.provider_id,
        said_at=row.said_at,
        is_test=row.is_test,
        fetch=row.fetch,
        attempts=row.attempts,
        fields=fields,
        boxes=ticked,
    )


def _line(row: Delivery) -> DeliveryLine:
    state = State(row.state)
    return DeliveryLine(
        delivery_id=row.pk,
        provider_id=row.provider_id,
        received_at=row.received_at,
        state=state,
        because=Because(row.because) if row.because else None,
        is_test=row.is_test,
        unused=tuple(row.unused),
        attempts=row.attempts,
        due_at=row.due_at,
        lead_id=row.lead_id,
        may_try_again=state in {State.REFUSED, State.FAILED} and bool(row.sealed),
    )


def allowed_hosts() -> tuple[str, ...]:
    """Whose pages may show our forms, by name."""
    return tuple(AllowedHost.objects.order_by("host").values_list("host", flat=True))


def host_rows() -> list[tuple[str, datetime]]:
    """Those hosts, and since when each."""
    return list(AllowedHost.objects.order_by("host").values_list("host", "added_at"))
