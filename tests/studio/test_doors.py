"""Who may open which address, and that opening one changes nothing: over every route that the URLconf has."""

import hashlib
from collections.abc import Iterator

import msgspec
import pytest
from django.apps import apps
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Right, Role, may
from leadstone.domains.grants.models import Grant
from leadstone.domains.magnets.models import Magnet
from tests.cast import Visitor, definition
from tests.studio.conftest import HOST, Browser
from tests.studio.routes import OPEN_TO_ALL, Route, routes

pytestmark = pytest.mark.usefixtures("company")


@pytest.fixture
def ids(ann: Visitor, bob: Visitor, emil: User) -> dict[str, int]:
    magnet_id = Grant.objects.get(pk=ann.grant_id).magnet_id
    Magnet.objects.filter(pk=magnet_id).update(draft=msgspec.to_builtins(definition()))
    return {
        "lead_id": ann.lead_id,
        "magnet_id": magnet_id,
        "user_id": emil.pk,
        "owner_id": emil.pk,
        "deal_id": 1,
        "grant_id": ann.grant_id,
    }


def digest() -> str:
    """Of every row of every table but sessions, which a sign-in makes."""
    found = hashlib.sha256()
    for model in apps.get_models():
        if model._meta.label_lower != "sessions.session":
            for row in model._base_manager.order_by("pk").values_list():
                found.update(repr(row).encode())
    return found.hexdigest()


def closed(ids: dict[str, int]) -> Iterator[Route]:
    return (route for route in routes(ids) if route.name not in OPEN_TO_ALL)


def test_a_stranger_is_sent_to_the_sign_in_page_from_every_address_and_changes_nothing(
    ids: dict[str, int], stranger: Client
) -> None:
    before = digest()
    for route in closed(ids):
        for send in (stranger.get, stranger.post):
            answer = send(route.path)
            assert answer.status_code == 302, route
            assert answer.headers["location"].startswith("/sign-in"), route
    assert digest() == before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_a_get_changes_nothing_whoever_asks(ids: dict[str, int], browser_of: Browser, role: Role) -> None:
    _nothing_changes(ids, browser_of(role))


def test_a_get_of_the_administrator_changes_nothing_and_every_screen_opens(ids: dict[str, int], admin: Client) -> None:
    answers = _nothing_changes(ids, admin)
    assert not {name: status for name, status in answers.items() if status not in {200, 204, 302, 404, 405}}
    for name in (
        "today",
        "leads",
        "lead",
        "lead_add",
        "magnets",
        "magnet",
        "company",
        "people",
        "account",
        "installation",
        "design",
    ):
        assert answers[name] == 200, name


def _nothing_changes(ids: dict[str, int], client: Client) -> dict[str, int]:
    before = digest()
    answers = {}
    for route in routes(ids):
        for send in (client.get, client.head, client.options):
            answer = send(route.path)
            assert answer.status_code < 500, route
            if send == client.get:
                answers[route.name] = answer.status_code
    assert digest() == before
    return answers


MATRIX = {
    "/leads/": Right.READ_LEADS,
    "/leads/new": Right.WORK_LEADS,
    "/leads/export.csv": Right.EXPORT_LEADS,
    "/magnets/": Right.READ_LEADS,
    "/results/": Right.SEE_FIGURES,
    "/mailbox/": Right.READ_MAILBOX,
    "/settings/company": Right.MANAGE_COMPANY,
    "/settings/installation": Right.MANAGE_COMPANY,
    "/settings/people": Right.MANAGE_PEOPLE,
    "/settings/account": Right.OWN_ACCOUNT,
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_its_rights_name_and_nothing_else(ann: Visitor, browser_of: Browser, role: Role) -> None:
    client = browser_of(role)
    opened = {path: client.get(path).status_code for path in MATRIX}
    assert opened == {path: 200 if may(role, right) else 403 for path, right in MATRIX.items()}


def test_a_refused_post_changes_nothing(ids: dict[str, int], browser_of: Browser) -> None:
    client = browser_of(Role.PRIVACY_OFFICER)
    before = digest()
    for path in (
        f"/leads/{ids['lead_id']}/move",
        f"/leads/{ids['lead_id']}/owner",
        f"/leads/{ids['lead_id']}/deal",
        "/leads/new",
    ):
        assert client.post(path, {"to": "working", "owner": ids["user_id"], "name": "X"}).status_code == 403, path
    assert client.post(f"/settings/people/{ids['user_id']}", {"role": "admin", "active": "yes"}).status_code == 403
    assert digest() == before


def test_every_state_change_needs_the_token_of_a_page(ids: dict[str, int], admin: Client) -> None:
    strict = Client(enforce_csrf_checks=True, headers=HOST)
    strict.force_login(User.objects.get(role=Role.ADMIN))
    before = digest()
    for route in routes(ids):
        assert strict.post(route.path, {"role": "admin"}).status_code in {403, 404, 405}, route
    assert digest() == before


@pytest.mark.parametrize("path", ["/", "/leads/", "/settings/company", "/design"])
def test_a_page_runs_no_inline_script_and_is_framed_by_nobody(admin: Client, path: str) -> None:
    answer = admin.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = answer.content.decode()
    assert "<style" not in page
    assert "style=" not in page
    assert "onclick" not in page


def test_a_fragment_asked_for_by_a_stranger_sends_the_whole_page_to_the_sign_in(stranger: Client) -> None:
    answer = stranger.get("/leads/", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == "/sign-in"
