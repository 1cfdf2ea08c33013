"""The deals of a company or a person, for their cards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from leadstone.domains.access.rules import Reader
from leadstone.domains.pipeline.models import Deal
from leadstone.domains.pipeline.queries.seen import deals_seen_by
from leadstone.domains.pipeline.rules import StageClass

MOST_DEALS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectDeal:
    """One deal. `amount_minor`: minor units of `currency`; None while nobody has said what it is worth."""

    deal_id: int
    title: str
    stage_names: Mapping[str, str]
    stage_class: StageClass
    amount_minor: int | None
    currency: str
    at: datetime  # when it was won or lost, else opened


def deals_of_company(company_id: int, *, reader: Reader) -> list[SubjectDeal]:
    """The deals of a company and of its leads that the reader may see, the latest first."""
    return list(_deals(Q(company_id=company_id) | Q(lead__company_id=company_id), reader))


def deals_of_contact(contact_id: int, *, reader: Reader) -> list[SubjectDeal]:
    """The deals of a person that the reader may see, the latest first."""
    return list(_deals(Q(contact_id=contact_id) | Q(lead__contact_id=contact_id), reader))


def _deals(about: Q, reader: Reader) -> Iterator[SubjectDeal]:
    rows = deals_seen_by(reader).filter(about).select_related("stage").order_by("-opened_at", "-pk")
    return map(_facts, rows[:MOST_DEALS])


def _facts(row: Deal) -> SubjectDeal:
    return SubjectDeal(
        deal_id=row.pk,
        title=row.title,
        stage_names=row.stage.names,
        stage_class=StageClass(row.stage.stage_class),
        amount_minor=row.amount_minor,
        currency=row.currency,
        at=row.won_at or row.lost_at or row.opened_at,
    )
