"""What people remember of a campaign that should make us known: how many were asked, and how far their answer can be believed."""

import re
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from leadstone.domains.access.rules import Role
from leadstone.domains.campaigns.models import Recall
from leadstone.domains.campaigns.queries.recalls import recalls_of
from leadstone.domains.campaigns.rules import Aim
from leadstone.domains.campaigns.rules.recalls import MOST_ASKED, Asked, Change, change_in
from leadstone.domains.campaigns.services.recalls import NotASurvey, NotForAwareness, record_recall
from leadstone.kernel.shares import between
from tests.campaigns.cast import campaign
from tests.cast import MONDAY
from tests.studio.conftest import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> int:
    return campaign("known", name="Heat in winter", aim=Aim.AWARENESS, starts_on=date(2026, 1, 1))


TODAY = MONDAY.date()


def survey(asked: int, remembered: int, on: date = TODAY) -> Asked:
    return Asked(on=on, asked=asked, remembered=remembered)


def page(client: Client, campaign_id: int) -> str:
    return client.get(f"/campaigns/{campaign_id}").content.decode()


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17, table I: Wilson's score method without continuity correction.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718), (29, 29, 0.8830, 1.0)],
)
def test_the_interval_is_that_of_the_literature(hits: int, of: int, low: float, high: float) -> None:
    assert between(hits, of=of) == (pytest.approx(low, abs=0.00006), pytest.approx(high, abs=0.00006))


def test_a_change_is_told_only_when_chance_does_not_explain_it() -> None:
    first, later = date(2026, 1, 1), date(2026, 3, 1)

    assert change_in([survey(200, 20, first), survey(200, 60, later)]) is Change.RISEN
    assert change_in([survey(200, 60, first), survey(200, 20, later)]) is Change.FALLEN
    assert change_in([survey(200, 20, first), survey(200, 25, later)]) is Change.UNCLEAR
    assert change_in([survey(20, 0, first), survey(200, 190, later)]) is None, "twenty people say nothing"
    assert change_in([survey(200, 20, later), survey(200, 90, later)]) is None, "one day is no before and after"
    assert change_in([]) is None


def test_what_no_survey_can_say_is_refused_by_the_service_and_by_the_table(known: int) -> None:
    for wrong in (survey(0, 0), survey(10, 11), survey(10, -1), survey(MOST_ASKED + 1, 1)):
        with pytest.raises(NotASurvey):
            record_recall(wrong, campaign_id=known, by=None, now=MONDAY)
    with pytest.raises(NotForAwareness):
        record_recall(survey(10, 1), campaign_id=campaign(), by=None, now=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recall.objects.create(campaign_id=known, on=MONDAY, asked=1, remembered=2, recorded_at=MONDAY)
    assert not Recall.objects.exists()


@time_machine.travel(MONDAY, tick=False)
def test_a_survey_is_written_down_told_with_its_size_and_taken_back_and_counted_again(browser_of: Browser, known: int) -> None:
    marketer = browser_of(Role.MARKETER)
    said = {"asked": "263", "remembered": "81", "on": MONDAY.date().isoformat(), "note": "Market in Mielec"}
    told = marketer.post(f"/campaigns/{known}/recalls/add", said, follow=True).content.decode()

    [row] = recalls_of(known)
    assert (row.said.asked, row.said.remembered, row.note) == (263, 81, "Market in Mielec")
    assert "81 of 263 people asked." in told
    assert "likely 26% to 37%" in told
    assert "31%" in told

    take_back = f"/campaigns/{known}/recalls/{row.recall_id}/take-back"
    assert told.count(f'"{take_back}"') == 2, "in its row, and in the toast"
    taken = marketer.post(take_back, follow=True).content.decode()
    assert recalls_of(known) == []
    assert f"/recalls/{row.recall_id}/count-again" in taken
    marketer.post(f"/campaigns/{known}/recalls/{row.recall_id}/count-again")
    assert len(recalls_of(known)) == 1


@time_machine.travel(MONDAY, tick=False)
def test_few_people_are_told_as_few_and_two_surveys_are_compared(browser_of: Browser, known: int) -> None:
    marketer = browser_of(Role.MARKETER)
    record_recall(survey(12, 5), campaign_id=known, by=None, now=MONDAY)
    assert "ask at least 30" in page(marketer, known)

    record_recall(survey(200, 20, date(2026, 1, 1)), campaign_id=known, by=None, now=MONDAY)
    record_recall(survey(200, 60), campaign_id=known, by=None, now=MONDAY)
    assert "More people remember you than at first" in page(marketer, known)


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"asked": "0"}, "asked"),
        ({"asked": "many"}, "asked"),
        ({"asked": "10", "remembered": "11"}, "remembered"),
        ({"remembered": "-1"}, "remembered"),
        ({"on": "2999-01-01"}, "on"),
        ({"on": ""}, "on"),
        ({"asked": "9" * 30}, "asked"),
    ],
)
def test_what_is_typed_wrong_is_said_beside_its_field(browser_of: Browser, known: int, wrong: dict[str, str], field: str) -> None:
    said = {"asked": "100", "remembered": "10", "on": MONDAY.date().isoformat()} | wrong
    answer = browser_of(Role.MARKETER).post(f"/campaigns/{known}/recalls/add", said)

    assert answer.status_code == 422
    assert re.search(rf'name="{field}"[^>]*aria-invalid="true"', answer.content.decode())
    assert not Recall.objects.exists()


def test_a_campaign_for_leads_has_no_surveys(browser_of: Browser) -> None:
    marketer, leads = browser_of(Role.MARKETER), campaign()

    assert "recalls" not in page(marketer, leads)
    said = {"asked": "100", "remembered": "10", "on": "2026-01-01"}
    told = marketer.post(f"/campaigns/{leads}/recalls/add", said, follow=True).content.decode()
    assert "Only a campaign that should make you known" in told
    assert not Recall.objects.exists()
