"""Which magnets are pointed at, and that few numbers point at nobody (promise L7)."""

from datetime import UTC, datetime, time, timedelta

import pytest

from leadstone.domains.access.rules import Role
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.rules import Rating
from leadstone.domains.grants.services import Rated
from leadstone.domains.insights import queries
from leadstone.domains.insights.rules import Doubt, MagnetFacts, Verdict, chance_of_none, honesty
from leadstone.domains.leads import services as leads
from leadstone.domains.pipeline import services as pipeline
from leadstone.kernel.money import Currency
from leadstone.kernel.shares import at_least, at_most
from tests.cast import MONDAY, Guide, ask, confirm, published, staff

HOUSE = MagnetFacts(leads=400, customers=20)  # one customer of twenty leads


def test_many_leads_without_a_customer_are_pointed_at() -> None:
    told = honesty(MagnetFacts(leads=412, customers=0), others=HOUSE)

    assert told.verdict is Verdict.POINTED_AT
    assert [(reason.because, reason.facts) for reason in told.reasons] == [(Doubt.NO_CUSTOMERS, {"leads": 412, "customers": 0})]


def test_a_few_leads_without_a_customer_are_too_few_to_say_anything() -> None:
    assert honesty(MagnetFacts(leads=30, customers=0), others=HOUSE).verdict is Verdict.TOO_EARLY


def test_a_house_that_never_sold_anything_expects_one_customer_of_a_hundred() -> None:
    nobody = MagnetFacts(leads=0, customers=0)

    assert honesty(MagnetFacts(leads=250, customers=0), others=nobody).verdict is Verdict.TOO_EARLY
    assert honesty(MagnetFacts(leads=350, customers=0), others=nobody).verdict is Verdict.POINTED_AT


def test_far_fewer_customers_than_the_others_bring_is_pointed_at() -> None:
    told = honesty(MagnetFacts(leads=1000, customers=3), others=HOUSE)

    assert [reason.because for reason in told.reasons] == [Doubt.FEW_CUSTOMERS]


def test_a_magnet_that_sells_and_keeps_its_promise_is_fine() -> None:
    assert honesty(MagnetFacts(leads=100, customers=6, kept=30, broken=2), others=HOUSE).verdict is Verdict.FINE


def test_broken_promises_are_pointed_at_only_with_a_sample() -> None:
    selling = {"leads": 100, "customers": 6}

    assert honesty(MagnetFacts(**selling, kept=2, broken=1), others=HOUSE).verdict is Verdict.FINE
    assert honesty(MagnetFacts(**selling, kept=0, broken=9), others=HOUSE).verdict is Verdict.FINE
    told = honesty(MagnetFacts(**selling, kept=40, broken=20), others=HOUSE)
    assert [(reason.because, reason.facts) for reason in told.reasons] == [(Doubt.PROMISE_BROKEN, {"broken": 20, "ratings": 60})]


def test_the_interval_holds_the_share_and_narrows_with_the_sample() -> None:
    assert at_least(0, of=0) == 0
    assert at_most(0, of=0) == 1
    for hits, of in ((1, 3), (20, 60), (200, 600)):
        assert at_least(hits, of=of) < hits / of < at_most(hits, of=of)
    assert at_most(200, of=600) - at_least(200, of=600) < at_most(20, of=60) - at_least(20, of=60)
    assert chance_of_none(0, rate=0.05) == 1


@pytest.fixture
def sold(guide: Guide) -> queries.MagnetFigures:
    """Three asked, two confirmed, one took the file and rated it, one bought twice; somebody else's magnet stays empty."""
    published("other", title="Another guide")
    visitors = [ask(guide, f"who{number}@example.com") for number in range(3)]
    for who in visitors[:2]:
        confirm(who)
    grants.note_served({visitors[0].grant_key: MONDAY})
    grants.rate({visitors[0].grant_key: Rated(Rating.YES, MONDAY), visitors[1].grant_key: Rated(Rating.NO, MONDAY)})
    seller = staff("Emil", Role.REP)
    for amount in (100_00, 250_50):
        pipeline.record_deal(
            lead_id=visitors[0].lead_id, amount_minor=amount, currency=Currency.PLN, title="", by=seller.pk, now=MONDAY
        )
    found = queries.figures_of(guide.magnet_id, now=MONDAY + timedelta(days=1))
    assert found is not None
    return found


def test_the_figures_are_those_that_a_hand_counts(sold: queries.MagnetFigures) -> None:
    assert (sold.submissions, sold.proven, sold.delivered, sold.leads) == (3, 2, 1, 3)
    assert (sold.kept, sold.partly, sold.broken, sold.ratings, sold.kept_share) == (1, 0, 1, 2, 0.5)


def test_a_customer_counts_once_however_often_they_bought(sold: queries.MagnetFigures) -> None:
    assert sold.customers == 1
    assert dict(sold.revenue) == {"PLN": 350_50}


def test_an_empty_magnet_has_figures_too(sold: queries.MagnetFigures) -> None:
    other = next(row for row in queries.figures(now=MONDAY) if row.title == "Another guide")

    assert (other.leads, other.customers, dict(other.revenue), other.kept_share) == (0, 0, {}, None)


def test_figures_begin_with_a_whole_day_and_forget_what_is_older(sold: queries.MagnetFigures, guide: Guide) -> None:
    assert sold.since == datetime.combine(sold.since.date(), time.min, UTC)
    later = queries.figures_of(guide.magnet_id, now=MONDAY + timedelta(days=200))
    assert later is not None
    assert (later.leads, later.customers, later.submissions) == (0, 0, 0)


def test_a_lead_that_ended_is_no_longer_counted(guide: Guide) -> None:
    who = ask(guide, "gone@example.com")
    leads.end_leads(contact_id=who.contact_id, now=MONDAY)

    found = queries.figures_of(guide.magnet_id, now=MONDAY)
    assert found is not None
    assert found.leads == 0
