"""A door is changed and its secret is: what was counts until then, it can be undone, and nobody is lost meanwhile."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import User
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.inbound.models import Delivery, Door
from leadstone.domains.inbound.queries import old_secret_of, secret_of, token_of
from leadstone.domains.inbound.rules import ProviderName
from leadstone.domains.inbound.services import doors
from leadstone.domains.leads.models import Lead
from leadstone.integrations.meta.lead_forms import verify_token
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


def changed(client: Client, stand: Stand, **said: str) -> str:
    wanted = {"name": "Ogrzewanie", "language": "pl", "basis": "asked_us"} | said
    return text(client.post(f"/ways-in/{stand.door.pk}/change", wanted, follow=True))


def known_to(stand: Stand, secret: str) -> Stand:
    """The same door as somebody knows it who has that secret."""
    return Stand(stand.door, secret)


def how() -> list[str]:
    lines = AuditLine.objects.filter(action="door_changed").order_by("sequence")
    return [facts["how"] for facts in lines.values_list("facts", flat=True)]


def test_what_a_door_does_is_changed_and_undone_from_the_toast(opened: Opened, doras: Client, guide: Guide, dora: User) -> None:
    stand = opened(basis="")
    before = Door.objects.values().get()
    page = changed(doras, stand, name="Jesień", magnet=str(guide.magnet_id), channel="referral", basis="customer", language="en")
    door = Door.objects.get()

    assert (door.name, door.magnet_id, door.channel, door.basis, door.language) == (
        "Jesień",
        guide.magnet_id,
        "referral",
        "customer",
        "en",
    )
    stand.hand_over()
    work()
    assert Lead.objects.get().magnet_id == guide.magnet_id

    undo = re.search(rf'"(/ways-in/{door.pk}/change/back/\d+)"', page)
    assert undo is not None
    doras.post(undo[1])
    doras.post(undo[1])
    assert Door.objects.values().get() == before
    assert how() == ["changed", "changed_back"]


def test_an_undo_undoes_the_last_change_and_no_other(opened: Opened, doras: Client) -> None:
    stand = opened()
    first = re.search(r'"(/ways-in/\d+/change/back/\d+)"', changed(doras, stand, name="First"))
    assert first is not None
    changed(doras, stand, name="Second")
    doras.post(first[1])

    assert Door.objects.get().name == "Second"


def test_saving_what_stands_already_changes_nothing(opened: Opened, doras: Client) -> None:
    stand = opened()
    page = changed(doras, stand)

    assert "/change/back/" not in page
    assert how() == []


def test_nonsense_is_refused_beside_its_field(opened: Opened, doras: Client) -> None:
    stand = opened(ProviderName.META, token="EAAB")
    for wrong in ({"name": " "}, {"campaign": "999"}, {"magnet": "x"}, {"channel": "fax"}, {"basis": "?"}, {"token": "a b"}):
        assert 'aria-invalid="true"' in changed(doras, stand, **wrong)
    assert 'id="id_no_token_error"' in changed(doras, stand, token="EAAC", no_token="on")
    assert Door.objects.get().name == "Ogrzewanie"


def test_what_a_form_may_not_say_for_a_new_door_it_may_not_for_an_old_one(opened: Opened, doras: Client, guide: Guide) -> None:
    stand = opened()
    assert 'id="id_basis_error"' in changed(doras, stand, basis="", magnet=str(guide.magnet_id))
    mail = opened(ProviderName.MAIL)
    changed(doras, mail, basis="", name="Mail")

    assert Door.objects.get(pk=mail.door.pk).basis == "asked_us", "whoever writes to us asks us"


def test_a_token_is_shown_to_nobody_kept_when_left_empty_replaced_and_taken_away(opened: Opened, doras: Client) -> None:
    stand = opened(ProviderName.LINKEDIN, token="AQX-first")
    assert "AQX-first" not in text(doras.get(f"/ways-in/{stand.door.pk}/change"))

    changed(doras, stand, name="Named anew")
    assert token_of(stand.door.pk) == "AQX-first"
    page = changed(doras, stand, name="Named anew", token="AQX-second")
    assert token_of(stand.door.pk) == "AQX-second"
    undo = re.search(r'"(/ways-in/\d+/change/back/\d+)"', page)
    assert undo is not None
    doras.post(undo[1])
    assert token_of(stand.door.pk) == "AQX-first"
    changed(doras, stand, name="Named anew", no_token="on")
    assert token_of(stand.door.pk) == ""
    assert "AQX" not in str(Door.objects.values().get())


def test_only_doors_that_ask_have_a_place_for_a_token(opened: Opened, doras: Client) -> None:
    stand = opened(ProviderName.GOOGLE)

    assert 'name="token"' not in text(doras.get(f"/ways-in/{stand.door.pk}/change"))


@pytest.mark.parametrize("name", [ProviderName.GENERIC, ProviderName.TYPEFORM, ProviderName.GOOGLE], ids=str)
def test_a_new_secret_is_shown_once_and_the_old_one_is_accepted_until_its_time(
    opened: Opened, doras: Client, name: ProviderName
) -> None:
    stand = opened(name)
    page = text(doras.post(f"/ways-in/{stand.door.pk}/secret", {"overlap": "3600"}))
    fresh = secret_of(stand.door.pk)
    until = Door.objects.get().old_secret_until

    assert fresh != stand.secret
    assert fresh in page
    assert until is not None
    assert until.isoformat()[:16] in page
    for secret, number in ((stand.secret, "1"), (fresh, "2")):
        assert known_to(stand, secret).hand_over(number).status_code == 200
    assert Delivery.objects.count() == 2
    door = text(doras.get(f"/ways-in/{stand.door.pk}"))
    assert fresh not in door
    assert Door.objects.get().old_secret_used_at is not None

    with time_machine.travel(until + timedelta(seconds=1), tick=False):
        assert known_to(stand, stand.secret).hand_over("3").status_code == 401
        assert known_to(stand, fresh).hand_over("4").status_code == 200
        doors.forget_old_secrets(now=timezone.now())
    assert Door.objects.get().sealed_old_secret == ""
    assert how() == ["secret_changed"]


def test_a_secret_in_wrong_hands_ends_at_once(opened: Opened, doras: Client) -> None:
    stand = opened()
    doras.post(f"/ways-in/{stand.door.pk}/secret", {"overlap": "0"})

    assert stand.hand_over().status_code == 401
    assert old_secret_of(stand.door.pk, now=timezone.now()) == ""


def test_one_may_go_back_to_the_old_secret_and_end_the_overlap(opened: Opened, doras: Client) -> None:
    stand = opened()
    address = f"/ways-in/{stand.door.pk}"
    doras.post(f"{address}/secret", {"overlap": "86400"})
    fresh = secret_of(stand.door.pk)

    doras.post(f"{address}/secret/swap")
    assert secret_of(stand.door.pk) == stand.secret
    assert known_to(stand, fresh).hand_over("1").status_code == 200
    doras.post(f"{address}/secret/end")
    assert known_to(stand, fresh).hand_over("2").status_code == 401
    assert stand.hand_over("3").status_code == 200
    doras.post(f"{address}/secret/swap")
    assert secret_of(stand.door.pk) == stand.secret
    assert how() == ["secret_changed", "secrets_swapped", "old_secret_ended"]


def test_a_secret_of_theirs_is_pasted_and_both_answer_the_challenge_of_meta(opened: Opened, doras: Client) -> None:
    stand = opened(ProviderName.META, secret="their-first-secret")
    address = f"/ways-in/{stand.door.pk}/secret"
    for wrong in ({"overlap": "3600"}, {"secret": "short", "overlap": "3600"}, {"secret": "their-second-secret", "overlap": "9"}):
        assert doras.post(address, wrong).status_code == 422
    page = text(doras.post(address, {"secret": "their-second-secret", "overlap": "3600"}))

    assert "their-second-secret" not in page
    assert verify_token("their-second-secret") in page
    for secret, expected in (("their-first-secret", 200), ("their-second-secret", 200), ("another-secret", 403)):
        asked = {"hub.mode": "subscribe", "hub.verify_token": verify_token(secret), "hub.challenge": "42"}
        assert Client(headers=HOST).get(stand.address, asked).status_code == expected


def test_a_door_for_mail_has_no_secret_to_change(opened: Opened, doras: Client) -> None:
    stand = opened(ProviderName.MAIL)

    assert doras.get(f"/ways-in/{stand.door.pk}/secret").status_code == 404
    assert doras.post(f"/ways-in/{stand.door.pk}/secret/swap").status_code == 404
    assert "/secret" not in text(doras.get(f"/ways-in/{stand.door.pk}"))


def test_somebody_without_the_right_changes_nothing(opened: Opened, emil: User, company: None) -> None:
    stand = opened()
    client = Client(headers=HOST)
    client.force_login(emil)
    for path, said in (("change", {"name": "Mine", "language": "pl"}), ("secret", {"overlap": "0"}), ("secret/end", {})):
        assert client.post(f"/ways-in/{stand.door.pk}/{path}", said).status_code == 403

    assert secret_of(stand.door.pk) == stand.secret
    assert Door.objects.get().name == "Ogrzewanie"
