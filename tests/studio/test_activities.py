"""Tasks, calls, meetings and notes at the door of the studio."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.activities import services
from leadstone.domains.activities.models import Activity
from leadstone.domains.activities.rules import About, ActivityKind, Outcome
from leadstone.domains.activities.services import Plan
from leadstone.domains.contacts.models import ContactPoint
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from tests.cast import Visitor, staff
from tests.studio.conftest import Browser

WARSAW = ZoneInfo("Europe/Warsaw")
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
DIGITS = ("601 234 567", "601234567", "tel:")

Planned = Callable[..., int]


@pytest.fixture
def rep(browser_of: Browser) -> Client:
    return browser_of(Role.REP)


@pytest.fixture
def me(rep: Client) -> User:
    return User.objects.get(role=Role.REP)


@pytest.fixture
def plan(me: User) -> Planned:
    def planned(about: About | None = None, **changes: object) -> int:
        told: dict[str, object] = {
            "kind": ActivityKind.TASK,
            "about": about or About(),
            "owner_id": me.pk,
            "title": "Send the quote",
            "due_at": timezone.now() + timedelta(minutes=5),
        }
        return services.plan(Plan(**(told | changes)), by=me.pk, now=timezone.now())  # type: ignore[arg-type]

    return planned


def about(who: Visitor) -> About:
    return About(lead_id=who.lead_id)


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def undo_in(text: str) -> str:
    """The address that the toast's undo goes to."""
    found = re.search(r'<div class="toast".*?action="([^"]+)"', text, re.DOTALL)
    assert found
    return found[1].replace("&amp;", "&")


# A call


def test_one_key_logs_a_call_and_the_toast_undoes_it(rep: Client, ann: Visitor) -> None:
    card = f"/leads/{ann.lead_id}"
    answer = rep.post(f"/activities/call/{ann.lead_id}", {"outcome": "no_answer", "next": card}, follow=True)

    assert answer.redirect_chain == [(card, 302)]
    assert Activity.objects.get().outcome == "no_answer"

    back = rep.post(undo_in(answer.content.decode()), follow=True)

    assert back.redirect_chain == [(card, 302)]
    assert Activity.objects.get().removed_at is not None


@pytest.mark.parametrize(("outcome", "kind"), [("call_back", "call"), ("meeting_agreed", "meeting")])
def test_what_goes_on_asks_when_and_takes_the_proposal(rep: Client, ann: Visitor, outcome: str, kind: str) -> None:
    address, told = f"/activities/call/{ann.lead_id}", {"outcome": outcome, "note": "Wants it <soon>", "next": "/leads/"}
    asked = rep.post(address, told).content.decode()
    assert not Activity.objects.exists()
    assert "Wants it &lt;soon&gt;" in asked
    proposed = re.search(r'name="day" value="([\d-]+)"', asked)
    assert proposed

    rep.post(address, told | {"day": proposed[1], "clock": "09:00"})

    call, planned = Activity.objects.order_by("pk")
    assert (call.outcome, call.text) == (outcome, "Wants it <soon>")
    assert (planned.kind, planned.done_at) == (kind, None)


def test_a_time_that_is_over_is_refused_beside_the_field(rep: Client, ann: Visitor) -> None:
    answer = rep.post(f"/activities/call/{ann.lead_id}", {"outcome": "call_back", "day": "2020-01-01", "clock": "09:00"})

    assert answer.status_code == 422
    assert "This time is over" in answer.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize("wrong", ["", "held", "nonsense"])
def test_a_call_without_an_outcome_asks_for_one(rep: Client, ann: Visitor, wrong: str) -> None:
    answer = rep.post(f"/activities/call/{ann.lead_id}", {"outcome": wrong})

    assert 'value="reached" data-key="1"' in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_planned_call_is_fulfilled_by_the_call_that_is_made(rep: Client, ann: Visitor, plan: Planned) -> None:
    call = plan(about(ann), kind=ActivityKind.CALL, title="")
    asked = rep.post(f"/activities/{call}/done", {"outcome": "called", "next": "/activities/"}).content.decode()
    assert "This is the one that was planned" in asked

    answer = rep.post(f"/activities/{call}/done", {"outcome": "reached", "next": "/activities/"}, follow=True)

    assert Activity.objects.get().outcome == "reached"
    rep.post(undo_in(answer.content.decode()))
    assert Activity.objects.get().done_at is None


