"""One exchange from the form to the answer after use: worker, mailbox and public door are the real ones."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import httpx
import msgspec
import pytest

from leadstone.domains.grants.models import Grant
from leadstone.domains.magnets import services as magnets
from leadstone.domains.magnets.models import MagnetVersion
from leadstone.domains.needs import queries as needs
from leadstone.edge.app import EdgeApp
from leadstone.edge.settings import EdgeSettings
from leadstone.infra.blobs.store import BlobStore
from leadstone.infra.mail.mailbox import OpenedMail
from leadstone.project.demo.quiz import QUIZ
from leadstone.wire.definition import Channel, NextStep
from leadstone.wire.pages.pages import STATIC
from leadstone.wire.records import FileServed, MailboxProven
from tests.edge.door import PERSON
from tests.worker.conftest import PUBLIC_URL, House, house

__all__ = ["house"]

ANSWERS = {"q.stage": "new", "q.walls": "walls roof", "q.flow": "floor", "q.warm": "5", "q.worry": "Rachunki za prąd zimą"}


def ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def published(house: House, *steps: NextStep) -> None:
    contract = msgspec.structs.replace(QUIZ.contract, next_steps=(*QUIZ.contract.next_steps, *steps))
    made = magnets.create_from_definition(
        msgspec.structs.replace(QUIZ, contract=contract), slug="quiz", by=None, now=datetime.now(UTC)
    )
    version = magnets.publish_version(
        magnet_id=made.pk, slug="quiz", blobs=BlobStore(house.folder.blobs), by=None, now=datetime.now(UTC)
    )
    assert version.version_id is not None
    house.version = MagnetVersion.objects.get(pk=version.version_id)


def exchanged(house: House, *, at: datetime) -> None:
    """Ann asks, proves her mailbox, and has her result."""
    form = house.form("ann@home.example", at=at)
    house.journal(msgspec.structs.replace(form, slug="quiz", language="pl", answers=form.answers | ANSWERS))
    house.work(at)
    key = str(Grant.objects.get().key)
    house.journal(MailboxProven(at=ms(at), grant_key=key), FileServed(at=ms(at), grant_key=key))
    house.work(at + timedelta(minutes=5))


def questions(house: House) -> list[OpenedMail]:
    return [mail for mail in house.mails() if "/rate/" in mail.text]


def answer(house: House, path: str, **data: str) -> int:
    """A person presses the button of the page behind the link."""

    async def pressed() -> int:
        app = EdgeApp(
            EdgeSettings(
                folder=house.folder,
                journal=house.folder.journal,
                static=STATIC,
                public_url=PUBLIC_URL,
                portal_url="http://127.0.0.1:9",
            )
        )
        await app.start()
        try:
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(app), base_url=PUBLIC_URL, headers={"User-Agent": PERSON}
            ) as client:
                assert (await client.get(path)).status_code == 200
                return (await client.post(path, data=data)).status_code
        finally:
            await app.stop()

    return asyncio.run(pressed())


def test_one_question_a_week_later_and_its_answer_reaches_the_magnet_and_the_needs(house: House) -> None:
    week_ago = datetime.now(UTC) - timedelta(days=8)
    published(house, NextStep(channel=Channel.EMAIL, text="Jedno pytanie po tygodniu.", asks_after_days=7))
    exchanged(house, at=week_ago)
    assert questions(house) == []

    house.work(week_ago + timedelta(days=7, minutes=6))
    house.work(datetime.now(UTC))

    (mail,) = questions(house)
    assert "ann@home.example" in mail.envelope.to
    assert "Czy to jest to, co obiecaliśmy?" in mail.text
    found = re.search(rf"{PUBLIC_URL}(/rate/[\w-]+)", mail.text)
    assert found is not None
    assert answer(house, found[1], answer="no", words="Zabrakło cen prądu.") == 200
    house.work(datetime.now(UTC))
    row = Grant.objects.get()
    assert (row.rating, row.rating_words) == ("no", "Zabrakło cen prądu.")
    assert {voice.text for voice in needs.loose_voices(limit=9)} >= {"Rachunki za prąd zimą"}


def test_a_magnet_whose_contract_is_silent_asks_nothing(house: House) -> None:
    week_ago = datetime.now(UTC) - timedelta(days=8)
    published(house)
    exchanged(house, at=week_ago)

    house.work(datetime.now(UTC))

    assert questions(house) == []


@pytest.mark.parametrize("times", [2])
def test_the_answer_is_the_same_however_often_the_button_is_pressed(house: House, times: int) -> None:
    week_ago = datetime.now(UTC) - timedelta(days=8)
    published(house, NextStep(channel=Channel.EMAIL, text="Jedno pytanie po tygodniu.", asks_after_days=7))
    exchanged(house, at=week_ago)
    house.work(datetime.now(UTC))
    found = re.search(rf"{PUBLIC_URL}(/rate/[\w-]+)", questions(house)[0].text)
    assert found is not None

    assert {answer(house, found[1], answer="yes", words="Dobre.") for _ in range(times)} == {200}
    house.work(datetime.now(UTC))

    assert (Grant.objects.get().rating, len(questions(house))) == ("yes", 1)
