"""A deal through its stages: what it needs, who was faster, and the way back from a slip."""

from datetime import date, timedelta

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.pipeline import queries, services
from leadstone.domains.pipeline.models import CloseReason, Deal, Stage, StageChange
from leadstone.domains.pipeline.rules import MoveRefusal, Requirement
from leadstone.domains.pipeline.services import Answers, Moved, Override
from leadstone.domains.qualification.events import LeadQualified, PromotionTakenBack
from leadstone.domains.qualification.models import Evidence, Point, Promotion
from leadstone.domains.qualification.rules import EvidenceKind
from leadstone.flows.lead_promoted import open_deals, withdraw_deals
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.kernel.money import Currency
from tests.cast import MONDAY, Visitor

LATER = MONDAY + timedelta(days=12)


def stage_id(key: str) -> int:
    return Stage.objects.get(key=key).pk


def promoted(who: Visitor, *, now: object = MONDAY) -> Deal:
    """A deal as a promotion opens it."""
    promotion = Promotion.objects.create(lead_id=who.lead_id, at=MONDAY)
    deal_id = services.open_promoted(lead_id=who.lead_id, promotion_id=promotion.pk, now=MONDAY)
    return Deal.objects.get(pk=deal_id)


def decides(who: Visitor, by: User) -> None:
    """Somebody found out who decides."""
    point = Point.objects.get(key="authority")
    Evidence.objects.create(lead_id=who.lead_id, point=point, kind=EvidenceKind.NOTE.value, source_id=1, by=by, at=MONDAY)


def move(deal: Deal, to: str, by: User, *, version: int | None = None, **more: object) -> Moved:
    deal.refresh_from_db()
    seen = deal.version if version is None else version
    moved = services.move_deal(
        deal_id=deal.pk,
        to_stage_id=stage_id(to),
        seen_version=seen,
        by=by.pk,
        now=LATER,
        **more,  # type: ignore[arg-type]
    )
    deal.refresh_from_db()
    return moved


def events(kind: str) -> list[dict[str, int]]:
    return list(RecordedEvent.objects.filter(kind=kind).order_by("pk").values_list("payload", flat=True))


@pytest.fixture
def deal(ann: Visitor) -> Deal:
    return promoted(ann)


def test_a_promotion_opens_one_deal_in_the_first_stage_with_the_leads_person_and_title(ann: Visitor) -> None:
    promotion = Promotion.objects.create(lead_id=ann.lead_id, at=MONDAY)
    told = LeadQualified(lead_id=ann.lead_id, promotion_id=promotion.pk)

    open_deals([told], now=MONDAY)
    open_deals([told, told], now=LATER)

    deal = Deal.objects.get()
    assert (deal.lead_id, deal.contact_id, deal.stage.key) == (ann.lead_id, ann.contact_id, "prospect")
    assert (deal.title, deal.opened_at, deal.entered_stage_at) == ("Heating without gas", MONDAY, MONDAY)
    assert deal.company is not None
    assert deal.company.domain == "example.com"
    assert events("DealOpened") == [{"deal_id": deal.pk, "lead_id": ann.lead_id}]


def test_an_undone_promotion_takes_its_deal_along_unless_somebody_worked_with_it(ann: Visitor, bob: Visitor, emil: User) -> None:
    untouched, worked = promoted(ann), promoted(bob)
    move(worked, "offer", emil, answers=Answers(amount_minor=1, expected_close=date(2026, 12, 1)))

    undone = [PromotionTakenBack(lead_id=each.lead_id, promotion_id=each.promotion_id or 0) for each in (untouched, worked)]
    withdraw_deals(undone, now=LATER)

    assert list(Deal.objects.values_list("pk", flat=True)) == [worked.pk]


def test_without_evidence_the_deal_stays_and_each_missing_thing_is_named(deal: Deal, emil: User) -> None:
    refused = move(deal, "need", emil)

    assert refused.decision.missing == (Requirement.VALUE, Requirement.DECIDER)
    assert (deal.stage.key, deal.version) == ("prospect", 0)
    assert StageChange.objects.filter(deal=deal).count() == 1
    assert events("DealMoved") == []


