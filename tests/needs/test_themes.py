"""From what people send to themes, and what staff decide about them."""

from datetime import timedelta

import pytest

from leadstone.domains.access.models import User
from leadstone.domains.capture.models import Submission
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.needs import queries, services
from leadstone.domains.needs.models import Theme, Voice
from leadstone.domains.needs.queries import ThemeLine, ThemeOrder
from leadstone.domains.needs.rules.listening import Source, Verdict
from leadstone.domains.privacy.services import erase_contact
from leadstone.flows.visitor_acts import promises_rated
from leadstone.wire.records import PromiseRated
from tests.cast import MONDAY, Guide, Visitor, ask, form, published, receive

pytestmark = pytest.mark.django_db

BILLS = (
    "My electricity bills doubled last winter.",
    "How can we lower our electricity bills?",
    "Electricity bills are too high since the new tariff.",
    "Which tariff keeps electricity bills low?",
)
NOISE = (
    "The outdoor unit makes noise at night.",
    "Noise of the outdoor unit worries us.",
    "How much noise does an outdoor unit make?",
)


@pytest.fixture
def guide(db: None) -> Guide:
    return published(title="Choosing a roof", promise="Tiles and their prices.")


def everybody(guide: Guide, texts: tuple[str, ...], *, name: str) -> list[Visitor]:
    return [ask(guide, f"{name}{n}@example.com", question=text) for n, text in enumerate(texts)]


def gathered() -> list[ThemeLine]:
    services.listen(now=MONDAY)
    services.gather(now=MONDAY)
    return queries.themes(now=MONDAY)


def shape() -> dict[str, set[int]]:
    return {line.name: {voice.voice_id for voice in queries.voices_of(line.theme_id)} for line in queries.themes(now=MONDAY)}


def test_questions_gather_by_what_they_are_about_and_count_people(guide: Guide) -> None:
    everybody(guide, BILLS, name="b")
    everybody(guide, NOISE, name="n")
    ask(guide, "b0@example.com", question="Electricity bills again, sorry: is the tariff wrong?")

    first, second = gathered()

    assert "bills" in first.name.lower()
    assert (first.people, first.said, second.people) == (4, 5, 3)
    assert first.recent == 4
    assert sum(first.weeks) == 5


def test_listening_twice_hears_each_answer_once(guide: Guide) -> None:
    everybody(guide, BILLS, name="b")
    services.listen(now=MONDAY)

    assert services.listen(now=MONDAY + timedelta(minutes=1)) == (0, False)
    assert Voice.objects.count() == 4


def test_machines_and_repeats_are_not_listened_to(guide: Guide) -> None:
    receive(form(guide, "bot@example.com", suspicion="crawler", question=BILLS[0]))
    twice = form(guide, "ann@example.com", question=BILLS[1])
    receive(twice, twice)

    services.listen(now=MONDAY)

    assert [voice.text for voice in queries.loose_voices(limit=10)] == [BILLS[1]]


def test_words_to_an_answer_after_use_are_heard_too(guide: Guide) -> None:
    who = ask(guide, "ann@example.com")
    promises_rated(
        [
            PromiseRated(
                at=int(MONDAY.timestamp() * 1000), grant_key=str(who.grant_key), answer="no", words="Nothing about bills."
            )
        ],
        now=MONDAY,
    )
    services.listen(now=MONDAY)

    (voice,) = queries.loose_voices(limit=10)
    assert (voice.source, voice.text) == (Source.RATING, "Nothing about bills.")


def test_joining_and_taking_apart_gives_back_the_same(guide: Guide) -> None:
    everybody(guide, BILLS, name="b")
    everybody(guide, NOISE, name="n")
    bills, noise = gathered()
    before = shape()

    assert services.join(theme_id=noise.theme_id, into_id=bills.theme_id)
    (joined,) = queries.themes(now=MONDAY)
    assert joined.people == 7
    assert not services.join(theme_id=bills.theme_id, into_id=noise.theme_id)  # it is part of it already
    services.gather(now=MONDAY + timedelta(hours=2))
    assert services.take_apart(part_id=noise.theme_id)

    assert shape() == before


def test_what_was_split_off_and_joined_again_shows_the_same(guide: Guide) -> None:
    everybody(guide, BILLS, name="b")
    (bills,) = gathered()
    before = {voice.voice_id for voice in queries.voices_of(bills.theme_id)}

    made = services.split_by_word(theme_id=bills.theme_id, stem="tariff", by=1, now=MONDAY)

    assert made is not None
    assert {voice.text for voice in queries.voices_of(made)} == {BILLS[2], BILLS[3]}
    services.gather(now=MONDAY + timedelta(hours=2))
    assert len(queries.themes(now=MONDAY)) == 2
    services.join(theme_id=made, into_id=bills.theme_id)
    assert {voice.voice_id for voice in queries.voices_of(bills.theme_id)} == before


