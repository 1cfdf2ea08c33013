"""The first start of an empty installation."""

import pytest
from django.conf import settings
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.brand.models import Brand
from leadstone.infra.outbox.models import RecordedEvent
from leadstone.studio.setup.key import first_start_lines, setup_key
from leadstone.wire.data_folder import DataFolder
from tests.studio.conftest import HOST, PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def newcomer() -> Client:
    (settings.FOLDER.run / "set-up").unlink(missing_ok=True)
    settings.FOLDER.run.mkdir(parents=True, exist_ok=True)
    return Client(headers=HOST)


def told(**changes: str) -> dict[str, str]:
    answers = {
        "key": setup_key(settings.SECRET_KEY),
        "company": "Ciepło Polskie",
        "language": "pl",
        "sender_email": "biuro@cieplo.example",
        "postal_address": "ul. Prosta 1",
        "name": "Ola Lis",
        "email": "ola@cieplo.example",
        "password": PASSWORD,
    }
    return answers | changes


@pytest.mark.parametrize("path", ["/", "/leads/", "/sign-in", "/settings/company", "/design"])
def test_every_address_of_an_empty_installation_leads_to_the_first_form(newcomer: Client, path: str) -> None:
    assert newcomer.get(path).headers["location"] == "/setup"


def test_liveness_is_told_before_anything_is_set_up(newcomer: Client) -> None:
    assert newcomer.get("/livez").status_code == 200


def test_one_form_makes_company_and_account_signs_in_and_leads_to_the_first_magnet(newcomer: Client) -> None:
    answer = newcomer.post("/setup", told())
    assert answer.headers["location"] == "/magnets/"
    assert Brand.objects.get().company == "Ciepło Polskie"
    assert User.objects.get().role == "admin"
    assert RecordedEvent.objects.filter(kind="BrandChanged").count() == 1
    assert newcomer.get("/magnets/").status_code == 200


def test_a_wrong_key_changes_nothing_and_keeps_what_was_typed(newcomer: Client) -> None:
    answer = newcomer.post("/setup", told(key="aaaa-bbbb-cccc"))
    assert answer.status_code == 422
    assert "This is not the key" in answer.content.decode()
    assert "ul. Prosta 1" in answer.content.decode()
    assert not Brand.objects.exists()
    assert not User.objects.exists()


def test_the_key_may_be_typed_in_any_spacing(newcomer: Client) -> None:
    spaced = setup_key(settings.SECRET_KEY).upper().replace("-", " ")
    assert newcomer.post("/setup", told(key=f" {spaced} ")).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [("password", "1234567890"), ("password", "short"), ("email", "ola"), ("company", ""), ("sender_email", "x")],
)
def test_a_mistake_stands_beside_its_field_and_nothing_is_half_done(newcomer: Client, field: str, value: str) -> None:
    answer = newcomer.post("/setup", told(**{field: value}))
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Brand.objects.exists()
    assert not User.objects.exists()


def test_the_form_is_closed_for_good_once_somebody_used_it(newcomer: Client) -> None:
    newcomer.post("/setup", told())
    another = Client(headers=HOST)
    assert another.get("/setup").headers["location"] == "/"
    another.post("/setup", told(email="mallory@mailinator.com"))
    assert User.objects.count() == 1


def test_the_console_shows_the_key_until_it_was_used(newcomer: Client) -> None:
    folder: DataFolder = settings.FOLDER
    assert setup_key(settings.SECRET_KEY) in first_start_lines(folder, studio_url="http://127.0.0.1:8001")[0]
    newcomer.post("/setup", told())
    assert first_start_lines(folder, studio_url="http://127.0.0.1:8001") == []
