"""The words of an explicit consent, and whether answers of those who stop are kept, as rows of the editor."""

import pytest
from django.test import Client
from tests.magnets.guarded import WORDS
from tests.magnets.keeping import WHY
from tests.magnets.test_quiz_editor import dora, draft, magnet, posted

from leadstone.domains.magnets.models import Magnet

__all__ = ["dora", "magnet"]

pytestmark = pytest.mark.usefixtures("brand")


def test_a_question_that_the_law_protects_is_refused_in_words_until_its_consent_is_written(dora: Client, magnet: Magnet) -> None:
    asked = {"question-0-text": "Czy ktoś w domu ma astmę?", "quiz-scoring": "tiers"}
    refused = dora.post(f"/magnets/{magnet.pk}/publish", posted(magnet, **asked), follow=True).content.decode()
    assert "This asks about health. Write the words of an explicit consent under it" in refused

    plain = {f"question-0-option-{n}-tags": "" for n in range(4)}
    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **asked, **plain, **{"question-0-consent": f" {WORDS} "}))

    question = draft(magnet).questions[0]
    assert (question.consent, question.guarded) == (WORDS, True)
    page = dora.get(f"/magnets/{magnet.pk}/").content.decode()
    assert WORDS in page
    assert "This asks about health" not in page


def test_a_mark_of_the_marketer_is_kept_and_asks_for_the_words(dora: Client, magnet: Magnet) -> None:
    page = dora.post(f"/magnets/{magnet.pk}/publish", posted(magnet, **{"question-0-about": "politics"}), follow=True)

    assert draft(magnet).questions[0].about == "politics"
    assert "This asks about politics." in page.content.decode()


def test_keeping_answers_of_those_who_stop_is_off_until_it_is_ticked_and_then_wants_a_reason(
    dora: Client, magnet: Magnet
) -> None:
    assert not draft(magnet).keeps_stopped
    page = dora.post(
        f"/magnets/{magnet.pk}/publish", posted(magnet, **{"quiz-keeps_stopped": "on"}), follow=True
    ).content.decode()
    assert draft(magnet).keeps_stopped
    assert "Say why you keep the answers of people who stop half way." in page
    assert "Answers are kept of people who leave no address, and the exchange does not say so." in page

    dora.post(f"/magnets/{magnet.pk}/draft", posted(magnet, **{"quiz-keeps_why": WHY}))
    assert (draft(magnet).keeps_stopped, draft(magnet).keeps_why) == (True, WHY)
    assert "They read it before they begin." not in dora.get(f"/magnets/{magnet.pk}/").content.decode()
