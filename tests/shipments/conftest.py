"""A house that sends samples, and what people do to get one."""

from datetime import timedelta

import msgspec
import pytest

from leadstone.domains.grants.models import Grant
from leadstone.domains.magnets import services as magnets
from leadstone.domains.magnets.models import MagnetVersion
from leadstone.domains.shipments.models import Parcel
from leadstone.domains.shipments.rules import MovementKind
from leadstone.domains.shipments.services.shelf import note_by_hand
from leadstone.infra.blobs.store import BlobStore
from leadstone.project.demo.sample import SAMPLE
from leadstone.wire.records import ExchangeUndone, MailboxProven
from tests.portal.test_my import visitor
from tests.worker.conftest import MONDAY, House, house

__all__ = ["house", "visitor"]


class SampleHouse:
    """The house, its sample and its shelf."""

    def __init__(self, house: House, magnet_id: int) -> None:
        self.house = house
        self.magnet_id = magnet_id

    def receive(self, quantity: int) -> None:
        decision = note_by_hand(
            magnet_id=self.magnet_id, kind=MovementKind.RECEIVED, quantity=quantity, note="", by=None, now=MONDAY
        )
        assert decision.allowed

    def ask(self, email: str, street: str = "ul. Piękna 12/3", **answers: str) -> None:
        """A form with a postal address takes effect."""
        said = {"name": "Ann Żółw", "street": street, "postcode": "00-549", "city": "Warszawa"} | answers
        form = self.house.form(email)
        self.house.journal(msgspec.structs.replace(form, slug="sample", language="pl", answers=form.answers | said))
        self.house.work()

    def confirm(self, *emails: str) -> None:
        """Each presses the button in the newest mail to their mailbox."""
        at = int(MONDAY.timestamp() * 1000)
        tokens = [self.house.confirm_token(self.mail_to(email)) for email in emails]
        self.house.journal(*(MailboxProven(at=at, grant_key=str(token.key), form=token.form.hex()) for token in tokens))
        self.house.work()

    def mail_to(self, email: str, words: str = "/c/"):  # type: ignore[no-untyped-def]
        """The newest mail to an address that says this."""
        return next(mail for mail in self.house.mails() if mail.envelope.to == email and words in mail.text)

    def subjects(self, email: str) -> list[str]:
        return [mail.envelope.subject for mail in self.house.mails() if mail.envelope.to == email]

    def undo(self, email: str) -> None:
        key = self.grant(email).key
        later = MONDAY + timedelta(hours=1)
        self.house.journal(ExchangeUndone(at=int(later.timestamp() * 1000), grant_key=str(key)))
        self.house.work(later)

    def grant(self, email: str) -> Grant:
        return Grant.objects.get(contact__points__value=email, magnet_id=self.magnet_id)

    def parcel(self, email: str) -> Parcel:
        return Parcel.objects.get(grant=self.grant(email))


@pytest.fixture
def samples(house: House) -> SampleHouse:
    made = magnets.create_from_definition(SAMPLE, slug="sample", by=None, now=MONDAY)
    published = magnets.publish_version(
        magnet_id=made.pk, slug="sample", blobs=BlobStore(house.folder.blobs), by=None, now=MONDAY
    )
    assert published.version_id is not None, published.gaps
    house.version = MagnetVersion.objects.get(pk=published.version_id)
    house.work()
    return SampleHouse(house, made.pk)
