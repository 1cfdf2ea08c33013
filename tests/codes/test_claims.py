"""C8: a code is one person's, and each person has one."""

from collections import Counter
from datetime import datetime, timedelta

import msgspec
import pytest
from django.conf import settings
from django.db import IntegrityError

from leadstone.domains.codes import queries, services
from leadstone.domains.codes.events import CodesAdded
from leadstone.domains.codes.models import Code, Waiting
from leadstone.domains.codes.queries.finding import lookup_of
from leadstone.domains.codes.rules import Fault, Standing
from leadstone.domains.delivery.models import Message
from leadstone.domains.grants import queries as grants
from leadstone.domains.grants.events import MailboxConfirmed
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.privacy.services import erase_contact
from leadstone.flows.counters_published import left_of
from leadstone.flows.given import give_what_is_held
from leadstone.flows.given.codes import give_codes, serve_waiting
from leadstone.flows.reactions import REACTIONS
from leadstone.infra.outbox.services import react
from leadstone.wire.bundle import Counters
from tests.cast import MONDAY, Guide, ask, new_version
from tests.codes.cast import club, holder, member, shipping, told

pytestmark = pytest.mark.django_db

THREE = ("ALFA-1", "BETA-2", "GAMMA-3")


def pool_of(magnet: Guide) -> queries.PoolFacts:
    return queries.pool_of(magnet.magnet_id)


def pool_id_of(magnet: Guide) -> int:
    found = pool_of(magnet).pool_id
    assert found is not None
    return found


def quiet(now: datetime) -> None:
    """Let every event that waits be answered."""
    while react(REACTIONS, now=now):
        pass


def test_codes_of_a_list_are_given_in_its_order_one_a_person() -> None:
    magnet = shipping(codes=THREE)

    given = [holder(magnet, f"{name}@example.com")[1].text for name in ("ann", "bob", "cleo")]

    assert given == list(THREE)


def test_whoever_asks_again_has_the_same_code_and_gets_no_second_letter() -> None:
    magnet = shipping(codes=THREE)
    who, first = holder(magnet)

    _again, second = holder(magnet, who.email)
    give_codes(list(grants.letter_facts([who.grant_id]).values()), MONDAY)

    assert second.text == first.text
    assert pool_of(magnet).free == 2
    assert Message.objects.filter(kind="code_given").count() == 1


def test_a_typed_address_that_nobody_confirmed_takes_no_code() -> None:
    magnet = shipping(codes=THREE)
    who = ask(magnet, "stranger@example.com")

    give_what_is_held([MailboxConfirmed(contact_id=who.contact_id, grant_id=who.grant_id)], now=MONDAY)

    assert pool_of(magnet).free == 3


def test_a_club_makes_a_code_for_each_member_and_never_runs_out() -> None:
    magnet = club()

    texts = {holder(magnet, f"m{number}@example.com")[1].text for number in range(5)}

    assert len(texts) == 5
    assert not pool_of(magnet).ends


def test_the_rules_of_the_version_that_was_promised_stay_though_a_newer_one_says_less() -> None:
    magnet = club(uses=0, valid_until="2027-12-31")
    _who, before = holder(magnet)
    new_version(magnet, **msgspec.structs.asdict(told(uses=1)))

    after = queries.code(before.code_id)

    assert after.terms == before.terms
    assert after.terms.uses == 0


def test_who_comes_when_all_are_gone_waits_in_line_and_gets_the_next_by_itself() -> None:
    magnet = shipping(codes=["ONLY-1"])
    holder(magnet, "ann@example.com")
    bob, nothing = member(magnet, "bob@example.com")
    cleo, _nothing = member(magnet, "cleo@example.com")
    pool_id = pool_id_of(magnet)
    assert nothing is None
    assert queries.place_in_line(magnet_id=magnet.magnet_id, contact_id=cleo.contact_id) == 2

    services.add_codes(["NEXT-2"], pool_id=pool_id, now=MONDAY)
    serve_waiting([CodesAdded(pool_id=pool_id)], now=MONDAY)

    got = queries.code_of(magnet_id=magnet.magnet_id, contact_id=bob.contact_id)
    assert got is not None
    assert got.text == "NEXT-2"
    assert queries.place_in_line(magnet_id=magnet.magnet_id, contact_id=cleo.contact_id) == 1


def test_the_page_is_told_how_many_codes_are_left_and_the_line_comes_first() -> None:
    magnet, made = shipping(codes=["A-1", "B-2"]), club()
    assert left_of() == {magnet.magnet_id: 2}

    holder(magnet, "ann@example.com")
    assert left_of() == {magnet.magnet_id: 1}
    holder(magnet, "bob@example.com")
    member(magnet, "cleo@example.com")
    assert left_of() == {magnet.magnet_id: 0}

    # The next one is hers already, before anybody gave it to her.
    services.add_codes(["C-3"], pool_id=pool_id_of(magnet), now=MONDAY)
    assert left_of() == {magnet.magnet_id: 0}
    assert made.magnet_id not in left_of()


