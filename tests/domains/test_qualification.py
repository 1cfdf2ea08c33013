"""A lead becomes a prospect on receipts that exist and are about it, or by a logged override."""

from datetime import timedelta

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About, Outcome
from leadstone.domains.activities.services import Call
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.rules import Rating
from leadstone.domains.grants.services import Rated
from leadstone.domains.leads import services as leads
from leadstone.domains.leads.models import Lead, StatusChange
from leadstone.domains.leads.rules import Because, Status
from leadstone.domains.qualification import queries, rules, services
from leadstone.domains.qualification.models import Evidence, Promotion
from leadstone.domains.qualification.rules import EditRefusal, EvidenceKind, Refusal
from leadstone.domains.qualification.services import Given, PointEdit
from leadstone.infra.outbox.models import RecordedEvent
from tests.cast import MONDAY, Guide, Visitor, ask

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def asks(guide: Guide) -> Visitor:
    """Somebody who typed a question."""
    return ask(guide, "jan@example.org", name="Jan", question="Will a heat pump heat my house of 1932?")


def point_id(key: str) -> int:
    return next(point.point_id for point in queries.points() if point.key == key)


def note(who: Visitor, by: User, text: str = "Wants it done before winter.") -> int:
    return activities.write_note(about=About(lead_id=who.lead_id), text=text, by=by.pk, now=MONDAY)


def give(who: Visitor, by: User, key: str, kind: EvidenceKind, source_id: int) -> Given:
    return services.give_evidence(
        lead_id=who.lead_id, point_id=point_id(key), kind=kind, source_id=source_id, reader=THE_HOUSE, by=by.pk, now=MONDAY
    )


def establish(who: Visitor, by: User, *keys: str) -> None:
    written = note(who, by)
    for key in keys:
        assert give(who, by, key, EvidenceKind.NOTE, written).decision


def status_of(who: Visitor) -> Status:
    return Status(Lead.objects.get(pk=who.lead_id).status)


def test_a_fresh_company_asks_for_intent_and_interest_and_may_ask_for_four_more() -> None:
    assert [(point.key, point.required) for point in queries.points()] == [
        ("intent", True),
        ("interest", True),
        ("need", False),
        ("budget", False),
        ("authority", False),
        ("time", False),
    ]


def test_a_promotion_is_refused_with_every_missing_point_named(ann: Visitor, emil: User) -> None:
    establish(ann, emil, "interest")

    promoted = services.promote(lead_id=ann.lead_id, by=emil.pk, now=LATER)

    assert (promoted.decision.because, promoted.decision.missing) == (Refusal.EVIDENCE_MISSING, ("intent",))
    assert status_of(ann) is Status.NEW
    assert not Promotion.objects.exists()


def test_a_lead_with_its_receipts_becomes_a_prospect_and_the_house_hears_of_it(ann: Visitor, emil: User) -> None:
    establish(ann, emil, "intent", "interest")

    promoted = services.promote(lead_id=ann.lead_id, by=emil.pk, now=LATER)

    assert promoted.decision
    assert status_of(ann) is Status.QUALIFIED
    kept = Promotion.objects.get(pk=promoted.promotion_id)
    ids = dict(Evidence.objects.values_list("point__key", "pk"))
    assert kept.receipts == {"intent": [ids["intent"]], "interest": [ids["interest"]]}
    assert RecordedEvent.objects.filter(kind="LeadQualified").count() == 1


def test_nobody_is_promoted_twice(ann: Visitor, emil: User) -> None:
    establish(ann, emil, "intent", "interest")
    services.promote(lead_id=ann.lead_id, by=emil.pk, now=LATER)

    again = services.promote(lead_id=ann.lead_id, by=emil.pk, now=LATER)

    assert again.decision.because is Refusal.CANNOT_FROM_HERE
    assert Promotion.objects.count() == 1


