"""C8 with real connections: 500 people at once for 300 codes, and one code at many counters."""

from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from leadstone.domains.codes import queries, services
from leadstone.domains.codes.models import Code, Redemption
from leadstone.domains.codes.rules import Door, Refusal
from leadstone.domains.contacts.models import Contact
from leadstone.kernel.ids import new_key
from leadstone.wire.code_terms import Supply
from tests.cast import MONDAY
from tests.codes.cast import holder, shipping

pytestmark = pytest.mark.django_db(transaction=True)

CONNECTIONS = 16


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What all of these gave, done by sixteen threads that begin together, each with a connection of its own."""
    waiting: SimpleQueue[Callable[[], Any]] = SimpleQueue()
    for act in acts:
        waiting.put(act)
    begin, answers, faults = Barrier(CONNECTIONS), [], []

    def work() -> None:
        try:
            begin.wait(timeout=30)
            while True:
                answers.append(waiting.get_nowait()())
        except Empty:
            return
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [Thread(target=work) for _number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return answers


def people(count: int) -> list[int]:
    made = [Contact(key=new_key(), created_at=MONDAY) for _number in range(count)]
    return [each.pk for each in Contact.objects.bulk_create(made)]


def test_of_500_people_at_once_300_get_300_different_codes_and_200_hear_that_all_are_gone() -> None:
    magnet = shipping(codes=[f"SHIP-{number}" for number in range(300)])
    pool_id = services.open_pool(magnet.magnet_id, now=MONDAY)

    def claim(contact_id: int) -> Callable[[], int | None]:
        return lambda: services.claim_code(
            pool_id=pool_id, contact_id=contact_id, version_id=magnet.version_id, supply=Supply.LISTED, now=MONDAY
        )

    answers = at_once([claim(contact_id) for contact_id in people(500)])

    given = [answer for answer in answers if answer is not None]
    assert (len(given), len(set(given)), answers.count(None)) == (300, 300, 200)
    assert Code.objects.filter(contact__isnull=False).values("contact").distinct().count() == 300


@pytest.mark.parametrize("supply", list(Supply))
def test_one_person_who_asks_forty_times_at_once_gets_one_code(supply: Supply) -> None:
    magnet = shipping(codes=[f"SHIP-{number}" for number in range(50)])
    pool_id = services.open_pool(magnet.magnet_id, now=MONDAY)
    (contact_id,) = people(1)

    answers = at_once(
        [
            lambda: services.claim_code(
                pool_id=pool_id, contact_id=contact_id, version_id=magnet.version_id, supply=supply, now=MONDAY
            )
        ]
        * 40
    )

    assert len(set(answers)) == 1
    assert Code.objects.filter(claimed_at__isnull=False).count() == 1


def test_a_code_for_one_order_is_taken_by_one_of_forty_counters() -> None:
    _who, code = holder(shipping(codes=["ONLY-1"]))

    answers = at_once(
        [
            lambda: services.redeem(code.text, amount_minor=5_000, door=Door.COUNTER, by=None, nonce=uuid4(), now=MONDAY)
            for _number in range(40)
        ]
    )

    assert sorted(answer.decision.because or "taken" for answer in answers) == ["taken"] + [Refusal.USED_UP.value] * 39
    assert Redemption.objects.count() == 1


def test_a_code_for_three_orders_is_taken_by_three_of_forty_counters() -> None:
    _who, code = holder(shipping(codes=["THRICE-3"], uses=3))

    at_once(
        [
            lambda: services.redeem(code.text, amount_minor=None, door=Door.API, by=None, nonce=uuid4(), now=MONDAY)
            for _number in range(40)
        ]
    )

    assert sorted(Redemption.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_one_press_that_comes_forty_times_is_one_redemption() -> None:
    _who, code = holder(shipping(codes=["MANY-1"], uses=0))
    nonce = uuid4()

    answers = at_once(
        [lambda: services.redeem(code.text, amount_minor=900, door=Door.COUNTER, by=None, nonce=nonce, now=MONDAY)] * 40
    )

    assert len({answer.redemption_id for answer in answers}) == 1
    assert queries.code(code.code_id).used == 1
