"""People, teams, rights: who may sign in, as what, and whose rows they see."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import Team, User
from leadstone.domains.access.rules import Role
from leadstone.domains.access.services import create_user
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.leads.models import Lead
from leadstone.flows import staff_changed
from tests.cast import MONDAY, Visitor, ask, published, staff
from tests.studio.conftest import HOST, PASSWORD, Browser

pytestmark = pytest.mark.usefixtures("company")
GOSIA = {"name": "Gosia Wilk", "email": "gosia@cieplo.example", "role": "rep", "team": "", "password": ""}


def link_in(page: str) -> str:
    found = re.search(r'value="https?://[^/"]+(/sign-in/welcome/[\w-]+)"', page)
    assert found, page
    return found[1]


def test_somebody_invited_chooses_a_password_once_with_a_link_that_is_shown_once(admin: Client) -> None:
    path = link_in(admin.post("/settings/people", GOSIA).content.decode())
    assert path not in admin.get("/settings/people").content.decode()
    assert "invited" in admin.get("/settings/people").content.decode()
    newcomer = Client(headers=HOST)
    page = newcomer.get(path)
    assert "Gosia Wilk" in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert newcomer.post(path, {"password": "1234567890"}).status_code == 422
    assert newcomer.post(path, {"password": PASSWORD}).headers["location"] == "/sign-in"
    newcomer.post("/sign-in", {"login": GOSIA["email"], "password": PASSWORD})
    assert newcomer.get("/leads/").status_code == 200
    assert newcomer.get(path).status_code == 404
    assert Client(headers=HOST).post(path, {"password": "another sentence here"}).status_code == 404


def test_before_the_link_is_used_no_password_opens_the_account(admin: Client) -> None:
    admin.post("/settings/people", GOSIA)
    for guess in ("", "!", PASSWORD):
        client = Client(headers=HOST)
        client.post("/sign-in", {"login": GOSIA["email"], "password": guess})
        assert client.get("/leads/").status_code == 302


def test_a_newer_link_and_a_closed_account_make_a_link_worthless(admin: Client) -> None:
    first = link_in(admin.post("/settings/people", GOSIA).content.decode())
    gosia = User.objects.get(email=GOSIA["email"])
    second = link_in(admin.post(f"/settings/people/{gosia.pk}/link").content.decode())
    stranger = Client(headers=HOST)
    assert [stranger.get(path).status_code for path in (first, second)] == [404, 200]
    admin.post(f"/settings/people/{gosia.pk}", {"role": "rep"})
    assert stranger.get(second).status_code == 404


def test_a_link_is_too_old_after_three_days(admin: Client) -> None:
    admin.post("/settings/people", GOSIA)
    token = staff_changed.invite(user_id=User.objects.get(email=GOSIA["email"]).pk, by=1, now=MONDAY)
    assert staff_changed.invited(token, now=MONDAY + staff_changed.INVITATION_LASTS) is None
    assert staff_changed.accept_invitation(token, password=PASSWORD, now=timezone.now()) is None


def test_team_language_and_clock_of_a_colleague_are_kept(admin: Client) -> None:
    emil = staff("Emil", Role.REP)
    admin.post("/settings/teams", {"name": "  South   side "})
    team = Team.objects.get()
    told = {"role": "rep", "active": "yes", "team": team.pk, "language": "pl", "time_zone": "Europe/Warsaw"}
    assert admin.post(f"/settings/people/{emil.pk}", told).status_code == 302
    emil.refresh_from_db()
    assert (emil.team_id, emil.language, emil.time_zone, team.name) == (team.pk, "pl", "Europe/Warsaw", "South side")
    wrong = admin.post(f"/settings/people/{emil.pk}", told | {"team": 999, "time_zone": "../etc"})
    assert set(wrong.context["form"].errors) == {"team", "time_zone"}


def test_a_team_is_renamed_and_dissolved_only_when_nobody_is_in_it(admin: Client) -> None:
    for name in ("South", "North"):
        admin.post("/settings/teams", {"name": name})
    south = Team.objects.get(name="South")
    User.objects.filter(pk=staff("Emil", Role.REP).pk).update(team=south)
    for path, name in (("/settings/teams", "SOUTH"), (f"/settings/teams/{south.pk}", "north")):
        assert "a team of this name already" in admin.post(path, {"name": name}, follow=True).content.decode()
    admin.post(f"/settings/teams/{south.pk}", {"name": "Silesia"})
    assert Team.objects.filter(name="Silesia").exists()
    assert "still in this team" in admin.post(f"/settings/teams/{south.pk}/dissolve", follow=True).content.decode()
    User.objects.update(team=None)
    admin.post(f"/settings/teams/{south.pk}/dissolve")
    assert list(Team.objects.values_list("name", flat=True)) == ["North"]


def test_reach_decides_whose_leads_a_colleague_sees_in_the_list_and_by_address(
    ann: Visitor, bob: Visitor, browser_of: Browser, admin: Client
) -> None:
    third = ask(published(), "carl@example.org", name="Carl")
    browser_of(Role.REP)
    emil, gosia = User.objects.get(role="rep"), staff("Gosia", Role.REP)
    Lead.objects.filter(pk=ann.lead_id).update(owner=emil)
    Lead.objects.filter(pk=bob.lead_id).update(owner=gosia)

    def seen() -> set[str]:
        client = browser_of(Role.REP)
        names = {name for name in ("Ann Nowak", "Bob", "Carl") if name in client.get("/leads/").content.decode()}
        cards = {ann.lead_id: "Ann Nowak", bob.lead_id: "Bob", third.lead_id: "Carl"}
        assert {name for pk, name in cards.items() if client.get(f"/leads/{pk}").status_code == 200} == names
        return names

    assert seen() == {"Ann Nowak", "Carl"}
    admin.post("/settings/rights", {"rep-leads": "all"})
    assert seen() == {"Ann Nowak", "Bob", "Carl"}
    admin.post("/settings/rights", {"rep-leads": "own"})
    team = Team.objects.create(name="South", created_at=MONDAY)
    User.objects.filter(role="rep").update(team=team)
    assert seen() == {"Ann Nowak", "Carl"}
    admin.post("/settings/rights", {"rep-leads": "team"})
    assert seen() == {"Ann Nowak", "Bob", "Carl"}


def test_an_export_holds_no_row_out_of_reach(ann: Visitor, bob: Visitor, browser_of: Browser, admin: Client) -> None:
    admin.post("/settings/rights", {"manager-leads": "own"})
    manager = browser_of(Role.MANAGER)
    Lead.objects.filter(pk=bob.lead_id).update(owner=staff("Gosia", Role.REP))
    told = b"".join(manager.get("/leads/export.csv").streaming_content).decode()
    assert "Ann Nowak" in told
    assert "bob@example.org" not in told
    line = AuditLine.objects.get(action="exported")
    assert line.facts == {"list": "leads", "rows": 1}


def test_words_that_are_no_reach_change_nothing(admin: Client) -> None:
    admin.post("/settings/rights", {"rep-leads": "everything", "king-leads": "all", "rep-castles": "all"})
    assert not AuditLine.objects.filter(action="reach_changed").exists()
    assert "Kept" not in admin.get("/settings/rights").content.decode()


def test_each_change_of_people_is_one_line_of_the_audit_log_without_names(admin: Client) -> None:
    admin.post("/settings/people", GOSIA)
    gosia = User.objects.get(email=GOSIA["email"])
    admin.post(f"/settings/people/{gosia.pk}", {"role": "manager", "active": "yes"})
    admin.post("/settings/rights", {"rep-deals": "own"})
    lines = AuditLine.objects.order_by("pk")
    assert [line.action for line in lines] == ["account_opened", "password_changed", "role_changed", "reach_changed"]
    assert lines[2].facts == {"role": "manager", "open": "yes"}
    assert lines[3].facts == {"role": "rep", "thing": "deals", "reach": "own"}
    assert "gosia" not in repr(list(lines.values())).lower()


def test_signing_in_costs_the_same_work_for_unknown_closed_and_invited_accounts(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin.post("/settings/people", GOSIA)
    closed = create_user(email="closed@cieplo.example", name="Closed", role=Role.REP, password=PASSWORD)
    User.objects.filter(pk=closed).update(is_active=False)
    create_user(email="open@cieplo.example", name="Open", role=Role.REP, password=PASSWORD)
    hashed: list[str] = []
    encode = "django.contrib.auth.hashers.Argon2PasswordHasher"
    for method in ("encode", "verify"):
        monkeypatch.setattr(f"{encode}.{method}", lambda _self, text, _other, **_rest: hashed.append(text) or False)
    answers = []
    for address in ("nobody@cieplo.example", GOSIA["email"], "closed@cieplo.example", "open@cieplo.example"):
        hashed.clear()
        answer = Client(headers=HOST).post("/sign-in", {"login": address, "password": "a wrong sentence"})
        answers.append((answer.status_code, len(answer.content) - len(address), len(hashed)))
    assert len(set(answers)) == 1, answers