def test_with_the_receipt_and_an_answer_on_the_spot_it_moves(deal: Deal, ann: Visitor, emil: User) -> None:
    decides(ann, emil)

    moved = move(deal, "need", emil, answers=Answers(amount_minor=9_600_000, currency=Currency.EUR))

    assert moved.decision.allowed
    assert (deal.stage.key, deal.amount_minor, deal.currency, deal.version) == ("need", 9_600_000, "EUR", 1)
    assert (deal.entered_stage_at, deal.touched_at) == (LATER, LATER)
    assert len(events("DealMoved")) == 1


def test_a_manager_passes_over_the_evidence_with_a_reason_that_the_history_and_the_audit_log_keep(deal: Deal, emil: User) -> None:
    worth = Answers(amount_minor=100)
    assert move(deal, "need", emil, answers=worth, override=Override("")).decision.because is MoveRefusal.NO_REASON_TO_OVERRIDE

    assert move(deal, "need", emil, answers=worth, override=Override("The mayor rang me up.")).decision.allowed

    change = StageChange.objects.get(deal=deal, after__key="need")
    assert (change.overrode, change.reason) == (["decider"], "The mayor rang me up.")
    line = AuditLine.objects.get(action="overridden", subject="deal")
    assert (line.subject_id, line.facts) == (deal.pk, {"stage": "need", "missing": "decider"})


def test_who_moves_what_somebody_moved_meanwhile_is_told_who_where_and_when(deal: Deal, emil: User, dora: User) -> None:
    worth = Answers(amount_minor=100, expected_close=date(2026, 12, 1))
    assert move(deal, "offer", emil, version=0, answers=worth).decision.allowed

    late = move(deal, "won", dora, version=0)

    assert late.decision.because is MoveRefusal.CHANGED_MEANWHILE
    assert late.meanwhile is not None
    assert (late.meanwhile.by, late.meanwhile.at, late.meanwhile.stage_id) == ("Emil", LATER, stage_id("offer"))
    assert late.meanwhile.moved
    assert (deal.stage.key, deal.version, late.version) == ("offer", 1, 1)


def test_a_change_of_the_words_is_a_conflict_too_but_no_move(deal: Deal, emil: User, dora: User) -> None:
    words = services.DealWords(
        title="Audit", amount_minor=5, currency=Currency.PLN, expected_close=None, manual_probability=None, owner_id=None
    )
    assert services.change_deal(deal_id=deal.pk, words=words, seen_version=0, by=emil.pk, now=LATER).decision

    late = move(deal, "won", dora, version=0)

    assert late.meanwhile is not None
    assert (late.meanwhile.by, late.meanwhile.moved) == ("Emil", False)


def test_won_needs_a_value_and_lost_a_reason_of_its_own_class(deal: Deal, emil: User) -> None:
    liked, dear = CloseReason.objects.get(key="good_price"), CloseReason.objects.get(key="too_dear")
    assert move(deal, "won", emil).decision.missing == (Requirement.VALUE,)
    assert move(deal, "lost", emil).decision.missing == (Requirement.LOST_REASON,)
    assert move(deal, "lost", emil, answers=Answers(close_reason_id=liked.pk)).decision.missing == (Requirement.LOST_REASON,)

    assert move(deal, "lost", emil, answers=Answers(close_reason_id=dear.pk, close_note="12 % more")).decision.allowed

    assert (deal.lost_at, deal.won_at, deal.close_reason, deal.close_note) == (LATER, None, dear, "12 % more")
    assert len(events("DealLost")) == 1


def test_why_they_bought_may_be_said_better_and_not_unsaid(deal: Deal, emil: User) -> None:
    liked, other = CloseReason.objects.filter(stage_class="won")[:2]
    assert move(deal, "won", emil, answers=Answers(amount_minor=100, close_reason_id=liked.pk)).decision.allowed

    def say(reason: CloseReason | None, *, seen: int) -> services.Changed:
        words = services.DealWords(
            title="Audit",
            amount_minor=100,
            currency=Currency.PLN,
            expected_close=None,
            manual_probability=None,
            owner_id=None,
            close_reason_id=reason.pk if reason else None,
        )
        return services.change_deal(deal_id=deal.pk, words=words, seen_version=seen, by=emil.pk, now=LATER)

    assert say(None, seen=1).decision.because is services.ChangeRefusal.REASON_MISSING
    assert say(other, seen=1).decision.allowed

    deal.refresh_from_db()
    assert deal.close_reason == other


