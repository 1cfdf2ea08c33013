"""Idempotency keys: the same request twice is done once; what was refused may be tried again."""

import json
import threading
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from ninja import NinjaAPI, Router, Schema, Status

from leadstone.api.door import KeyWith, guarded
from leadstone.api.problems import answer_problems
from leadstone.domains.access.models import KeptAnswer, Team
from leadstone.domains.access.rules import Scope
from leadstone.kernel.errors import LeadstoneError
from tests.api.conftest import Program
from tests.cast import MONDAY


class TeamIn(Schema):
    name: str


router = Router()


@router.post("/teams", response={201: dict[str, int]}, auth=KeyWith(Scope.WRITE_TRIALS))
def found(request: HttpRequest, team: TeamIn) -> Status:
    """Stands in for any operation that writes and then may refuse."""
    made = Team.objects.create(name=team.name, created_at=MONDAY)
    if team.name.startswith("bad"):
        raise LeadstoneError("Not like this.")
    return Status(201, {"id": made.pk})


@pytest.fixture(scope="module")
def view() -> Any:
    api = NinjaAPI(urls_namespace="twice", docs_url=None, openapi_url=None)
    answer_problems(api)
    api.add_router("", router)
    return guarded(next(each for each in api.urls[0] if each.name != "api-root").callback, takes={"POST": frozenset()})


@pytest.fixture
def post(program: Program, view: Any) -> Any:
    shown = program(Scope.WRITE_TRIALS).defaults["HTTP_AUTHORIZATION"]
    factory = RequestFactory()

    def send(name: str, key: str = "one", **more: Any) -> Any:
        headers = {"authorization": shown} | ({"idempotency-key": key} if key else {})
        body = json.dumps({"name": name} | more)
        return view(factory.post("/teams", body, content_type="application/json", headers=headers))

    return send


def test_the_same_request_is_answered_again_and_done_once(post: Any) -> None:
    first, second = post("Here"), post("Here")
    assert (first.status_code, second.status_code, first.content) == (201, 201, second.content)
    assert "idempotent-replayed" not in first.headers
    assert second.headers["idempotent-replayed"] == "true"
    assert Team.objects.count() == 1


def test_another_request_under_the_same_name_is_refused(post: Any) -> None:
    post("Here")
    answer = post("There")
    assert (answer.status_code, json.loads(answer.content)["type"]) == (422, "urn:leadstone:problem:idempotency_key_reused")
    assert Team.objects.count() == 1


def test_without_a_name_each_request_is_another(post: Any) -> None:
    assert [post(name, key="").status_code for name in ("Here", "There", "There")] == [201, 201, 409]


def test_what_is_refused_changes_nothing_and_its_name_is_free_again(post: Any) -> None:
    assert post("bad idea").status_code == 422
    assert not Team.objects.exists()
    assert not KeptAnswer.objects.exists()
    assert post("Good idea").status_code == 201


@pytest.mark.parametrize("key", ["ż", "a b", "x" * 201])
def test_a_name_that_is_none_is_refused(post: Any, key: str) -> None:
    assert post("Here", key=key).status_code == 400
    assert not Team.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_under_one_name_are_done_once(program: Program, view: Any) -> None:
    shown = program(Scope.WRITE_TRIALS).defaults["HTTP_AUTHORIZATION"]
    answers: list[tuple[int, bytes]] = []

    def send() -> None:
        headers = {"authorization": shown, "idempotency-key": "one"}
        request = RequestFactory().post("/teams", '{"name": "Here"}', content_type="application/json", headers=headers)
        answer = view(request)
        answers.append((answer.status_code, answer.content))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _body in answers} == {201}
    assert len(set(answers)) == 1
    assert Team.objects.count() == 1


def test_the_door_keeps_no_token_of_a_page(program: Program) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    strict.defaults |= program(Scope.READ_MAGNETS).defaults
    assert strict.post("/api/v1/magnets").status_code == 405
