"""Another system knocks: what is signed becomes one lead, the rest becomes nothing, and none of it is readable afterwards."""

import hmac
import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from leadstone.api import inbound
from leadstone.api.limits import Limiter
from leadstone.domains.access.models import User
from leadstone.domains.activities.models import Activity
from leadstone.domains.capture.models import Submission
from leadstone.domains.consent.models import ConsentRecord
from leadstone.domains.contacts.models import Contact, ContactPoint
from leadstone.domains.grants.models import Grant
from leadstone.domains.inbound import services
from leadstone.domains.inbound.models import Delivery, Door
from leadstone.domains.inbound.queries import DoorFacts, Kept
from leadstone.domains.inbound.rules import MOST_BYTES, REFERENCE_KEPT, Knock, ProviderName
from leadstone.domains.inbound.rules.fields import Ours
from leadstone.domains.inbound.services import doors
from leadstone.domains.leads.models import Lead
from leadstone.flows import handed_over
from leadstone.integrations.meta.lead_forms import verify_token
from tests.cast import Guide
from tests.inbound.conftest import HOST, Opened, Stand, work

pytestmark = pytest.mark.django_db


def standing(stand: Stand) -> list[tuple[str, str]]:
    return list(Delivery.objects.filter(door=stand.door).order_by("pk").values_list("state", "because"))


@pytest.mark.parametrize("name", [each for each in ProviderName if each is not ProviderName.GOOGLE], ids=str)
def test_whoever_is_handed_over_is_one_lead_however_often_it_is_sent(name: ProviderName, opened: Opened) -> None:
    stand = opened(name)
    sent = stand.sample()

    assert [stand.send(sent).status_code for _ in range(3)] == [200, 200, 200]
    work()
    stand.send(sent)
    work()

    lead = Lead.objects.get()
    assert ContactPoint.objects.get(contact__leads=lead, kind="email").value == "ann@test.example"
    assert standing(stand) == [("accepted", "")]
    assert Delivery.objects.get().lead_id == lead.pk


def test_a_test_of_google_makes_no_lead(opened: Opened) -> None:
    stand = opened(ProviderName.GOOGLE)
    stand.hand_over()
    work()

    assert Delivery.objects.get().is_test
    assert standing(stand) == [("accepted", "")]
    assert not Contact.objects.exists()


def test_what_is_forged_is_counted_and_leaves_no_row(opened: Opened) -> None:
    stand = opened()
    sent = stand.sample()
    forged = stand.send(replace(sent, body=sent.body.replace(b"ann@", b"eve@")))
    unsigned = stand.send(Knock(sent.body, {}))

    assert (forged.status_code, unsigned.status_code) == (401, 401)
    assert not Delivery.objects.exists()
    door = Door.objects.get()
    assert (door.turned_away, door.turned_because) == (2, "forged")
    assert b"eve@" not in forged.content


def test_a_request_that_was_recorded_long_ago_is_refused(opened: Opened) -> None:
    stand = opened()
    old = stand.provider.sample(secret=stand.secret, provider_id="1", now=timezone.now() - timedelta(minutes=6))

    assert stand.send(old).status_code == 401
    assert Door.objects.get().turned_because == "too_old"
    assert not Delivery.objects.exists()


def test_what_is_huge_is_not_even_verified(opened: Opened) -> None:
    stand = opened()

    assert stand.send(Knock(b"x" * (MOST_BYTES + 1), {})).status_code == 413
    assert stand.send(Knock(b"x" * 3_000_000, {})).status_code == 413
    assert Door.objects.get().turned_away == 0


def test_signed_nonsense_is_refused_and_told(opened: Opened) -> None:
    stand = opened(ProviderName.LINKEDIN)
    sent = stand.sample()
    other = replace(sent, body=b'{"leadGenFormResponse": 5.5}')
    signed = replace(other, headers=dict(_signed_by_linkedin(stand, other.body)))

    assert stand.send(signed).status_code == 422
    assert Door.objects.get().turned_because == "unreadable"


def _signed_by_linkedin(stand: Stand, body: bytes) -> dict[str, str]:
    return {"x-li-signature": hmac.new(stand.secret.encode(), b"hmacsha256=" + body, "sha256").hexdigest()}


def test_a_door_that_is_not_there_and_a_method_that_it_does_not_know_change_nothing(opened: Opened) -> None:
    stand = opened(ProviderName.META)
    client = Client(headers=HOST)

    assert client.post("/api/in/nothing", b"{}", content_type="application/json").status_code == 404
    assert client.put(stand.address, b"{}").status_code == 405
    assert client.get(stand.address).status_code == 403
    assert Client(headers=HOST).get("/api/in/").status_code == 404


def test_a_challenge_is_answered_and_changes_nothing(opened: Opened) -> None:
    stand = opened(ProviderName.META)
    asked = {"hub.mode": "subscribe", "hub.verify_token": verify_token(stand.secret), "hub.challenge": "42"}
    before = list(Door.objects.values())
    answer = Client(headers=HOST).get(stand.address, asked)

    assert (answer.content, answer.headers["Content-Type"]) == (b"42", "text/plain; charset=utf-8")
    assert list(Door.objects.values()) == before


def test_too_many_requests_are_told_when_to_come_again(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbound, "limiter", Limiter(a_minute=1, burst=1))
    stand = opened()
    answers = [stand.hand_over(str(number)) for number in range(2)]

    assert [each.status_code for each in answers] == [200, 429]
    assert int(answers[1].headers["Retry-After"]) > 0


