"""A lead in ten seconds; nothing that was typed is lost."""

import pytest
from django.test import Client

from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.leads import queries
from leadstone.domains.leads.queries import LeadLine
from tests.cast import Visitor

TYPED = {
    "name": "Jan Wójcik",
    "company": "Dom Wójcik",
    "email": "jan@dom.example",
    "phone": "",
    "channel": "chamber_of_commerce",
    "where_met": "Breakfast; old boiler",
    "basis": "gave_card",
}


def leads() -> list[LeadLine]:
    return queries.newest_leads(10, reader=THE_HOUSE)


def test_a_name_and_one_way_to_reach_them_is_enough(admin: Client) -> None:
    answer = admin.post("/leads/new", {"name": "Jan", "phone": "601 234 567", "channel": "trade_fair", "basis": "asked_us"})

    [lead] = leads()
    assert answer["Location"] == f"/leads/{lead.lead_id}"
    assert (lead.name, lead.channel.value) == ("Jan", "trade_fair")
    assert lead.owner_name


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("email", "", "A lead needs an e-mail address or a phone number."),
        ("email", "jan at dom", "This is not an e-mail address."),
        ("phone", "call me", "This is not a phone number."),
    ],
)
def test_a_mistake_stands_beside_its_field_and_what_was_typed_is_kept(admin: Client, field: str, typed: str, words: str) -> None:
    answer = admin.post("/leads/new", TYPED | {field: typed})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert words in page
    assert f'aria-describedby="id_{field}_error"' in page
    assert 'value="Jan Wójcik"' in page
    assert 'value="Breakfast; old boiler"' in page
    assert leads() == []


def test_one_more_opens_an_empty_form(admin: Client) -> None:
    answer = admin.post("/leads/new", TYPED | {"another": "1"})

    assert answer["Location"] == "/leads/new"
    assert len(leads()) == 1


def test_entering_somebody_known_adds_a_lead_and_changes_no_consent(admin: Client, ann: Visitor) -> None:
    before = queries.lead_card(ann.lead_id, reader=THE_HOUSE).permissions

    admin.post("/leads/new", TYPED | {"email": ann.email})

    assert len(leads()) == 2
    assert {lead.contact_id for lead in leads()} == {ann.contact_id}
    assert queries.lead_card(ann.lead_id, reader=THE_HOUSE).permissions == before


@pytest.mark.parametrize("name", ["ن" * 200, "🦊" * 50, "=1+1", "x" * 10_000])
def test_odd_names_are_kept_or_refused_in_words(admin: Client, name: str) -> None:
    assert admin.post("/leads/new", TYPED | {"name": name}).status_code in {302, 422}
