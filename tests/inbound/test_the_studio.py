"""The staff's side of the ways in: opening a door, its secret, the log, fields that were not used, pausing."""

import json
import re

import pytest
from django.test import Client
from django.utils import timezone
from standardwebhooks import Webhook

from leadstone.domains.access.models import User
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.contacts.models import Contact
from leadstone.domains.inbound.models import Delivery, Door
from leadstone.domains.inbound.queries import secret_of, token_of
from leadstone.domains.inbound.rules import Knock, ProviderName
from leadstone.domains.leads.models import Lead
from leadstone.project.providers import PROVIDERS
from tests.cast import Guide
from tests.inbound.conftest import HOST, Opened, Stand, work
from tests.studio.conftest import company

__all__ = ["company"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def doras(company: None, dora: User) -> Client:
    client = Client(headers=HOST)
    client.force_login(dora)
    return client


def text(response: object) -> str:
    return str(getattr(response, "content", b"").decode())


def posted(client: Client, **said: str) -> str:
    return text(client.post("/ways-in/new", {"provider": "generic", "name": "Skrypt", "language": "pl"} | said))


def test_a_door_is_opened_and_its_secret_is_shown_once(doras: Client, guide: Guide, dora: User) -> None:
    page = posted(doras, magnet=str(guide.magnet_id), basis="asked_us")
    door = Door.objects.get()
    secret = secret_of(door.pk)

    assert secret.startswith("whsec_")
    assert secret in page
    assert f"/api/in/{door.key}" in page
    assert (door.magnet_id, door.basis, door.made_by_id) == (guide.magnet_id, "asked_us", dora.pk)
    assert secret not in text(doras.get(f"/ways-in/{door.pk}"))
    assert secret not in text(doras.get("/ways-in/"))
    assert AuditLine.objects.filter(action="door_changed", actor_id=dora.pk).exists()


def test_meta_and_linkedin_bring_their_own_secret_which_is_asked_for_beside_its_field(doras: Client) -> None:
    refused = doras.post("/ways-in/new", {"provider": "meta", "name": "Facebook", "language": "pl"})
    assert refused.status_code == 422
    assert text(refused).count('aria-invalid="true"') == 1
    assert not Door.objects.exists()

    page = posted(doras, provider="meta", secret="app-secret-of-meta", token="EAAB")
    door = Door.objects.get()
    assert secret_of(door.pk) == "app-secret-of-meta"
    assert token_of(door.pk) == "EAAB"
    assert "app-secret-of-meta" not in page
    assert PROVIDERS[ProviderName.META].verify_token(secret="app-secret-of-meta") in page


def test_nonsense_in_the_form_is_refused_and_opens_nothing(doras: Client, guide: Guide) -> None:
    for wrong in (
        {"provider": "myspace"},
        {"name": ""},
        {"campaign": "99999"},
        {"magnet": "x"},
        {"token": "a b"},
        {"basis": "?"},
        {"basis": "", "magnet": str(guide.magnet_id)},
    ):
        assert 'aria-invalid="true"' in posted(doras, **wrong)
    assert not Door.objects.exists()


@pytest.mark.parametrize("name", list(ProviderName), ids=str)
def test_a_sample_goes_through_the_same_door_and_makes_no_lead(name: ProviderName, opened: Opened, doras: Client) -> None:
    stand = opened(name)
    page = text(doras.post(f"/ways-in/{stand.door.pk}/test", follow=True))

    assert Delivery.objects.get().state == "accepted"
    assert Delivery.objects.get().is_test
    assert not Contact.objects.exists()
    assert 'class="tag good"' in page


def test_a_field_that_was_not_used_is_given_a_meaning_and_those_who_were_refused_come_in(opened: Opened, doras: Client) -> None:
    stand = opened()
    hand_over(stand, {"Dokąd pisać": "zoe@test.example"})
    work()
    address = f"/ways-in/{stand.door.pk}"
    assert "Dokąd pisać" in text(doras.get(address))
    assert "zoe@" not in text(doras.get(address))

    doras.post(f"{address}/meaning", {"field": "Dokąd pisać", "means": "email"})
    doras.post(f"{address}/again")
    work()

    assert Delivery.objects.get().state == "accepted"
    assert Lead.objects.count() == 1
    assert f"/leads/{Lead.objects.get().pk}" in text(doras.get(address))
    assert doras.post(f"{address}/meaning", {"field": "never came", "means": "email"}).status_code == 404
    assert doras.post(f"{address}/meaning", {"field": "Dokąd pisać", "means": "shoe size"}).status_code == 404
    doras.post(f"{address}/meaning", {"field": "Dokąd pisać", "means": "usual"})
    assert Door.objects.get().mapping == {}


def hand_over(stand: Stand, fields: dict[str, str]) -> None:
    """Somebody, in fields of the other system's own."""
    body, message_id, at = json.dumps(fields), f"m-{len(fields)}-{next(iter(fields))[:3]}".encode().hex(), timezone.now()
    signed = Webhook(stand.secret).sign(message_id, at, body)
    headers = {"webhook-id": message_id, "webhook-timestamp": str(int(at.timestamp())), "webhook-signature": signed}
    assert stand.send(Knock(body.encode(), headers)).status_code == 200


def test_the_log_is_filtered_and_goes_out_as_a_file_without_what_was_said(opened: Opened, doras: Client) -> None:
    stand = opened()
    stand.hand_over("=first")
    hand_over(stand, {"colour": "red"})
    work()
    address = f"/ways-in/{stand.door.pk}"

    refused = text(doras.get(f"{address}?state=refused"))
    assert "=first" not in refused
    file = b"".join(doras.get(f"{address}/export.csv?state=accepted")).decode("utf-8-sig")  # type: ignore[arg-type]  # a streamed answer
    assert "'=first" in file
    assert len(file.splitlines()) == 2
    assert "ann@" not in file
    assert AuditLine.objects.filter(action="exported").exists()


def test_a_door_is_paused_and_that_is_undone_from_the_toast(opened: Opened, doras: Client) -> None:
    stand = opened()
    address = f"/ways-in/{stand.door.pk}"
    page = text(doras.post(f"{address}/pause", follow=True))
    undo = re.search(rf'"({address}/open)"', page)
    assert undo is not None
    assert not Door.objects.get().is_active

    stand.hand_over()
    work()
    assert not Lead.objects.exists()
    doras.post(undo[1])
    work()
    assert Door.objects.get().is_active
    assert Lead.objects.count() == 1


def test_requests_that_were_turned_away_are_told_with_what_to_look_at(opened: Opened, doras: Client) -> None:
    stand = opened()
    sent = stand.sample()
    stand.send(type(sent)(sent.body + b" ", sent.headers))

    assert 'class="way-note bad"' in text(doras.get(f"/ways-in/{stand.door.pk}"))


def test_the_list_counts_and_a_door_that_is_not_there_is_told(opened: Opened, doras: Client) -> None:
    assert 'class="empty"' in text(doras.get("/ways-in/"))
    stand = opened()
    stand.hand_over()
    work()

    page = text(doras.get("/ways-in/"))
    assert "Ogrzewanie" in page
    assert stand.secret not in page
    assert doras.get("/ways-in/999999").status_code == 404
