"""The screens of needs and of kept promises: what they show, to whom, and what each button does."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from leadstone.domains.access.models import User
from leadstone.domains.access.rules import Reach, Role, Thing
from leadstone.domains.access.services import change_reaches
from leadstone.domains.grants import services as grants
from leadstone.domains.grants.rules import Rating
from leadstone.domains.grants.services import Rated
from leadstone.domains.leads.models import Lead
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.needs import queries, services
from leadstone.domains.needs.models import Theme
from leadstone.flows.promises_watched import watch_promises
from tests.cast import Guide, ask, published, staff
from tests.needs.test_themes import BILLS, NOISE
from tests.studio.conftest import Browser, browser_of, company

__all__ = ["browser_of", "company"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(browser_of: Browser) -> Client:
    return browser_of(Role.MARKETER)


@pytest.fixture
def bills(company: None) -> int:
    """The theme of bills; another one, of noise, stands beside it."""
    guide = published(title="Choosing a roof", promise="Tiles and their prices.")
    now = timezone.now()
    for n, text in enumerate((*BILLS, *NOISE)):
        ask(guide, f"p{n}@example.com", now=now, question=text)
    services.listen(now=now)
    services.gather(now=now)
    return queries.themes(now=now)[0].theme_id


def other_theme(than: int) -> int:
    return Theme.objects.exclude(pk=than).get().pk


def test_the_list_shows_each_theme_with_its_people_and_what_answers_it(dora: Client, bills: int) -> None:
    page = dora.get("/needs/").content.decode()

    assert "4 people" in page
    assert page.count("Nothing answers this yet") == 2
    assert f'href="/needs/{bills}"' in page


def test_an_empty_list_teaches_how_to_begin(dora: Client) -> None:
    page = dora.get("/needs/").content.decode()

    assert "Here stands what people struggle with" in page
    assert 'href="/magnets/"' in page


@pytest.mark.parametrize(
    "query", ["?order=sideways", "?q=%00x", "?answered=maybe", "?q=" + "x" * 5000, "?order=name&answered=no&q=bill", "?page=-1"]
)
def test_what_no_filter_knows_changes_nothing(dora: Client, bills: int, query: str) -> None:
    assert dora.get(f"/needs/{query}").status_code == 200
    assert dora.get(f"/needs/{bills}{query}").status_code == 200


def test_the_file_has_the_rows_of_the_address_and_nobodys_sentence(dora: Client, bills: int) -> None:
    text = b"".join(dora.get("/needs/export.csv?q=bill").streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]

    (_head, row) = csv.reader(io.StringIO(text))
    assert row[2] == "4"
    assert not any(sentence in text for sentence in BILLS)


def test_a_theme_opens_to_what_was_said_and_to_the_leads_behind_it(dora: Client, bills: int) -> None:
    page = dora.get(f"/needs/{bills}").content.decode()

    for text in BILLS:
        assert text in page
    assert f'href="{reverse("lead", args=[Lead.objects.order_by("pk")[0].pk])}"' in page


def test_whoever_is_out_of_reach_is_counted_and_not_quoted(browser_of: Browser, bills: int) -> None:
    change_reaches({(Role.MARKETER, Thing.LEADS): Reach.OWN})
    somebody = staff("Emil", Role.REP)
    Lead.objects.update(owner=somebody)

    page = browser_of(Role.MARKETER).get(f"/needs/{bills}").content.decode()

    assert "4 people" in page
    assert "4 more, from people out of your reach" in page
    assert not any(text in page for text in BILLS)


def test_a_rep_sees_no_needs_and_a_privacy_officer_changes_none(browser_of: Browser, bills: int) -> None:
    assert browser_of(Role.REP).get("/needs/").status_code == 403
    assert browser_of(Role.REP).post(f"/needs/{bills}/name", {"name": "x"}).status_code == 403
    assert browser_of(Role.MARKETER).get(f"/needs/{bills}/answers.csv").status_code == 403
    assert Theme.objects.get(pk=bills).named_by_id is None


def test_a_theme_is_renamed_joined_and_taken_apart(dora: Client, bills: int) -> None:
    noise = other_theme(bills)

    assert (
        "What heating costs" in dora.post(f"/needs/{bills}/name", {"name": " What  heating costs "}, follow=True).content.decode()
    )
    joined = dora.post(f"/needs/{noise}/join", {"into": bills}, follow=True).content.decode()
    assert f'action="/needs/{noise}/apart"' in joined
    assert dora.get(f"/needs/{noise}").status_code == 404
    dora.post(f"/needs/{noise}/apart")
    assert dora.get(f"/needs/{noise}").status_code == 200
    for bad in ("", "x", "999999", "9" * 40):
        assert dora.post(f"/needs/{noise}/join", {"into": bad}).status_code == 404
    assert "cannot be part of itself" in dora.post(f"/needs/{noise}/join", {"into": noise}, follow=True).content.decode()


def test_a_theme_is_split_by_a_word_that_some_of_it_says(dora: Client, bills: int) -> None:
    made = dora.post(f"/needs/{bills}/split", {"stem": "tariff"}, follow=True).content.decode()

    assert "theme of its own now" in made
    assert BILLS[3] in made
    assert BILLS[0] not in made
    assert "and not all" in dora.post(f"/needs/{bills}/split", {"stem": "nowhere"}, follow=True).content.decode()


def test_an_answer_is_moved_and_taken_out(dora: Client, bills: int) -> None:
    voice = queries.voices_of(bills)[0].voice_id

    dora.post(f"/needs/answers/{voice}/move", {"to": other_theme(bills)})
    assert voice not in {each.voice_id for each in queries.voices_of(bills)}
    dora.post(f"/needs/answers/{voice}/move", {"to": "none"})
    assert voice in {each.voice_id for each in queries.loose_voices(limit=10)}
    assert queries.loose_voices(limit=1)[0].text in dora.get("/needs/loose").content.decode()
    assert dora.post(f"/needs/answers/{voice}/move", {"to": "x"}).status_code == 404


def test_a_magnet_is_confirmed_and_taken_away_with_undo(dora: Client, bills: int) -> None:
    magnet = Magnet.objects.get()

    added = dora.post(f"/needs/{bills}/magnets/add", {"magnet": magnet.pk}, follow=True).content.decode()
    assert "One of us said so" in added
    assert f'action="/needs/{bills}/magnets/{magnet.pk}/words"' in added
    dora.post(f"/needs/{bills}/magnets/{magnet.pk}/no")
    assert "Nothing answers this yet." in dora.get(f"/needs/{bills}").content.decode()
    assert dora.post(f"/needs/{bills}/magnets/{magnet.pk}/perhaps").status_code == 404
    assert dora.post(f"/needs/{bills}/magnets/99999/yes").status_code == 404


def test_the_next_magnet_begins_from_a_theme(dora: Client, bills: int) -> None:
    page = dora.post(f"/needs/{bills}/begin", follow=True)

    assert page.status_code == 200
    assert Magnet.objects.count() == 2
    assert not any(text in page.content.decode() for text in BILLS)


def fallen(guide: Guide) -> None:
    now = timezone.now()
    people = [ask(guide, f"r{n}@example.com", now=now) for n in range(32)]
    told = {
        who.grant_key: Rated(Rating.YES if n < 19 else Rating.NO, now - timedelta(days=60 if n < 20 else 2), f"words {n}")
        for n, who in enumerate(people)
    }
    grants.rate(told)
    watch_promises(now=now)


def test_a_falling_promise_stands_in_the_day_of_whoever_made_the_magnet_until_it_was_seen(
    browser_of: Browser, company: None
) -> None:
    dora, marek = browser_of(Role.MARKETER), browser_of(Role.MANAGER)
    guide = published(title="Heating")
    Magnet.objects.filter(pk=guide.magnet_id).update(created_by=User.objects.get(role=Role.MARKETER.value))
    fallen(guide)
    said = "the promise is kept less often"

    assert said in dora.get("/").content.decode()
    assert said not in marek.get("/").content.decode()
    page = dora.post(f"/magnets/{guide.magnet_id}/promise/seen", follow=True).content.decode()
    assert "kept less often than before" in page
    assert f'action="/magnets/{guide.magnet_id}/promise/show-again"' in page
    assert said not in dora.get("/").content.decode()


def test_a_falling_promise_without_its_maker_stands_in_everybodys_day_who_sees_figures(
    browser_of: Browser, company: None
) -> None:
    guide = published(title="Heating")
    fallen(guide)

    assert "kept less often" in browser_of(Role.MANAGER).get("/").content.decode()
    assert "kept less often" not in browser_of(Role.REP).get("/").content.decode()


def test_the_promise_of_a_magnet_shows_its_score_with_its_sample_and_the_words(dora: Client, company: None) -> None:
    guide = published(title="Heating")
    quiet = dora.get(f"/magnets/{guide.magnet_id}/promise").content.decode()
    assert "Not enough answers yet" in quiet
    assert "0 of 10" in quiet
    fallen(guide)

    page = dora.get(f"/magnets/{guide.magnet_id}/promise").content.decode()

    assert "59%" in page  # 19 of 32
    assert "words 31" in page
    assert "Not enough answers yet" not in page
    assert dora.get("/magnets/99999/promise").status_code == 404
