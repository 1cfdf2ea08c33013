"""From an idea to an answer at the studio's door."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Role
from leadstone.domains.experiments import queries
from leadstone.domains.experiments.queries import ExperimentFacts
from leadstone.domains.experiments.rules import Aspect, State
from leadstone.domains.experiments.rules.overlay import Overlay
from leadstone.domains.magnets import queries as magnets
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.tracking.models import PageViews
from leadstone.infra.blobs.store import BlobStore
from leadstone.wire.definition import FieldKey, MailWords
from tests.cast import MONDAY, Guide, ask, confirm

PLAN = {
    "name": "Warmer words",
    "question": "Warmth sells",
    "goal": "confirmed",
    "least_change": "50",
    "share": "1:1",
    "least_days": "7",
}
OTHER = {"b-title": "A warm house without gas", "b-promise": "What a heat pump costs, from forty houses like yours."}
Draft, Begin = Callable[..., int], Callable[..., ExperimentFacts]


@pytest.fixture
def blobs(db: None) -> BlobStore:
    """Where the screens look for files too."""
    return BlobStore(settings.FOLDER.blobs)


@pytest.fixture
def marketer(magnet: Magnet) -> Client:
    client = Client(headers={"host": "127.0.0.1", "accept-language": "en"})
    client.force_login(User.objects.create(email="dora@leadstone.example", name="Dora", role=Role.MARKETER.value, password="!"))
    return client


def page(client: Client, facts: ExperimentFacts) -> str:
    return client.get(reverse("experiment", args=[facts.experiment_id])).content.decode()


def came(facts: ExperimentFacts, *, visits: int, asked: dict[str, int], magnet: Magnet) -> None:
    """So many visits an arm, and so many people who sent its form and confirmed."""
    for key, version_id in facts.version_ids.items():
        PageViews.objects.create(version_id=version_id, day=MONDAY.date() + timedelta(days=1), channel="direct", people=visits)
        guide = Guide(magnet.pk, version_id, magnet.slug, magnets.definitions([version_id])[version_id])
        for number in range(asked[key]):
            at = MONDAY + timedelta(days=1, minutes=number)
            confirm(ask(guide, f"{key}{number}@example.com", now=at), now=at + timedelta(minutes=2))


def test_from_an_idea_to_a_running_experiment(marketer: Client, magnet: Magnet) -> None:
    empty = marketer.get(reverse("experiments")).content.decode()
    assert "Ask a question, and let visitors answer it" in empty

    made = marketer.post(reverse("experiment_new"), {"name": "Warmer words", "magnet": magnet.pk, "aspect": "promise"})
    (facts,) = queries.experiments()
    assert made["location"] == reverse("experiment", args=[facts.experiment_id])
    assert "Both arms say the same" in page(marketer, facts)

    started = marketer.post(reverse("experiment_start", args=[facts.experiment_id]), PLAN | OTHER, follow=True).content.decode()

    assert queries.experiment(facts.experiment_id).state is State.RUNNING
    assert "Nobody has come yet" in started
    assert "Warmth sells" in started
    assert "A warm house without gas" in started


def test_what_is_in_the_way_is_said_and_what_was_typed_is_kept(marketer: Client, drafted: Draft) -> None:
    experiment_id = drafted()
    answer = marketer.post(reverse("experiment_start", args=[experiment_id]), PLAN | OTHER | {"b-title": ""})
    assert answer.status_code == 422
    assert "An arm is not fit for the public yet" in answer.content.decode()
    assert queries.experiment(experiment_id).overlay.title == ""
    assert queries.experiment(experiment_id).state is State.DRAFT


def test_a_plan_without_a_name_says_so_beside_the_field(marketer: Client, drafted: Draft) -> None:
    answer = marketer.post(reverse("experiment_save", args=[drafted()]), PLAN | OTHER | {"name": " "})
    assert answer.status_code == 422
    assert "id_name_error" in answer.content.decode()


@pytest.mark.parametrize("value", ["15", "x", ""])
def test_a_plan_that_is_not_offered_is_refused(marketer: Client, drafted: Draft, value: str) -> None:
    experiment_id = drafted()
    answer = marketer.post(reverse("experiment_save", args=[experiment_id]), PLAN | OTHER | {"least_change": value})
    assert answer.status_code == 422
    assert queries.experiment(experiment_id).least_change == 50


def test_both_arms_are_shown_as_visitors_will_see_them(marketer: Client, drafted: Draft) -> None:
    experiment_id = drafted()
    shown = [marketer.get(reverse("experiment_arm", args=[experiment_id, arm])).content.decode() for arm in ("a", "b")]
    assert "Heating without gas" in shown[0]
    assert "A warm house without gas" in shown[1]
    assert marketer.get(reverse("experiment_arm", args=[experiment_id, "c"])).status_code == 404


def test_fields_are_left_out_needed_and_moved(marketer: Client, drafted: Draft) -> None:
    experiment_id = drafted(Aspect.FORM, Overlay())
    typed = {
        "b-ask-name": "required",
        "b-ask-company": "",
        "b-ask-question": "optional",
        "b-place-email": "2",
        "b-place-name": "1",
        "b-place-company": "3",
        "b-place-question": "4",
    }
    assert marketer.post(reverse("experiment_save", args=[experiment_id]), PLAN | typed).status_code == 302
    asks = queries.experiment(experiment_id).overlay.asks
    assert [(ask.key, ask.required) for ask in asks or ()] == [
        (FieldKey.NAME, True),
        (FieldKey.EMAIL, True),
        (FieldKey.QUESTION, False),
    ]


def test_a_subject_of_two_lines_is_one_line(marketer: Client, drafted: Draft) -> None:
    experiment_id = drafted(Aspect.MAIL, Overlay())
    marketer.post(
        reverse("experiment_save", args=[experiment_id]), PLAN | {"b-subject": "Your guide\r\nBcc: x", "b-preheader": ""}
    )
    assert queries.experiment(experiment_id).overlay.mail == MailWords(subject="Your guide Bcc: x")


def test_the_figures_count_people_of_each_arm(marketer: Client, started: Begin, magnet: Magnet) -> None:
    facts = started()
    came(facts, visits=200, asked={"a": 4, "b": 9}, magnet=magnet)
    told = page(marketer, facts)
    assert "Too early to say" in told or "Not enough data yet" in told
    assert "4.5%" in told
    assert "200 : 200" in told


def test_the_rule_speaks_and_the_winner_is_adopted_and_taken_back(marketer: Client, started: Begin, magnet: Magnet) -> None:
    facts = started(now=MONDAY - timedelta(days=20), least_change=100)
    came(facts, visits=300, asked={"a": 4, "b": 40}, magnet=magnet)
    assert "The other words bring more" in page(marketer, facts)
    ended = marketer.post(reverse("experiment_end", args=[facts.experiment_id]), follow=True).content.decode()
    assert "Let everybody read B" in ended

    marketer.post(reverse("experiment_adopt", args=[facts.experiment_id]))

    now = magnets.current_version(magnet.pk)
    assert now
    assert now.definition.title == "A warm house without gas"
    assert "Everybody reads B since" in page(marketer, facts)
    marketer.post(reverse("experiment_adopt_back", args=[facts.experiment_id]))
    now = magnets.current_version(magnet.pk)
    assert now
    assert now.definition.title == "Heating without gas"


def test_whoever_stops_early_is_told_what_that_is(marketer: Client, started: Begin) -> None:
    facts = started()
    told = marketer.post(reverse("experiment_end", args=[facts.experiment_id]), {"note": "The fair is over"}, follow=True)
    assert "stopped by hand before the rule had spoken" in told.content.decode()
    assert "The fair is over" in told.content.decode()


def test_a_draft_is_thrown_away_and_brought_back(marketer: Client, drafted: Draft) -> None:
    experiment_id = drafted()
    marketer.post(reverse("experiment_discard", args=[experiment_id]))
    assert marketer.get(reverse("experiment", args=[experiment_id])).status_code == 404
    marketer.post(reverse("experiment_bring_back", args=[experiment_id]))
    assert marketer.get(reverse("experiment", args=[experiment_id])).status_code == 200


def test_the_list_filters_sorts_and_is_taken_away_by_its_address(marketer: Client, started: Begin, drafted: Draft) -> None:
    started()
    drafted(name="Another idea")
    address = reverse("experiments")
    everything = marketer.get(address, {"order": "name"}).content.decode()
    assert everything.index("Another idea") < everything.index("Warmer words")
    running = marketer.get(address, {"state": "running"}).content.decode()
    assert "Another idea" not in running
    assert "Warmer words" in running
    assert "Nothing matches" in marketer.get(address, {"magnet": "999"}).content.decode()
    for odd in ({"state": "x"}, {"magnet": "x"}, {"order": "x"}, {"page": "0"}, {"page": "x"}, {"magnet": "9" * 18}):
        assert marketer.get(address, odd).status_code == 200
    file = marketer.get(reverse("experiments_csv"), {"state": "running"})
    rows = b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Warmer words" in rows
    assert "Another idea" not in rows