# Mail first


def test_whom_the_law_protects_shows_mail_first_and_no_digit_of_the_number(rep: Client, ann: Visitor, plan: Planned) -> None:
    call = plan(about(ann), kind=ActivityKind.CALL, title="")
    asked = rep.post(f"/activities/{call}/done", {"outcome": "called"}).content.decode()

    assert "Mail first" in asked
    assert "art. 398 ust. 1 PKE" in asked
    for told in (asked, page(rep, "/activities/"), page(rep, f"/activities/{call}")):
        assert not [digits for digits in DIGITS if digits in told]


def test_who_asked_us_to_call_has_a_number_to_press(rep: Client, ann: Visitor, plan: Planned) -> None:
    Lead.objects.filter(pk=ann.lead_id).update(basis=Basis.ASKED_US.value)
    call = plan(about(ann), kind=ActivityKind.CALL, title="")

    asked = rep.post(f"/activities/{call}/done", {"outcome": "called"}).content.decode()

    assert 'href="tel:+48601234567"' in asked
    assert "Mail first" not in asked


def test_a_wrong_number_says_so_and_shows_it_no_more(rep: Client, ann: Visitor) -> None:
    Lead.objects.filter(pk=ann.lead_id).update(basis=Basis.ASKED_US.value)
    rep.post(f"/activities/call/{ann.lead_id}", {"outcome": "wrong_number"})
    assert ContactPoint.objects.get(contact_id=ann.contact_id, kind="phone").failed_at

    again = rep.post(f"/activities/call/{ann.lead_id}", {}).content.decode()

    assert "somebody else answers there" in again
    assert "tel:" not in again


# Planning


def test_nine_oclock_is_nine_by_the_readers_clock(rep: Client) -> None:
    rep.cookies["leadstone_zone"] = "America/New_York"
    told = {"kind": "task", "title": "Ring", "day": "2027-07-01", "clock": "09:00"}
    rep.post("/activities/plan", told)

    assert Activity.objects.get().due_at == datetime(2027, 7, 1, 13, 0, tzinfo=UTC)
    assert "1 July 2027, 9:00" in page(rep, "/activities/")


def test_a_day_without_a_time_is_the_morning_and_a_reminder_comes_before(rep: Client) -> None:
    rep.cookies["leadstone_zone"] = "Europe/Warsaw"
    rep.post("/activities/plan", {"kind": "meeting", "day": "2027-01-11", "length": "90", "place": "Łódź", "remind": "60"})

    row = Activity.objects.get()
    assert row.due_at == datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
    assert row.ends_at == datetime(2027, 1, 11, 9, 30, tzinfo=UTC)
    assert row.remind_at == datetime(2027, 1, 11, 7, 0, tzinfo=UTC)
    assert row.place == "Łódź"


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"kind": "task", "title": " ", "day": TOMORROW}, "What is to be done?"),
        ({"kind": "task", "title": "x", "day": ""}, "This field is required"),
        ({"kind": "task", "title": "x", "day": "9999-12-31"}, "too far away"),
        ({"kind": "note", "title": "x", "day": TOMORROW}, "Select a valid choice"),
        ({"kind": "task", "title": "x", "day": TOMORROW, "clock": "25:99"}, "Enter a valid time"),
    ],
)
def test_a_wrong_plan_is_said_beside_the_field(rep: Client, told: dict[str, str], words: str) -> None:
    answer = rep.post("/activities/plan", told)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Activity.objects.exists()


