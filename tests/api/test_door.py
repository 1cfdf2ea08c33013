"""The gate of the machine door: keys, limits, problems (promise S8), and who reads what (promise S9)."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from leadstone.api import door, magnets
from leadstone.api.limits import Limiter
from leadstone.domains.access.models import ApiKey, KeyUse, Team, User
from leadstone.domains.access.rules import Role, Scope
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.leads.models import Lead
from leadstone.flows import keys_changed
from leadstone.kernel.errors import LeadstoneError
from tests.api.conftest import HOST, Program
from tests.cast import MONDAY, Visitor, staff

PROBLEM = "application/problem+json"


def kind_of(answer) -> str:  # type: ignore[no-untyped-def]
    assert answer.headers["content-type"] == PROBLEM, answer.content
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["title"].endswith(".")
    return str(body["type"]).removeprefix("urn:leadstone:problem:")


@pytest.mark.parametrize("shown", ["", "Bearer lsk_guessed", "Basic abc", "lsk_guessed", "Bearer", "Bearer a b"])
def test_without_a_key_of_ours_nothing_opens(company: None, shown: str) -> None:
    answer = Client(headers=HOST | ({"authorization": shown} if shown else {})).get("/api/v1/magnets")
    assert (answer.status_code, kind_of(answer)) == (401, "key_missing")
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_a_key_opens_what_its_scopes_name_and_nothing_else(program: Program, ann: Visitor) -> None:
    reader = program(Scope.READ_MAGNETS)
    assert [each["slug"] for each in reader.get("/api/v1/magnets").json()["items"]] == ["heating"]
    refused = reader.get("/api/v1/leads")
    assert (refused.status_code, kind_of(refused)) == (403, "scope_missing")
    assert "leads:read" in refused.json()["detail"]


def test_only_the_hash_of_a_key_is_kept(program: Program) -> None:
    client = program(Scope.READ_MAGNETS)
    secret = client.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    kept = repr(ApiKey.objects.values_list().get())
    assert len(secret) > 40
    assert secret not in kept
    assert secret[:8] in kept


def test_a_revoked_key_and_one_that_ran_out_open_nothing(program: Program) -> None:
    old = program(Scope.READ_MAGNETS, expires_at=MONDAY - timedelta(days=1))
    assert old.get("/api/v1/magnets").status_code == 401
    client = program(Scope.READ_MAGNETS)
    key_id = ApiKey.objects.order_by("-pk")[0].pk
    now = timezone.now()
    by = staff("Ola", Role.ADMIN).pk
    assert keys_changed.revoke_key(key_id=key_id, by=by, now=now)
    assert client.get("/api/v1/magnets").status_code == 401
    assert keys_changed.take_back_revocation(key_id=key_id, by=by, now=now + timedelta(minutes=1))
    assert client.get("/api/v1/magnets").status_code == 200
    assert list(AuditLine.objects.filter(subject="key", subject_id=key_id).order_by("pk").values_list("action", flat=True)) == [
        "key_made",
        "key_revoked",
        "key_back",
    ]


def test_a_revocation_is_taken_back_only_at_once(program: Program) -> None:
    program(Scope.READ_MAGNETS)
    key_id = ApiKey.objects.get().pk
    by = staff("Ola", Role.ADMIN).pk
    keys_changed.revoke_key(key_id=key_id, by=by, now=MONDAY)
    assert not keys_changed.take_back_revocation(key_id=key_id, by=by, now=MONDAY + timedelta(hours=1))


def test_a_key_of_a_team_sees_the_leads_of_that_team_and_those_of_nobody(program: Program, ann: Visitor, bob: Visitor) -> None:
    here, there = (Team.objects.create(name=name, created_at=MONDAY) for name in ("Here", "There"))
    for name, team, who in (("Emil", here, ann), ("Gosia", there, bob)):
        owner = staff(name, Role.REP)
        User.objects.filter(pk=owner.pk).update(team=team)
        Lead.objects.filter(pk=who.lead_id).update(owner=owner)
    client = program(Scope.READ_LEADS, team_id=here.pk)
    assert [each["id"] for each in client.get("/api/v1/leads").json()["items"]] == [ann.lead_id]
    assert client.get(f"/api/v1/leads/{ann.lead_id}").status_code == 200
    hidden = client.get(f"/api/v1/leads/{bob.lead_id}")
    missing = client.get("/api/v1/leads/999999")
    assert (hidden.status_code, hidden.json()) == (404, missing.json())
    Team.objects.filter(pk=here.pk).delete()
    assert client.get("/api/v1/leads").json()["items"] == []


def test_each_read_of_leads_is_in_the_audit_log_without_a_personal_value(program: Program, ann: Visitor) -> None:
    client = program(Scope.READ_LEADS)
    before = AuditLine.objects.count()
    client.get("/api/v1/leads")
    client.get(f"/api/v1/leads/{ann.lead_id}")
    lines = list(AuditLine.objects.order_by("pk").values_list("action", "subject", "subject_id", "facts"))[before:]
    key_id = ApiKey.objects.get().pk
    assert lines == [
        ("read", "list", None, {"list": "leads", "rows": 1, "key": key_id}),
        ("read", "lead", ann.lead_id, {"key": key_id}),
    ]


def test_a_lead_shows_no_number_to_call(program: Program, ann: Visitor) -> None:
    told = program(Scope.READ_LEADS).get(f"/api/v1/leads/{ann.lead_id}").json()
    assert (told["name"], told["email"], told["mailbox_proven"]) == ("Ann Nowak", "ann@zaklad.example.com", True)
    assert "601" not in json.dumps(told)


def test_that_a_key_was_used_is_one_row_a_day(program: Program) -> None:
    client = program(Scope.READ_MAGNETS)
    for _ in range(3):
        client.get("/api/v1/magnets")
    assert KeyUse.objects.count() == 1


def test_wrong_values_are_named_in_words(program: Program, company: None) -> None:
    answer = program(Scope.READ_LEADS).get("/api/v1/leads?page=0&status=sold&size=many")
    assert (answer.status_code, kind_of(answer)) == (422, "invalid_request")
    assert {each["where"] for each in answer.json()["errors"]} == {"query.page", "query.status", "query.size"}


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v2/magnets", "/api/v1/nothing", "/api/v1/leads/abc"])
def test_an_unknown_address_is_a_problem_too(program: Program, path: str) -> None:
    answer = program(Scope.READ_LEADS).get(path)
    assert (answer.status_code, kind_of(answer)) == (404, "not_found")


def test_an_id_beyond_every_table_is_no_lead(program: Program) -> None:
    assert program(Scope.READ_LEADS).get(f"/api/v1/leads/{2**70}").status_code == 404


def test_a_method_that_an_address_does_not_take_is_a_problem_that_names_the_others(program: Program) -> None:
    answer = program(Scope.READ_MAGNETS).delete("/api/v1/magnets")
    assert (answer.status_code, kind_of(answer), answer.headers["allow"]) == (405, "method_not_allowed", "GET")


def test_whoever_asks_too_often_hears_when_to_ask_again(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0.0, 0.0, 0.0, 0.5, 2.0])
    monkeypatch.setattr(door, "limiter", Limiter(a_minute=60, burst=2, clock=lambda: next(moments)))
    client = program(Scope.READ_MAGNETS)
    answers = [client.get("/api/v1/magnets") for _ in range(5)]
    assert [each.status_code for each in answers] == [200, 200, 429, 429, 200]
    assert answers[2].headers["retry-after"] == "1"
    assert kind_of(answers[2]) == "too_many_requests"


def test_too_much_is_refused_before_it_is_read(program: Program) -> None:
    client = program(Scope.READ_MAGNETS)
    answer = client.post("/api/v1/magnets", data=b"x" * 70_000, content_type="application/json")
    assert (answer.status_code, kind_of(answer)) == (413, "too_large")


def test_a_contradiction_in_the_database_is_409_and_a_fault_is_500_without_its_reason(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = program(Scope.READ_MAGNETS)
    for fault, status, kind in (
        (IntegrityError("secret detail"), 409, "conflict"),
        (RuntimeError("secret detail"), 500, "fault"),
        (LeadstoneError("Not like this."), 422, "error"),
    ):

        def broken(error: Exception = fault) -> None:
            raise error

        monkeypatch.setattr(magnets.magnets, "published_magnets", broken)
        answer = client.get("/api/v1/magnets")
        assert (answer.status_code, kind_of(answer)) == (status, kind)
        assert b"secret detail" not in answer.content


def test_a_session_of_the_studio_opens_nothing_here_and_no_cookie_is_set(company: None, ann: Visitor) -> None:
    client = Client(headers=HOST)
    client.force_login(staff("Ola", Role.ADMIN))
    assert client.get("/api/v1/leads").status_code == 401
    described = client.get("/api/openapi.json")
    assert described.status_code == 200
    assert not described.cookies
    assert "cookie" not in described.headers.get("vary", "").lower()


@pytest.mark.parametrize(
    ("path", "body", "where"),
    [
        ("/api/v1/leads?statsu=new", None, "query.statsu"),
        ("/api/v1/leads?=new", None, "query."),
        ("/api/v1/leads/1?page=1", None, "query.page"),
        ("/api/v1/redemptions/check?code=A", {"code": "A"}, "query.code"),
        ("/api/v1/redemptions/check", {"code": "A", "amount": 100}, "body.amount"),
        ("/api/v1/trials/start", {"token": "t", "amount": 100}, "body.amount"),
    ],
)
def test_what_is_not_known_is_refused_and_never_overlooked(
    program: Program, ann: Visitor, path: str, body: dict[str, object] | None, where: str
) -> None:
    client = program(*Scope)
    answer = client.get(path) if body is None else client.post(path, body, content_type="application/json")
    assert (answer.status_code, kind_of(answer)) == (422, "invalid_request")
    assert [each["where"] for each in answer.json()["errors"]] == [where]


def test_a_length_that_is_no_number_is_refused(program: Program) -> None:
    answer = program(Scope.READ_MAGNETS).get("/api/v1/magnets", headers={"content-length": "²"})
    assert (answer.status_code, kind_of(answer)) == (413, "too_large")