def test_a_lead_that_was_given_up_is_taken_up_before_it_is_promoted(ann: Visitor, emil: User) -> None:
    establish(ann, emil, "intent", "interest")
    leads.give_up(lead_id=ann.lead_id, because=Because.NO_NEED, note="", by=emil.pk, now=MONDAY)

    assert services.promote(lead_id=ann.lead_id, by=emil.pk, now=LATER).decision.because is Refusal.CANNOT_FROM_HERE


def test_the_house_offers_what_it_already_has(asks: Visitor, emil: User) -> None:
    called = activities.log_call(
        Call(about=About(lead_id=asks.lead_id), outcome=Outcome.REACHED, note="Has two quotes."), by=emil.pk, now=MONDAY
    )
    grants.rate({asks.grant_key: Rated(Rating.YES, MONDAY)})

    offered = queries.suggestions_for(queries.checklist(asks.lead_id), reader=THE_HOUSE)

    assert {(source.kind, source.said) for source in offered[point_id("intent")]} == {
        (EvidenceKind.ANSWER, "Will a heat pump heat my house of 1932?"),
        (EvidenceKind.CALL, "Has two quotes."),
    }
    assert EvidenceKind.DELIVERED in {source.kind for source in offered[point_id("interest")]}
    assert called.call_id in {source.source_id for source in offered[point_id("budget")]}


def test_what_is_a_receipt_already_is_not_offered_again(asks: Visitor, emil: User) -> None:
    [source] = queries.suggestions_for(queries.checklist(asks.lead_id), reader=THE_HOUSE)[point_id("need")]
    give(asks, emil, "need", source.kind, source.source_id)

    offered = queries.suggestions_for(queries.checklist(asks.lead_id), reader=THE_HOUSE)

    assert point_id("need") not in offered
    assert point_id("intent") in offered


def test_a_call_that_nobody_answered_shows_nothing(ann: Visitor, emil: User) -> None:
    call = Call(about=About(lead_id=ann.lead_id), outcome=Outcome.NO_ANSWER, note="rings")
    activities.log_call(call, by=emil.pk, now=MONDAY)

    assert queries.suggestions_for(queries.checklist(ann.lead_id), reader=THE_HOUSE) == {}


def test_a_receipt_about_somebody_else_is_refused(ann: Visitor, bob: Visitor, emil: User) -> None:
    about_bob = note(bob, emil)

    given = give(ann, emil, "intent", EvidenceKind.NOTE, about_bob)

    assert given.decision.because is Refusal.NOT_THEIRS
    assert not Evidence.objects.exists()


def test_a_source_of_one_kind_does_not_pass_for_another(ann: Visitor, emil: User) -> None:
    assert give(ann, emil, "intent", EvidenceKind.MEETING, note(ann, emil)).decision.because is Refusal.NOT_THEIRS


def test_a_point_takes_only_the_evidence_that_it_names(ann: Visitor, emil: User) -> None:
    given = give(ann, emil, "intent", EvidenceKind.DELIVERED, ann.grant_id)

    assert given.decision.because is Refusal.NOT_TAKEN


def test_the_same_source_fills_a_point_once(ann: Visitor, emil: User) -> None:
    written = note(ann, emil)
    assert give(ann, emil, "intent", EvidenceKind.NOTE, written).decision

    assert give(ann, emil, "intent", EvidenceKind.NOTE, written).decision.because is Refusal.GIVEN_BEFORE


def test_a_withdrawn_receipt_stays_on_record_and_establishes_nothing(ann: Visitor, emil: User) -> None:
    given = give(ann, emil, "intent", EvidenceKind.NOTE, note(ann, emil))
    assert given.evidence_id is not None

    assert services.withdraw_evidence(evidence_id=given.evidence_id, lead_id=ann.lead_id, by=emil.pk, now=LATER)

    assert queries.points_established([ann.lead_id]) == {ann.lead_id: frozenset()}
    assert Evidence.objects.get().withdrawn_by_id == emil.pk
    assert not services.withdraw_evidence(evidence_id=given.evidence_id, lead_id=ann.lead_id, by=emil.pk, now=LATER)


