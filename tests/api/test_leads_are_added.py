"""A program hands somebody over: one lead however often it says so, and without a reason nobody may write to them."""

from typing import Any

import pytest
from django.test import Client

from leadstone.domains.access.models import KeptAnswer
from leadstone.domains.access.rules import Scope
from leadstone.domains.consent.models import ConsentRecord
from leadstone.domains.contacts.models import Contact
from leadstone.domains.delivery.models import Message
from leadstone.domains.leads.models import Lead
from leadstone.domains.sources.rules import ChannelType
from tests.api.conftest import Program
from tests.cast import Visitor
from tests.kiosks.stand import fair

PROBLEM = "urn:leadstone:problem:"
JAN = {"email": "jan@firma.example", "name": "Jan Lis", "company": "Lis", "basis": "asked_us"}


def add(client: Client, under: str = "", /, **said: object) -> Any:
    headers = {"idempotency-key": under} if under else None
    return client.post("/api/v1/leads", said, content_type="application/json", headers=headers)


def test_somebody_who_is_handed_over_is_a_lead_of_the_campaign_and_hears_nothing(program: Program) -> None:
    campaign = fair()
    answer = add(program(Scope.WRITE_LEADS), **JAN, campaign=campaign.key)

    lead = Lead.objects.get()
    assert (answer.status_code, answer.json()) == (201, {"id": lead.pk, "waits": False})
    assert (lead.campaign_id, lead.channel, lead.basis) == (campaign.pk, campaign.channel, "asked_us")
    assert not Message.objects.exists()
    assert not ConsentRecord.objects.exists()


def test_the_same_name_brings_nobody_twice_also_when_the_answer_was_forgotten(program: Program) -> None:
    client = program(Scope.WRITE_LEADS)
    first = add(client, "crm-1", **JAN)
    again = add(client, "crm-1", **JAN)
    KeptAnswer.objects.all().delete()
    later = add(client, "crm-1", **JAN)

    assert again.headers["Idempotent-Replayed"] == "true"
    assert first.json() == again.json() == later.json()
    assert Lead.objects.count() == 1


def test_without_a_reason_they_wait_and_what_is_said_of_somebody_known_changes_nothing(program: Program, ann: Visitor) -> None:
    client = program(Scope.WRITE_LEADS)
    before = Contact.objects.values().get(pk=ann.contact_id)

    assert add(client, email=ann.email, name="Mallory").json()["waits"]
    assert Contact.objects.values().get(pk=ann.contact_id) == before
    add(client, phone="+48 512 000 111")
    assert Contact.objects.exclude(unfounded_since=None).count() == 1
    assert Lead.objects.exclude(contact_id=ann.contact_id).get().channel == ChannelType.THIRD_PARTY


def test_a_program_is_given_no_address_of_whom_nobody_may_turn_to(program: Program) -> None:
    client = program(Scope.READ_LEADS, Scope.WRITE_LEADS)
    add(client, email="jan@firma.example", name="Jan")
    add(client, email="ola@firma.example", name="Ola", basis="asked_us")

    told = {each["name"]: each for each in client.get("/api/v1/leads").json()["items"]}

    assert (told["Jan"]["email"], told["Jan"]["waits"]) == ("", True)
    assert (told["Ola"]["email"], told["Ola"]["waits"]) == ("ola@firma.example", False)


@pytest.mark.parametrize(
    ("said", "because"),
    [
        ({}, "nobody_to_reach"),
        ({"email": "jan"}, "not_an_address"),
        ({"phone": "12"}, "not_a_phone"),
        ({"email": "jan@firma.example", "campaign": "no-such"}, "no_such_campaign"),
        ({"email": "jan@firma.example", "basis": "because"}, "invalid_request"),
        ({"email": "jan@firma.example", "consent": True}, "invalid_request"),
        ({"email": "jan@firma.example", "name": "a\0b"}, "invalid_request"),
    ],
)
def test_what_does_not_do_is_refused_by_name_and_brings_nobody(program: Program, said: dict[str, object], because: str) -> None:
    answer = add(program(Scope.WRITE_LEADS), **said)

    assert (answer.status_code, answer.json()["type"]) == (422, PROBLEM + because)
    assert not Contact.objects.exists()


def test_a_key_that_only_reads_hands_nobody_over(program: Program) -> None:
    assert add(program(Scope.READ_LEADS), **JAN).status_code == 403
    assert not Lead.objects.exists()
