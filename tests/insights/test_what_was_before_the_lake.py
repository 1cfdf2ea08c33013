"""An installation that is older than the lake finds its history in it; and nothing of it twice."""

from datetime import timedelta
from pathlib import Path

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.insights import queries as insights
from leadstone.domains.insights import services
from leadstone.domains.insights.models import FunnelDay, Journey, LakeFile, LeadTrail, Lifetime, Refresh, StagedFacts, Standing
from leadstone.domains.insights.rules.facts import FactKind, Grouping
from leadstone.domains.insights.services import Lake
from leadstone.domains.pipeline import services as pipeline
from leadstone.flows import facts_gathered
from leadstone.flows.facts_gathered import gather_facts
from leadstone.flows.reactions import REACTIONS
from leadstone.flows.visits_counted import pages_viewed
from leadstone.infra.outbox import services as outbox
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.kernel.money import Currency
from leadstone.wire.records import PagesViewed, ViewCount
from tests.cast import MONDAY, Guide, ask, confirm
from tests.insights.engine import quick_lake

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LATER = MONDAY + 50 * DAY


@pytest.fixture
def history(guide: Guide, emil: User) -> Guide:
    """What happened in a house: five leads, of which three are proven and one bought, and thirty views."""
    people = [ask(guide, f"p{number}@example.com", now=MONDAY + number * DAY) for number in range(5)]
    for who in people[:3]:
        confirm(who, now=MONDAY + 6 * DAY)
    pipeline.record_deal(
        lead_id=people[0].lead_id, amount_minor=9900, currency=Currency.PLN, title="", by=emil.pk, now=MONDAY + 9 * DAY
    )
    look_at(guide, people=30)
    return guide


def look_at(guide: Guide, *, people: int) -> None:
    count = ViewCount(version_id=guide.version_id, source="", medium="", people=people, machines=4, begun=people // 3)
    pages_viewed([PagesViewed(at=int(MONDAY.timestamp() * 1000), counts=(count,))], now=MONDAY)


def answer_events() -> None:
    while outbox.react(REACTIONS, now=LATER):
        pass


def gather() -> None:
    while gather_facts(now=LATER):
        pass


def summaries(folder: Path) -> list[list[str]]:
    lake: Lake = quick_lake(folder)
    while services.keep_lake(lake, now=LATER):
        pass
    told = []
    for model in (FunnelDay, Lifetime, Journey):
        columns = [field.name for field in model._meta.concrete_fields if field.name != "id"]
        told.append(sorted(map(repr, model._default_manager.values_list(*columns))))
    return told


def before_the_lake() -> None:
    """As if the version that ran until now had not known of the lake."""
    RecordedEvent.objects.update(done_at=MONDAY)


def test_history_is_the_same_whether_events_told_it_or_it_was_gathered(history: Guide, tmp_path: Path) -> None:
    answer_events()
    gather()
    by_events = summaries(tmp_path / "events")
    row = insights.proof_rows(by=Grouping.MAGNET, since=MONDAY.date(), until=LATER.date())[0]
    assert row.number[FactKind.VIEW] == 30
    assert (row.leads, row.people[FactKind.CONFIRMED], row.customers) == (5, 3, 1)

    forget_everything()
    before_the_lake()
    gather()
    assert summaries(tmp_path / "gathered") == by_events


def forget_everything() -> None:
    for model in (FunnelDay, Lifetime, Journey, Standing, LeadTrail, LakeFile, StagedFacts, Refresh):
        model._default_manager.all().delete()


def test_gathering_goes_on_where_it_was_and_tells_nothing_twice(
    history: Guide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts_gathered, "LEADS_AT_ONCE", 2)
    before_the_lake()
    portions = 0
    while gather_facts(now=LATER):
        portions += 1
    assert portions == 3
    gather()
    row = proof(tmp_path)
    assert (row.leads, row.customers, row.number[FactKind.VIEW]) == (5, 1, 30)


def proof(folder: Path) -> insights.ProofRow:
    summaries(folder)
    return insights.proof_rows(by=Grouping.MAGNET, since=MONDAY.date(), until=LATER.date())[0]


def test_it_waits_for_the_events_that_nobody_has_answered_yet(history: Guide) -> None:
    assert not gather_facts(now=LATER)
    assert not LeadTrail.objects.exists()


def test_views_of_the_time_before_and_after_are_each_told_once(history: Guide, tmp_path: Path) -> None:
    look_at(history, people=5)
    before_the_lake()
    gather()
    look_at(history, people=7)
    assert proof(tmp_path).number[FactKind.VIEW] == 42