def test_a_receipt_is_withdrawn_from_its_own_lead_alone(ann: Visitor, bob: Visitor, emil: User) -> None:
    given = give(ann, emil, "intent", EvidenceKind.NOTE, note(ann, emil))
    assert given.evidence_id is not None

    assert not services.withdraw_evidence(evidence_id=given.evidence_id, lead_id=bob.lead_id, by=emil.pk, now=LATER)


def test_an_override_needs_a_reason_and_is_on_record(ann: Visitor, emil: User) -> None:
    refused = services.override_promotion(lead_id=ann.lead_id, reason="  ", by=emil.pk, now=LATER)
    assert refused.decision.because is Refusal.NO_REASON
    assert status_of(ann) is Status.NEW

    services.override_promotion(lead_id=ann.lead_id, reason="The board decided at the fair.", by=emil.pk, now=LATER)

    assert status_of(ann) is Status.QUALIFIED
    kept = Promotion.objects.get()
    assert (kept.missing, kept.reason, kept.by_id) == (["intent", "interest"], "The board decided at the fair.", emil.pk)
    line = AuditLine.objects.get(action="overridden")
    assert (line.actor_id, line.subject_id, line.facts) == (emil.pk, ann.lead_id, {"missing": "intent,interest"})


def test_nobody_overrides_where_nothing_is_missing(ann: Visitor, emil: User) -> None:
    establish(ann, emil, "intent", "interest")

    refused = services.override_promotion(lead_id=ann.lead_id, reason="no patience", by=emil.pk, now=LATER)

    assert refused.decision.because is Refusal.NOTHING_MISSING


def test_a_promotion_is_taken_back_within_minutes_and_not_an_hour_later(ann: Visitor, emil: User) -> None:
    establish(ann, emil, "intent", "interest")
    promoted = services.promote(lead_id=ann.lead_id, by=emil.pk, now=LATER)
    assert promoted.promotion_id is not None
    back = {"promotion_id": promoted.promotion_id, "lead_id": ann.lead_id, "by": emil.pk}

    assert not services.take_back_promotion(**back, now=LATER + timedelta(hours=1))
    assert services.take_back_promotion(**back, now=LATER + timedelta(seconds=9))

    assert status_of(ann) is Status.NEW
    assert RecordedEvent.objects.filter(kind="PromotionTakenBack").count() == 1
    assert not services.take_back_promotion(**back, now=LATER + timedelta(seconds=10))


def test_undoing_a_move_leads_back_to_a_prospect_only_while_a_promotion_stands(ann: Visitor, emil: User) -> None:
    establish(ann, emil, "intent", "interest")
    promoted = services.promote(lead_id=ann.lead_id, by=emil.pk, now=LATER)
    assert promoted.promotion_id is not None
    undo = {"lead_id": ann.lead_id, "before": Status.QUALIFIED, "after": Status.WORKING, "by": emil.pk, "now": LATER}

    leads.move(lead_id=ann.lead_id, to=Status.WORKING, by=emil.pk, now=LATER)
    assert services.take_back_move(**undo)
    assert status_of(ann) is Status.QUALIFIED

    services.take_back_promotion(promotion_id=promoted.promotion_id, lead_id=ann.lead_id, by=emil.pk, now=LATER)
    leads.move(lead_id=ann.lead_id, to=Status.WORKING, by=emil.pk, now=LATER)
    assert not services.take_back_move(**undo)
    assert not leads.take_back_move(**undo)
    assert status_of(ann) is Status.WORKING


def test_the_history_keeps_every_step_of_a_promotion(ann: Visitor, emil: User) -> None:
    establish(ann, emil, "intent", "interest")
    promoted = services.promote(lead_id=ann.lead_id, by=emil.pk, now=LATER)
    assert promoted.promotion_id is not None
    services.take_back_promotion(promotion_id=promoted.promotion_id, lead_id=ann.lead_id, by=emil.pk, now=LATER)

    steps = StatusChange.objects.order_by("pk").values_list("before", "after")
    assert list(steps) == [("new", "qualified"), ("qualified", "new")]