def test_a_name_and_a_move_survive_the_next_gathering(guide: Guide) -> None:
    everybody(guide, BILLS, name="b")
    everybody(guide, NOISE, name="n")
    bills, noise = gathered()
    moved = queries.voices_of(noise.theme_id)[0]
    services.rename(theme_id=bills.theme_id, name="What heating costs", by=1)
    services.move_voice(voice_id=moved.voice_id, to_id=bills.theme_id)
    everybody(guide, ("Electricity bills, electricity bills.",), name="late")

    lines = gathered()

    assert lines[0].name == "What heating costs"
    assert lines[0].people == 6
    assert moved.voice_id in {voice.voice_id for voice in queries.voices_of(bills.theme_id)}


def test_what_was_taken_out_stays_out(guide: Guide) -> None:
    everybody(guide, BILLS, name="b")
    (bills,) = gathered()
    out = queries.voices_of(bills.theme_id)[0]

    services.move_voice(voice_id=out.voice_id, to_id=None)
    gathered()

    assert out.voice_id in {voice.voice_id for voice in queries.loose_voices(limit=10)}


def test_an_erased_person_leaves_the_themes_and_their_words(guide: Guide) -> None:
    people = everybody(guide, (*BILLS, "Electricity bills in Zabrze Kowalskiego street."), name="b")
    gathered()

    erase_contact(people[4].contact_id, now=MONDAY)
    services.gather(now=MONDAY + timedelta(hours=2))

    (line,) = queries.themes(now=MONDAY)
    assert line.people == 4
    assert "kowal" not in str(list(Theme.objects.values("words", "core", "name"))).lower()
    assert not Voice.objects.filter(contact_id=people[4].contact_id).exists()


def test_a_form_whose_words_were_taken_back_is_in_no_theme(guide: Guide) -> None:
    people = everybody(guide, BILLS, name="b")
    gathered()
    Submission.objects.filter(contact_id=people[0].contact_id).update(payload=None)

    (line,) = gathered()

    assert line.people == 3


def test_a_theme_says_what_answers_it_and_a_person_has_the_last_word(guide: Guide) -> None:
    everybody(guide, BILLS, name="b")
    (bills,) = gathered()
    assert bills.answers == []
    speaking = published(title="Lower electricity bills with the right tariff", promise="Read your bills, choose a tariff.")

    (found,) = queries.themes(now=MONDAY)[0].answers
    assert (found.magnet_id, found.confirmed) == (speaking.magnet_id, False)
    assert {"electricity", "bills"} <= set(found.words)

    services.decide_answer(theme_id=bills.theme_id, magnet_id=speaking.magnet_id, verdict=Verdict.NO, by=1, now=MONDAY)
    services.decide_answer(theme_id=bills.theme_id, magnet_id=guide.magnet_id, verdict=Verdict.YES, by=1, now=MONDAY)
    (decided,) = queries.themes(now=MONDAY)[0].answers
    assert (decided.magnet_id, decided.confirmed) == (guide.magnet_id, True)
    assert queries.themes(now=MONDAY, answered=False) == []

    services.forget_decision(theme_id=bills.theme_id, magnet_id=guide.magnet_id)
    assert queries.themes(now=MONDAY)[0].answers == []


def test_the_next_magnet_begins_with_the_theme_and_with_nobodys_sentence(guide: Guide, dora: User) -> None:
    everybody(guide, BILLS, name="b")
    (bills,) = gathered()

    magnet_id = services.begin_magnet(theme_id=bills.theme_id, by=dora.pk, now=MONDAY)

    draft = Magnet.objects.get(pk=magnet_id)
    assert draft.title == bills.name
    assert len(draft.draft["points"]) == 3
    assert not any(text in str(draft.draft) for text in BILLS)
    assert queries.themes(now=MONDAY)[0].answers[0].magnet_id == magnet_id


def test_themes_are_found_ordered_and_filtered(guide: Guide) -> None:
    everybody(guide, BILLS, name="b")
    everybody(guide, NOISE, name="n")
    gathered()

    assert [line.people for line in queries.themes(now=MONDAY, search="NOISE")] == [3]
    assert queries.themes(now=MONDAY, search="nowhere") == []
    names = [line.name for line in queries.themes(now=MONDAY, order=ThemeOrder.NAME)]
    assert names == sorted(names, key=str.lower)


def test_a_worker_gathers_when_there_is_something_new_and_every_hour(guide: Guide) -> None:
    everybody(guide, BILLS, name="b")

    assert not services.gather_if_due(now=MONDAY)
    assert len(queries.themes(now=MONDAY)) == 1
    Theme.objects.all().update(name="")
    services.gather_if_due(now=MONDAY + timedelta(minutes=5))
    assert Theme.objects.get().name == ""  # nothing new: nothing to do
    services.gather_if_due(now=MONDAY + timedelta(minutes=61))
    assert Theme.objects.get().name != ""