def test_a_note_is_kept_as_it_was_typed_and_never_runs(rep: Client, ann: Visitor) -> None:
    text = "<script>alert(1)</script>\nsecond line"
    rep.post("/activities/note", {"lead": ann.lead_id, "text": text})

    note = Activity.objects.get()
    assert note.text == text
    assert "<script>alert" not in page(rep, f"/activities/{note.pk}")
    assert rep.post("/activities/note", {"lead": ann.lead_id, "text": " "}).status_code == 422


# The list


def test_the_list_stands_by_how_near_things_are(rep: Client, plan: Planned) -> None:
    noon = datetime(2026, 11, 18, 12, 0, tzinfo=WARSAW)  # a Wednesday
    rep.cookies["leadstone_zone"] = "Europe/Warsaw"
    with time_machine.travel(noon, tick=False):
        for title, away in (("late", -1), ("now", 0.2), ("soon", 2), ("far", 30)):
            plan(title=title, due_at=noon + timedelta(days=away))
        told = page(rep, "/activities/")

    order = ("group-overdue", ">late<", "group-today", ">now<", "group-this_week", ">soon<", "group-later", ">far<")
    places = [told.index(words) for words in order]
    assert places == sorted(places)
    assert "Friday, 12:00" in told


def test_tomorrow_keeps_the_time_of_day_over_the_change_of_clocks_and_is_undone(rep: Client, me: User, plan: Planned) -> None:
    rep.cookies["leadstone_zone"] = "Europe/Warsaw"
    saturday = datetime(2027, 3, 27, 10, 0, tzinfo=WARSAW)
    with time_machine.travel(saturday, tick=False):
        rep.force_login(me)  # a session of today would have run out by then
        task = plan(due_at=saturday - timedelta(days=3))
        answer = rep.post(f"/activities/{task}/tomorrow", {"next": "/activities/?kind=task"}, follow=True)
        assert Activity.objects.get().due_at == datetime(2027, 3, 28, 10, 0, tzinfo=WARSAW)
        assert answer.redirect_chain == [("/activities/?kind=task", 302)]

        rep.post(undo_in(answer.content.decode()))

    assert Activity.objects.get().due_at == saturday - timedelta(days=3)


def test_done_is_undone(rep: Client, plan: Planned) -> None:
    task = plan()
    answer = rep.post(f"/activities/{task}/done", {"outcome": "done", "next": "/activities/"}, follow=True)
    assert "Nothing is waiting for you" in answer.content.decode()

    rep.post(undo_in(answer.content.decode()))

    assert "Send the quote" in page(rep, "/activities/")


def test_the_address_filters_by_kind_owner_and_state(browser_of: Browser, rep: Client, plan: Planned) -> None:
    other = staff("Olga", Role.REP)
    plan(title="my task")
    plan(title="my meeting", kind=ActivityKind.MEETING)
    plan(title="her task", owner_id=other.pk)
    services.finish(activity_id=plan(title="my done task"), outcome=Outcome.DONE, now=timezone.now())

    def shown(client: Client, query: str) -> set[str]:
        return set(re.findall(r"(?:my|her) (?:done )?(?:task|meeting)", page(client, f"/activities/{query}")))

    assert shown(rep, "") == {"my task", "my meeting"}
    assert shown(rep, "?kind=meeting") == {"my meeting"}
    assert shown(rep, "?state=done") == {"my done task"}
    assert shown(browser_of(Role.MANAGER), "?whose=all") == {"my task", "my meeting", "her task"}
    assert shown(rep, "?whose=all&kind=nonsense&page=x&state=%00") == {"my task", "my meeting"}


def test_the_list_leaves_as_the_same_rows_of_a_file_that_runs_nothing(browser_of: Browser, rep: Client, plan: Planned) -> None:
    plan(title="=1+1")
    plan(title="not this one", kind=ActivityKind.MEETING)
    assert rep.get("/activities/export.csv").status_code == 403

    answer = browser_of(Role.MANAGER).get("/activities/export.csv?whose=all&kind=task")

    file = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert len(file.splitlines()) == 2
    assert "Task,'=1+1," in file


