"""The list: filters, search, order, paging and export are one query, in a fixed number of statements."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads import services
from leadstone.domains.leads.models import Lead, StatusChange
from leadstone.domains.leads.queries import listing
from leadstone.domains.leads.rules import MOVES, Basis, Because, LeadFilter, MoveRefusal, Order, QualityBand, Status, may_move
from leadstone.domains.sources.rules import ChannelType
from leadstone.flows.lead_added import NobodyToReach, NotAnAddress, NotAPhone, add_lead
from leadstone.kernel.errors import LeadstoneError
from leadstone.wire.definition import IncentiveClass
from leadstone.wire.records import Origin
from tests.cast import MONDAY, Guide, Visitor, ask, form, published, receive

pytestmark = pytest.mark.django_db

AddsLead = Callable[..., int]


@pytest.fixture
def by_hand(emil: User) -> AddsLead:
    def add(**told: str) -> int:
        given = {"name": "", "email": "", "phone": "", "company": "", "where_met": "Targi Kielce"} | told
        return add_lead(**given, channel=ChannelType.TRADE_FAIR, basis=Basis.GAVE_CARD, by=emil.pk, language="pl", now=MONDAY)

    return add


def names(**chosen: object) -> list[str]:
    return [line.name for line in leads.lead_page(LeadFilter(**chosen), reader=THE_HOUSE).lines]  # type: ignore[arg-type]


@pytest.mark.parametrize("search", ["lodz", "ŁÓDŹ", "Żabiński", "zabinski lodz", "zaklad.com.pl", "  łódź  "])
def test_a_search_finds_polish_words_however_they_are_typed(guide: Guide, search: str) -> None:
    ask(guide, "jan@zaklad.com.pl", name="Jan Żabiński", company="Ciepło Łódź")
    ask(guide, "eve@example.com", name="Eve")
    assert names(search=search) == ["Jan Żabiński"]


@pytest.mark.parametrize("search", ["%", "_", "'; DROP TABLE leads_lead; --", "\\", '"', "\x00", "nobody", "a" * 5000])
def test_a_search_is_only_ever_compared(ann: Visitor, search: str) -> None:
    assert names(search=search) in ([], ["Ann Nowak"])
    assert names(search="%") == []
    assert Lead.objects.count() == 1


def test_a_number_is_found_with_and_without_spaces(ann: Visitor) -> None:
    assert names(search="601 234") == names(search="601234567") == ["Ann Nowak"]


def test_each_filter_shows_what_it_names(ann: Visitor, bob: Visitor, emil: User, guide: Guide) -> None:
    other = published(incentive=IncentiveClass.PRIZE)
    receive(form(other, "zoe@example.com", name="Zoe", at=MONDAY, origin=Origin(source="facebook")))
    services.assign_owner(lead_id=bob.lead_id, owner_id=emil.pk)
    services.move(lead_id=ann.lead_id, to=Status.WORKING, by=emil.pk, now=MONDAY)
    assert names(magnet_id=other.magnet_id) == ["Zoe"]
    assert names(channel=ChannelType.FACEBOOK) == ["Zoe"]
    assert names(status=Status.WORKING) == ["Ann Nowak"]
    assert names(owner_id=emil.pk) == ["Bob"]
    assert set(names(unowned=True)) == {"Ann Nowak", "Zoe"}
    assert names(proven=True) == ["Ann Nowak"]
    assert set(names(proven=False)) == {"Bob", "Zoe"}
    assert names(band=QualityBand.WEAK) == ["Zoe"]
    assert names(band=QualityBand.STRONG) == ["Ann Nowak"]
    assert names(band=QualityBand.FAIR) == ["Bob"]
    assert names(status=Status.WORKING, owner_id=emil.pk) == []


@pytest.mark.parametrize("order", Order)
def test_every_order_shows_every_lead_once(ann: Visitor, bob: Visitor, cleo: Visitor, order: Order) -> None:
    assert sorted(names(order=order)) == ["Ann Nowak", "Bob", "Cleo"]


def test_pages_follow_each_other_without_gap_or_overlap(guide: Guide) -> None:
    receive(*(form(guide, f"v{n}@example.com", name=f"V{n:02}", at=MONDAY - timedelta(minutes=n)) for n in range(25)))
    pages = [leads.lead_page(LeadFilter(), reader=THE_HOUSE, page=number, size=10) for number in (1, 2, 3, 4)]
    assert [line.name for page in pages for line in page.lines] == [f"V{n:02}" for n in range(25)]
    assert [page.has_next for page in pages] == [True, True, False, False]
    assert pages[0].count == listing.Count(25, exact=True)


def test_nobody_counts_beyond_the_limit(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "MOST_COUNTED", 5)
    receive(*(form(guide, f"v{n}@example.com") for n in range(8)))
    assert leads.count_leads(LeadFilter(), reader=THE_HOUSE) == listing.Count(5, exact=False)


def test_the_export_gives_the_rows_of_the_list_in_its_order(guide: Guide) -> None:
    receive(*(form(guide, f"v{n}@example.com", name=f"V{n}") for n in range(12)))
    chosen = LeadFilter(search="v", order=Order.NAME)
    assert list(leads.each_lead(chosen, reader=THE_HOUSE, chunk=5)) == list(
        leads.lead_page(chosen, reader=THE_HOUSE, size=50).lines
    )


@pytest.mark.parametrize("count", [2, 30])
def test_a_page_costs_four_statements_however_long_it_is(
    guide: Guide, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    receive(*(form(guide, f"v{n}@zaklad{n}.com.pl", name=f"V{n}", phone="601 234 567") for n in range(count)))
    with django_assert_num_queries(4):
        assert len(leads.lead_page(LeadFilter(), reader=THE_HOUSE).lines) == count


def test_a_card_costs_the_same_however_long_its_story(
    guide: Guide, ann: Visitor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(20):
        ask(published(), "ann@zaklad.example.com", now=MONDAY + timedelta(days=day), name=f"Ann {day}")
    with django_assert_max_num_queries(14):
        card = leads.lead_card(ann.lead_id, reader=THE_HOUSE)
    assert len(card.grants) == 21
    assert [entry.at for entry in card.timeline] == sorted(entry.at for entry in card.timeline)


def test_the_card_keeps_the_words_that_the_person_was_given(guide: Guide, ann: Visitor) -> None:
    card = leads.lead_card(ann.lead_id, reader=THE_HOUSE)
    assert card.definition == guide.definition


def test_there_is_no_card_of_nobody() -> None:
    with pytest.raises(leads.NoSuchLead):
        leads.lead_card(999_999, reader=THE_HOUSE)


def test_a_lead_is_entered_by_hand_with_a_name_a_way_a_place_and_a_basis(by_hand: AddsLead, emil: User) -> None:
    card = leads.lead_card(by_hand(name="Jan Kowalski", phone="601 234 567"), reader=THE_HOUSE)
    assert card.shown["name"].value == "Jan Kowalski"
    assert card.shown["name"].verified
    assert (card.owner_id, card.basis, card.where_met) == (emil.pk, Basis.GAVE_CARD, "Targi Kielce")
    assert [point.key for point in card.points] == ["+48601234567"]
    assert card.permissions == {}
    assert {entry.kind for entry in card.timeline} == {leads.TimelineKind.MET}
    for judgement in (card.accuracy, card.incentive, card.awareness):
        assert sum(reason.points for reason in judgement.reasons) == judgement.points > 0


def test_whoever_is_known_is_found_and_not_made_twice(by_hand: AddsLead, ann: Visitor) -> None:
    by_mail, by_phone = by_hand(email="ANN@zaklad.example.com", name="Anna"), by_hand(phone="+48601234567")
    cards = [leads.lead_card(lead_id, reader=THE_HOUSE) for lead_id in (by_mail, by_phone)]
    assert {card.contact_id for card in cards} == {ann.contact_id}
    assert cards[0].shown["name"].value == "Anna"


@pytest.mark.parametrize(
    ("told", "mistake"),
    [({"name": "Jan"}, NobodyToReach), ({"email": "jan@"}, NotAnAddress), ({"phone": "call me"}, NotAPhone)],
)
def test_a_lead_that_nobody_can_reach_is_refused_in_words(
    by_hand: AddsLead, told: dict[str, str], mistake: type[LeadstoneError]
) -> None:
    with pytest.raises(mistake):
        by_hand(**told)
    assert Lead.objects.count() == 0


@pytest.mark.parametrize("now_at", Status)
@pytest.mark.parametrize("to", [Status.NEW, Status.WORKING, Status.QUALIFIED])
def test_a_lead_moves_only_as_the_table_says(bob: Visitor, emil: User, now_at: Status, to: Status) -> None:
    Lead.objects.filter(pk=bob.lead_id).update(status=now_at.value)
    decision = services.move(lead_id=bob.lead_id, to=to, by=emil.pk, now=MONDAY, note="they called back")
    moved = to in MOVES[now_at]
    assert (bool(decision), may_move(now_at, to)) == (moved, moved)
    assert Lead.objects.get().status == (to if moved else now_at)
    assert list(StatusChange.objects.values_list("before", "after", "note")) == (
        [(now_at.value, to.value, "they called back")] if moved else []
    )
    if not moved:
        assert decision.because is MoveRefusal.NO_SUCH_MOVE


@pytest.mark.parametrize("now_at", Status)
def test_nobody_becomes_a_prospect_by_hand(now_at: Status) -> None:
    assert not may_move(now_at, Status.QUALIFIED)


@pytest.mark.parametrize("to", [Status.NURTURING, Status.DISQUALIFIED])
def test_a_lead_is_not_put_aside_without_a_reason(bob: Visitor, emil: User, to: Status) -> None:
    decision = services.move(lead_id=bob.lead_id, to=to, by=emil.pk, now=MONDAY)

    assert decision.because is MoveRefusal.NO_REASON
    assert Lead.objects.get().status == Status.NEW


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"because": None, "on": date(2026, 12, 1)}, MoveRefusal.NO_REASON),
        ({"because": Because.OTHER, "on": date(2026, 12, 1)}, MoveRefusal.NO_WORDS),
        ({"because": Because.NOT_NOW, "on": None}, MoveRefusal.NO_DAY),
        ({"because": Because.NOT_NOW, "on": MONDAY.date()}, MoveRefusal.DAY_IS_PAST),
    ],
)
def test_what_is_put_back_says_why_and_comes_back_on_a_later_day(
    bob: Visitor, emil: User, told: dict[str, Any], refusal: MoveRefusal
) -> None:
    decision = services.put_back(lead_id=bob.lead_id, note=" ", by=emil.pk, today=MONDAY.date(), now=MONDAY, **told)

    assert decision.because is refusal
    assert Lead.objects.get().status == Status.NEW


def test_a_lead_that_was_given_up_stays_in_the_lists_with_its_reason(bob: Visitor, emil: User) -> None:
    services.give_up(lead_id=bob.lead_id, because=Because.NO_NEED, note="lives in a flat", by=emil.pk, now=MONDAY)

    [line] = leads.lead_page(LeadFilter(status=Status.DISQUALIFIED), reader=THE_HOUSE).lines
    assert line.lead_id == bob.lead_id
    assert list(StatusChange.objects.values_list("because", "note")) == [("no_need", "lives in a flat")]


def test_assigning_changes_the_owner_and_nothing_else(bob: Visitor, emil: User) -> None:
    before = Lead.objects.values().get()
    services.assign_owner(lead_id=bob.lead_id, owner_id=emil.pk)
    assert Lead.objects.values().get() == before | {"owner_id": emil.pk}
