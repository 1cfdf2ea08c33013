"""A house with a published newsletter of two topics, at most one letter a month."""

from datetime import datetime
from typing import Any

import msgspec
import pytest

from leadstone.domains.magnets import services as magnets
from leadstone.domains.magnets.models import MagnetVersion
from leadstone.domains.newsletters.queries import issues
from leadstone.domains.newsletters.rules import Refusal
from leadstone.domains.newsletters.services import sending, writing
from leadstone.domains.newsletters.services.writing import Draft
from leadstone.infra.blobs.store import BlobStore
from leadstone.wire.records import MailboxProven, SubmissionReceived
from tests.newsletters.making import BODY, newsletter_definition
from tests.worker.conftest import MONDAY, House, house

__all__ = ["house"]


class Letters(House):
    """The house, and the words in which tests speak of its newsletter."""

    magnet_id: int

    def publish_newsletter(self, **settings: object) -> None:
        made = magnets.create_from_definition(newsletter_definition(**settings), slug="letters", by=None, now=MONDAY)
        done = magnets.publish_version(magnet_id=made.pk, slug="letters", blobs=BlobStore(self.folder.blobs), by=None, now=MONDAY)
        assert done.version_id is not None, done.gaps
        self.version = MagnetVersion.objects.get(pk=done.version_id)
        self.magnet_id = made.pk

    def wish(self, email: str, topics: str = "practice", *, at: datetime = MONDAY) -> SubmissionReceived:
        form = self.form(email, at=at, ticked=True)
        return msgspec.structs.replace(form, slug="letters", answers=form.answers | {"q.topics": topics})

    def confirm(self, email: str, *, at: datetime = MONDAY) -> None:
        mail = next(mail for mail in self.mails() if email in mail.envelope.to)
        token = self.confirm_token(mail, now=at)
        self.journal(MailboxProven(at=int(at.timestamp() * 1000), grant_key=str(token.key), form=token.form.hex()))
        self.work(at)

    def subscribe(self, email: str, topics: str = "practice", *, at: datetime = MONDAY) -> None:
        self.journal(self.wish(email, topics, at=at))
        self.work(at)
        self.confirm(email, at=at)

    def write(self, **changes: Any) -> int:
        told: dict[str, Any] = {"subject": "March", "body": BODY, "topics": ("practice",)}
        return writing.create_issue(Draft(**told | changes), magnet_id=self.magnet_id, language="en", by=None, now=MONDAY)

    def plan(self, issue_id: int, *, at: datetime = MONDAY, **told: Any) -> tuple[Refusal, ...]:
        revision = issues.issue(issue_id).revision
        return sending.plan_issue(
            issue_id=issue_id, revision=revision, at=at, wall="", zone="Europe/Warsaw", by=1, now=at, **told
        )

    def send(self, issue_id: int, *, at: datetime = MONDAY) -> None:
        assert self.plan(issue_id, at=at) == ()
        self.work(at)


@pytest.fixture
def letters(house: House) -> Letters:
    made = Letters(house.folder, house.version)
    made.publish_newsletter()
    return made