def test_nothing_that_was_said_can_be_read_in_the_table_or_in_the_log(opened: Opened, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    stand = opened()
    stand.hand_over()
    work()

    assert "ann@" not in json.dumps(list(Delivery.objects.values("sealed", "unused", "provider_id")))
    assert "ann@" not in caplog.text
    assert stand.secret not in json.dumps(list(Door.objects.values("sealed_secret", "key")))


def test_what_was_said_is_deleted_after_a_week_and_whoever_still_waited_comes_to_nothing(opened: Opened) -> None:
    stand = opened()
    stand.hand_over("1")
    work()
    stand.hand_over("2")
    later = timezone.now() + timedelta(seconds=1)
    services.forget_said(before=later, references_before=later - REFERENCE_KEPT)
    work()

    assert standing(stand) == [("accepted", ""), ("failed", "run_out")]
    assert set(Delivery.objects.values_list("sealed", flat=True)) == {""}
    assert Lead.objects.count() == 1


def test_with_a_magnet_the_whole_exchange_takes_place_and_no_box_of_another_form_is_a_consent(
    opened: Opened, guide: Guide
) -> None:
    stand = opened(magnet_id=guide.magnet_id)
    stand.hand_over()
    work()
    Delivery.objects.update(state="waiting", due_at=timezone.now())
    work()

    submission = Submission.objects.get()
    assert submission.version_id == guide.version_id
    assert submission.verdict == "accepted"
    assert Lead.objects.get().magnet_id == guide.magnet_id
    assert Grant.objects.get().submission_id == submission.pk
    assert not ConsentRecord.objects.exists()


def test_with_a_magnet_and_only_a_number_it_is_a_lead_for_the_staff(opened: Opened, guide: Guide) -> None:
    stand = opened(ProviderName.META, magnet_id=guide.magnet_id)
    doors.say_meaning(stand.door.pk, field="email", means=Ours.NOTHING)
    stand.hand_over()
    work()

    assert Lead.objects.get().magnet_id == guide.magnet_id
    assert not Submission.objects.exists()
    assert not Grant.objects.exists()


def test_without_a_reason_to_know_them_people_wait_in_quarantine(opened: Opened) -> None:
    stand = opened(basis="")
    stand.hand_over()
    work()

    assert Contact.objects.get().unfounded_since is not None


def test_without_a_reason_to_know_them_people_get_no_magnet_and_no_mail(opened: Opened, guide: Guide) -> None:
    stand = opened(basis="", magnet_id=guide.magnet_id)
    stand.hand_over()
    work()

    assert Contact.objects.get().unfounded_since is not None
    assert Lead.objects.get().magnet_id == guide.magnet_id
    assert not Submission.objects.exists()
    assert not Grant.objects.exists()


@pytest.mark.parametrize("with_magnet", [True, False])
def test_the_reason_of_a_door_founds_whom_we_knew_without_one(with_magnet: bool, opened: Opened, guide: Guide) -> None:
    stand = opened(basis="")
    stand.hand_over()
    work()
    assert Contact.objects.get().unfounded_since is not None

    other = opened(magnet_id=guide.magnet_id) if with_magnet else opened()
    other.hand_over()
    work()

    assert Contact.objects.get().unfounded_since is None


def test_a_field_that_was_not_used_is_named_and_what_was_refused_comes_in_once_it_is(opened: Opened, emil: User) -> None:
    stand = opened(ProviderName.META)
    Door.objects.update(made_by=emil)
    answers = [{"name": "Dokąd pisać", "values": ["zoe@test.example"]}, {"name": "Kiedy dzwonić", "values": ["rano"]}]
    stand.send(_signed_by_meta(stand, {"leadgen_id": "9", "field_data": answers}))
    work()

    assert standing(stand) == [("refused", "nobody_to_reach")]
    assert Delivery.objects.get().unused == ["Dokąd pisać", "Kiedy dzwonić"]

    doors.say_meaning(stand.door.pk, field="Dokąd pisać", means=Ours.EMAIL)
    doors.say_meaning(stand.door.pk, field="Kiedy dzwonić", means=Ours.QUESTION)
    assert services.try_again(Delivery.objects.get().pk, now=timezone.now())
    work()

    assert standing(stand) == [("accepted", "")]
    assert Delivery.objects.get().unused == []
    assert Lead.objects.count() == 1
    assert Activity.objects.get().text == "rano"


def _signed_by_meta(stand: Stand, value: dict[str, object]) -> Knock:
    body = json.dumps({"object": "page", "entry": [{"id": "1", "changes": [{"field": "leadgen", "value": value}]}]}).encode()
    return Knock(body, {"x-hub-signature-256": "sha256=" + hmac.new(stand.secret.encode(), body, "sha256").hexdigest()})


def test_a_paused_door_keeps_people_until_it_is_opened_again(opened: Opened) -> None:
    stand = opened()
    doors.pause(stand.door.pk, now=timezone.now())
    assert stand.hand_over().status_code == 200
    work()
    assert not Lead.objects.exists()

    doors.resume(stand.door.pk)
    work()
    assert Lead.objects.count() == 1


def test_one_delivery_that_breaks_holds_up_no_other(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    stand = opened()
    stand.hand_over("1")
    stand.hand_over("2")
    taken_in = handed_over.take_in

    def broken(kept: Kept, door: DoorFacts, *, now: object) -> None:
        if kept.provider_id == "1":
            raise RuntimeError("a fault of ours")
        taken_in(kept, door, now=timezone.now())

    monkeypatch.setattr(handed_over, "take_in", broken)
    work()

    assert standing(stand) == [("waiting", "not_told"), ("accepted", "")]
