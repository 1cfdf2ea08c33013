"""An explicit consent is a line of the ledger with its words; taking it back deletes the answer and touches nothing else."""

import pytest

from leadstone.domains.capture.models import Submission
from leadstone.domains.capture.services import UnfitSubmission
from leadstone.domains.consent import queries as consent
from leadstone.domains.consent.models import ConsentRecord, Suppression
from leadstone.domains.consent.rules import Act
from leadstone.domains.privacy.rules.data_map import DATABASE
from leadstone.flows.preferences import stop_marketing, stop_purpose
from leadstone.wire.definition import Channel, Purpose
from tests.cast import MONDAY, Guide, Visitor, ask, confirm, leave, new_version, published
from tests.magnets.guarded import WORDS, guarded

pytestmark = pytest.mark.django_db

SUBJECT = (Purpose.SPECIAL, Channel.EMAIL)
REST = {"q.stage": "new", "q.walls": "walls", "q.flow": "floor", "q.warm": "4"}
SAID = {"q.asthma": "yes", "q.asthma.agreed": "yes"}


def told(**changes: object) -> dict[str, object]:
    definition = guarded(**changes)
    return {name: getattr(definition, name) for name in ("kind", "language", "title", "settings", "contract")}


@pytest.fixture
def quiz() -> Guide:
    return published(**told())


@pytest.fixture
def ann(quiz: Guide) -> Visitor:
    return ask(quiz, "ann@example.com", **REST, **SAID)


def answers() -> dict[str, str]:
    payload = Submission.objects.get().payload
    assert payload is not None
    return dict(payload["answers"])


def act_of(who: Visitor) -> Act | None:
    return consent.permissions_of([who.contact_id]).get(who.contact_id, {}).get(SUBJECT)


def test_the_ledger_holds_the_exact_words_the_version_and_the_time(ann: Visitor, quiz: Guide) -> None:
    (line,) = consent.history_of(ann.contact_id)

    assert (line.act, line.purpose, line.channel, line.words) == (Act.ASKED, *SUBJECT, WORDS)
    assert (line.version_id, line.at, line.language) == (quiz.version_id, MONDAY, "pl")
    assert consent.verify_ledger().intact


def test_a_proven_mailbox_confirms_each_wording_and_lifts_no_stop_of_marketing(quiz: Guide) -> None:
    other = "Zgadzam się, by moja odpowiedź o alergii posłużyła do obliczenia mojego wyniku."
    ann = ask(quiz, "ann@example.com", **REST, **SAID)
    leave(ann)
    second = new_version(quiz, **told(consent=other))
    ask(second, "ann@example.com", **REST, **SAID)
    confirm(ann)

    given = [line.words for line in consent.history_of(ann.contact_id) if line.act is Act.GIVEN]
    assert sorted(given) == sorted([WORDS, other])
    assert act_of(ann) is Act.GIVEN
    assert Suppression.objects.get().lifted_at is None


def test_whoever_left_it_out_agreed_to_nothing(quiz: Guide) -> None:
    bob = ask(quiz, "bob@example.com", **REST)

    assert consent.history_of(bob.contact_id) == []


def test_a_record_with_the_answer_and_no_tick_takes_no_effect(quiz: Guide) -> None:
    with pytest.raises(UnfitSubmission):
        ask(quiz, "mallory@example.com", **REST, **{"q.asthma": "yes"})

    assert not Submission.objects.exists()


def test_taking_it_back_deletes_the_answer_at_once_and_nothing_else(ann: Visitor) -> None:
    before = answers()
    stop_purpose(ann.contact_id, purpose=Purpose.SPECIAL, now=MONDAY)
    stop_purpose(ann.contact_id, purpose=Purpose.SPECIAL, now=MONDAY)

    assert answers() == {name: text for name, text in before.items() if "asthma" not in name}
    assert act_of(ann) is Act.WITHDRAWN
    assert ConsentRecord.objects.filter(act=Act.WITHDRAWN.value).count() == 1
    assert consent.verify_ledger().intact


def test_it_deletes_nothing_of_anybody_else(ann: Visitor, quiz: Guide) -> None:
    bob = ask(quiz, "bob@example.com", **REST, **SAID)
    stop_purpose(ann.contact_id, purpose=Purpose.SPECIAL, now=MONDAY)

    payload = Submission.objects.get(contact_id=bob.contact_id).payload
    assert payload is not None
    assert payload["answers"].items() >= SAID.items()
    assert act_of(bob) is Act.ASKED


def test_leaving_marketing_leaves_the_result_as_it_is(ann: Visitor) -> None:
    stop_marketing(ann.contact_id, now=MONDAY)

    assert act_of(ann) is Act.ASKED
    assert answers().items() >= SAID.items()


def test_it_is_no_wish_for_marketing_that_would_raise_the_quality(ann: Visitor) -> None:
    assert consent.purposes_asked([ann.contact_id]) == {}


def test_the_map_of_personal_data_says_where_such_answers_may_lie() -> None:
    special = {(name, column) for name, table in DATABASE.items() for column, told in table.personal.items() if told.special}

    assert special == {("capture_submission", "payload"), ("capture_quarantinedrecord", "sealed")}
