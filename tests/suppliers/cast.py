"""A supplier and its offers, for tests of what is bought."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from leadstone.domains.sources.rules import ChannelType
from leadstone.domains.suppliers import services
from leadstone.domains.suppliers.rules import Offered, Wants
from leadstone.domains.suppliers.services import Agreed
from leadstone.flows.leads_bought import buy_leads
from leadstone.flows.reactions import REACTIONS
from leadstone.infra.outbox import services as outbox
from leadstone.kernel.address import read_address
from tests.campaigns.cast import campaign
from tests.cast import MONDAY
from tests.suppliers.test_rules import OLA


def one_supplier(*, by: int, **changes: object) -> int:
    """Compare Ltd., of whom we buy."""
    told: dict[str, object] = {
        "name": "Compare Ltd.",
        "email": "sales@compare.example",
        "price_minor": 4_500,
        "currency": "PLN",
        "wants": frozenset({Wants.WORDS}),
        "oldest_days": None,
        "a_day": None,
        "return_days": 30,
        "notice_days": 14,
        "tells_itself": False,
        "source": "a comparison of boilers on compare.example",
    }
    told |= changes
    if "campaign_id" not in told:
        told["campaign_id"] = campaign(name="Compare", channel=ChannelType.THIRD_PARTY)
    return services.open_supplier(Agreed(**told), by=by, now=MONDAY)  # type: ignore[arg-type]  # the keys are those of the terms


def offered(email: str, **changes: object) -> Offered:
    told = {
        "email": email,
        "address": read_address(email),
        "reference": f"no-{email[:3]}",
        "agreed_at": MONDAY - timedelta(days=2),
    }
    return replace(OLA, **(told | changes))  # type: ignore[arg-type]


def bought(supplier_id: int, offers: Sequence[Offered]) -> int:
    """The delivery that these were bought by."""
    return buy_leads(supplier_id, offers, name="march.csv", by=None, now=MONDAY).batch_id


def react() -> None:
    """Everything that follows, has followed."""
    while outbox.react(REACTIONS, now=MONDAY):
        pass