def test_a_lost_deal_is_reopened_and_its_history_remembers_why_it_was_lost(deal: Deal, emil: User) -> None:
    dear = CloseReason.objects.get(key="too_dear")
    move(deal, "lost", emil, answers=Answers(close_reason_id=dear.pk, close_note="12 % more"))

    assert move(deal, "prospect", emil).decision.allowed

    assert (deal.lost_at, deal.close_reason, deal.close_note) == (None, None, "")
    card = queries.deal_card(deal.pk, reader=THE_HOUSE, now=LATER)
    told = [(stop.stage.key, stop.close_reason_id, stop.close_note) for stop in card.history]
    assert told == [("prospect", None, ""), ("lost", dear.pk, "12 % more"), ("prospect", None, "")]


def test_a_slip_is_undone_as_if_it_had_never_been(deal: Deal, emil: User) -> None:
    before = Deal.objects.filter(pk=deal.pk).values().get()
    moved = move(deal, "won", emil, answers=Answers(amount_minor=100))
    assert deal.won_at == LATER

    assert services.take_back_move(deal_id=deal.pk, version=moved.version, by=emil.pk, now=LATER)

    after = Deal.objects.filter(pk=deal.pk).values().get()
    changed = {"version", "changed_at", "changed_by_id"}
    assert {key: value for key, value in after.items() if key not in changed} == {
        key: value for key, value in before.items() if key not in changed
    }
    assert after["version"] == 2
    assert StageChange.objects.filter(deal=deal).count() == 1
    assert len(events("DealTakenBack")) == 1


def test_undoing_a_reopening_brings_the_reason_back(deal: Deal, emil: User) -> None:
    dear = CloseReason.objects.get(key="too_dear")
    move(deal, "lost", emil, answers=Answers(close_reason_id=dear.pk, close_note="12 % more"))
    reopened = move(deal, "prospect", emil)

    services.take_back_move(deal_id=deal.pk, version=reopened.version, by=emil.pk, now=LATER)

    deal.refresh_from_db()
    assert (deal.stage.key, deal.lost_at, deal.close_reason, deal.close_note) == ("lost", LATER, dear, "12 % more")


def test_what_a_colleague_did_since_is_not_undone(deal: Deal, emil: User, dora: User) -> None:
    moved = move(deal, "won", emil, answers=Answers(amount_minor=100))
    move(deal, "prospect", dora)

    assert not services.take_back_move(deal_id=deal.pk, version=moved.version, by=emil.pk, now=LATER)
    assert not services.take_back_move(deal_id=deal.pk, version=0, by=emil.pk, now=LATER)
    deal.refresh_from_db()
    assert deal.stage.key == "prospect"


def test_only_a_qualified_lead_gets_one_more_deal(ann: Visitor, emil: User) -> None:
    wish = {"title": "Attic", "amount_minor": None, "currency": Currency.PLN, "expected_close": None}

    refused = services.add_deal(lead_id=ann.lead_id, by=emil.pk, now=MONDAY, **wish)  # type: ignore[arg-type]
    assert refused.deal_id is None
    assert refused.decision.because is services.OpenRefusal.NOT_QUALIFIED

    deal = promoted(ann)
    deal.lead.status = "qualified"
    deal.lead.save()
    opened = services.add_deal(lead_id=ann.lead_id, by=emil.pk, now=MONDAY, **wish)  # type: ignore[arg-type]
    assert opened.deal_id is not None
    assert Deal.objects.get(pk=opened.deal_id).owner == emil
    assert services.take_back_deal(deal_id=opened.deal_id, lead_id=ann.lead_id, now=MONDAY)


def test_an_activity_keeps_open_deals_from_rotting_and_makes_nobodys_view_stale(deal: Deal, ann: Visitor) -> None:
    services.touch_deals(lead_ids=[ann.lead_id], at=LATER)
    services.touch_deals(deal_ids=[deal.pk], at=MONDAY)  # told late

    deal.refresh_from_db()
    assert (deal.touched_at, deal.version, deal.entered_stage_at) == (LATER, 0, MONDAY)
