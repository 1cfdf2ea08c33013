"""What every change of a deal shares: the version that somebody saw, who changed it meanwhile, and amounts that are amounts."""

from dataclasses import dataclass
from datetime import datetime

from leadstone.domains.pipeline.models import Deal, StageChange
from leadstone.kernel.errors import LeadstoneError
from leadstone.kernel.money import LARGEST_MINOR


class NotAnAmount(LeadstoneError):
    code = "not_an_amount"
    sentence = "This is not an amount of money."


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanwhile:
    """Somebody else was faster: who, when, and the stage in which the deal stands now. `moved`: they changed just that."""

    by: str  # a name, empty when the account is gone
    at: datetime
    stage_id: int
    moved: bool


def meanwhile(deal: Deal, *, seen_version: int) -> Meanwhile:
    """What happened to a deal since somebody saw `seen_version` of it."""
    last = StageChange.objects.filter(deal=deal).order_by("-at", "-pk").first()
    return Meanwhile(
        by=deal.changed_by.name if deal.changed_by else "",
        at=deal.changed_at or deal.opened_at,
        stage_id=deal.stage_id,
        moved=last is not None and int(last.replaced.get("version", -1)) >= seen_version,
    )


def locked(deal_id: int) -> Deal:
    """The deal, which nobody else changes until this transaction ends (on SQLite every transaction is alone anyway)."""
    # The lock alone first: whoever waited for it would be told that there is no such deal, because PostgreSQL looks again at the
    # row and not at the stage that it was joined with before.
    Deal.objects.select_for_update().only("pk").get(pk=deal_id)
    return Deal.objects.select_related("stage", "changed_by").get(pk=deal_id)


def checked_amount(amount_minor: int) -> int:
    """Raises `NotAnAmount` for nothing, debts and typing mistakes."""
    if not 0 < amount_minor <= LARGEST_MINOR:
        raise NotAnAmount
    return amount_minor
