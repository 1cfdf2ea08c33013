"""Tags: what people are called, said by an answer from a proven mailbox or by a colleague, and taken back with its source."""

from datetime import timedelta

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.capture import queries as capture
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts import services as people
from leadstone.domains.contacts.models import Contact, Tag
from leadstone.domains.contacts.rules import Tagged, TagSource
from leadstone.domains.leads import queries as leads
from leadstone.domains.leads.queries import searching
from leadstone.domains.leads.rules import LeadFilter
from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.kinds.quiz import QuizSettings, gaps_in
from leadstone.domains.magnets.questionnaire import END, Option, Question, QuestionType, tags_in
from leadstone.domains.privacy import services as privacy
from leadstone.flows.exchange_undone import exchanges_undone
from leadstone.flows.mailed_forms import mark_of
from leadstone.flows.visitor_acts import mailboxes_proven, not_me
from leadstone.wire.records import ExchangeUndone, MailboxProven, NotMe
from tests.cast import MONDAY, Guide, Visitor, ask, form, published, receive

pytestmark = pytest.mark.django_db

ROOF = Question(
    key="roof",
    text="What stands above you?",
    options=(Option(key="flat", text="A flat roof", tags=("Flat roof", "Attic")), Option(key="steep", text="A steep one")),
)
HEAT = Question(
    key="heat",
    text="What heats you?",
    type=QuestionType.MULTIPLE,
    options=(Option(key="gas", text="Gas", tags=("Gas",)), Option(key="coal", text="Coal", tags=("Coal", "Attic"))),
)
ON_THE_ROOF = {"q.roof": "flat", "q.heat": "coal"}


def quiz() -> Guide:
    return published(kind="quiz", asset=None, settings=msgspec.to_builtins(QuizSettings(questions=(ROOF, HEAT))))


def press(who: Visitor, *, ref: str = "") -> None:
    """The button of the mail that answered this very form."""
    sent = capture.submission_by_ref(ref or who.ref)
    assert sent is not None
    mark = mark_of(sent.submission_id).hex()
    mailboxes_proven([MailboxProven(at=0, grant_key=str(who.grant_key), form=mark)], now=MONDAY)


def undo(who: Visitor) -> None:
    exchanges_undone([ExchangeUndone(at=0, grant_key=str(who.grant_key))], now=MONDAY)


def called(who: Visitor) -> tuple[str, ...]:
    return contacts.names_of_tags(contacts.tags_of([who.contact_id]).get(who.contact_id, []))


def test_a_definition_without_tags_keeps_its_bytes() -> None:
    assert msgspec.json.encode(Option(key="a", text="A")) == b'{"key":"a","text":"A"}'


def test_only_answers_that_were_chosen_give_their_tags_each_once() -> None:
    assert tags_in((ROOF, HEAT), ON_THE_ROOF) == ("Flat roof", "Attic", "Coal")
    assert tags_in((ROOF, HEAT), {"q.roof": "steep", "q.heat": ""}) == ()


def test_an_answer_off_their_way_gives_no_tag() -> None:
    ends = msgspec.structs.replace(ROOF.options[1], then=END)
    branching = msgspec.structs.replace(ROOF, options=(ROOF.options[0], ends))
    assert tags_in((branching, HEAT), {"q.roof": "steep", "q.heat": "coal"}) == ()


def test_what_is_answered_under_an_explicit_consent_gives_no_tag() -> None:
    guarded = msgspec.structs.replace(ROOF, consent="I agree that my answer about the roof counts for my result.")
    assert tags_in((guarded, HEAT), {**ON_THE_ROOF, guarded.tick: "yes"}) == ("Coal", "Attic")


@pytest.mark.parametrize("tags", [tuple("abcdef"), ("x" * 31,), ("Roof", "roof")])
def test_a_quiz_with_tags_that_fit_no_card_is_not_published(tags: tuple[str, ...]) -> None:
    odd = msgspec.structs.replace(ROOF, options=(Option(key="flat", text="Flat", tags=tags), ROOF.options[1]))
    assert GapCode.TAGS_UNFIT in {gap.code for gap in gaps_in(QuizSettings(questions=(odd,)))}
    assert GapCode.TAGS_UNFIT not in {gap.code for gap in gaps_in(QuizSettings(questions=(ROOF, HEAT)))}


