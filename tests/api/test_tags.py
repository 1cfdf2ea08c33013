"""Tags at the machine door: read with each lead, asked for, given and taken away."""

import json
from typing import Any

import pytest
from django.test import Client

from leadstone.domains.access.models import ApiKey, Team, User
from leadstone.domains.access.rules import Role, Scope
from leadstone.domains.contacts import services as people
from leadstone.domains.contacts.models import Tag
from leadstone.domains.contacts.rules import Tagged, TagSource
from leadstone.domains.leads.models import Lead
from leadstone.kernel.labels import MOST_OF_ONE
from tests.api.conftest import Program
from tests.cast import MONDAY, Visitor, staff

PROBLEM = "urn:leadstone:problem:"


def tell(client: Client, who: Visitor | int, tag: object, *, remove: bool = False, name: str = "") -> Any:
    lead_id = who if isinstance(who, int) else who.lead_id
    path = f"/api/v1/leads/{lead_id}/tags" + ("/remove" if remove else "")
    return client.post(path, {"tag": tag}, content_type="application/json", headers={"idempotency-key": name} if name else None)


def tags_of(client: Client, who: Visitor) -> list[str]:
    told: list[str] = client.get(f"/api/v1/leads/{who.lead_id}").json()["tags"]
    return told


def test_a_program_tags_a_lead_once_however_it_is_spelled_and_finds_it_by_that(
    program: Program, ann: Visitor, bob: Visitor
) -> None:
    client = program(Scope.READ_LEADS, Scope.WRITE_LEADS)
    assert tell(client, ann, " Dach  płaski ").json() == {"lead_id": ann.lead_id, "tag": "Dach płaski", "changed": True}
    assert tell(client, ann, "dach PLASKI").json()["changed"] is False
    assert tags_of(client, ann) == ["Dach płaski"]
    found = client.get("/api/v1/leads", {"tag": "DACH plaski"}).json()
    assert [(each["id"], each["tags"]) for each in found["items"]] == [(ann.lead_id, ["Dach płaski"])]
    assert client.get("/api/v1/leads", {"tag": "dach"}).json()["items"] == []
    said = Tag.objects.get()
    assert (said.source, said.said_ref) == (TagSource.PROGRAM, str(ApiKey.objects.get().pk))


def test_a_program_takes_a_tag_away_whoever_said_it(program: Program, ann: Visitor) -> None:
    people.tag_people([Tagged(contact_id=ann.contact_id, names=["Gas"], source=TagSource.ANSWER, said_ref="r1")], now=MONDAY)
    client = program(Scope.READ_LEADS, Scope.WRITE_LEADS)
    assert tell(client, ann, "GAS", remove=True).json()["changed"] is True
    assert tell(client, ann, "GAS", remove=True).json()["changed"] is False
    assert tags_of(client, ann) == []


def test_a_repeat_under_the_same_name_is_answered_as_the_first_and_changes_nothing_more(program: Program, ann: Visitor) -> None:
    client = program(Scope.WRITE_LEADS)
    first = tell(client, ann, "Gas", name="a-1")
    tell(client, ann, "Gas", remove=True)
    again = tell(client, ann, "Gas", name="a-1")
    assert (again.json(), again.headers["idempotent-replayed"]) == (first.json(), "true")
    assert not Tag.objects.filter(removed_at=None).exists()


def test_reading_a_lead_and_tagging_it_are_two_scopes(program: Program, ann: Visitor) -> None:
    for remove in (False, True):
        refused = tell(program(Scope.READ_LEADS), ann, "Gas", remove=remove)
        assert (refused.status_code, refused.json()["type"]) == (403, PROBLEM + "scope_missing")
    assert program(Scope.WRITE_LEADS).get(f"/api/v1/leads/{ann.lead_id}").status_code == 403
    assert not Tag.objects.exists()


def test_whose_lead_is_out_of_reach_is_not_tagged_and_answers_like_nobody(program: Program, ann: Visitor) -> None:
    here, there = (Team.objects.create(name=name, created_at=MONDAY) for name in ("Here", "There"))
    owner = staff("Gosia", Role.REP)
    User.objects.filter(pk=owner.pk).update(team=there)
    Lead.objects.filter(pk=ann.lead_id).update(owner=owner)
    people.add_tag(ann.contact_id, name="Gas", by=owner.pk, now=MONDAY)
    client = program(Scope.WRITE_LEADS, team_id=here.pk)
    for remove in (False, True):
        hidden, missing = (tell(client, lead_id, "Gas", remove=remove) for lead_id in (ann.lead_id, 999_999))
        assert (hidden.status_code, hidden.json()) == (404, missing.json())
    assert Tag.objects.filter(removed_at=None).count() == 1


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("one, two", "tag_unfit"),
        (" , ", "tag_unfit"),
        ("", "invalid_request"),
        ("x" * 31, "invalid_request"),
        (7, "invalid_request"),
        (None, "invalid_request"),
        ("\ud800", "invalid_request"),
    ],
)
def test_what_is_no_single_short_word_is_refused(program: Program, ann: Visitor, tag: object, kind: str) -> None:
    answer = tell(program(Scope.WRITE_LEADS), ann, tag)
    assert (answer.status_code, answer.json()["type"]) == (422, PROBLEM + kind)
    assert not Tag.objects.exists()


def test_what_no_database_keeps_is_a_blank(program: Program, ann: Visitor) -> None:
    assert tell(program(Scope.WRITE_LEADS), ann, "flat\0roof").json()["tag"] == "flat roof"


def test_one_person_bears_so_many_tags_and_no_more(program: Program, ann: Visitor) -> None:
    client = program(Scope.WRITE_LEADS)
    for number in range(MOST_OF_ONE):
        people.add_tag(ann.contact_id, name=f"tag {number}", by=1, now=MONDAY)
    refused = tell(client, ann, "one more")
    assert (refused.status_code, refused.json()["type"]) == (422, PROBLEM + "too_many_tags")
    assert "30" in json.dumps(refused.json())
    assert tell(client, ann, "TAG 0").json()["changed"] is False
    assert tell(client, ann, "tag 0", remove=True).json()["changed"] is True
    assert tell(client, ann, "one more").status_code == 200


def test_a_company_without_a_person_has_nobody_to_tag(program: Program, ann: Visitor) -> None:
    company = Lead.objects.get(pk=ann.lead_id).contact.company
    Lead.objects.filter(pk=ann.lead_id).update(contact=None, company=company)
    answer = tell(program(Scope.WRITE_LEADS), ann, "Gas")
    assert (answer.status_code, answer.json()["type"]) == (422, PROBLEM + "lead_without_person")
