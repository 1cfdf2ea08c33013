"""A calculator from the answers to the mailbox: the range goes to the address, with where it comes from, and nowhere else."""

import msgspec
import pytest
from django.test import Client
from django.urls import reverse

from leadstone.domains.access.models import User
from leadstone.domains.leads.models import Lead
from leadstone.domains.magnets import services as magnets
from leadstone.domains.magnets.models import MagnetVersion
from leadstone.infra.blobs.store import BlobStore
from leadstone.project.demo.calculator import CALCULATOR
from tests.worker.conftest import MONDAY, House, house

__all__ = ["house"]

ANSWERS = {"q.powierzchnia": "140", "q.stan": "stary", "q.zakres": "oba", "q.paliwo": "gaz", "q.caly": "yes"}


@pytest.fixture
def calculator(house: House) -> None:
    made = magnets.create_from_definition(CALCULATOR, slug="calculator", by=None, now=MONDAY)
    done = magnets.publish_version(magnet_id=made.pk, slug="calculator", blobs=BlobStore(house.folder.blobs), by=None, now=MONDAY)
    assert done.gaps == ()
    house.version = MagnetVersion.objects.get(pk=done.version_id)


def counted(house: House, **changes: str) -> None:
    form = house.form("ann@home.example")
    house.journal(msgspec.structs.replace(form, slug="calculator", language="pl", answers=form.answers | ANSWERS | changes))
    house.work()


@pytest.mark.usefixtures("calculator")
def test_the_mail_says_the_range_what_it_means_and_where_it_comes_from(house: House) -> None:
    counted(house)

    (mail,) = house.mails()
    assert "Warto policzyć dokładniej: 2600–4800 zł rocznie" in mail.text
    assert "bierzemy z naszych 63 audytów" in " ".join(mail.text.split())


@pytest.mark.usefixtures("calculator")
def test_a_number_beyond_its_limits_makes_no_lead(house: House) -> None:
    counted(house, **{"q.powierzchnia": "100000"})

    assert not Lead.objects.exists()


@pytest.mark.usefixtures("calculator")
def test_the_card_of_the_lead_shows_the_answers_with_their_units_and_the_range(house: House) -> None:
    counted(house)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create(email="emil@example.com", name="Emil", role="rep", language="en"))

    page = client.get(reverse("lead", args=[Lead.objects.get().pk])).content.decode()

    assert "140 m²" in page
    assert "Gazem ziemnym" in page
    assert "2600–4800 zł rocznie" in page