BUDGET = PointEdit(
    names={"en": "Grant money", "pl": "Dotacja"}, questions={}, takes=[EvidenceKind.CALL, EvidenceKind.NOTE], required=True
)


def test_a_company_adds_a_point_and_every_lead_is_asked_for_it(ann: Visitor, emil: User) -> None:
    establish(ann, emil, "intent", "interest")
    assert services.add_point(BUDGET)

    refused = services.promote(lead_id=ann.lead_id, by=emil.pk, now=LATER)

    assert refused.decision.missing == ("grant-money",)


def test_an_archived_point_is_asked_for_no_longer_and_keeps_its_receipts(ann: Visitor, emil: User) -> None:
    services.add_point(BUDGET)
    establish(ann, emil, "intent", "interest", "grant-money")

    assert services.archive_point(point_id=point_id("grant-money"), archived=True, now=LATER)

    assert queries.points_established([ann.lead_id])[ann.lead_id] == {"intent", "interest"}
    assert Evidence.objects.count() == 3


@pytest.mark.parametrize("key", sorted(rules.ALWAYS_REQUIRED))
def test_intent_and_interest_stay_required(key: str) -> None:
    optional = PointEdit(names={"en": "Name"}, questions={}, takes=[EvidenceKind.NOTE], required=False)

    assert services.change_point(point_id=point_id(key), edit=optional).because is EditRefusal.ALWAYS_REQUIRED
    archived = services.archive_point(point_id=point_id(key), archived=True, now=MONDAY)
    assert archived.because is EditRefusal.ALWAYS_REQUIRED


@pytest.mark.parametrize(
    ("edit", "refusal"),
    [
        (PointEdit(names={"en": " "}, questions={}, takes=[EvidenceKind.NOTE], required=False), EditRefusal.NO_NAME),
        (PointEdit(names={"en": "Grant"}, questions={}, takes=[], required=False), EditRefusal.TAKES_NOTHING),
    ],
)
def test_a_point_without_a_name_or_without_evidence_is_refused(edit: PointEdit, refusal: EditRefusal) -> None:
    assert services.add_point(edit).because is refusal


def test_the_checklist_stays_short(ann: Visitor) -> None:
    while services.add_point(BUDGET):
        assert len(queries.points()) <= rules.MOST_POINTS
    assert services.add_point(BUDGET).because is EditRefusal.TOO_MANY


def test_points_stand_in_the_order_that_the_company_gives_them() -> None:
    ids = [point.point_id for point in queries.points()]

    services.order_points([ids[3], ids[0]])

    assert [point.point_id for point in queries.points()] == [ids[3], ids[0], ids[1], ids[2], ids[4], ids[5]]


def test_points_that_say_who_decides_are_known_of_many_leads_at_once(
    ann: Visitor, bob: Visitor, emil: User, django_assert_num_queries: object
) -> None:
    establish(ann, emil, "authority")

    assert queries.points_established([ann.lead_id, bob.lead_id]) == {
        ann.lead_id: frozenset({"authority"}),
        bob.lead_id: frozenset(),
    }


def test_a_receipt_falls_with_the_note_that_was_taken_back_and_stands_again_with_it(asks: Visitor, emil: User) -> None:
    written = note(asks, emil)
    for key in ("intent", "interest"):
        give(asks, emil, key, EvidenceKind.NOTE, written)

    activities.take_back(activity_id=written, now=LATER)
    assert services.promote(lead_id=asks.lead_id, by=emil.pk, now=LATER).decision.missing == ("intent", "interest")
    assert queries.checklist(asks.lead_id).established == 0

    activities.bring_back(activity_id=written, now=LATER)
    assert services.promote(lead_id=asks.lead_id, by=emil.pk, now=LATER).decision
