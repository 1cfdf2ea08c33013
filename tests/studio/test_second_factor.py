"""S5: a code from an app beside the password, recovery codes for the day when it is lost."""

import re
from base64 import b32decode
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha1
from hmac import new
from struct import pack, unpack

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.access.services import create_user
from leadstone.domains.audit.models import AuditLine
from tests.cast import MONDAY
from tests.studio.conftest import HOST, PASSWORD

pytestmark = pytest.mark.usefixtures("company")
ADDRESS = "emil@cieplo.example"
ADD = "/settings/account/second-factor"


def code_of(secret: str, *, at: datetime) -> str:
    """The six digits that an app shows (RFC 6238, RFC 4226 §5.3)."""
    digest = new(b32decode(secret), pack(">Q", int(at.timestamp()) // 30), sha1).digest()
    start = digest[-1] & 15
    return f"{(unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def emil(clock: time_machine.Traveller) -> User:
    return User.objects.get(pk=create_user(email=ADDRESS, name="Emil Nowak", role=Role.REP, password=PASSWORD))


def with_password(password: str = PASSWORD) -> Client:
    client = Client(headers=HOST)
    client.post("/sign-in", {"login": ADDRESS, "password": password})
    return client


def opens(client: Client) -> bool:
    return client.get("/leads/").status_code == 200


def shown_once_more(client: Client, *, then: str) -> None:
    client.post(f"/sign-in/again?next={then}", {"password": PASSWORD, "next": then})


def turned_on(client: Client) -> tuple[str, list[str]]:
    """Secret and recovery codes of a fresh second factor."""
    shown_once_more(client, then=ADD)
    page = client.get(ADD).content.decode()
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found, page
    secret = found[1].replace(" ", "")
    done = client.post(ADD, {"code": code_of(secret, at=MONDAY)}).content.decode()
    return secret, re.findall(r"<li><code>(\d{4} \d{4})</code>", done)


def test_the_page_with_the_secret_asks_for_the_password_first(emil: User) -> None:
    client = with_password()
    assert client.get(ADD).headers["location"] == f"/sign-in/again?next={ADD.replace('/', '%2F')}"
    assert client.post("/sign-in/again", {"password": "wrong", "next": ADD}).status_code == 200
    assert client.get(ADD).status_code == 302
    shown_once_more(client, then=ADD)
    page = client.get(ADD)
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]
    assert "no-store" in page.headers["Cache-Control"]


def test_a_code_is_asked_for_from_then_on_and_each_works_once(emil: User, clock: time_machine.Traveller) -> None:
    secret, codes = turned_on(with_password())
    assert len(set(codes)) == 10
    client = with_password()
    assert not opens(client)
    assert client.post("/sign-in/code", {"code": "000000"}).status_code == 200
    assert not opens(client)
    clock.move_to(MONDAY + timedelta(seconds=60), tick=False)
    fresh = code_of(secret, at=MONDAY + timedelta(seconds=60))
    assert client.post("/sign-in/code", {"code": fresh}).status_code == 302
    assert opens(client)
    another = with_password()
    clock.move_to(MONDAY + timedelta(seconds=85), tick=False)
    assert "does not fit" in another.post("/sign-in/code", {"code": fresh}).content.decode()
    assert not opens(another)


@pytest.mark.parametrize("written", ["{0} {1}", "{0}-{1}", " {0}{1}"])
def test_a_code_that_was_used_is_not_another_one_when_it_is_written_otherwise(
    emil: User, clock: time_machine.Traveller, written: str
) -> None:
    secret, _codes = turned_on(with_password())
    clock.move_to(MONDAY + timedelta(seconds=60), tick=False)
    fresh = code_of(secret, at=MONDAY + timedelta(seconds=60))
    assert with_password().post("/sign-in/code", {"code": fresh}).status_code == 302
    clock.move_to(MONDAY + timedelta(seconds=95), tick=False)
    another = with_password()
    another.post("/sign-in/code", {"code": written.format(fresh[:3], fresh[3:])})

    assert not opens(another)


def test_a_recovery_code_opens_once(emil: User) -> None:
    _secret, codes = turned_on(with_password())
    first = with_password()
    first.post("/sign-in/code", {"code": codes[0]})
    assert opens(first)
    second = with_password()
    second.post("/sign-in/code", {"code": codes[0]})
    assert not opens(second)
    second.post("/sign-in/code", {"code": codes[1].replace(" ", "")})
    assert opens(second)
    assert "8 recovery codes are left" in second.get("/settings/account").content.decode()


def test_after_five_wrong_codes_even_the_right_one_waits(emil: User) -> None:
    _secret, codes = turned_on(with_password())
    client = with_password()
    for number in range(5):
        client.post("/sign-in/code", {"code": f"00000{number}"})
    assert "Too many attempts" in client.post("/sign-in/code", {"code": codes[0]}).content.decode()
    assert not opens(client)
    elsewhere = with_password()
    elsewhere.post("/sign-in/code", {"code": codes[0]})
    assert not opens(elsewhere)


def test_turning_it_on_or_off_and_new_codes_end_every_other_session(emil: User) -> None:
    here, elsewhere = with_password(), with_password()
    turned_on(here)
    assert (opens(here), opens(elsewhere)) == (True, False)
    for path in ("/settings/account/second-factor/codes", "/settings/account/second-factor/remove"):
        there = Client(headers=HOST)
        there.force_login(User.objects.get(pk=emil.pk))
        assert opens(there)
        here.post(path)
        assert (opens(here), opens(there)) == (True, False), path
    assert not Authenticator.objects.exists()
    actions = AuditLine.objects.filter(actor_id=emil.pk).order_by("pk").values_list("action", flat=True)
    assert [one for one in actions if one.startswith("factor")] == ["factor_added", "factor_added", "factor_removed"]


def test_new_recovery_codes_make_the_old_ones_worthless(emil: User) -> None:
    here = with_password()
    _secret, old = turned_on(here)
    fresh = re.findall(r"<li><code>(\d{4} \d{4})</code>", here.post("/settings/account/second-factor/codes").content.decode())
    assert not set(old) & set(fresh)
    client = with_password()
    client.post("/sign-in/code", {"code": old[0]})
    assert not opens(client)
    client.post("/sign-in/code", {"code": fresh[0]})
    assert opens(client)


def test_removing_it_asks_who_it_is_and_then_carries_it_out(emil: User, clock: time_machine.Traveller) -> None:
    here = with_password()
    turned_on(here)
    clock.move_to(MONDAY + timedelta(hours=1), tick=False)
    asked = here.post("/settings/account/second-factor/remove")
    assert asked.headers["location"].startswith("/sign-in/again")
    assert Authenticator.objects.exists()
    here.post(asked.headers["location"], {"password": PASSWORD, "next": "/settings/account/second-factor/remove"})
    assert not Authenticator.objects.exists()
    assert opens(with_password())


def test_the_second_step_cannot_be_reached_without_the_first(emil: User) -> None:
    _secret, codes = turned_on(with_password())
    client = Client(headers=HOST)
    assert client.get("/sign-in/code").headers["location"] == "/sign-in"
    client.post("/sign-in/code", {"code": codes[0]})
    assert not opens(client)
    wrong = with_password("not the password")
    wrong.post("/sign-in/code", {"code": codes[0]})
    assert not opens(wrong)


def test_a_copy_of_the_database_shows_no_secret(emil: User) -> None:
    secret, codes = turned_on(with_password())
    kept = repr(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(code in kept or code.replace(" ", "") in kept for code in codes)


def test_an_administrator_sees_who_has_one_and_removes_it_for_who_lost_the_telephone(emil: User, admin: Client) -> None:
    turned_on(with_password())
    assert ">on</td>" in admin.get("/settings/people").content.decode().replace("\n", "")
    admin.post(f"/settings/people/{emil.pk}/factor")
    assert not Authenticator.objects.exists()
    assert opens(with_password())
