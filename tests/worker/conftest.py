import asyncio
import itertools
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from leadstone.domains.brand.models import Brand
from leadstone.domains.magnets.models import MagnetVersion
from leadstone.infra.keys import core_keys
from leadstone.infra.mail.mailbox import OpenedMail, list_mails, open_mail
from leadstone.wire.data_folder import DataFolder
from leadstone.wire.journal_writer import JournalWriter
from leadstone.wire.records import AnyRecord, SubmissionReceived
from leadstone.wire.tokens import Token, TokenPurpose, read_token
from leadstone.worker.loop import Worker, WorkerOptions
from tests.worker.publishing import publish

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PUBLIC_URL = "https://warm.example"


class House:
    """An installation with one published guide: what the edge writes down, and what the worker makes of it."""

    def __init__(self, folder: DataFolder, version: MagnetVersion) -> None:
        self.folder = folder
        self.version = version
        self.keys = core_keys(folder)
        self._numbers = itertools.count(1)

    def journal(self, *records: AnyRecord) -> None:
        async def append() -> None:
            writer = JournalWriter(self.folder.journal, self.keys.journal_public_key)
            await asyncio.gather(*(writer.append(record) for record in records))
            await writer.close()

        asyncio.run(append())

    def form(
        self, email: str, *, at: datetime = MONDAY, ticked: bool = False, network: str = "203.0.113.0/24"
    ) -> SubmissionReceived:
        number = next(self._numbers)
        return SubmissionReceived(
            at=int(at.timestamp() * 1000),
            ref=f"ref-{number}",
            nonce=f"nonce-{number}",
            slug="guide",
            version_id=self.version.pk,
            language="en",
            answers={"email": email},
            ticked=("newsletter-email",) if ticked else (),
            network=network,
            fill_ms=9000,
        )

    def worker(self, **options: object) -> Worker:
        values: dict[str, object] = {
            "folder": self.folder,
            "journal": self.folder.journal,
            "public_url": PUBLIC_URL,
        }
        return Worker(WorkerOptions(**{**values, **options}))  # type: ignore[arg-type]

    def work(self, at: datetime = MONDAY, **options: object) -> None:
        worker = self.worker(**options)
        try:
            worker.run_once(at)
        finally:
            worker.close()

    def mails(self) -> list[OpenedMail]:
        """Everything in the local mailbox, newest first."""
        found = [open_mail(self.folder.mail, envelope.id) for envelope in list_mails(self.folder.mail).mails]
        return [mail for mail in found if mail is not None]

    def confirm_token(self, mail: OpenedMail, *, now: datetime = MONDAY) -> Token:
        text = re.search(r"/c/([\w-]+)", mail.text)
        assert text is not None
        token = read_token(text[1], TokenPurpose.CONFIRM, verify_key=self.keys.token_verify_key, now=now)
        assert token is not None
        return token

    def grant_key(self, mail: OpenedMail) -> UUID:
        return self.confirm_token(mail).key

    def code(self, mail: OpenedMail) -> str:
        found = re.search(r"^\s*(\d{6})\s*$", mail.text, re.MULTILINE)
        assert found is not None
        return found[1]


@pytest.fixture
def house(transactional_db: None, tmp_path: Path, settings: Any) -> House:
    folder = DataFolder(tmp_path / "data")
    folder.root.mkdir()
    settings.FOLDER = folder
    Brand.objects.create(
        pk=1,
        company="Warm Homes",
        language="en",
        sender_email="hello@warm.example",
        postal_address="1 Straight Street, 00-001 Warsaw",
        set_up_at=MONDAY,
    )
    return House(folder, publish("guide"))
