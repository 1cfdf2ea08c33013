"""S5: where somebody is signed in, and that each change of what they may do or how they prove who they are ends it all."""

import re
from collections.abc import Callable
from ipaddress import ip_network

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import Team, User
from leadstone.domains.access.rules import Role
from leadstone.domains.access.services import create_user
from leadstone.domains.audit.models import AuditLine
from leadstone.flows import staff_changed
from tests.cast import MONDAY
from tests.studio.conftest import HOST, PASSWORD

pytestmark = pytest.mark.usefixtures("company")
ADDRESS = "emil@cieplo.example"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/18.5 Safari/604.1"


@pytest.fixture
def emil() -> User:
    return User.objects.get(pk=create_user(email=ADDRESS, name="Emil Nowak", role=Role.REP, password=PASSWORD))


def signed_in(agent: str = FIREFOX, *, address: str = "203.0.113.77") -> Client:
    client = Client(headers=HOST | {"user-agent": agent}, REMOTE_ADDR=address)
    client.post("/sign-in", {"login": ADDRESS, "password": PASSWORD})
    return client


def opens(client: Client) -> bool:
    return client.get("/leads/").status_code == 200


def test_each_browser_is_listed_in_words_with_no_more_than_its_network(emil: User) -> None:
    here, _there = signed_in(), signed_in(IPHONE, address="2001:db8:1:2::3")
    page = here.get("/settings/account").content.decode()
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert page.count("this browser") == 1
    assert {str(ip) for ip in UserSession.objects.values_list("ip", flat=True)} == {"203.0.113.0", "2001:db8:1::"}


def test_one_other_session_is_ended_and_the_others_go_on(emil: User) -> None:
    here, there, third = signed_in(), signed_in(IPHONE), signed_in()
    row = UserSession.objects.get(user_agent=IPHONE)
    here.post(f"/settings/account/sessions/{row.pk}")
    assert [opens(client) for client in (here, there, third)] == [True, False, True]
    assert "iPhone" not in here.get("/settings/account").content.decode()


def test_nobody_ends_the_session_of_somebody_else(emil: User, admin: Client) -> None:
    here = signed_in()
    admin.post(f"/settings/account/sessions/{UserSession.objects.get(user=emil).pk}")
    assert opens(here)


def test_all_others_are_ended_at_once(emil: User) -> None:
    here, there, third = signed_in(), signed_in(IPHONE), signed_in()
    here.post("/settings/account/sessions")
    assert [opens(client) for client in (here, there, third)] == [True, False, False]
    assert "iPhone" not in here.get("/settings/account").content.decode()


CHANGES: dict[str, Callable[[Client, User], object]] = {
    "another role": lambda admin, who: admin.post(f"/settings/people/{who.pk}", {"role": "marketer", "active": "yes"}),
    "a closed account": lambda admin, who: admin.post(f"/settings/people/{who.pk}", {"role": "rep"}),
    "another team": lambda admin, who: admin.post(
        f"/settings/people/{who.pk}", {"role": "rep", "active": "yes", "team": Team.objects.get().pk}
    ),
    "another reach of the role": lambda admin, _who: admin.post("/settings/rights", {"rep-leads": "own"}),
    "signed out by an administrator": lambda admin, who: admin.post(f"/settings/people/{who.pk}/sessions"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_changes_the_rights_of_somebody_ends_their_sessions_and_nobody_elses(what: str, emil: User, admin: Client) -> None:
    Team.objects.create(name="South", created_at=MONDAY)
    here, there = signed_in(), signed_in(IPHONE)
    assert opens(here)
    CHANGES[what](admin, emil)
    assert [opens(here), opens(there)] == [False, False]
    assert opens(admin)
    assert AuditLine.objects.exclude(actor_id=emil.pk).count() >= 1


def test_a_change_that_changes_nothing_ends_nothing(emil: User, admin: Client) -> None:
    here = signed_in()
    admin.post(f"/settings/people/{emil.pk}", {"role": "rep", "active": "yes", "language": "pl"})
    admin.post("/settings/rights", {"rep-leads": "team"})
    assert opens(here)


def test_whoever_changes_the_reach_of_their_own_role_goes_on(admin: Client) -> None:
    admin.post("/settings/rights", {"admin-leads": "team"})
    assert opens(admin)


def test_the_session_cookie_is_for_the_server_alone(emil: User) -> None:
    cookie = signed_in().cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert bool(cookie["secure"]) == settings.STUDIO_URL.startswith("https://")


def test_signing_in_gives_the_session_another_key_and_is_written_down(emil: User) -> None:
    client = Client(headers=HOST)
    client.get("/sign-in")
    before = client.session.session_key
    client.post("/sign-in", {"login": ADDRESS, "password": PASSWORD})
    assert client.session.session_key != before
    line = AuditLine.objects.get(action="signed_in")
    assert (line.actor_id, line.subject_id, line.facts) == (emil.pk, emil.pk, {"second_factor": "no"})


@pytest.mark.parametrize(
    ("trusted", "chain", "kept"),
    [
        ((), "198.51.100.9", "203.0.113.0"),
        (("203.0.113.0/24",), "10.9.9.9, 198.51.100.9", "198.51.100.0"),
        (("203.0.113.0/24",), "198.51.100.9, 203.0.113.5", "198.51.100.0"),
        (("203.0.113.0/24",), "<script>", "127.0.0.0"),
    ],
)
def test_the_network_is_the_one_behind_our_own_proxies_and_never_a_made_up_one(
    emil: User, monkeypatch: pytest.MonkeyPatch, trusted: tuple[str, ...], chain: str, kept: str
) -> None:
    monkeypatch.setattr("leadstone.studio.sign_in.adapter.TRUSTED", tuple(map(ip_network, trusted)))
    client = Client(headers=HOST | {"x-forwarded-for": chain}, REMOTE_ADDR="203.0.113.77")
    client.post("/sign-in", {"login": ADDRESS, "password": PASSWORD})
    assert str(UserSession.objects.get().ip) == kept


def test_a_reset_from_the_server_also_closes_the_calendar_that_is_read_from_elsewhere(emil: User) -> None:
    page = signed_in().post("/activities/calendar", {"act": "make"}).content.decode()
    found = re.search(r"/activities/calendar/[\w-]+\.ics", page)
    assert found
    program = Client(headers=HOST)
    assert program.get(found[0]).status_code == 200

    staff_changed.reset_account(user_id=emil.pk, password=f"{PASSWORD} again", now=timezone.now())

    assert program.get(found[0]).status_code == 404


def test_an_invitation_that_lies_about_opens_nothing_once_the_password_was_changed(emil: User) -> None:
    token = staff_changed.invite(user_id=emil.pk, by=emil.pk, now=timezone.now())

    staff_changed.change_password(user_id=emil.pk, password=f"{PASSWORD} again", by=emil.pk, now=timezone.now())

    assert staff_changed.invited(token, now=timezone.now()) is None


def test_nobody_guesses_the_password_from_an_open_browser(emil: User) -> None:
    client, wanted = signed_in(), f"{PASSWORD} again"
    for number in range(5):
        client.post("/settings/account/password", {"old": f"guess {number}", "new": wanted})

    client.post("/settings/account/password", {"old": PASSWORD, "new": wanted})

    emil.refresh_from_db()
    assert emil.check_password(PASSWORD)