def test_nor_one_whose_tags_tell_what_nobody_may_ask() -> None:
    ill = msgspec.structs.replace(ROOF, options=(Option(key="a", text="A", tags=("diabetes",)), ROOF.options[1]))
    assert GapCode.QUESTION_SENSITIVE in {gap.code for gap in gaps_in(QuizSettings(questions=(ill,)))}


def test_answers_give_their_tags_when_the_mailbox_is_proven_and_not_before() -> None:
    who = ask(quiz(), "ann@example.com", **ON_THE_ROOF)
    assert called(who) == ()
    press(who)
    press(who)
    assert called(who) == ("Flat roof", "Attic", "Coal")
    (first, *_others) = contacts.tags_of([who.contact_id])[who.contact_id]
    assert (first.source, first.said_ref) == (TagSource.ANSWER, who.ref)


def test_a_strangers_form_for_the_same_mailbox_gives_none() -> None:
    asked = quiz()
    own = ask(asked, "ann@example.com", **{"q.roof": "steep", "q.heat": "gas"})
    receive(form(asked, "ann@example.com", at=MONDAY + timedelta(minutes=1), **ON_THE_ROOF))
    press(own)
    assert called(own) == ("Gas",)


def test_a_proof_of_which_nobody_knows_the_form_gives_none() -> None:
    who = ask(quiz(), "ann@example.com", **ON_THE_ROOF)
    mailboxes_proven([MailboxProven(at=0, grant_key=str(who.grant_key))], now=MONDAY)
    assert called(who) == ()


def test_undoing_an_exchange_takes_what_its_form_alone_said(emil: User) -> None:
    first = ask(quiz(), "ann@example.com", **ON_THE_ROOF)
    second = ask(quiz(), "ann@example.com", **{"q.roof": "steep", "q.heat": "coal"})
    press(first)
    press(second)
    people.add_tag(first.contact_id, name="Neighbour", by=emil.pk, now=MONDAY)
    undo(first)
    assert set(called(first)) == {"Attic", "Coal", "Neighbour"}


def test_who_says_that_it_was_not_them_is_called_nothing() -> None:
    who = ask(quiz(), "ann@example.com", **ON_THE_ROOF)
    press(who)
    not_me([NotMe(at=0, grant_key=str(who.grant_key))], now=MONDAY)
    assert called(who) == ()


def test_what_a_colleague_took_away_does_not_come_back_by_itself_and_can_be_brought_back() -> None:
    who = ask(quiz(), "ann@example.com", **ON_THE_ROOF)
    press(who)
    coal = Tag.objects.get(key="coal").pk
    assert people.remove_tag(who.contact_id, tag_id=coal, now=MONDAY)
    assert not people.remove_tag(who.contact_id, tag_id=coal, now=MONDAY)
    press(who)
    assert called(who) == ("Flat roof", "Attic")
    assert people.bring_back_tag(who.contact_id, tag_id=coal)
    assert not people.bring_back_tag(who.contact_id, tag_id=coal)
    assert called(who) == ("Flat roof", "Attic", "Coal")


def test_a_tag_is_taken_away_whoever_says_it_and_only_from_its_person(ann: Visitor, bob: Visitor, emil: User) -> None:
    for who in (ann, bob):
        people.tag_people([Tagged(contact_id=who.contact_id, names=["Gas"], source=TagSource.ANSWER, said_ref="r1")], now=MONDAY)
    people.tag_people([Tagged(contact_id=ann.contact_id, names=["GAS"], source=TagSource.ANSWER, said_ref="r2")], now=MONDAY)
    tag = Tag.objects.filter(contact_id=ann.contact_id)[0].pk
    assert not people.remove_tag(bob.contact_id, tag_id=tag, now=MONDAY)
    assert people.remove_tag(ann.contact_id, tag_id=tag, now=MONDAY)
    assert (called(ann), called(bob)) == ((), ("Gas",))


