"""Pictures of answers: made anew, with words for whoever does not see them, shown openly and never a file that is gated."""

import io
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.magnets.conftest import MONDAY

from leadstone.domains.access.models import User
from leadstone.domains.magnets import queries, services
from leadstone.domains.magnets.gap import GapCode
from leadstone.domains.magnets.kinds.quiz import gaps_in, settings_of
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.magnets.question_views import pictures_in, question_view
from leadstone.project.demo.quiz import QUIZ
from leadstone.studio.magnets.forms import DraftForms

pytestmark = pytest.mark.usefixtures("brand")


@pytest.fixture
def dora(db: None) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create(email="dora@example.com", name="Dora", role="marketer", language="en"))
    return client


@pytest.fixture
def magnet(db: None) -> Magnet:
    return services.create_from_definition(QUIZ, slug="quiz", by=None, now=MONDAY)


def picture(size: tuple[int, int] = (900, 900)) -> SimpleUploadedFile:
    packed = io.BytesIO()
    Image.new("RGB", size, "teal").save(packed, "JPEG", exif=b"Exif\0\0secret-place")
    return SimpleUploadedFile("house.jpg", packed.getvalue(), content_type="image/jpeg")


def draft(magnet: Magnet) -> Any:
    return settings_of(queries.draft_of(queries.magnet(magnet.pk)))


def upload(dora: Client, magnet: Magnet, **fields: Any) -> Any:
    return dora.post(f"/magnets/{magnet.pk}/pictures", {name.replace("__", "-"): value for name, value in fields.items()})


def test_a_picture_is_made_anew_and_fetched_apart(dora: Client, magnet: Magnet) -> None:
    assert upload(dora, magnet, picture__stage__old=picture(), words__stage__old="A brick house").status_code == 302

    option = draft(magnet).questions[0].option("old")
    assert option.picture_words == "A brick house"
    shown = dora.get(f"/s/{option.picture}")
    assert shown["Content-Type"] == "image/png"
    assert b"secret-place" not in shown.content
    with Image.open(io.BytesIO(shown.content)) as image:
        assert image.size == (480, 480)


def test_a_picture_without_words_is_refused_beside_it_and_cannot_be_published(dora: Client, magnet: Magnet) -> None:
    answer = upload(dora, magnet, picture__stage__old=picture())

    assert answer.status_code == 422
    assert "Say what is on the picture" in answer.content.decode()
    assert GapCode.PICTURE_WITHOUT_WORDS in {gap.code for gap in gaps_in(draft(magnet))}


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", b"<svg onload='alert(1)'/>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n" + b"\0" * 100]
)
def test_what_is_no_picture_is_refused_in_words_and_nothing_changes(dora: Client, magnet: Magnet, content: bytes) -> None:
    before = draft(magnet)
    answer = upload(dora, magnet, picture__stage__old=SimpleUploadedFile("x.png", content), words__stage__old="A house")

    assert answer.status_code == 422
    assert "This is not a picture that we can read." in answer.content.decode()
    assert draft(magnet) == before


def test_saving_the_words_of_the_quiz_keeps_its_pictures_and_a_tick_takes_one_away(dora: Client, magnet: Magnet) -> None:
    upload(dora, magnet, picture__stage__old=picture(), words__stage__old="A brick house")
    forms = DraftForms(queries.draft_of(queries.magnet(magnet.pk)), slug=magnet.slug)
    data = {field.html_name: field.value() for form in forms._all() for field in form}
    dora.post(f"/magnets/{magnet.pk}/draft", {name: value for name, value in data.items() if value not in (None, False)})
    assert draft(magnet).questions[0].option("old").picture

    upload(dora, magnet, without__stage__old="on")
    assert draft(magnet) == settings_of(QUIZ)


def test_a_foreign_file_cannot_make_a_stored_file_public_by_calling_it_a_picture(db: None) -> None:
    questions = [{"key": "a", "text": "?", "options": [{"key": "x", "text": "X", "picture": "a" * 40, "picture_words": "w"}]}]
    taken = msgspec.structs.replace(QUIZ, settings=QUIZ.settings | {"questions": questions})

    made = services.create_from_definition(taken, slug="foreign", by=None, now=MONDAY)

    assert pictures_in(queries.draft_of(made)) == frozenset()


def test_a_page_shows_the_picture_and_its_words_and_nothing_of_points() -> None:
    question = settings_of(QUIZ).questions[0]
    option = msgspec.structs.replace(question.options[0], picture="f" * 40, picture_words="A plan")
    shown = question_view(msgspec.structs.replace(question, options=(option,)), number=1, of_most=5)

    assert shown.pictures == {option.key: ("f" * 40, "A plan")}
    assert not hasattr(shown, "points")
