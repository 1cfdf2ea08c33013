"""Staff see what a person is called and who says so, add and remove words, and find everybody who is called the same."""

import pytest
from django.test import Client

from leadstone.domains.access import queries as access
from leadstone.domains.access.models import User
from leadstone.domains.access.rules import KeyReach, Role, Scope
from leadstone.domains.contacts import queries as contacts
from leadstone.domains.contacts import services as people
from leadstone.domains.contacts.rules import Tagged, TagSource
from leadstone.flows.keys_changed import make_key
from leadstone.kernel.labels import MOST_OF_ONE
from tests.cast import MONDAY, Visitor
from tests.studio.conftest import Browser


@pytest.fixture
def rep(browser_of: Browser) -> Client:
    return browser_of(Role.REP)


def called(who: Visitor) -> tuple[str, ...]:
    return contacts.names_of_tags(contacts.tags_of([who.contact_id]).get(who.contact_id, []))


def tags_of(who: Visitor) -> str:
    return f"/companies/people/{who.contact_id}/tags"


def test_both_cards_say_who_calls_the_person_so(rep: Client, ann: Visitor, emil: User) -> None:
    answer = Tagged(contact_id=ann.contact_id, names=["Flat roof"], source=TagSource.ANSWER, said_ref=ann.ref)
    people.tag_people([answer], now=MONDAY)
    people.add_tag(ann.contact_id, name="<Neighbour>", by=emil.pk, now=MONDAY)
    make_key(name="Till", scopes=[Scope.WRITE_LEADS], reach=KeyReach.ALL, team_id=None, expires_at=None, by=None, now=MONDAY)
    key_id = access.api_keys()[0].key_id
    people.add_tag(ann.contact_id, name="Paid", source=TagSource.PROGRAM, by=key_id, now=MONDAY)
    for address in (f"/leads/{ann.lead_id}", f"/companies/people/{ann.contact_id}"):
        page = rep.get(address).content.decode()
        assert 'href="/leads/?tag=Flat%20roof"' in page
        assert "&lt;Neighbour&gt;" in page
        assert f"<small>said by {emil.name}</small>" in page
        assert "from the program “Till”" in page


def test_a_word_is_added_from_the_card_and_the_toast_takes_it_away(rep: Client, ann: Visitor) -> None:
    answer = rep.post(f"{tags_of(ann)}?lead={ann.lead_id}", {"tag": "  Flat  roof "}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/leads/{ann.lead_id}#new-tag"
    assert called(ann) == ("Flat roof",)
    (toast,) = answer.context["messages"]
    rep.post(toast.extra_tags)
    assert called(ann) == ()


def test_a_word_that_was_removed_comes_back_by_the_toast(rep: Client, ann: Visitor, emil: User) -> None:
    tag = people.add_tag(ann.contact_id, name="Gas", by=emil.pk, now=MONDAY)
    answer = rep.post(f"{tags_of(ann)}/{tag}/remove", follow=True)
    assert answer.redirect_chain[-1][0] == f"/companies/people/{ann.contact_id}"
    assert called(ann) == ()
    (toast,) = answer.context["messages"]
    rep.post(toast.extra_tags)
    assert called(ann) == ("Gas",)


@pytest.mark.parametrize("typed", ["", " , ", "one, two", "x" * 31])
def test_what_is_no_single_short_word_is_refused_in_words(rep: Client, ann: Visitor, typed: str) -> None:
    answer = rep.post(tags_of(ann), {"tag": typed}, follow=True)
    assert "30" in str(next(iter(answer.context["messages"])))
    assert called(ann) == ()


def test_a_person_bears_no_more_tags_than_can_be_read(rep: Client, ann: Visitor, emil: User) -> None:
    for number in range(MOST_OF_ONE):
        people.add_tag(ann.contact_id, name=f"tag {number}", by=emil.pk, now=MONDAY)
    answer = rep.post(tags_of(ann), {"tag": "one more"}, follow=True)
    assert "Nobody has more than 30 tags" in str(next(iter(answer.context["messages"])))
    assert len(called(ann)) == MOST_OF_ONE


def test_a_colleague_and_a_program_of_the_same_number_are_two_who_say_it(rep: Client, ann: Visitor, emil: User) -> None:
    own = people.add_tag(ann.contact_id, name="Gas", by=1, now=MONDAY)
    people.remove_tag(ann.contact_id, tag_id=own or 0, now=MONDAY)
    assert people.add_tag(ann.contact_id, name="Gas", source=TagSource.PROGRAM, by=1, now=MONDAY) not in (None, own)


def test_the_list_and_its_file_show_who_is_called_so(admin: Client, ann: Visitor, bob: Visitor, emil: User) -> None:
    people.add_tag(ann.contact_id, name="Dach płaski", by=emil.pk, now=MONDAY)
    page = admin.get("/leads/", {"tag": "dach plaski"}).content.decode()
    assert f'href="/leads/{ann.lead_id}"' in page
    assert f'href="/leads/{bob.lead_id}"' not in page
    assert '<span class="tag">Dach płaski</span>' in page
    file = b"".join(admin.get("/leads/export.csv", {"tag": "dach plaski"}).streaming_content).decode()
    assert "Dach płaski" in file
    assert ann.email in file
    assert bob.email not in file


def test_who_may_only_read_sees_the_words_and_no_form(browser_of: Browser, ann: Visitor, emil: User) -> None:
    people.add_tag(ann.contact_id, name="Gas", by=emil.pk, now=MONDAY)
    page = browser_of(Role.PRIVACY_OFFICER).get(f"/leads/{ann.lead_id}").content.decode()
    assert "?tag=Gas" in page
    assert "/tags" not in page
