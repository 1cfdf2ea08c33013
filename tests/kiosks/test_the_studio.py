"""The staff's side of kiosks: pairing, lists, revoking and deciding."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from leadstone.domains.access.models import User
from leadstone.domains.audit.models import AuditLine
from leadstone.domains.kiosks.models import Kiosk, KioskEntry
from leadstone.domains.leads.models import Lead
from tests.cast import Guide, published
from tests.kiosks.stand import fair, paired
from tests.studio.conftest import HOST, company

__all__ = ["company"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def emils(company: None, emil: User) -> Client:
    client = Client(headers=HOST)
    client.force_login(emil)
    return client


def text(response: object) -> str:
    return str(getattr(response, "content", b"").decode())


def secret_in(page: str) -> str:
    found = re.search(r"/kiosk#pair=([\w-]+)", page)
    assert found is not None
    return found[1]


def made(client: Client, guide: Guide, **said: str) -> str:
    return text(
        client.post("/kiosks/new", {"name": "Tablet", "magnet": guide.magnet_id, "language": "pl", "campaign": ""} | said)
    )


def test_a_link_is_shown_once_and_pairs_one_device(emils: Client, guide: Guide, emil: User) -> None:
    page = made(emils, guide, campaign=str(fair().pk))
    secret = secret_in(page)
    row = Kiosk.objects.get()

    assert (row.name, row.language, row.collector_id, row.magnet_id) == ("Tablet", "pl", emil.pk, guide.magnet_id)
    assert secret not in row.pairing_digest
    assert secret not in text(emils.get(f"/kiosks/{row.pk}"))
    assert AuditLine.objects.filter(action="kiosk_changed", actor_id=emil.pk).exists()


def test_a_device_without_a_name_or_a_magnet_is_refused_beside_the_field(emils: Client, guide: Guide) -> None:
    response = emils.post("/kiosks/new", {"name": "", "magnet": "999999", "language": "pl"})

    assert response.status_code == 422
    assert text(response).count('aria-invalid="true"') == 2
    assert not Kiosk.objects.exists()


def test_only_what_one_form_says_can_be_shown_on_a_device(emils: Client, guide: Guide) -> None:
    quiz = published("a-quiz", kind="quiz", title="A quiz that asks")

    page = text(emils.get("/kiosks/new"))

    assert guide.definition.title in page
    assert quiz.definition.title not in page


def test_a_new_link_makes_the_old_one_worthless(emils: Client, guide: Guide) -> None:
    first = secret_in(made(emils, guide))
    second = secret_in(text(emils.post(f"/kiosks/{Kiosk.objects.get().pk}/link")))

    assert first != second
    assert Kiosk.objects.get().pairing_digest


def test_a_paired_device_gets_no_other_link(emils: Client, guide: Guide, emil: User) -> None:
    paired(guide, emil)

    response = emils.post(f"/kiosks/{Kiosk.objects.get().pk}/link", follow=True)

    assert "pair=" not in text(response)
    assert "This device is paired or revoked already" in text(response)


def test_a_revocation_is_undone_from_its_toast(emils: Client, guide: Guide, emil: User) -> None:
    paired(guide, emil)
    row = Kiosk.objects.get()
    page = text(emils.post(f"/kiosks/{row.pk}/revoke", follow=True))

    assert f"/kiosks/{row.pk}/back" in page
    row.refresh_from_db()
    assert row.revoked_at is not None
    emils.post(f"/kiosks/{row.pk}/back")
    row.refresh_from_db()
    assert row.revoked_at is None


def test_what_came_after_a_revocation_is_decided_on_the_page(emils: Client, guide: Guide, emil: User) -> None:
    device = paired(guide, emil, now=timezone.now())
    row = Kiosk.objects.get()
    emils.post(f"/kiosks/{row.pk}/revoke")
    later = timezone.now() + timedelta(minutes=1)
    device.hands_over(device.visit(guide, "ann@example.com", at=later), at=later)

    assert "1 entry came after you revoked it" in text(emils.get(f"/kiosks/{row.pk}"))
    assert emils.post(f"/kiosks/{row.pk}/held", {"decision": "burn"}).status_code == 404
    assert "1 entry was taken in." in text(emils.post(f"/kiosks/{row.pk}/held", {"decision": "take"}, follow=True))
    assert Lead.objects.count() == 1
    assert KioskEntry.objects.get().state == "taken"


def test_the_list_filters_and_goes_out_as_a_file(emils: Client, guide: Guide, emil: User) -> None:
    campaign = fair()
    paired(guide, emil, campaign=campaign)
    device = paired(guide, emil)
    Kiosk.objects.filter(key=device.key).update(name="=Counter", waiting=7)

    assert "=Counter" in text(emils.get("/kiosks/?q=counter"))
    narrowed = text(emils.get(f"/kiosks/?campaign={campaign.pk}"))
    assert "Tablet at the door" in narrowed
    assert "=Counter" not in narrowed
    assert "No device matches" in text(emils.get("/kiosks/?q=nobody"))
    file = b"".join(emils.get("/kiosks/export.csv?order=waiting").streaming_content).decode()  # type: ignore[attr-defined]
    first, second = file.splitlines()[1:3]
    assert first.startswith("'=Counter")
    assert second.startswith("Tablet at the door")


@pytest.mark.parametrize(
    "query", ["?page=0", "?page=x", "?campaign=x&magnet=9999999999999999999", "?order=no&revoked=what", "?q=%25_'"]
)
def test_an_address_that_says_nothing_sensible_shows_the_list(emils: Client, guide: Guide, query: str) -> None:
    assert emils.get(f"/kiosks/{query}").status_code == 200


def test_the_list_takes_as_many_queries_for_thirty_devices_as_for_one(
    emils: Client, guide: Guide, emil: User, django_assert_max_num_queries: object
) -> None:
    for _ in range(30):
        paired(guide, emil)

    with django_assert_max_num_queries(25):  # type: ignore[operator]
        emils.get("/kiosks/")