def test_the_counter_of_the_page_moves_with_each_code_that_is_given_or_added() -> None:
    magnet = shipping(codes=["A-1", "B-2"])
    told = []

    def count() -> None:
        quiet(MONDAY + timedelta(hours=1))
        read = msgspec.json.decode((settings.FOLDER.bundle / "counters.json").read_bytes(), type=Counters)
        told.append(read.left[str(magnet.magnet_id)])

    count()
    holder(magnet, "ann@example.com")
    count()
    services.add_codes(["C-3"], pool_id=pool_id_of(magnet), now=MONDAY)
    count()

    assert told == [2, 1, 2]


def test_nobody_overtakes_the_line() -> None:
    magnet = shipping()
    bob, _nothing = member(magnet, "bob@example.com")
    services.add_codes(["NEXT-2"], pool_id=pool_id_of(magnet), now=MONDAY)

    _ann, late = member(magnet, "ann@example.com")

    assert late is None
    assert queries.code_of(magnet_id=magnet.magnet_id, contact_id=bob.contact_id) is not None


def test_who_undid_the_exchange_while_waiting_is_passed_over() -> None:
    magnet = shipping()
    bob, _nothing = member(magnet, "bob@example.com")
    cleo, _none = member(magnet, "cleo@example.com")
    erase_contact(bob.contact_id, now=MONDAY)
    pool_id = pool_id_of(magnet)
    services.add_codes(["NEXT-2"], pool_id=pool_id, now=MONDAY)

    serve_waiting([CodesAdded(pool_id=pool_id)], now=MONDAY)

    assert queries.code_of(magnet_id=magnet.magnet_id, contact_id=cleo.contact_id) is not None
    assert not Waiting.objects.exists()


def test_whoever_is_forgotten_lets_go_of_the_code_and_it_stays_given_out() -> None:
    magnet = shipping(codes=THREE)
    who, code = holder(magnet)

    erase_contact(who.contact_id, now=MONDAY)

    after = queries.code(code.code_id)
    assert after.contact_id is None
    assert after.claimed_at == code.claimed_at
    assert pool_of(magnet).free == 2
    assert holder(magnet, "bob@example.com")[1].text == "BETA-2"


def test_the_database_itself_refuses_a_second_code_of_one_person() -> None:
    who, _code = holder(shipping(codes=THREE))

    with pytest.raises(IntegrityError):
        Code.objects.filter(lookup=lookup_of("BETA-2")).update(contact_id=who.contact_id)


def test_the_database_itself_refuses_the_same_code_twice() -> None:
    shipping(codes=THREE)
    row = Code.objects.get(lookup=lookup_of("BETA-2"))
    row.pk = None

    with pytest.raises(IntegrityError):
        row.save(force_insert=True)


def test_nothing_in_the_table_can_be_read_without_the_key_of_the_installation() -> None:
    shipping(codes=["SECRET-4711"])

    row = Code.objects.values().get()

    assert "4711" not in repr(row)
    assert queries.find_code("secret4711") is not None


def test_each_line_of_a_list_that_is_no_new_code_is_named_and_holds_up_no_other() -> None:
    magnet = shipping(codes=["ALFA-1"])
    other = shipping("other", codes=["OMEGA-9"])
    pool_id = pool_id_of(magnet)

    filled = services.add_codes(
        ["BETA-2", "", "alfa 1", "b e t a 2", "OMEGA-9", "<script>", "X" * 70, "GAMMA-3"], pool_id=pool_id, now=MONDAY
    )

    assert filled.added == 2
    assert [(each.line, each.fault) for each in filled.faults] == [
        (3, Fault.KNOWN),
        (4, Fault.TWICE),
        (5, Fault.ELSEWHERE),
        (6, Fault.NOT_A_CODE),
        (7, Fault.TOO_LONG),
    ]
    assert pool_of(other).free == 1


def test_the_owner_is_told_once_when_few_are_left_and_again_after_it_was_filled(dora: object) -> None:
    magnet = shipping(codes=[f"CODE-{n}" for n in range(4)])
    Magnet.objects.filter(pk=magnet.magnet_id).update(created_by=dora)
    pool_id = pool_id_of(magnet)
    services.mark_low(2, pool_id=pool_id)

    warned = []
    for number in range(3):
        holder(magnet, f"m{number}@example.com")
        quiet(MONDAY + timedelta(minutes=5))
        warned.append(Message.objects.filter(kind="codes_low").count())
    services.add_codes(["MORE-1"], pool_id=pool_id, now=MONDAY + timedelta(days=1))
    holder(magnet, "m4@example.com")
    quiet(MONDAY + timedelta(days=1))

    assert warned == [0, 1, 1]
    assert Message.objects.filter(kind="codes_low", to_address="dora@leadstone.example").count() == 2


def test_the_counts_of_a_pool_open_to_their_rows() -> None:
    magnet = shipping(codes=THREE)
    holder(magnet)
    pool = pool_of(magnet)

    lines = Counter(line.standing for line in queries.each_code(pool.pool_id))

    assert lines == {Standing.FREE: pool.free, Standing.CLAIMED: pool.claimed}
    for standing, count in lines.items():
        assert len(queries.code_page(pool.pool_id, standing=standing).lines) == count


def test_a_list_of_our_own_making_is_given_like_any_other() -> None:
    magnet = shipping()
    pool_id = pool_id_of(magnet)

    services.make_codes(2, pool_id=pool_id, now=MONDAY)

    assert [len(group) for group in holder(magnet)[1].text.split("-")] == [4, 4, 4, 5]
    assert pool_of(magnet).free == 1
