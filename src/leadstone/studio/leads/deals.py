"""The open deals of a lead, for its card."""

from dataclasses import dataclass
from datetime import UTC

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from leadstone.domains.access.rules import Right, may
from leadstone.domains.pipeline import queries as pipeline
from leadstone.domains.pipeline.queries import Look
from leadstone.domains.pipeline.rules import words_in
from leadstone.studio.shell.gate import actor, reader


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDeal:
    """A deal that is neither won nor lost. `amount_minor`: None while nobody said what it is worth."""

    deal_id: int
    title: str
    stage: str
    amount_minor: int | None
    currency: str
    rotting: bool


def open_deals(request: HttpRequest, lead_id: int) -> list[OpenDeal]:
    """Those that the reader may see; none for a role that reads no deals."""
    if not may(actor(request).role, Right.READ_DEALS):
        return []
    now = timezone.now()
    look = Look(reader=reader(request), now=now, month_began=now.astimezone(UTC).replace(day=1, hour=0, minute=0))
    names = {stage.stage_id: stage.names for stage in pipeline.stages(archived=True)}
    lines = [pipeline.deal_line(deal_id, look=look) for deal_id in pipeline.open_deals_of(lead_id)]
    return [
        OpenDeal(
            deal_id=line.deal_id,
            title=line.title,
            stage=words_in(names[line.stage_id], get_language() or "en"),
            amount_minor=line.amount_minor,
            currency=line.currency,
            rotting=line.rotting,
        )
        for line in lines
        if line is not None
    ]
