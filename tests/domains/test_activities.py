"""What staff do and plan with people: one event a change, everything can be taken back, nothing survives an erasure."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.apps import apps

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE, Reach, Reader, Role, Thing
from leadstone.domains.activities import queries, services
from leadstone.domains.activities.models import Activity
from leadstone.domains.activities.rules import FOLLOWED_BY, About, ActivityFilter, ActivityKind, Outcome, Refusal, Standing, Whose
from leadstone.domains.activities.services import Call, Plan
from leadstone.domains.contacts.models import ContactPoint
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.rules import Basis
from leadstone.domains.privacy.services import erase_contact
from leadstone.flows.exchange_undone import exchanges_undone
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.wire.records import ExchangeUndone
from tests.cast import MONDAY, Guide, Visitor, ask, published, staff

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=3)
TOMORROW = MONDAY + timedelta(days=1)

Planned = Callable[..., int]


@pytest.fixture
def plan(emil: User) -> Planned:
    def planned(about: About | None = None, **changes: object) -> int:
        told: dict[str, object] = {
            "kind": ActivityKind.TASK,
            "about": about or About(),
            "owner_id": emil.pk,
            "title": "Send the quote",
            "due_at": LATER,
        }
        return services.plan(Plan(**(told | changes)), by=emil.pk, now=MONDAY)  # type: ignore[arg-type]

    return planned


def about(who: Visitor) -> About:
    return About(lead_id=who.lead_id)


def log(who: Visitor, outcome: Outcome, *, by: User, now: datetime = MONDAY, **more: object) -> services.Logged:
    return services.log_call(Call(about=about(who), outcome=outcome, **more), by=by.pk, now=now)  # type: ignore[arg-type]


def told() -> list[str]:
    return list(RecordedEvent.objects.order_by("pk").values_list("kind", flat=True))


def quality(lead_id: int) -> tuple[float, float, float]:
    return Lead.objects.values_list("accuracy", "incentive", "awareness").get(pk=lead_id)


def standing(about: About) -> list[str]:
    return [facts.title or facts.kind.value for facts in queries.open_activities(about, reader=THE_HOUSE)]


# Calls


def test_a_wrong_number_lowers_accuracy_and_nothing_else(ann: Visitor, emil: User) -> None:
    accuracy, *others = quality(ann.lead_id)

    log(ann, Outcome.WRONG_NUMBER, by=emil)

    lower, *same = quality(ann.lead_id)
    assert lower < accuracy
    assert same == others
    assert ContactPoint.objects.get(contact_id=ann.contact_id, kind="phone").failed_because == "wrong_number"


@pytest.mark.parametrize("outcome", [*FOLLOWED_BY, Outcome.REACHED, Outcome.NOT_INTERESTED])
def test_no_other_outcome_changes_the_quality(ann: Visitor, emil: User, outcome: Outcome) -> None:
    before = quality(ann.lead_id)

    assert log(ann, outcome, by=emil, again_at=TOMORROW).decision

    assert quality(ann.lead_id) == before


def test_a_wrong_number_that_was_a_slip_is_undone_with_its_doubt(ann: Visitor, emil: User) -> None:
    before = quality(ann.lead_id)
    logged = log(ann, Outcome.WRONG_NUMBER, by=emil)

    services.take_back(activity_id=logged.call_id or 0, now=LATER)

    assert quality(ann.lead_id) == before
    assert ContactPoint.objects.get(contact_id=ann.contact_id, kind="phone").failed_at is None
    assert Lead.objects.get(pk=ann.lead_id).responded_at is None


def test_taking_back_a_call_leaves_what_somebody_else_found_out(ann: Visitor, emil: User) -> None:
    first = log(ann, Outcome.WRONG_NUMBER, by=emil)
    log(ann, Outcome.WRONG_NUMBER, by=emil, now=LATER)

    services.take_back(activity_id=first.call_id or 0, now=LATER)

    assert ContactPoint.objects.get(contact_id=ann.contact_id, kind="phone").failed_at == LATER


def test_who_wants_no_calls_is_not_called_any_more(ann: Visitor, emil: User) -> None:
    Lead.objects.filter(pk=ann.lead_id).update(basis=Basis.ASKED_US.value)
    assert may_be_called(ann)

    log(ann, Outcome.NO_MORE_CALLS, by=emil)

    assert not may_be_called(ann)


def test_that_somebody_wants_no_calls_is_taken_back_as_a_slip_and_only_at_once(ann: Visitor, emil: User) -> None:
    Lead.objects.filter(pk=ann.lead_id).update(basis=Basis.ASKED_US.value)
    slip = log(ann, Outcome.NO_MORE_CALLS, by=emil)
    services.take_back(activity_id=slip.call_id or 0, now=MONDAY + timedelta(seconds=8))
    assert may_be_called(ann)

    services.bring_back(activity_id=slip.call_id or 0, now=MONDAY + timedelta(seconds=12))
    assert not may_be_called(ann)

    meant = log(ann, Outcome.NO_MORE_CALLS, by=emil, now=LATER)
    services.take_back(activity_id=meant.call_id or 0, now=LATER + timedelta(days=2))
    assert not may_be_called(ann)


def may_be_called(who: Visitor) -> bool:
    return bool(queries.call_answers([who.lead_id], on=MONDAY.date())[who.lead_id].decision)


def test_the_first_call_stops_the_clock_and_later_ones_do_not_move_it(ann: Visitor, emil: User) -> None:
    log(ann, Outcome.NO_ANSWER, by=emil)
    log(ann, Outcome.REACHED, by=emil, now=LATER)

    assert Lead.objects.get(pk=ann.lead_id).responded_at == MONDAY


@pytest.mark.parametrize(
    ("outcome", "kind"), [(Outcome.CALL_BACK, ActivityKind.CALL), (Outcome.MEETING_AGREED, ActivityKind.MEETING)]
)
def test_what_goes_on_needs_a_time_and_is_planned_for_it(ann: Visitor, emil: User, outcome: Outcome, kind: ActivityKind) -> None:
    assert log(ann, outcome, by=emil).decision.because is Refusal.NEEDS_TIME
    assert log(ann, outcome, by=emil, again_at=MONDAY).decision.because is Refusal.TIME_IS_PAST
    assert not Activity.objects.exists()

    logged = log(ann, outcome, by=emil, again_at=TOMORROW)

    (planned,) = queries.open_activities(about(ann), reader=THE_HOUSE)
    assert (planned.activity_id, planned.kind, planned.due_at) == (logged.follow_up_id, kind, TOMORROW)
    assert planned.owner_id == emil.pk


def test_taking_back_a_call_takes_what_it_planned(ann: Visitor, emil: User) -> None:
    logged = log(ann, Outcome.CALL_BACK, by=emil, again_at=TOMORROW)

    services.take_back(activity_id=logged.call_id or 0, now=LATER)

    assert standing(about(ann)) == []


def test_a_call_that_was_planned_is_the_one_that_was_made(ann: Visitor, emil: User, plan: Planned) -> None:
    planned = plan(about(ann), kind=ActivityKind.CALL, title="Ring back", text="after five")
    found = queries.planned_call(ann.lead_id, owner_id=emil.pk, until=TOMORROW)
    assert found
    assert found.activity_id == planned

    logged = log(ann, Outcome.REACHED, by=emil, now=LATER, note="Wants a quote", planned_id=planned)

    assert logged.call_id == planned
    assert standing(about(ann)) == []
    call = Activity.objects.get(pk=planned)
    assert (call.text, call.done_at, call.revision) == ("after five\n\nWants a quote", LATER, 1)
    assert log(ann, Outcome.REACHED, by=emil, planned_id=planned).decision.because is Refusal.DONE_ALREADY

    assert services.reopen(activity_id=planned, now=LATER)
    assert standing(about(ann)) == ["Ring back"]


# Tasks, meetings, notes


def test_an_activity_about_a_lead_names_its_person_and_company(ann: Visitor, plan: Planned) -> None:
    row = Activity.objects.get(pk=plan(about(ann)))

    assert row.contact_id == ann.contact_id
    assert row.company_id == Lead.objects.get(pk=ann.lead_id).company_id is not None


def test_a_task_ends_as_tasks_end_and_only_once(plan: Planned) -> None:
    task = plan()

    assert services.finish(activity_id=task, outcome=Outcome.HELD, now=LATER).because is Refusal.NOT_THIS_ENDING
    assert services.finish(activity_id=task, outcome=Outcome.DONE, now=LATER)
    assert services.finish(activity_id=task, outcome=Outcome.DONE, now=LATER).because is Refusal.DONE_ALREADY
    assert services.postpone(activity_id=task, until=TOMORROW, now=LATER).because is Refusal.DONE_ALREADY


def test_a_meeting_that_took_place_is_a_response_and_one_that_nobody_came_to_is_not(
    ann: Visitor, bob: Visitor, plan: Planned
) -> None:
    held, missed = (plan(about(who), kind=ActivityKind.MEETING) for who in (ann, bob))
    services.finish(activity_id=held, outcome=Outcome.HELD, now=LATER)
    services.finish(activity_id=missed, outcome=Outcome.NO_SHOW, now=LATER)

    assert Lead.objects.get(pk=ann.lead_id).responded_at == LATER
    assert Lead.objects.get(pk=bob.lead_id).responded_at is None


def test_putting_off_moves_the_end_and_the_reminder_along(plan: Planned) -> None:
    meeting = plan(kind=ActivityKind.MEETING, ends_at=LATER + timedelta(hours=1), remind_at=LATER - timedelta(minutes=15))
    Activity.objects.update(reminded_at=MONDAY)

    services.postpone(activity_id=meeting, until=LATER + timedelta(days=1), now=MONDAY)

    row = Activity.objects.get(pk=meeting)
    assert (row.ends_at, row.remind_at) == (LATER + timedelta(days=1, hours=1), LATER + timedelta(days=1, minutes=-15))
    assert row.reminded_at is None
    assert row.revision == 1


def test_what_is_taken_back_is_in_no_list_until_it_is_brought_back(ann: Visitor, plan: Planned) -> None:
    task = plan(about(ann))

    assert services.take_back(activity_id=task, now=LATER)
    assert not services.take_back(activity_id=task, now=LATER)
    assert standing(about(ann)) == []
    assert services.bring_back(activity_id=task, now=LATER)
    assert standing(about(ann)) == ["Send the quote"]


def test_each_change_tells_the_house_and_names_its_deal(ann: Visitor, emil: User, plan: Planned) -> None:
    RecordedEvent.objects.all().delete()
    task = plan(About(lead_id=ann.lead_id, deal_id=7))
    services.finish(activity_id=task, outcome=Outcome.DONE, now=LATER)
    log(ann, Outcome.REACHED, by=emil)
    services.write_note(about=about(ann), text="Has two boilers.", by=emil.pk, now=LATER)

    assert told() == ["ActivityPlanned", "ActivityDone", "CallLogged", "ActivityDone", "ActivityDone"]
    assert RecordedEvent.objects.order_by("pk")[1].payload == {"activity_id": task, "deal_id": 7}


def test_texts_are_kept_to_what_a_row_holds(emil: User, plan: Planned) -> None:
    task = plan(title="x" * 900, text="y" * 20_000, place="z" * 900)

    row = Activity.objects.get(pk=task)
    assert (len(row.title), len(row.text), len(row.place)) == (200, 10_000, 200)


# Who sees what


def reader(user: User, reach: Reach, *team: User) -> Reader:
    return Reader(user_id=user.pk, role=Role.REP, team=frozenset(one.pk for one in team), reaches=dict.fromkeys(Thing, reach))


def test_a_reader_sees_the_activities_in_reach(ann: Visitor, emil: User, plan: Planned) -> None:
    olga, pola = staff("Olga", Role.REP), staff("Pola", Role.REP)
    for title, owner in (("mine", emil), ("team’s", olga), ("far away", pola)):
        plan(about(ann), title=title, owner_id=owner.pk)

    def titles(seen_by: Reader, whose: Whose = Whose.ALL) -> set[str]:
        return {facts.title for facts in queries.activity_page(ActivityFilter(whose=whose), reader=seen_by).lines}

    assert titles(reader(emil, Reach.OWN)) == {"mine"}
    assert titles(reader(emil, Reach.TEAM, emil, olga)) == {"mine", "team’s"}
    assert titles(reader(emil, Reach.ALL)) == {"mine", "team’s", "far away"}
    assert titles(reader(emil, Reach.ALL, emil, olga), Whose.TEAM) == {"mine", "team’s"}
    assert titles(reader(emil, Reach.ALL), Whose.MINE) == {"mine"}


def test_nothing_is_shown_of_a_lead_out_of_reach_though_the_task_is_ones_own(ann: Visitor, emil: User, plan: Planned) -> None:
    task = plan(about(ann))
    Lead.objects.filter(pk=ann.lead_id).update(owner_id=staff("Pola", Role.REP).pk)

    with pytest.raises(queries.NoSuchActivity):
        queries.activity(task, reader=reader(emil, Reach.OWN))
    assert queries.open_activities(about(ann), reader=reader(emil, Reach.OWN)) == []


def test_the_badge_counts_what_is_due_by_tonight(ann: Visitor, emil: User, plan: Planned) -> None:
    plan(about(ann), due_at=MONDAY - timedelta(days=2))
    plan(about(ann), due_at=LATER)
    plan(about(ann), due_at=TOMORROW)
    services.finish(activity_id=plan(due_at=LATER), outcome=Outcome.DONE, now=MONDAY)

    assert queries.count_due(emil.pk, until=MONDAY + timedelta(hours=14)) == 2


def test_the_next_step_of_leads_and_deals_is_the_soonest_open_one(ann: Visitor, bob: Visitor, plan: Planned) -> None:
    plan(About(lead_id=ann.lead_id, deal_id=5), due_at=TOMORROW)
    plan(about(ann), due_at=LATER)

    assert queries.next_due_of_leads([ann.lead_id, bob.lead_id]) == {ann.lead_id: LATER}
    assert queries.next_due_of_deals([5, 6]) == {5: TOMORROW}


def test_open_ones_stand_by_their_time_and_those_without_one_last(plan: Planned) -> None:
    for title, due_at in (("some day", None), ("later", TOMORROW), ("soon", LATER)):
        plan(title=title, due_at=due_at)
    chosen = ActivityFilter(whose=Whose.ALL)

    assert [line.title for line in queries.activity_page(chosen, reader=THE_HOUSE).lines] == ["soon", "later", "some day"]
    first = queries.activity_page(chosen, reader=THE_HOUSE, size=2)
    assert (len(first.lines), first.has_next) == (2, True)
    assert [line.title for line in queries.activity_page(chosen, reader=THE_HOUSE, page=2, size=2).lines] == ["some day"]


# Privacy

SECRET = "Wants to leave her husband’s boiler company"


def anywhere(text: str) -> list[str]:
    """Tables in which any column holds the text."""
    found = []
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            if any(text in str(value) for value in row):
                found.append(model._meta.db_table)
    return found


@pytest.fixture
def written(ann: Visitor, emil: User, plan: Planned) -> Visitor:
    plan(about(ann), title=SECRET, place=SECRET, text=SECRET)
    log(ann, Outcome.REACHED, by=emil, note=SECRET)
    services.write_note(about=About(contact_id=ann.contact_id), text=SECRET, by=emil.pk, now=MONDAY)
    return ann


def test_an_erasure_empties_every_text_and_shows_nothing_any_more(written: Visitor) -> None:
    assert anywhere(SECRET)

    erase_contact(written.contact_id, now=LATER)

    assert anywhere(SECRET) == []
    assert Activity.objects.count() == 3, "what happened still adds up"
    for state in Standing:
        chosen = ActivityFilter(whose=Whose.ALL, standing=state)
        assert queries.activity_page(chosen, reader=THE_HOUSE).lines == []


def test_undoing_an_exchange_forgets_what_staff_wrote_about_it_and_keeps_the_rest(ann: Visitor, emil: User, guide: Guide) -> None:
    other = ask(published("other"), ann.email)
    services.write_note(about=about(ann), text=SECRET, by=emil.pk, now=MONDAY)
    services.write_note(about=about(other), text="About the other guide", by=emil.pk, now=MONDAY)

    exchanges_undone([ExchangeUndone(at=int(LATER.timestamp() * 1000), grant_key=str(ann.grant_key))], now=LATER)

    assert anywhere(SECRET) == []
    assert anywhere("About the other guide") == ["activities_activity"]
