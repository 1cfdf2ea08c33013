"""Tasks, calls, meetings and notes at the door of the studio."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.activities.models import Activity
from tests.cast import Visitor
from tests.studio.conftest import Browser


@pytest.fixture
def rep(browser_of: Browser) -> Client:
    return browser_of(Role.REP)


def test_one_key_logs_a_call_and_it_can_be_undone(rep: Client, ann: Visitor) -> None:
    answer = rep.post(f"/activities/call/{ann.lead_id}", {"outcome": "no_answer", "next": f"/leads/{ann.lead_id}"}, follow=True)

    assert answer.redirect_chain == [(f"/leads/{ann.lead_id}", 302)]
    call = Activity.objects.get()
    assert f"/activities/{call.pk}/take-back?next=%2Fleads%2F{ann.lead_id}" in answer.content.decode()


def test_every_page_opens(rep: Client, ann: Visitor) -> None:
    assert rep.get("/activities/").status_code == 200
