"""The page of a quiz that says where people go away: numbers only where there are enough, for any version and period."""

import csv
import io
from datetime import UTC, datetime

import msgspec
import pytest
from django.conf import settings
from django.test import Client
from tests.cast import published
from tests.magnets.conftest import MONDAY

from leadstone.domains.access.models import User
from leadstone.domains.magnets import queries, services
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.tracking.services import Counted, QuestionKey, add_questions
from leadstone.infra.blobs.store import BlobStore
from leadstone.project.demo.quiz import QUIZ

pytestmark = pytest.mark.usefixtures("brand")


@pytest.fixture
def dora(db: None) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create(email="dora@example.com", name="Dora", role="marketer", language="en"))
    return client


@pytest.fixture
def quiz(db: None) -> Magnet:
    magnet = services.create_from_definition(QUIZ, slug="quiz", by=None, now=MONDAY)
    publish(magnet)
    return magnet


def publish(magnet: Magnet) -> None:
    blobs = BlobStore(settings.FOLDER.blobs)
    assert services.publish_version(magnet_id=magnet.pk, slug="quiz", blobs=blobs, by=None, now=MONDAY).gaps == ()


def told(magnet: Magnet, **questions: tuple[int, int]) -> None:
    """Question → reached, went on; as if counted today."""
    current = queries.current_version(magnet.pk)
    assert current
    day = datetime.now(UTC).date()
    add_questions(
        {
            QuestionKey(current.version_id, day, key.removesuffix("_")): Counted(
                shown=shown, answered=answered, shown_to_machines=4, took=(0, 0, answered, 0, 0, 0, 0)
            )
            for key, (shown, answered) in questions.items()
        }
    )


def page(client: Client, magnet: Magnet, query: str = "") -> str:
    return " ".join(client.get(f"/magnets/{magnet.pk}/questions{query}").content.decode().split())


def test_each_question_says_who_reached_it_who_went_away_and_how_long_it_takes(dora: Client, quiz: Magnet) -> None:
    told(quiz, stage=(200, 180), walls=(150, 90), _=(90, 60))
    shown = page(dora, quiz)

    assert '<b class="num">200</b> reached it · <b class="num">10%</b> went away · <span class="num">6–12 s</span>' in shown
    assert '<b class="num">40%</b> went away' in shown
    assert shown.count("most go away here") == 1
    assert "The form: where shall it go?" in shown
    assert "Nobody has come this far." in shown
    assert "4 machines are not counted in" in shown


def test_a_few_forms_are_no_share_and_no_time(dora: Client, quiz: Magnet) -> None:
    told(quiz, stage=(19, 3))

    shown = page(dora, quiz)
    assert "how many go away: not enough yet" in shown
    assert "most go away here" not in shown
    assert "6–12 s" not in shown


def test_a_quiz_that_nobody_began_says_what_will_stand_here(dora: Client, quiz: Magnet) -> None:
    assert "Nobody has begun in this time." in page(dora, quiz)


def test_the_address_chooses_version_and_period_and_nonsense_means_the_usual(dora: Client, quiz: Magnet) -> None:
    told(quiz, stage=(30, 20))
    longer = msgspec.structs.replace(QUIZ, promise="Pięć pytań o dom.")
    services.save_draft(magnet_id=quiz.pk, definition=longer, slug="quiz", now=MONDAY)
    publish(quiz)

    assert "Nobody has begun" in page(dora, quiz)
    assert "30</b> reached it" in page(dora, quiz, "?version=1&days=30")
    assert "Nobody has begun" in page(dora, quiz, "?version=999&days=x")


def test_the_rows_of_the_address_are_a_file(dora: Client, quiz: Magnet) -> None:
    told(quiz, stage=(30, 20))
    answer = dora.get(f"/magnets/{quiz.pk}/questions/export.csv?days=30")

    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert rows[1] == ["1", "Na jakim etapie jest dom?", "30", "20", "10", "6–12 s", "4"]
    assert rows[-1][:2] == ["", "The form: where shall it go?"]


def test_what_asks_no_questions_has_no_such_page(dora: Client) -> None:
    guide = published()

    assert dora.get(f"/magnets/{guide.magnet_id}/questions").status_code == 404
    assert dora.get("/magnets/987654/questions").status_code == 404
