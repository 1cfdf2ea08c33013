"""Whose deals are seen, and what stays in the figures when a person goes."""

from datetime import timedelta

import pytest

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.pipeline import queries
from leadstone.domains.pipeline.models import Deal
from tests.cast import MONDAY
from tests.pipelines import a_deal

pytestmark = pytest.mark.django_db


def test_nobody_deals_any_more_with_a_person_who_is_gone_but_what_they_bought_still_counts() -> None:
    bought = a_deal(("prospect", MONDAY - timedelta(days=9)), ("won", MONDAY))
    talking = a_deal(("prospect", MONDAY))
    for deal in (bought, talking):
        deal.lead.ended_at = MONDAY
        deal.lead.save()

    assert set(queries.deals_seen_by(THE_HOUSE)) == {bought}
    assert Deal.objects.count() == 2
