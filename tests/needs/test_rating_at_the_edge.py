"""The one question at the public door: shown by its own link, answered once durable, refused in words."""

from datetime import UTC, datetime, timedelta
from unittest.mock import ANY
from uuid import UUID, uuid4

import pytest

from leadstone.wire.records import PromiseRated
from leadstone.wire.tokens import TokenPurpose, mint_rate, read_token
from tests.edge.conftest import anyio_backend, door, installation
from tests.edge.door import Door
from tests.edge.installation import Installation

__all__ = ["anyio_backend", "door", "installation"]

pytestmark = pytest.mark.anyio


def rate_token(made: Installation, grant: UUID | None = None, *, days: float = 30) -> str:
    return mint_rate(made.signer, grant_key=grant or uuid4(), version_id=7, expires_at=datetime.now(UTC) + timedelta(days=days))


def told(made: Installation) -> list[PromiseRated]:
    return [record for record in made.journaled() if isinstance(record, PromiseRated)]


async def test_looking_at_the_question_answers_nothing(door: Door, installation: Installation) -> None:
    page = await door.client.get(f"/rate/{rate_token(installation)}")

    assert page.status_code == 200
    assert "Did you get what was promised?" in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "noindex" in page.headers["x-robots-tag"]
    assert installation.journaled() == []


async def test_an_answer_with_words_is_journalled_and_may_be_changed(door: Door, installation: Installation) -> None:
    grant = uuid4()
    token = rate_token(installation, grant)

    done = await door.client.post(f"/rate/{token}", data={"answer": "partly", "words": "  Page 4 is missing.\r\nThanks "})

    assert done.status_code == 200
    assert f"/rate/{token}" in done.text
    assert told(installation) == [PromiseRated(at=ANY, grant_key=str(grant), answer="partly", words="Page 4 is missing.\nThanks")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"words": "Good."}, "Please fill this in."),
        ({"answer": "perhaps", "words": "Good."}, "Please fill this in."),
        ({"answer": "yes", "words": "x" * 1001}, "This is too long."),
        ({"answer": "yes", "words": "a\0b"}, "cannot be read"),
    ],
)
async def test_what_cannot_be_kept_is_said_beside_the_field_and_nothing_is_lost(
    door: Door, installation: Installation, data: dict[str, str], said: str
) -> None:
    page = await door.client.post(f"/rate/{rate_token(installation)}", data=data)

    assert page.status_code == 422
    assert said in page.text
    assert data["words"].replace("\0", "") in page.text.replace("\0", "")
    assert told(installation) == []


async def test_a_link_of_another_door_or_a_closed_one_asks_nothing(door: Door, installation: Installation) -> None:
    undone = uuid4()
    installation.publish(revoked=[undone])
    door.app.edge.shelf.look()

    assert (await door.client.get(f"/rate/{installation.deliver_token()}")).status_code == 404
    assert (await door.client.get(f"/d/{rate_token(installation)}")).status_code == 404
    assert (await door.client.get(f"/rate/{rate_token(installation, days=-1)}")).status_code == 410
    assert (await door.client.post(f"/rate/{rate_token(installation, undone)}", data={"answer": "yes"})).status_code == 410
    assert told(installation) == []


async def test_a_machine_that_reads_mail_for_others_was_promised_nothing(door: Door, installation: Installation) -> None:
    for path in (f"/rate/{rate_token(installation)}", f"/d/{installation.deliver_token()}/rate"):
        response = await door.client.post(path, data={"answer": "yes"}, headers={"user-agent": "Barracuda Sentinel (EE)"})
        assert response.status_code == 200

    assert told(installation) == []


async def test_the_page_that_delivers_asks_for_words_after_the_answer(door: Door, installation: Installation) -> None:
    token = installation.deliver_token()

    page = await door.client.post(f"/d/{token}/rate", data={"answer": "no"})
    assert "What was missing?" in page.text
    again = await door.client.post(f"/d/{token}/rate", data={"answer": "no", "words": "The prices."})
    assert "kept with your answer" in again.text
    long = await door.client.post(f"/d/{token}/rate", data={"answer": "no", "words": "x" * 1001})

    assert long.status_code == 422
    assert [(each.answer, each.words) for each in told(installation)] == [("no", None), ("no", "The prices.")]


async def test_a_rate_token_is_for_one_purpose(installation: Installation) -> None:
    token = rate_token(installation)

    for purpose in TokenPurpose:
        found = read_token(token, purpose, verify_key=installation.signer.verify_key, now=datetime.now(UTC))
        assert (found is not None) is (purpose is TokenPurpose.RATE)
