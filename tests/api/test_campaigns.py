"""Campaigns for other programs."""

from datetime import date

import pytest

from leadstone.domains.access.rules import Scope
from leadstone.domains.campaigns.rules import CostKind
from leadstone.domains.campaigns.rules.costs import Spent
from leadstone.domains.campaigns.services.campaigns import archive
from leadstone.domains.campaigns.services.costs import record_cost
from leadstone.kernel.money import Currency
from tests.api.conftest import Program
from tests.campaigns.cast import campaign, link_to
from tests.cast import MONDAY, Guide


@pytest.mark.django_db
def test_a_program_reads_campaigns_with_what_they_cost_and_their_codes(program: Program, guide: Guide) -> None:
    fair, gone = campaign("budma", name="Targi Budma"), campaign("old")
    way = link_to(guide, fair)
    spent = Spent(kind=CostKind.MONEY, currency=Currency.PLN, amount_minor=450_000)
    record_cost(spent, campaign_id=fair, on=date(2026, 11, 16), by=None, now=MONDAY)
    archive(campaign_id=gone, now=MONDAY)

    answer = program(Scope.READ_FIGURES).get("/api/v1/campaigns")

    (told,) = answer.json()["items"]
    assert (told["key"], told["channel"], told["spent"]) == ("budma", "trade_fair", {"PLN": 450_000})
    assert [(each["code"], each["magnet"]) for each in told["links"]] == [(way.code, guide.slug)]
    assert told["links"][0]["url"].endswith(f"/t/{way.code}")
    assert program(Scope.READ_LEADS).get("/api/v1/campaigns").status_code == 403
