"""What nobody means to send: days without end, NUL, numbers that no database holds. The answer is a refusal, never a fault."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.activities.models import Activity
from leadstone.domains.assignment.models import Assignment
from leadstone.domains.pipeline.models import Deal
from leadstone.domains.qualification.models import Evidence, Point
from tests.cast import Visitor
from tests.pipelines import a_deal
from tests.studio.conftest import Browser
from tests.studio.routes import routes
from tests.studio.rows import one_of_each

HUGE = 10**25


@pytest.fixture
def manager(browser_of: Browser) -> Client:
    return browser_of(Role.MANAGER)


def me(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def a_task(owner: User) -> Activity:
    now = timezone.now()
    return Activity.objects.create(
        key=uuid4(), kind="task", owner=owner, created_by=owner, title="Call", due_at=now, created_at=now
    )


@pytest.mark.parametrize("seconds", [253_402_300_799, 253_402_300_800, 10**15])
def test_no_task_is_put_off_beyond_all_calendars(manager: Client, seconds: int) -> None:
    task = a_task(me(manager))

    manager.post(f"/activities/{task.pk}/due/{seconds}")

    assert Activity.objects.get(pk=task.pk).due_at == task.due_at
    assert manager.get("/activities/").status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "99999-01-01", "2026-02-30"])
def test_a_day_at_the_end_of_time_is_refused_or_shown_but_breaks_no_page(manager: Client, day: str) -> None:
    deal = a_deal(("prospect", timezone.now()))
    written = {"version": 0, "title": "A", "amount": "18 400", "currency": "PLN", "expected_close": day}

    assert manager.post(f"/board/{deal.pk}/change", written).status_code in {302, 422}
    for path in ("/board/", f"/board/{deal.pk}", "/forecast/", "/forecast/deals", "/forecast/deals/export.csv", "/"):
        answer = manager.get(path)
        assert answer.status_code == 200, (path, day)
        assert answer.getvalue()


DATES = ("0001-01-01", "9999-12-31", "9999-12-30", "0000-00-00", "x")


@pytest.mark.parametrize("day", DATES)
def test_filters_by_a_day_at_the_end_of_time_are_answered(browser_of: Browser, day: str) -> None:
    admin = browser_of(Role.ADMIN)
    a_deal(("prospect", timezone.now()), ("won", timezone.now()))
    for path in (
        f"/settings/audit?from={day}",
        f"/settings/audit?until={day}",
        f"/leads/?from={day}",
        f"/forecast/deals?due={day}..",
        f"/forecast/deals?due=..{day}",
        f"/forecast/deals?closed={day}..",
        f"/forecast/deals?closed=..{day}",
        f"/forecast/wins-and-losses?closed={day}..{day}",
        f"/forecast/wins-and-losses?closed=..{day}",
        f"/forecast/wins-and-losses?closed={day}..",
        f"/board/?closing={day[:7]}",
        f"/forecast/?due={day[:7]}",
    ):
        assert admin.get(path).status_code == 200, path


@pytest.mark.parametrize("amount", ["NaN", "-5", "1e9", "Infinity", "0", "9" * 30, "१२३"])
def test_an_amount_that_is_none_is_refused(manager: Client, amount: str) -> None:
    deal = a_deal(("prospect", timezone.now()))

    assert manager.post(f"/board/{deal.pk}/change", {"version": 0, "amount": amount}).status_code == 422
    assert Deal.objects.get(pk=deal.pk).amount_minor == 100_000


def test_nul_in_a_text_is_refused(manager: Client, ann: Visitor, emil: User) -> None:
    task, point = a_task(me(manager)), Point.objects.get(key="intent")
    posts = [
        ("/leads/new", {"name": "a\0b", "email": "jan@dom.example", "channel": "trade_fair", "basis": "asked_us"}),
        (f"/qualification/{ann.lead_id}/evidence", {"point": point.pk, "text": "a\0b"}),
        (f"/qualification/{ann.lead_id}/override", {"reason": "a\0b"}),
        (f"/activities/{task.pk}/done", {"outcome": "done", "note": "a\0b"}),
        (f"/assignment/leads/{ann.lead_id}/hand-over", {"owner": me(manager).pk, "note": "a\0b"}),
        (f"/assignment/leads/{ann.lead_id}/return", {"reason": "a\0b"}),
    ]
    for path, told in posts:
        assert manager.post(path, told).status_code == 400, path
    assert Activity.objects.get(pk=task.pk).done_at is None
    assert not Assignment.objects.exists()
    assert not Evidence.objects.exists()


def test_a_number_that_no_database_holds_names_nothing(browser_of: Browser, ann: Visitor, emil: User) -> None:
    admin = browser_of(Role.ADMIN)
    ids = dict.fromkeys(one_of_each(ann, owner=emil, colleague=emil), HUGE)
    for route in routes(ids):
        if route.parameters & set(ids):
            for answer in (admin.get(route.path), admin.post(route.path)):
                assert answer.status_code in {404, 405, 302}, (route.path, answer.status_code)
