"""Four colleagues press the same button at the same moment: it is done once, and nobody gets an error."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.activities import services as activities
from leadstone.domains.activities.rules import About
from leadstone.domains.assignment import services as hands
from leadstone.domains.delivery.models import Message
from leadstone.domains.pipeline import services as deals
from leadstone.domains.pipeline.models import Deal, Stage, StageChange
from leadstone.domains.qualification import services as qualification
from leadstone.domains.qualification.models import Evidence, Point, Promotion
from leadstone.domains.qualification.rules import ALWAYS_REQUIRED, EvidenceKind
from leadstone.flows import personal_mail
from leadstone.kernel.money import Currency
from tests.cast import MONDAY, OFFERS, Guide, Visitor, ask, confirm
from tests.pipelines import a_deal

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


def at_once(act: Callable[[], Any]) -> list[Any]:
    """What each of four threads got, each with a connection of its own; what one of them raised is raised here."""
    begin, answers, faults = Barrier(AT_ONCE), [], []

    def run() -> None:
        try:
            begin.wait(timeout=30)
            answers.append(act())
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return answers


def test_a_lead_is_promoted_once(ann: Visitor, emil: User) -> None:
    for point in Point.objects.filter(key__in=ALWAYS_REQUIRED):
        qualification.write_evidence(lead_id=ann.lead_id, point_id=point.pk, text="Wants it", by=emil.pk, now=MONDAY)

    answers = at_once(lambda: qualification.promote(lead_id=ann.lead_id, by=emil.pk, now=MONDAY))

    assert [answer.promotion_id for answer in answers if answer.decision] == [Promotion.objects.get().pk]


def test_a_receipt_is_given_once(ann: Visitor, emil: User) -> None:
    note_id = activities.write_note(about=About(lead_id=ann.lead_id), text="Wants it", by=emil.pk, now=MONDAY)
    point_id = Point.objects.get(key="intent").pk

    at_once(
        lambda: qualification.give_evidence(
            lead_id=ann.lead_id,
            point_id=point_id,
            kind=EvidenceKind.NOTE,
            source_id=note_id,
            reader=THE_HOUSE,
            by=emil.pk,
            now=MONDAY,
        )
    )

    assert Evidence.objects.count() == 1


def test_a_deal_is_moved_once_and_the_move_undone_once(emil: User) -> None:
    Stage.objects.update(requires=[])
    deal, to = a_deal(("prospect", MONDAY)), Stage.objects.get(key="need").pk

    moved = at_once(lambda: deals.move_deal(deal_id=deal.pk, to_stage_id=to, seen_version=0, by=emil.pk, now=MONDAY))
    assert sum(answer.decision.allowed for answer in moved) == 1
    assert StageChange.objects.filter(deal=deal).count() == 2

    undone = at_once(lambda: deals.take_back_move(deal_id=deal.pk, version=1, by=emil.pk, now=MONDAY))
    assert sorted(undone) == [False, False, False, True]


def test_a_lead_of_the_open_queue_is_taken_once(ann: Visitor, emil: User) -> None:
    taken = at_once(lambda: hands.take(lead_id=ann.lead_id, by=emil.pk, now=MONDAY))

    assert sum(answer.allowed for answer in taken) == 1


def test_a_sale_is_recorded_once(ann: Visitor, emil: User) -> None:
    at_once(
        lambda: deals.record_deal(
            lead_id=ann.lead_id, amount_minor=129_000, currency=Currency.PLN, title="Audit", by=emil.pk, now=MONDAY
        )
    )

    assert Deal.objects.count() == 1


def test_a_mail_by_hand_is_written_once(guide: Guide, emil: User) -> None:
    ola = ask(guide, "ola@example.org", name="Ola", ticked=[OFFERS.key])
    confirm(ola)

    at_once(lambda: personal_mail.write_to(lead_id=ola.lead_id, subject="Hello", text="Thursday?", by=emil.pk, now=MONDAY))

    assert Message.objects.filter(kind="personal").count() == 1
