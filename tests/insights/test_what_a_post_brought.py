"""Whoever comes by the link of a post is counted under that post, from the first look to what they buy."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from leadstone.domains.access.models import User
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights.models import LeadTrail
from leadstone.domains.insights.queries import ProofRow
from leadstone.domains.insights.rules.facts import FactKind, Grouping
from leadstone.domains.posts import services as posts
from leadstone.flows.visits_counted import pages_viewed
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.wire.records import Origin, PagesViewed, ViewCount
from tests.campaigns.cast import link_to
from tests.cast import MONDAY, Guide, form, receive, visitor
from tests.insights.engine import quick_lake
from tests.insights.test_the_lake import buy, keep
from tests.posts.cast import post_of
from tests.studio.conftest import browser_of, company
from tests.studio.test_proof import Browser, marketer_of, names_in_order

__all__ = ["browser_of", "company"]

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def come_by(guide: Guide, code: str, *names: str) -> None:
    """Four look at the page, two begin with its questions, and these send its form."""
    seen = ViewCount(version_id=guide.version_id, source="", medium="", campaign="", link=code, people=4, machines=1, begun=2)
    pages_viewed([PagesViewed(at=int(MONDAY.timestamp() * 1000), counts=(seen,))], now=MONDAY)
    for name in names:
        receive(form(guide, f"{name}@example.com", origin=Origin(link=code)))


def by_post() -> dict[object, ProofRow]:
    since, until = MONDAY.date() - 200 * DAY, MONDAY.date() + 200 * DAY
    return {row.key: row for row in insights.proof_rows(by=Grouping.POST, since=since, until=until)}


def test_views_forms_and_customers_stand_under_the_post_whose_link_they_came_by(guide: Guide, emil: User, tmp_path: Path) -> None:
    one, other = post_of(guide), post_of(guide)
    leaflet = link_to(guide, one.campaign_id)
    come_by(guide, one.code, "ann", "bob")
    come_by(guide, other.code, "eve")
    come_by(guide, leaflet.code, "kim")
    buy(visitor(guide, "ann@example.com"), 700, by=emil, at=MONDAY + DAY)
    keep(quick_lake(tmp_path / "lake"))

    rows = by_post()
    assert (rows[one.post_id].number[FactKind.VIEW], rows[one.post_id].leads, rows[one.post_id].customers) == (4, 2, 1)
    assert (rows[other.post_id].number[FactKind.VIEW], rows[other.post_id].leads, rows[other.post_id].customers) == (4, 1, 0)
    assert (rows[0].number[FactKind.VIEW], rows[0].leads) == (4, 1)
    assert {key: row.number[FactKind.START] for key, row in rows.items()} == {one.post_id: 2, other.post_id: 2, 0: 2}


def test_a_house_whose_lake_begins_later_is_told_the_same(guide: Guide, tmp_path: Path) -> None:
    one = post_of(guide)
    come_by(guide, one.code, "ann")
    RecordedEvent.objects.update(done_at=MONDAY)  # by a version that knew of no lake
    keep(quick_lake(tmp_path / "lake"))

    assert LeadTrail.objects.get().post_id == one.post_id
    assert by_post()[one.post_id].number[FactKind.VIEW] == 4


@time_machine.travel(MONDAY + 20 * DAY, tick=False)
def test_the_results_name_a_post_by_how_it_begins_also_when_it_was_taken_out(
    guide: Guide, tmp_path: Path, browser_of: Browser
) -> None:
    one = post_of(guide, text="Czy dach\nwytrzyma zimę? " + "Sprawdź sam. " * 20)
    come_by(guide, one.code, "ann")
    keep(quick_lake(tmp_path / "lake"), now=MONDAY + 20 * DAY)
    posts.remove_post(post_id=one.post_id, now=MONDAY)

    [name] = names_in_order(marketer_of(browser_of).get("/results/proof/?by=post").content.decode())
    assert name.startswith("Czy dach wytrzyma zimę? Sprawdź")
    assert name.endswith("…")
