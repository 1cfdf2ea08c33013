"""An undo takes back what was done a moment ago, and is no second way to move leads and deals about."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.rules import Role
from leadstone.domains.leads.models import Lead, StatusChange
from leadstone.domains.leads.rules import Status
from leadstone.domains.pipeline.models import Deal, Stage, StageChange
from leadstone.domains.qualification.models import Promotion
from tests.cast import MONDAY, Visitor
from tests.pipelines import a_deal
from tests.studio.conftest import Browser

LONG_AGO = timedelta(days=40)


@pytest.fixture
def rep(browser_of: Browser) -> Client:
    return browser_of(Role.REP)


def history(who: Visitor, *steps: Status, ago: timedelta = LONG_AGO) -> None:
    """The lead went this way, an hour a step, the last one `ago`."""
    last = timezone.now() - ago
    for place, (before, after) in enumerate(pairwise(steps)):
        at = last - timedelta(hours=len(steps) - place)
        StatusChange.objects.create(lead_id=who.lead_id, before=before.value, after=after.value, at=at)
    Lead.objects.filter(pk=who.lead_id).update(status=steps[-1].value)


def status(who: Visitor) -> Status:
    return Status(Lead.objects.get(pk=who.lead_id).status)


def test_a_prospect_of_long_ago_does_not_come_back_by_an_undo(rep: Client, ann: Visitor) -> None:
    Promotion.objects.create(lead_id=ann.lead_id, at=MONDAY - LONG_AGO)
    history(ann, Status.NEW, Status.QUALIFIED, Status.WORKING)

    rep.post(f"/leads/{ann.lead_id}/move/back/qualified/working")

    assert status(ann) is Status.WORKING


def test_nor_when_it_was_not_the_last_step(rep: Client, ann: Visitor) -> None:
    Promotion.objects.create(lead_id=ann.lead_id, at=MONDAY)
    history(
        ann,
        Status.QUALIFIED,
        Status.WORKING,
        Status.DISQUALIFIED,
        Status.WORKING,
        ago=timedelta(seconds=5),
    )

    rep.post(f"/leads/{ann.lead_id}/move/back/qualified/working")

    assert status(ann) is Status.WORKING


@pytest.mark.parametrize("before", [Status.DISQUALIFIED, Status.NURTURING])
def test_nobody_is_given_up_without_a_reason_by_an_undo(rep: Client, ann: Visitor, before: Status) -> None:
    history(ann, Status.NEW, before, Status.WORKING)

    rep.post(f"/leads/{ann.lead_id}/move/back/{before.value}/working")

    assert status(ann) is Status.WORKING


def test_taking_up_and_undoing_leaves_the_first_response_to_be_given(rep: Client, ann: Visitor) -> None:
    rep.post(f"/leads/{ann.lead_id}/move", {"to": "working"})
    rep.post(f"/leads/{ann.lead_id}/move/back/new/working")

    assert status(ann) is Status.NEW
    assert Lead.objects.get(pk=ann.lead_id).responded_at is None


def test_a_sale_of_last_year_is_not_deleted_by_an_undo(rep: Client) -> None:
    now = timezone.now()
    deal = a_deal(("won", now - timedelta(days=300)))

    rep.post(f"/leads/{deal.lead_id}/deal/{deal.pk}/back")
    rep.post(f"/board/{deal.pk}/add/back/{deal.lead_id}")

    assert Deal.objects.filter(pk=deal.pk).exists()


def test_the_deal_of_a_promotion_goes_with_the_promotion_only(rep: Client, ann: Visitor) -> None:
    promotion = Promotion.objects.create(lead_id=ann.lead_id, at=timezone.now())
    now = timezone.now()
    deal = Deal.objects.create(
        lead_id=ann.lead_id,
        stage=Stage.objects.get(key="prospect"),
        currency="PLN",
        opened_at=now,
        entered_stage_at=now,
        touched_at=now,
        promotion=promotion,
    )

    rep.post(f"/board/{deal.pk}/add/back/{ann.lead_id}")

    assert Deal.objects.filter(pk=deal.pk).exists()


def moved(*, ago: timedelta) -> Deal:
    """A deal that went from need to offer so long ago, as the board moves it."""
    at = timezone.now() - ago
    deal = a_deal(("need", at - timedelta(days=3)))
    offer = Stage.objects.get(key="offer")
    replaced = {
        "version": 0,
        "amount_minor": deal.amount_minor,
        "currency": "PLN",
        "close_reason_id": None,
        "close_note": "",
        "expected_close": None,
        "entered_stage_at": deal.entered_stage_at.isoformat(),
        "touched_at": deal.touched_at.isoformat(),
        "won_at": None,
        "lost_at": None,
    }
    StageChange.objects.create(deal=deal, before=deal.stage, after=offer, at=at, replaced=replaced)
    Deal.objects.filter(pk=deal.pk).update(stage=offer, version=1, entered_stage_at=at)
    return deal


def test_a_move_of_last_month_stays_in_the_history(rep: Client) -> None:
    deal = moved(ago=LONG_AGO)

    rep.post(f"/board/{deal.pk}/move/back/1")

    assert Deal.objects.get(pk=deal.pk).stage.key == "offer"
    assert StageChange.objects.filter(deal=deal).count() == 2


def test_no_undo_leads_into_a_stage_that_has_left_the_board(rep: Client) -> None:
    deal = moved(ago=timedelta(seconds=3))
    Stage.objects.filter(key="need").update(archived_at=timezone.now())

    rep.post(f"/board/{deal.pk}/move/back/1")

    assert Deal.objects.get(pk=deal.pk).stage.key == "offer"
