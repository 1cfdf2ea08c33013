"""New leads get their owners, each once, whoever asks and however often."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE, Role
from leadstone.domains.assignment import queries, services
from leadstone.domains.assignment.models import Assignment, RuleMember
from leadstone.domains.assignment.queries import AvailabilityFacts
from leadstone.domains.assignment.rules import AssignedBecause, HandOver, HandRefusal
from leadstone.domains.assignment.rules.fitting import Conditions
from leadstone.domains.assignment.rules.hours import OFFICE_HOURS
from leadstone.domains.assignment.services import RuleWords
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads import services as leads_services
from leadstone.domains.leads.models import Lead
from leadstone.flows.reactions import REACTIONS
from leadstone.infra.outbox.services import react
from tests.cast import MONDAY, Guide, Visitor, ask, form, published, receive, staff

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def gosia(db: None) -> User:
    return staff("Gosia", Role.REP)


def switched_on(*members: User, weights: dict[int, int] | None = None, **words: object) -> int:
    told: dict[str, object] = {
        "name": "Fairs",
        "conditions": Conditions(),
        "weights": weights or dict.fromkeys([each.pk for each in members], 1),
    }
    rule_id = services.add_rule(RuleWords(**(told | words)), now=MONDAY)  # type: ignore[arg-type]  # the keys of the words
    services.switch_rule(rule_id=rule_id, on=True, now=MONDAY)
    return rule_id


def answer_events() -> None:
    while react(REACTIONS, now=MONDAY):
        pass


def owner_of(lead_id: int) -> int | None:
    return Lead.objects.get(pk=lead_id).owner_id


def many(guide: Guide, count: int) -> list[int]:
    receive(*[form(guide, f"p{number}@example.net") for number in range(count)])
    return list(Lead.objects.order_by("pk").values_list("pk", flat=True))


def test_without_a_rule_leads_wait_for_whoever_takes_them(ann: Visitor) -> None:
    answer_events()

    assert owner_of(ann.lead_id) is None
    assert not Assignment.objects.exists()


def test_a_form_gets_its_owner_and_the_history_says_by_which_rule(ann: Visitor, emil: User) -> None:
    switched_on(emil)

    answer_events()

    (line,) = queries.hand_overs_of(ann.lead_id)
    assert owner_of(ann.lead_id) == emil.pk
    assert (line.rule, line.because, line.state) == ("Fairs", AssignedBecause.RULE, HandOver.ACCEPTED)


def test_a_draft_gives_nothing(ann: Visitor, emil: User) -> None:
    services.add_rule(RuleWords(name="Draft", conditions=Conditions(), weights={emil.pk: 1}), now=MONDAY)

    answer_events()

    assert owner_of(ann.lead_id) is None


def test_identity_and_stage_stay_and_no_lead_is_dropped(guide: Guide, emil: User, gosia: User) -> None:
    """L12."""
    ids = many(guide, 60)
    before = {row["id"]: row for row in Lead.objects.values()}
    switched_on(weights={emil.pk: 2, gosia.pk: 1})

    answer_events()

    after = {row["id"]: row for row in Lead.objects.values()}
    assert set(after) == set(ids)
    assert all(after[pk] | {"owner_id": None} == before[pk] for pk in ids)
    assert [sum(row["owner_id"] == each.pk for row in after.values()) for each in (emil, gosia)] == [40, 20]


def test_a_repeated_event_changes_nothing(ann: Visitor, emil: User) -> None:
    switched_on(emil)
    services.assign_leads([ann.lead_id], now=MONDAY)
    credit = RuleMember.objects.get().credit

    assert services.assign_leads([ann.lead_id], now=LATER) == []
    assert RuleMember.objects.get().credit == credit
    assert Assignment.objects.count() == 1


def test_a_lead_that_somebody_has_is_left_alone(ann: Visitor, emil: User, gosia: User) -> None:
    leads_services.assign_owner(lead_id=ann.lead_id, owner_id=gosia.pk)
    switched_on(emil)

    answer_events()

    assert owner_of(ann.lead_id) == gosia.pk


def test_who_was_put_back_into_the_open_queue_by_hand_is_not_given_away_again(ann: Visitor, emil: User) -> None:
    switched_on(emil)
    answer_events()
    services.hand_over(lead_id=ann.lead_id, to=None, by=emil.pk, now=LATER)

    services.assign_leads([ann.lead_id], now=LATER)

    assert owner_of(ann.lead_id) is None


def test_when_nobody_is_free_the_lead_stands_in_the_open_queue_with_the_reason(ann: Visitor, emil: User) -> None:
    services.change_availability(AvailabilityFacts(hours=OFFICE_HOURS, away_from=date(2026, 11, 1)), user_id=emil.pk)
    switched_on(emil)

    answer_events()

    assert [line.lead_id for line in leads.unowned_leads(reader=THE_HOUSE, limit=9)] == [ann.lead_id]
    reason = queries.open_reasons([ann.lead_id])[ann.lead_id]
    assert (reason.because, reason.rule, dict(reason.passed_over)) == (AssignedBecause.NOBODY_FREE, "Fairs", {"away": 1})


def test_the_rest_of_a_rule_is_asked_when_one_is_full(guide: Guide, emil: User, gosia: User) -> None:
    services.change_availability(AvailabilityFacts(hours=OFFICE_HOURS, most_open_leads=2), user_id=emil.pk)
    switched_on(emil, gosia)
    many(guide, 10)

    answer_events()

    assert Lead.objects.filter(owner=emil).count() == 2
    assert Lead.objects.filter(owner=gosia).count() == 8


def test_a_second_magnet_of_the_same_person_stays_in_one_hand(ann: Visitor, emil: User, gosia: User) -> None:
    leads_services.assign_owner(lead_id=ann.lead_id, owner_id=gosia.pk)
    switched_on(emil)
    other = ask(published("other"), ann.email)

    answer_events()

    assert owner_of(other.lead_id) == gosia.pk


def test_the_clock_starts_with_the_owner_and_the_first_answer_stops_it(ann: Visitor, emil: User) -> None:
    switched_on(emil, answer_within_minutes=120)
    answer_events()
    assert leads.clock_of(ann.lead_id).respond_by == MONDAY + timedelta(hours=2)

    leads_services.note_response(lead_id=ann.lead_id, now=LATER)
    leads_services.note_response(lead_id=ann.lead_id, now=LATER + timedelta(days=1))

    assert leads.clock_of(ann.lead_id).responded_at == LATER


def test_a_lead_that_is_taken_from_the_open_queue_starts_the_clock_of_the_rule_that_spoke(
    ann: Visitor, emil: User, gosia: User
) -> None:
    services.change_availability(AvailabilityFacts(hours=OFFICE_HOURS, away_from=date(2026, 11, 1)), user_id=emil.pk)
    switched_on(emil, answer_within_minutes=60)
    answer_events()

    services.take(lead_id=ann.lead_id, by=gosia.pk, now=LATER)

    assert leads.clock_of(ann.lead_id).respond_by == LATER + timedelta(hours=1)


def test_a_lead_is_taken_by_one(ann: Visitor, emil: User, gosia: User) -> None:
    assert services.take(lead_id=ann.lead_id, by=gosia.pk, now=MONDAY).allowed

    second = services.take(lead_id=ann.lead_id, by=emil.pk, now=MONDAY)

    assert (second.allowed, second.because) == (False, HandRefusal.TAKEN_MEANWHILE)
    assert owner_of(ann.lead_id) == gosia.pk


def test_a_hand_over_waits_for_a_yes(ann: Visitor, emil: User, gosia: User) -> None:
    services.take(lead_id=ann.lead_id, by=emil.pk, now=MONDAY)
    services.hand_over(lead_id=ann.lead_id, to=gosia.pk, by=emil.pk, now=LATER, note="Lives in your town")
    offer = queries.standing_offer(ann.lead_id)
    assert offer is not None
    assert (offer.by, offer.owner, offer.note) == ("Emil", "Gosia", "Lives in your town")

    services.accept(lead_id=ann.lead_id, by=gosia.pk, now=LATER)

    assert queries.standing_offer(ann.lead_id) is None
    assert owner_of(ann.lead_id) == gosia.pk


def test_a_returned_lead_goes_back_to_who_had_it_with_the_reason(ann: Visitor, emil: User, gosia: User) -> None:
    services.take(lead_id=ann.lead_id, by=emil.pk, now=MONDAY)
    services.hand_over(lead_id=ann.lead_id, to=gosia.pk, by=emil.pk, now=LATER)

    assert services.return_lead(lead_id=ann.lead_id, by=gosia.pk, reason=" ", now=LATER).because is HandRefusal.NEEDS_REASON
    services.return_lead(lead_id=ann.lead_id, by=gosia.pk, reason="I am on leave", now=LATER)

    assert owner_of(ann.lead_id) == emil.pk
    assert [line.state for line in queries.hand_overs_of(ann.lead_id)][1] is HandOver.RETURNED
    assert queries.hand_overs_of(ann.lead_id)[0].note == "I am on leave"


def test_a_lead_that_came_by_a_rule_and_is_returned_stands_in_the_open_queue(ann: Visitor, emil: User) -> None:
    switched_on(emil)
    answer_events()

    services.return_lead(lead_id=ann.lead_id, by=emil.pk, reason="Speaks only German", now=LATER)

    assert owner_of(ann.lead_id) is None
    assert queries.open_reasons([ann.lead_id])[ann.lead_id].note == "Speaks only German"


def test_a_return_does_not_go_round_in_a_circle(ann: Visitor, emil: User, gosia: User) -> None:
    services.take(lead_id=ann.lead_id, by=emil.pk, now=MONDAY)
    services.hand_over(lead_id=ann.lead_id, to=gosia.pk, by=emil.pk, now=LATER)
    services.return_lead(lead_id=ann.lead_id, by=gosia.pk, reason="Not mine", now=LATER)

    services.return_lead(lead_id=ann.lead_id, by=emil.pk, reason="Nor mine", now=LATER)

    assert owner_of(ann.lead_id) is None


def test_only_the_owner_returns_a_lead(ann: Visitor, emil: User, gosia: User) -> None:
    services.take(lead_id=ann.lead_id, by=emil.pk, now=MONDAY)

    refused = services.return_lead(lead_id=ann.lead_id, by=gosia.pk, reason="Give it to me", now=LATER)

    assert refused.because is HandRefusal.NOT_YOURS
    assert owner_of(ann.lead_id) == emil.pk


def test_a_lead_is_not_handed_to_somebody_who_cannot_work_it(ann: Visitor, emil: User, fay: User) -> None:
    refused = services.hand_over(lead_id=ann.lead_id, to=fay.pk, by=emil.pk, now=MONDAY)

    assert refused.because is HandRefusal.CANNOT_WORK_LEADS
    assert owner_of(ann.lead_id) is None


def test_a_hand_over_is_undone_until_it_was_taken_on(ann: Visitor, emil: User, gosia: User) -> None:
    services.take(lead_id=ann.lead_id, by=emil.pk, now=MONDAY)
    services.hand_over(lead_id=ann.lead_id, to=gosia.pk, by=emil.pk, now=LATER)
    assert services.take_back(lead_id=ann.lead_id, by=emil.pk, now=LATER)
    assert owner_of(ann.lead_id) == emil.pk

    services.hand_over(lead_id=ann.lead_id, to=gosia.pk, by=emil.pk, now=LATER)
    services.accept(lead_id=ann.lead_id, by=gosia.pk, now=LATER)

    assert not services.take_back(lead_id=ann.lead_id, by=emil.pk, now=LATER)
    assert owner_of(ann.lead_id) == gosia.pk


def test_a_simulation_says_what_would_have_happened_and_changes_nothing(guide: Guide, emil: User, gosia: User) -> None:
    ids = many(guide, 30)
    rule_id = services.add_rule(RuleWords(name="Trial", conditions=Conditions(), weights={emil.pk: 2, gosia.pk: 1}), now=MONDAY)
    before = list(Lead.objects.order_by("pk").values())

    told = queries.simulate([queries.owner_rule(rule_id)], since=MONDAY - timedelta(days=30), reader=THE_HOUSE)

    assert [each.turn.lead_id for each in told] == ids
    assert [sum(each.turn.owner_id == one.pk for each in told) for one in (emil, gosia)] == [20, 10]
    assert list(Lead.objects.order_by("pk").values()) == before
    assert not Assignment.objects.exists()


def test_switched_on_a_rule_does_what_its_simulation_said(guide: Guide, emil: User, gosia: User) -> None:
    many(guide, 30)
    rule_id = switched_on(weights={emil.pk: 3, gosia.pk: 2})
    told = queries.simulate([queries.owner_rule(rule_id)], since=MONDAY - timedelta(days=30), reader=THE_HOUSE)

    answer_events()

    assert {each.turn.lead_id: each.turn.owner_id for each in told} == dict(Lead.objects.values_list("pk", "owner_id"))


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_give_the_same_turn() -> None:
    emil, gosia = staff("Emil", Role.REP), staff("Gosia", Role.REP)
    ids = many(published("busy"), 40)
    switched_on(emil, gosia)
    start = threading.Barrier(2)

    def work() -> None:
        start.wait()
        for lead_id in ids:
            services.assign_leads([lead_id], now=MONDAY)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert Assignment.objects.count() == 40
    assert [Lead.objects.filter(owner=each).count() for each in (emil, gosia)] == [20, 20]
