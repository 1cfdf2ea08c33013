"""A lead in ten seconds; nothing that was typed is lost."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.leads import queries
from leadstone.domains.leads.models import Lead
from leadstone.domains.leads.queries import LeadLine
from leadstone.domains.tracking.models import Touch
from tests.cast import Visitor
from tests.studio.conftest import HOST

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


def nonce_on(page: str) -> str:
    found = re.search(r'name="nonce" value="([0-9a-f-]{36})"', page)
    assert found is not None
    return found[1]


def test_a_double_click_is_one_lead_and_both_open_it(admin: Client) -> None:
    sent = TYPED | {"nonce": nonce_on(admin.get("/leads/new").content.decode())}

    answers = [admin.post("/leads/new", sent) for _click in range(2)]

    assert Lead.objects.count() == 1
    assert {answer["Location"] for answer in answers} == {f"/leads/{Lead.objects.get().pk}"}
    assert Touch.objects.count() == 1


def test_whoever_goes_back_and_types_somebody_else_adds_somebody_else(admin: Client) -> None:
    nonce = nonce_on(admin.get("/leads/new").content.decode())
    for email in ("jan@dom.example", "ola@dom.example"):
        admin.post("/leads/new", TYPED | {"email": email, "nonce": nonce})

    assert Lead.objects.count() == 2


def test_a_form_that_came_back_with_a_mistake_keeps_its_token_and_each_page_has_its_own(admin: Client) -> None:
    first, second = (nonce_on(admin.get("/leads/new").content.decode()) for _page in range(2))
    again = admin.post("/leads/new", TYPED | {"email": "nobody", "nonce": first})

    assert first != second
    assert (again.status_code, nonce_on(again.content.decode())) == (422, first)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_their_way_at_once_are_one_lead(admin: Client) -> None:
    sent = TYPED | {"nonce": nonce_on(admin.get("/leads/new").content.decode())}

    def click(_number: int) -> str:
        try:
            browser = Client(headers=HOST)
            browser.force_login(User.objects.get())
            return browser.post("/leads/new", sent)["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=2) as clicking:
        opened = set(clicking.map(click, range(2)))

    assert opened == {f"/leads/{Lead.objects.get().pk}"}
