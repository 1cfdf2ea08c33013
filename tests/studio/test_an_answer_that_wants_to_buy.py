"""An answer that was marked as a wish to buy is offered as a receipt for intent; a person takes it, and nobody else."""

import pytest
from django.test import Client

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import THE_HOUSE
from leadstone.domains.capture.models import Submission
from leadstone.domains.qualification import queries, services
from leadstone.domains.qualification.models import Evidence, Point
from leadstone.domains.qualification.queries import Source
from leadstone.domains.qualification.rules import EvidenceKind, Refusal
from tests.cast import MONDAY, Guide, Visitor, ask, published, receive, visitor
from tests.cast import form as form_of
from tests.magnets.test_answers_that_want_to_buy import marked

pytestmark = pytest.mark.django_db

WANTS = {"q.stage": "plan", "q.flow": "floor", "q.warm": "4"}
SAID = "Na jakim etapie jest dom? Dopiero projekt"


@pytest.fixture
def quiz() -> Guide:
    definition = marked()
    return published(**{name: getattr(definition, name) for name in ("kind", "title", "settings", "contract")})


@pytest.fixture
def wants(quiz: Guide) -> Visitor:
    """Somebody whose answer is marked."""
    return ask(quiz, "ann@example.com", **WANTS)


def point(key: str) -> Point:
    return Point.objects.get(key=key)


def offered(who: Visitor, key: str) -> list[Source]:
    found = queries.suggestions_for(queries.checklist(who.lead_id), reader=THE_HOUSE)
    return [source for source in found.get(point(key).pk, []) if source.kind is EvidenceKind.SIGN]


def accept(who: Visitor, by: User, source_id: int) -> services.Given:
    return services.give_evidence(
        lead_id=who.lead_id,
        point_id=point("intent").pk,
        kind=EvidenceKind.SIGN,
        source_id=source_id,
        reader=THE_HOUSE,
        by=by.pk,
        now=MONDAY,
    )


def test_a_marked_answer_is_offered_for_intent_in_its_own_words_and_establishes_nothing_by_itself(wants: Visitor) -> None:
    (source,) = offered(wants, "intent")

    assert (source.said, source.about) == (SAID, marked().title)
    assert source.source_id == Submission.objects.get().pk
    assert offered(wants, "interest") == []
    assert queries.points_established([wants.lead_id])[wants.lead_id] == frozenset()


def test_it_stands_before_everything_that_was_not_marked(wants: Visitor, emil: User) -> None:
    for number in range(4):
        services.write_evidence(lead_id=wants.lead_id, point_id=point("need").pk, text=f"{number}", by=emil.pk, now=MONDAY)

    Evidence.objects.all().delete()
    first = queries.suggestions_for(queries.checklist(wants.lead_id), reader=THE_HOUSE)[point("intent").pk][0]
    assert first.kind is EvidenceKind.SIGN


def test_another_answer_is_no_sign(quiz: Guide) -> None:
    assert offered(ask(quiz, "bob@example.com", **WANTS | {"q.stage": "new", "q.walls": "walls"}), "intent") == []


def test_who_takes_it_has_a_receipt_that_names_the_form(wants: Visitor, emil: User) -> None:
    given = accept(wants, emil, Submission.objects.get().pk)

    assert given.decision
    row = Evidence.objects.get()
    assert (row.kind, row.source_id, row.said, row.by) == ("sign", Submission.objects.get().pk, SAID, emil)
    assert queries.points_established([wants.lead_id])[wants.lead_id] == {"intent"}
    assert offered(wants, "intent") == []


def test_a_form_of_somebody_else_or_without_a_mark_is_not_believed(wants: Visitor, quiz: Guide, emil: User) -> None:
    other = ask(quiz, "bob@example.com", **WANTS)
    unmarked = ask(quiz, "cleo@example.com", **WANTS | {"q.stage": "new", "q.walls": "walls"})
    form_of_bob = Submission.objects.get(contact_id=other.contact_id).pk
    form_of_cleo = Submission.objects.get(contact_id=unmarked.contact_id).pk

    assert accept(wants, emil, form_of_bob).decision.because is Refusal.NOT_THEIRS
    assert accept(unmarked, emil, form_of_cleo).decision.because is Refusal.NOT_THEIRS
    assert not Evidence.objects.exists()


def test_an_erased_form_says_nothing_any_more(wants: Visitor, emil: User) -> None:
    Submission.objects.update(payload=None)

    assert offered(wants, "intent") == []
    assert accept(wants, emil, Submission.objects.get().pk).decision.because is Refusal.NOT_THEIRS


def test_the_same_form_sent_twice_is_one_receipt(quiz: Guide) -> None:
    receive(form_of(quiz, "ann@example.com", nonce="same", **WANTS), form_of(quiz, "ann@example.com", nonce="same", **WANTS))

    assert len(offered(visitor(quiz, "ann@example.com"), "intent")) == 1


def test_one_press_on_the_card_takes_it(admin: Client, wants: Visitor) -> None:
    page = admin.get(f"/leads/{wants.lead_id}").content.decode()
    assert SAID in page
    assert f"Marked as a wish to buy, in “{marked().title}”" in page

    sent = {"point": point("intent").pk, "kind": "sign", "source": Submission.objects.get().pk}
    told = admin.post(f"/qualification/{wants.lead_id}/evidence", sent, follow=True).content.decode()

    assert "Answer marked as a wish to buy" in told
    assert Evidence.objects.get().kind == "sign"
