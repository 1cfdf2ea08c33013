"""The card of one deal: facts only, for the studio to put into words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from leadstone.domains.access.rules import Reader
from leadstone.domains.pipeline.models import Deal, StageChange
from leadstone.domains.pipeline.queries.board import addresses_of, known_as
from leadstone.domains.pipeline.queries.readiness import requirements_met
from leadstone.domains.pipeline.queries.seen import deals_seen_by
from leadstone.domains.pipeline.queries.stages import stage_facts
from leadstone.domains.pipeline.rules import Requirement, StageFacts, Stay, stays
from leadstone.kernel.errors import LeadstoneError


class NoSuchDeal(LeadstoneError):
    code = "no_such_deal"
    sentence = "There is no such deal."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stay in a stage: who moved the deal there, what was passed over, and why it was closed, if it was."""

    stage: StageFacts
    stay: Stay
    by: str
    overrode: tuple[Requirement, ...]
    reason: str
    close_reason_id: int | None
    close_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DealCard:
    """Everything about one deal. Amounts are minor units of `currency`; probabilities in percent."""

    deal_id: int
    lead_id: int
    contact_id: int | None
    company_id: int | None
    version: int
    stage: StageFacts
    who: str
    person: str
    company: str
    title: str
    amount_minor: int | None
    currency: str
    expected_close: date | None
    manual_probability: int | None
    owner_id: int | None
    owner_name: str
    magnet_title: str
    opened_at: datetime
    entered_stage_at: datetime
    touched_at: datetime
    closed_at: datetime | None
    close_reason_id: int | None
    close_note: str
    changed_at: datetime | None
    changed_by: str
    met: frozenset[Requirement]
    history: Sequence[Stop]  # the earliest first


def deal_card(deal_id: int, *, reader: Reader, now: datetime) -> DealCard:
    """The card; raises `NoSuchDeal`, also for a deal that the reader may not see."""
    names = ("stage", "contact", "company", "owner", "changed_by", "lead__magnet")
    row = deals_seen_by(reader).filter(pk=deal_id).select_related(*names).first()
    if row is None:
        raise NoSuchDeal
    person, company = row.contact.name if row.contact else "", row.company.name if row.company else ""
    return DealCard(
        deal_id=row.pk,
        lead_id=row.lead_id,
        contact_id=row.contact_id,
        company_id=row.company_id,
        version=row.version,
        stage=stage_facts(row.stage),
        who=known_as(row) or addresses_of([row]).get(row.contact_id or 0, ""),
        person=person,
        company=company,
        title=row.title,
        amount_minor=row.amount_minor,
        currency=row.currency,
        expected_close=row.expected_close,
        manual_probability=row.manual_probability,
        owner_id=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        magnet_title=row.lead.magnet.title if row.lead.magnet else "",
        opened_at=row.opened_at,
        entered_stage_at=row.entered_stage_at,
        touched_at=row.touched_at,
        closed_at=row.won_at or row.lost_at,
        close_reason_id=row.close_reason_id,
        close_note=row.close_note,
        changed_at=row.changed_at,
        changed_by=row.changed_by.name if row.changed_by else "",
        met=requirements_met([row])[row.pk],
        history=_history(row, now=now),
    )


def has_deal(deal_id: int, *, reader: Reader) -> bool:
    """Whether the reader may see this deal."""
    return deals_seen_by(reader).filter(pk=deal_id).exists()


def open_deals_of(lead_id: int) -> list[int]:
    """Ids of the deals of a lead that are neither won nor lost."""
    return list(Deal.objects.filter(lead_id=lead_id, won_at=None, lost_at=None).order_by("pk").values_list("pk", flat=True))


def _history(deal: Deal, *, now: datetime) -> list[Stop]:
    changes = list(StageChange.objects.filter(deal=deal).select_related("after", "by").order_by("at", "pk"))
    spans = stays([(change.after_id, change.at) for change in changes], now=now)
    return [
        _stop(change, following=changes[place + 1] if place + 1 < len(changes) else None, deal=deal, stay=stay)
        for place, (change, stay) in enumerate(zip(changes, spans, strict=True))
    ]


def _stop(change: StageChange, *, following: StageChange | None, deal: Deal, stay: Stay) -> Stop:
    # What an earlier closing said is kept with the move that wrote over it.
    reason_id, note = deal.close_reason_id, deal.close_note
    if following is not None:
        reason_id, note = following.replaced.get("close_reason_id"), following.replaced.get("close_note", "")
    return Stop(
        stage=stage_facts(change.after),
        stay=stay,
        by=change.by.name if change.by else "",
        overrode=tuple(Requirement(each) for each in change.overrode if each in set(Requirement)),
        reason=change.reason,
        close_reason_id=reason_id,
        close_note=note,
    )
