"""The description is valid, complete, and true: schemathesis asks what it says, and more (promise S8)."""

import re
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from leadstone.api import door
from leadstone.api.limits import Limiter
from leadstone.api.routers import ROUTERS
from leadstone.api.urls import API, urlpatterns
from leadstone.domains.access.rules import Scope
from leadstone.project.wsgi import application
from tests.api.conftest import HOST, Program
from tests.cast import Visitor

EXAMPLES = 25
CALM = list(HealthCheck)


@pytest.fixture
def told(company: None) -> Any:
    return Client(headers=HOST).get("/api/openapi.json").json()


def test_every_operation_is_described_with_its_scope_and_its_problems(told: Any) -> None:
    operations = [each for methods in told["paths"].values() for each in methods.values()]
    assert told["openapi"].startswith("3.1")
    assert len({each["operationId"] for each in operations}) == len(operations) > len(ROUTERS)
    for each in operations:
        assert len(each["security"][0]["key"]) == 1, each["operationId"]
        assert set(each["security"][0]["key"]) <= set(Scope), each["operationId"]
        assert {"401", "403", "422", "429", "500"} <= set(each["responses"]), each["operationId"]
        assert each["description"].endswith("."), each["operationId"]


def test_every_scope_opens_something(told: Any) -> None:
    named = {each["security"][0]["key"][0] for methods in told["paths"].values() for each in methods.values()}
    assert named == set(Scope)


def test_there_is_no_address_that_is_not_described(told: Any) -> None:
    served = {"/" + re.sub(r"<\w+:(\w+)>", r"{\1}", str(each.pattern)) for each in urlpatterns if each.name != "openapi"}
    assert {path for path in served if path.startswith("/api/v1/")} == set(told["paths"])
    assert API.urls_namespace == "api-1"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_what_is_described_is_what_is_answered(
    program: Program, ann: Visitor, monkeypatch: pytest.MonkeyPatch, mode: GenerationMode
) -> None:
    """Every operation, with values that fit and values that do not: no fault, and only answers that are described."""
    monkeypatch.setattr(door, "limiter", Limiter(a_minute=1e9, burst=1e9))
    headers = {"Host": "127.0.0.1", "Authorization": program(*Scope).defaults["HTTP_AUTHORIZATION"]}
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application, headers=headers)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert operations
    for operation in operations:
        ask_many(operation, mode, headers)


def ask_many(operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, headers: dict[str, str]) -> None:
    checked = settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=CALM)

    @checked
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        # Two cases under one name would be one request; the name is tested by itself.
        case.headers.pop("Idempotency-Key", None)
        answer = case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])
        # A code that is mistyped or used up is refused by 422 too; but never as a request that does not fit its description.
        if mode is GenerationMode.POSITIVE and answer.status_code == 422:
            assert answer.json()["type"] != "urn:leadstone:problem:invalid_request", answer.text

    ask()
