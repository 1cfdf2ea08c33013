"""A quiz in the editor: begun from an example, written as rows, tried, refused while something is missing."""

from typing import Any

import msgspec
import pytest
from django.test import Client
from tests.magnets.conftest import MONDAY

from leadstone.domains.access.models import User
from leadstone.domains.magnets import queries, services
from leadstone.domains.magnets.kinds.quiz import settings_of
from leadstone.domains.magnets.models import Magnet
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


def posted(magnet: Magnet, **changes: Any) -> dict[str, Any]:
    forms = DraftForms(queries.draft_of(queries.magnet(magnet.pk)), slug=magnet.slug)
    data = {field.html_name: field.value() for form in forms._all() for field in form}
    return {name: value for name, value in (data | changes).items() if value not in (None, False)}


def draft(magnet: Magnet) -> Any:
    return settings_of(queries.draft_of(queries.magnet(magnet.pk)))


def test_saving_what_stands_there_changes_nothing(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet))

    assert draft(magnet) == settings_of(QUIZ)


def test_a_quiz_begins_with_three_questions_and_may_be_published_as_it_is(dora: Client) -> None:
    answer = dora.post("/magnets/begin", {"kind": "quiz"}, follow=True)

    made = Magnet.objects.get(kind="quiz")
    assert len(draft(made).questions) == 3
    assert "The questions" in answer.content.decode()
    assert dora.post(f"/magnets/{made.pk}/publish", posted(made)).status_code == 302
    assert queries.current_version(made.pk) is not None


def test_a_kind_that_needs_a_document_does_not_begin_without_one(dora: Client) -> None:
    assert dora.post("/magnets/begin", {"kind": "guide"}).status_code == 404


def test_tags_of_an_answer_are_one_line_and_come_back_as_they_were_read(dora: Client, magnet: Magnet) -> None:
    dora.post(
        f"/magnets/{magnet.pk}/draft", posted(magnet, **{"question-0-option-1-tags": " Stary dom,, dach  płaski, STARY DOM"})
    )

    assert draft(magnet).questions[0].options[1].tags == ("Stary dom", "dach płaski")
    assert 'value="Stary dom, dach płaski"' in dora.get(f"/magnets/{magnet.pk}/").content.decode()
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet))
    assert draft(magnet).questions[0].options[1].tags == ("Stary dom", "dach płaski")


def test_more_tags_than_a_card_shows_are_kept_and_said(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **{"question-0-option-1-tags": "a, b, c, d, e, f"}))

    assert len(draft(magnet).questions[0].options[1].tags) == 6
    assert "An answer has at most 5 tags of at most 30 letters each." in dora.get(f"/magnets/{magnet.pk}/").content.decode()


def test_rows_become_questions_answers_points_ways_and_outcomes(dora: Client, magnet: Magnet) -> None:
    changes = {
        "question-0-text": "How old is it?",
        "question-0-option-3-text": "No idea",
        "question-0-option-3-points-house": "1",
        "question-0-option-3-then": "end",
        "question-1-text": "",
        "question-1-option-0-text": "",
        "question-1-option-1-text": "",
        "question-1-option-2-text": "",
        "outcome-3-title": "Another",
        "outcome-3-text": "One more.",
        "outcome-3-at_least": "11",
    }
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **changes))

    now = draft(magnet)
    assert [question.key for question in now.questions] == ["stage", "flow", "warm", "worry"]
    assert now.questions[0].text == "How old is it?"
    assert msgspec.to_builtins(now.questions[0].options[3]) == {
        "key": "o1",
        "text": "No idea",
        "points": {"house": 1},
        "then": "end",
    }
    assert (now.outcomes[3].title, now.outcomes[3].at_least) == ("Another", 11)


def test_the_last_change_can_be_undone(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **{"question-0-text": "Other words"}))
    dora.post(f"/magnets/{magnet.pk}/undo")

    assert draft(magnet) == settings_of(QUIZ)


def test_a_button_gives_one_more_question_without_javascript(dora: Client, magnet: Magnet) -> None:
    answer = dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, add_question="1"), follow=True)

    assert b'name="question-5-text"' in answer.content


def test_publishing_is_refused_with_the_gap_beside_its_row(dora: Client, magnet: Magnet) -> None:
    answer = dora.post(f"/magnets/{magnet.pk}/publish", posted(magnet, **{"question-2-text": "Are you a union member?"}))

    assert answer.status_code == 422
    words = answer.content.decode()
    assert 'href="#at-question-2"' in words
    assert "This asks about trade unions." in words
    assert queries.current_version(magnet.pk) is None


def test_the_simulator_says_how_many_ways_lead_where(dora: Client, magnet: Magnet) -> None:
    words = dora.get(f"/magnets/{magnet.pk}/").content.decode()

    assert "ways through it were tried" in words
    assert "Every way says that they need you" not in words
    changes = {f"outcome-{n}-offers": "on" for n in range(3)}
    saved = dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **changes), headers={"hx-request": "true"}).content.decode()
    assert "Every way says that they need you" in saved


def test_the_preview_shows_the_first_screen_and_no_outcome(dora: Client, magnet: Magnet) -> None:
    page = dora.get(f"/magnets/{magnet.pk}/preview").content.decode()

    assert 'value="start"' in page
    assert not any(outcome.text in page for outcome in settings_of(QUIZ).outcomes)


@pytest.mark.parametrize(
    "typed", [{"question-3-most": "many"}, {"outcome-0-at_least": "x"}, {"question-0-option-0-then": "stage"}]
)
def test_what_cannot_be_read_keeps_its_old_value(dora: Client, magnet: Magnet, typed: dict[str, str]) -> None:
    answer = dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **typed))

    assert answer.status_code == 422
    assert draft(magnet) == settings_of(QUIZ)


def test_a_question_and_an_answer_move_by_their_buttons(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, move_row="question-1:up"))
    assert [question.key for question in draft(magnet).questions][:2] == ["walls", "stage"]

    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, move_row="question-0-option-0:down"))
    assert [option.key for option in draft(magnet).questions[0].options] == ["roof", "walls", "windows"]


@pytest.mark.parametrize(
    "wish", ["question-0:up", "question-99:up", "question-x:up", "question-0:left", "nothing", "outcome-0:up", ":"]
)
def test_a_move_that_cannot_be_made_changes_nothing(dora: Client, magnet: Magnet, wish: str) -> None:
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, move_row=wish))

    assert draft(magnet) == settings_of(QUIZ)


def test_places_that_were_dragged_are_the_new_order(dora: Client, magnet: Magnet) -> None:
    changes = {"question-0-place": "30", "question-1-place": "20", "question-2-place": "10", "question-3-place": "0"}
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **changes))

    assert [question.key for question in draft(magnet).questions][:4] == ["warm", "flow", "walls", "stage"]


def test_an_answer_may_be_a_need_and_a_question_may_tell_of_the_company(dora: Client, magnet: Magnet) -> None:
    changes = {"question-0-option-1-need": "on", "question-4-says": "company", "question-4-need": "on"}
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **changes))

    now = draft(magnet)
    assert now.questions[0].options[1].need
    assert (now.questions[4].says, now.questions[4].need) == ("company", True)


def test_an_answer_is_marked_as_a_wish_to_buy_in_its_row_and_stays_marked(dora: Client, magnet: Magnet) -> None:
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **{"question-0-option-0-wants": "on"}))
    assert draft(magnet).questions[0].options[0].wants

    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet))
    assert [option.wants for option in draft(magnet).questions[0].options] == [True, False, False]
