"""Signing in and out."""

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.access.services import AddressTaken, LastAdministrator, NotAnAddress, change_role, create_user
from tests.studio.conftest import HOST, PASSWORD, token_in

pytestmark = pytest.mark.usefixtures("company")
ADDRESS = "emil@cieplo.example"


@pytest.fixture
def emil() -> int:
    return create_user(email=ADDRESS, name="Emil Nowak", role=Role.REP, password=PASSWORD)


def sign_in(client: Client, *, email: str = ADDRESS, password: str = PASSWORD) -> int:
    return client.post("/sign-in", {"login": email, "password": password}).status_code


def test_the_right_password_opens_the_studio_however_the_address_is_written(emil: int, stranger: Client) -> None:
    assert sign_in(stranger, email="Emil@Cieplo.example") == 302
    assert stranger.get("/").status_code == 200


def test_a_password_is_kept_as_argon2id_only(emil: int) -> None:
    kept = User.objects.get(pk=emil).password
    assert identify_hasher(kept).algorithm == "argon2"
    assert "argon2id" in kept
    assert PASSWORD not in kept


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(emil: int, stranger: Client) -> None:
    wrong = stranger.post("/sign-in", {"login": ADDRESS, "password": "wrong"})
    unknown = stranger.post("/sign-in", {"login": "nobody@cieplo.example", "password": "wrong"})
    errors = [page.context["form"].non_field_errors() for page in (wrong, unknown)]
    assert errors[0]
    assert errors[0] == errors[1]


def test_after_five_wrong_passwords_even_the_right_one_waits(emil: int, stranger: Client) -> None:
    for _ in range(5):
        sign_in(stranger, password="wrong")
    sign_in(Client(headers=HOST))
    another = Client(headers=HOST)
    sign_in(another)
    assert another.get("/").status_code == 302


def test_somebody_else_still_gets_in_while_one_account_waits(emil: int, stranger: Client) -> None:
    create_user(email="dora@cieplo.example", name="Dora", role=Role.MARKETER, password=PASSWORD)
    for _ in range(6):
        sign_in(stranger, password="wrong")
    assert sign_in(Client(headers=HOST), email="dora@cieplo.example") == 302


def test_a_closed_account_does_not_open(emil: int, stranger: Client) -> None:
    User.objects.filter(pk=emil).update(is_active=False)
    sign_in(stranger)
    assert stranger.get("/").status_code == 302


def test_nobody_signs_up(stranger: Client) -> None:
    assert stranger.get("/sign-in/new").headers["location"] == "/sign-in"
    stranger.post("/sign-in/new", {"email": "mallory@mailinator.com", "password1": PASSWORD})
    assert not User.objects.exists()


def test_signing_in_leads_back_to_the_page_that_was_asked_for_but_never_to_another_site(emil: int, stranger: Client) -> None:
    assert "next=/leads/" in stranger.get("/leads/").headers["location"]
    told = {"login": ADDRESS, "password": PASSWORD}
    assert stranger.post("/sign-in", told | {"next": "/leads/"}).headers["location"] == "/leads/"
    away = Client(headers=HOST).post("/sign-in", told | {"next": "https://evil.example/"})
    assert away.headers["location"] == "/"


def test_signing_out_is_a_post(admin: Client) -> None:
    assert admin.get("/sign-out").status_code == 405
    assert admin.get("/").status_code == 200
    admin.post("/sign-out")
    assert admin.get("/").status_code == 302


def test_a_form_without_its_token_is_refused_in_words(emil: int) -> None:
    strict = Client(enforce_csrf_checks=True, headers=HOST)
    page = strict.get("/sign-in").content.decode()
    refused = strict.post("/sign-in", {"login": ADDRESS, "password": PASSWORD})
    assert refused.status_code == 403
    assert "This page waited too long" in refused.content.decode()
    told = {"login": ADDRESS, "password": PASSWORD, "csrfmiddlewaretoken": token_in(page)}
    assert strict.post("/sign-in", told).status_code == 302


def test_an_account_needs_an_address_of_its_own(emil: int) -> None:
    with pytest.raises(AddressTaken):
        create_user(email="EMIL@cieplo.example", name="Other", role=Role.REP, password=PASSWORD)
    with pytest.raises(NotAnAddress):
        create_user(email="emil", name="Other", role=Role.REP, password=PASSWORD)


def test_the_last_administrator_stays() -> None:
    first = create_user(email="a@cieplo.example", name="A", role=Role.ADMIN, password=PASSWORD)
    with pytest.raises(LastAdministrator):
        change_role(user_id=first, role=Role.REP, is_active=True)
    with pytest.raises(LastAdministrator):
        change_role(user_id=first, role=Role.ADMIN, is_active=False)
    create_user(email="b@cieplo.example", name="B", role=Role.ADMIN, password=PASSWORD)
    change_role(user_id=first, role=Role.REP, is_active=True)
    assert User.objects.get(pk=first).role == Role.REP


def test_figures_are_told_to_a_collector_on_this_machine_only(stranger: Client) -> None:
    assert "leadstone_leads" in stranger.get("/metrics").content.decode()
    assert stranger.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404
    assert stranger.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404
