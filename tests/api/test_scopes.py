"""S4 at the machine door: operation × scope × verb, generated from its URLconf."""

import hashlib
import re

import pytest
from django.apps import apps
from django.test import Client

from leadstone.api.description import api_scopes
from leadstone.api.urls import API, urlpatterns
from leadstone.domains.access.rules import Scope
from tests.api.conftest import HOST, Program
from tests.cast import Visitor

# What a GET may add to: who read what, and that a key was used.
OBSERVATIONS = {"audit.auditline", "access.keyuse"}
NOBODY = "00000000-0000-4000-8000-000000000000"
ADDRESSES = [
    re.sub(r"<\w+:\w+>", "1", re.sub(r"<uuid\w*:\w+>", NOBODY, f"/{each.pattern}"))
    for each in urlpatterns
    if f"{each.pattern}".startswith("api/v1/")
]
VERBS = ("get", "head", "options", "post", "put", "patch", "delete")


def digest() -> str:
    """Of every row of every table but observations."""
    found = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.label_lower not in OBSERVATIONS:
            for row in model._base_manager.order_by("pk").values_list():
                found.update(repr(row).encode())
    return found.hexdigest()


def operations() -> list[tuple[str, str, Scope]]:
    """Verb, address and scope of every operation."""
    found = []
    for bound in API._get_bound_routers():
        for place, view in bound.path_operations.items():
            for operation in view.operations:
                given = re.sub(r"\{uuid\w*:[^}]+\}", NOBODY, f"/api/v1{bound.prefix}{place}")
                path = re.sub(r"\{[^}]+\}", "1", given)
                [[scope]] = api_scopes(API, operation.operation_id or "")
                found += [(verb.lower(), path, Scope(scope)) for verb in operation.methods]
    return found


def test_a_stranger_gets_401_at_every_address_with_every_verb_and_changes_nothing(company: None, ann: Visitor) -> None:
    before = digest()
    for shown in ({}, {"authorization": "Bearer lsk_guessed"}):
        client = Client(headers=HOST | shown)
        answers = {(verb, path): getattr(client, verb)(path).status_code for verb in VERBS for path in ADDRESSES}
        assert {place: status for place, status in answers.items() if status != 401} == {}
    assert digest() == before


@pytest.mark.parametrize("scope", list(Scope))
def test_a_key_opens_the_operations_of_its_scope_and_no_other(program: Program, ann: Visitor, scope: Scope) -> None:
    client = program(scope)
    before = digest()
    for verb, path, needed in operations():
        status = getattr(client, verb)(path).status_code
        assert (status == 403) is (needed is not scope), (verb, path, status)
        assert status < 500
    assert digest() == before


def test_no_verb_that_reads_changes_anything(program: Program, ann: Visitor) -> None:
    client = program(*Scope)
    before = digest()
    for path in ADDRESSES:
        for verb in ("get", "head", "options"):
            assert getattr(client, verb)(path).status_code < 500
    assert digest() == before