def test_the_navigation_counts_what_is_due_today(rep: Client, plan: Planned) -> None:
    plan(due_at=timezone.now() - timedelta(days=3))
    plan(due_at=timezone.now() + timedelta(days=3))

    assert 'data-go="a" aria-current="page">Tasks <span class="num">1</span>' in page(rep, "/activities/")


# Changing


def test_what_is_planned_can_be_changed_and_given_away(rep: Client, plan: Planned) -> None:
    rep.cookies["leadstone_zone"] = "Europe/Warsaw"
    task, other = plan(remind_at=timezone.now()), staff("Olga", Role.REP)
    told = {"kind": "task", "title": "Send the new quote", "day": "2027-02-01", "clock": "14:30", "owner": other.pk, "remind": ""}

    answer = rep.post(f"/activities/{task}", told | {"next": "/leads/"})

    row = Activity.objects.get()
    assert answer.headers["location"] == "/leads/"
    assert (row.title, row.owner_id, row.remind_at, row.revision) == ("Send the new quote", other.pk, None, 1)
    assert row.due_at is not None
    assert row.due_at.astimezone(WARSAW).date() == date(2027, 2, 1)


def test_a_form_with_a_mistake_keeps_what_was_typed(rep: Client, plan: Planned) -> None:
    answer = rep.post(f"/activities/{plan()}", {"kind": "task", "title": "Kept words", "day": "soon", "owner": "999"})

    assert answer.status_code == 422
    assert 'value="Kept words"' in answer.content.decode()


def test_nobody_is_led_away_from_our_pages(rep: Client, plan: Planned) -> None:
    for address in ("https://mallory.example/", "//mallory.example", "javascript:alert(1)"):
        answer = rep.post(f"/activities/{plan()}/done", {"outcome": "done", "next": address})
        assert answer.headers["location"] == "/activities/"


# Who may


def test_who_only_reads_sees_the_list_and_changes_nothing(browser_of: Browser, ann: Visitor, plan: Planned) -> None:
    task, fay = plan(about(ann)), browser_of(Role.PRIVACY_OFFICER)
    before = list(Activity.objects.values_list())

    told = page(fay, "/activities/?whose=all") + page(fay, f"/activities/{task}")
    assert "Send the quote" in told
    assert "/done" not in told
    for path in ("done", "tomorrow", "take-back", "bring-back", "reopen", "due/1"):
        assert fay.post(f"/activities/{task}/{path}", {"outcome": "done"}).status_code == 403
    for path in (f"{task}", "plan", "note", f"call/{ann.lead_id}"):
        assert fay.post(f"/activities/{path}", {"outcome": "reached", "text": "x"}).status_code == 403
    assert list(Activity.objects.values_list()) == before


def test_what_is_out_of_reach_does_not_exist(rep: Client, ann: Visitor, plan: Planned) -> None:
    task = plan(about(ann), owner_id=staff("Pola", Role.REP).pk)
    hidden = Lead.objects.filter(pk=ann.lead_id)
    hidden.update(owner_id=staff("Zenon", Role.REP).pk)

    assert rep.get(f"/activities/{task}").status_code == 404
    assert rep.post(f"/activities/{task}/done", {"outcome": "done"}).status_code == 404
    assert rep.post(f"/activities/call/{ann.lead_id}", {"outcome": "reached"}).status_code == 404
    assert rep.post("/activities/note", {"lead": ann.lead_id, "text": "x"}).status_code == 404
    assert rep.post("/activities/note", {"contact": ann.contact_id, "text": "x"}).status_code == 404
    assert rep.post("/activities/note", {"deal": "1", "text": "x"}).status_code == 404
    assert Activity.objects.count() == 1


def test_an_activity_speaks_polish(rep: Client, me: User, plan: Planned) -> None:
    User.objects.filter(pk=me.pk).update(language="pl")
    plan(due_at=timezone.now() - timedelta(days=2))

    told = page(rep, "/activities/")

    for words in ("Zadania", "Po terminie", "Zaplanuj coś", "Zrobione", "Jutro", "Mój kalendarz"):
        assert words in told
