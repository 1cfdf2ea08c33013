"""S4: who may do what at which address, generated from the URLconf: role × route × verb.

A view that declares no right, an address with a parameter that no row fills in, and a GET that changes something all fail here
without anybody having thought of them.
"""

import hashlib
from collections.abc import Callable, Iterable
from functools import cache

import pytest
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client

from leadstone.domains.access.models import Team, User
from leadstone.domains.access.rules import RIGHTS, Right, Role, may
from leadstone.studio.company.words import REACH, RIGHT, THING
from tests.cast import MONDAY, Visitor, staff
from tests.studio.conftest import HOST, PASSWORD, Browser
from tests.studio.routes import OWNED, Route, routes
from tests.studio.rows import one_of_each

pytestmark = pytest.mark.usefixtures("company")

OPEN_TO_ALL = {
    "livez",
    "language",
    "metrics",
    "set_up",
    "welcome",
    "calendar_feed",
    "mfa_authenticate",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_reset_password",
}
# What a GET may add to: who is here, and who read what.
OBSERVATIONS = {"sessions.session", "usersessions.usersession", "audit.auditline"}
OPENED = {200, 204, 301, 302, 303, 404, 405, 410, 422}
VERBS = ("get", "post")

Send = Callable[[Route], HttpResponseBase]


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


@pytest.fixture(autouse=True)
def _everybody(company: None) -> None:
    """One account of each role, with a password: it is asked for again before a second factor changes."""
    for role in Role:
        User.objects.filter(pk=staff(role.value, role).pk).update(password=_hashed())


@pytest.fixture
def everywhere(ann: Visitor, emil: User) -> list[Route]:
    """Every route, with an existing row for each of its parameters that nobody owns."""
    return routes(one_of_each(ann, owner=None, colleague=emil))


def closed(found: Iterable[Route]) -> list[Route]:
    return [route for route in found if not route.is_open]


def quiet(client: Client) -> Client:
    """A fault is an answer like any other, so that all of them are told at once."""
    client.raise_request_exception = False
    return client


def digest() -> str:
    """Of every row of every table but observations."""
    found = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.label_lower not in OBSERVATIONS:
            for row in model._base_manager.order_by("pk").values_list():
                found.update(repr(row).encode())
    return found.hexdigest()


def unchanged(found: Iterable[Route], send: Send) -> dict[Route, int]:
    """Ask every route; the database must stand afterwards as before. Which route it was is looked for only when it does not."""
    found = list(found)
    before = digest()
    answers = {route: send(route).status_code for route in found}
    if digest() != before:
        for route in found:
            last = digest()
            send(route)
            assert digest() == last, f"{route} changes the database"
        raise AssertionError("the first asking changed the database, the second did not")
    return answers


def test_every_view_declares_its_right_or_is_open_to_all_and_we_know_which(everywhere: list[Route]) -> None:
    assert [str(route) for route in everywhere if route.right is None and not route.is_open] == []
    assert {route.name for route in everywhere if route.is_open} <= OPEN_TO_ALL


def test_every_right_reach_and_thing_has_words() -> None:
    assert set(RIGHT) == set(Right)
    assert {right for rights in RIGHTS.values() for right in rights} == set(Right)
    assert len(REACH) == len(THING) == 3


def test_a_stranger_is_sent_to_the_sign_in_page_from_every_address_and_changes_nothing(
    everywhere: list[Route], stranger: Client
) -> None:
    for verb in VERBS:
        answers = unchanged(closed(everywhere), lambda route, verb=verb: getattr(stranger, verb)(route.path))
        assert {str(route): status for route, status in answers.items() if status != 302} == {}
    for route in closed(everywhere):
        assert stranger.get(route.path).headers["location"].startswith("/sign-in?next=/"), route


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_its_rights_name_and_no_get_changes_anything(
    everywhere: list[Route], browser_of: Browser, role: Role
) -> None:
    client = quiet(browser_of(role))
    answers = unchanged(everywhere, lambda route: client.get(route.path))
    may_open = {route for route in everywhere if route.right is None or may(role, route.right)}
    assert {str(route): answers[route] for route in may_open if answers[route] not in OPENED} == {}
    assert {str(route): status for route, status in answers.items() if route not in may_open and status not in {403, 405}} == {}


@pytest.mark.parametrize("role", list(Role))
def test_a_post_without_the_right_is_refused_and_changes_nothing(
    everywhere: list[Route], browser_of: Browser, role: Role
) -> None:
    client = quiet(browser_of(role))
    refused = [route for route in everywhere if route.right is not None and not may(role, route.right)]
    told = {"role": "admin", "active": "yes", "to": "working", "name": "X", "text": "X", "title": "X", "password": "a long one"}
    answers = unchanged(refused, lambda route: client.post(route.path, told))
    assert {str(route): status for route, status in answers.items() if status not in {403, 405}} == {}
    # What is refused by its verb alone would be refused to everybody: each must be closed by one of the two.
    for route in refused:
        assert 403 in {answers[route], client.get(route.path).status_code}, route


def test_a_post_with_nothing_in_it_is_no_fault_anywhere(everywhere: list[Route], browser_of: Browser) -> None:
    answers = {}
    for route in everywhere:
        with transaction.atomic():
            answers[str(route)] = quiet(browser_of(Role.ADMIN)).post(route.path).status_code
            transaction.set_rollback(True)
    assert {name: status for name, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("verb", ["head", "options", "put", "patch", "delete", "trace"])
def test_no_other_verb_changes_anything(everywhere: list[Route], admin: Client, verb: str) -> None:
    client = quiet(admin)
    answers = unchanged(everywhere, lambda route: getattr(client, verb)(route.path))
    allowed = OPENED if verb in {"head", "options"} else {403, 405}
    assert {str(route): status for route, status in answers.items() if status not in allowed} == {}


def test_every_state_change_needs_the_token_of_a_page(everywhere: list[Route], admin: Client) -> None:
    strict = Client(enforce_csrf_checks=True, headers=HOST)
    strict.force_login(User.objects.get(role=Role.ADMIN))
    for verb in ("post", "put", "patch", "delete"):
        answers = unchanged(everywhere, lambda route, verb=verb: getattr(strict, verb)(route.path, {"role": "admin"}))
        assert {str(route): status for route, status in answers.items() if status != 403} == {}


def test_what_is_out_of_reach_answers_like_what_does_not_exist(ann: Visitor, browser_of: Browser) -> None:
    here, there = (Team.objects.create(name=name, created_at=MONDAY) for name in ("Here", "There"))
    gosia = staff("Gosia", Role.REP)
    User.objects.filter(pk=gosia.pk).update(team=there)
    emil = staff("Emil", Role.REP)
    User.objects.filter(pk=emil.pk).update(team=here)
    ids = one_of_each(ann, owner=gosia, colleague=gosia)
    client = quiet(Client(headers=HOST))
    client.force_login(User.objects.get(pk=emil.pk))
    theirs = [route for route in closed(routes(ids)) if route.parameters & OWNED]
    assert len(theirs) > 10
    for verb in VERBS:
        answers = unchanged(theirs, lambda route, verb=verb: getattr(client, verb)(route.path, {"to": "working", "text": "X"}))
        shown = {str(route): status for route, status in answers.items() if status not in {403, 404, 405}}
        assert shown == {}
    told = f"{client.get('/leads/').content.decode()}{client.get('/').content.decode()}"
    assert "Ann Nowak" not in told
    User.objects.filter(pk=emil.pk).update(team=there)
    assert client.get(f"/leads/{ids['lead_id']}").status_code == 200
    assert "Ann Nowak" in client.get("/leads/").content.decode()