def test_staff_add_a_word_once_however_it_is_spelled_and_may_add_it_again(ann: Visitor, emil: User) -> None:
    tag = people.add_tag(ann.contact_id, name="Łódź", by=emil.pk, now=MONDAY)
    assert tag is not None
    assert people.add_tag(ann.contact_id, name="lodz", by=emil.pk, now=MONDAY) is None
    people.remove_tag(ann.contact_id, tag_id=tag, now=MONDAY)
    assert people.add_tag(ann.contact_id, name="LODZ", by=emil.pk, now=MONDAY) == tag
    assert called(ann) == ("LODZ",)


def test_letters_that_fold_into_many_still_make_a_tag(ann: Visitor, emil: User) -> None:
    assert people.add_tag(ann.contact_id, name="\ufdfa" * 30, by=emil.pk, now=MONDAY)


def test_leads_are_found_by_the_tag_of_their_person_and_tell_it(ann: Visitor, bob: Visitor, emil: User) -> None:
    people.add_tag(ann.contact_id, name="Dach płaski", by=emil.pk, now=MONDAY)
    found = leads.lead_page(LeadFilter(tag="dach PLASKI"), reader=THE_HOUSE)
    assert [(line.lead_id, line.tags) for line in found.lines] == [(ann.lead_id, ("Dach płaski",))]
    assert found.count.number == 1
    assert not leads.lead_page(LeadFilter(tag="dach"), reader=THE_HOUSE).lines


def test_a_tag_and_words_narrow_each_other(ann: Visitor, bob: Visitor, emil: User) -> None:
    for who in (ann, bob):
        people.add_tag(who.contact_id, name="Gas", by=emil.pk, now=MONDAY)
    both = leads.lead_page(LeadFilter(tag="gas", search="ann"), reader=THE_HOUSE)
    assert [line.lead_id for line in both.lines] == [ann.lead_id]
    assert (both.count.number, both.count.exact) == (1, True)
    assert not leads.lead_page(LeadFilter(tag="coal", search="ann"), reader=THE_HOUSE).lines


@pytest.mark.parametrize("most", [1, 2])
def test_a_tag_of_more_people_than_are_looked_up_at_once_still_finds_all_and_says_that_it_stopped_counting(
    ann: Visitor, bob: Visitor, emil: User, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(contacts, "MOST_FOUND", most)
    monkeypatch.setattr(searching, "MOST_FOUND", most)
    for who in (ann, bob):
        people.add_tag(who.contact_id, name="Gas", by=emil.pk, now=MONDAY)
    found = leads.lead_page(LeadFilter(tag="gas"), reader=THE_HOUSE)
    assert {line.lead_id for line in found.lines} == {ann.lead_id, bob.lead_id}
    assert (found.count.number, found.count.exact) == ((1, False) if most == 1 else (2, True))
    assert len(list(leads.each_lead(LeadFilter(tag="gas"), reader=THE_HOUSE))) == 2


def test_a_rare_tag_is_looked_up_and_not_searched_for_in_every_row(ann: Visitor, emil: User) -> None:
    people.add_tag(ann.contact_id, name="Gas", by=emil.pk, now=MONDAY)
    with CaptureQueriesContext(connection) as asked:
        leads.lead_page(LeadFilter(tag="gas"), reader=THE_HOUSE)
    (listed,) = [each["sql"] for each in asked if "LIMIT 51" in each["sql"]]
    assert f'"leads_lead"."id" IN ({ann.lead_id})' in listed


def test_an_erasure_takes_the_tags_also_those_taken_away(ann: Visitor, emil: User) -> None:
    tag = people.add_tag(ann.contact_id, name="Gas", by=emil.pk, now=MONDAY)
    people.add_tag(ann.contact_id, name="Roof", by=emil.pk, now=MONDAY)
    people.remove_tag(ann.contact_id, tag_id=tag or 0, now=MONDAY)
    privacy.erase_contact(ann.contact_id, now=MONDAY)
    assert not Tag.objects.exists()
    assert Contact.objects.filter(pk=ann.contact_id).exists()
