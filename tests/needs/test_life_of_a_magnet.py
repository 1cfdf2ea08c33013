"""Languages, copies, and a draft shown in private."""

from datetime import timedelta

import msgspec
import pytest
from django.test import Client

from leadstone.domains.access.rules import Role
from leadstone.domains.magnets import queries, services
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.magnets.rules import LinkRefusal
from leadstone.flows import drafts_shown
from leadstone.infra.keys import load_or_create_secret
from leadstone.infra.stored_tokens.models import StoredToken
from leadstone.kernel.language import Language
from leadstone.wire.bundle import BrandFacts, Bundle, PublishedMagnet, PublishedVersion
from leadstone.wire.pages import FormView, Pages
from tests.cast import MONDAY, Guide, definition, published
from tests.studio.conftest import Browser, browser_of, company
from tests.worker.conftest import House, house

__all__ = ["browser_of", "company", "house"]


@pytest.fixture
def guide(db: None) -> Guide:
    made = published("guide")
    Magnet.objects.filter(pk=made.magnet_id).update(draft=msgspec.to_builtins(made.definition))
    return made


@pytest.fixture
def poradnik(db: None) -> Guide:
    made = published("poradnik", language="pl", title="Ogrzewanie bez gazu")
    Magnet.objects.filter(pk=made.magnet_id).update(draft=msgspec.to_builtins(made.definition))
    return made


def pages_of_everything() -> Pages:
    who = BrandFacts(company="Warm", language="en", sender_email="a@b.example", postal_address="1 St")
    return Pages(
        Bundle(
            revision="1",
            brand=who,
            magnets=queries.published_magnets(),
            token_verify_key="",
            journal_public_key="",
            public_url="https://warm.example",
        )
    )


def page(pages: Pages, guide: Guide, language: Language) -> str:
    version = PublishedVersion(version_id=guide.version_id, number=1, definition=guide.definition)
    return pages.magnet(version, guide.slug, language=language, form=FormView(token="t"))


def test_linked_magnets_offer_each_other_by_language(guide: Guide, poradnik: Guide) -> None:
    assert services.link_languages(magnet_id=guide.magnet_id, other_id=poradnik.magnet_id, now=MONDAY)

    shown = page(pages_of_everything(), guide, Language.ENGLISH)

    assert '<link rel="alternate" hreflang="en" href="https://warm.example/m/guide">' in shown
    assert '<link rel="alternate" hreflang="pl" href="https://warm.example/m/poradnik">' in shown
    assert '<a href="/m/poradnik" lang="pl" hreflang="pl">' in shown
    # In another language of the frame, the magnet's own language leads back to itself.
    assert '<a href="/m/guide" lang="en" hreflang="en">' in page(pages_of_everything(), guide, Language.POLISH)


def test_a_magnet_that_stands_alone_offers_its_frame_in_other_languages_as_before(guide: Guide, poradnik: Guide) -> None:
    shown = page(pages_of_everything(), guide, Language.ENGLISH)

    assert "alternate" not in shown
    assert '<a href="?lang=pl" lang="pl" hreflang="pl">' in shown


def test_the_list_of_everything_shows_one_magnet_once_in_the_visitors_language(guide: Guide, poradnik: Guide) -> None:
    services.link_languages(magnet_id=guide.magnet_id, other_id=poradnik.magnet_id, now=MONDAY)

    shown = pages_of_everything().index(language=Language.POLISH)

    assert "/m/poradnik" in shown
    assert "/m/guide" not in shown


def test_a_withdrawn_version_is_offered_no_more(guide: Guide, poradnik: Guide) -> None:
    services.link_languages(magnet_id=guide.magnet_id, other_id=poradnik.magnet_id, now=MONDAY)
    services.withdraw(magnet_id=poradnik.magnet_id, now=MONDAY)

    assert "alternate" not in page(pages_of_everything(), guide, Language.ENGLISH)


def test_each_language_has_one_magnet_and_none_is_another_language_of_itself(guide: Guide, poradnik: Guide) -> None:
    another = published("another")
    services.link_languages(magnet_id=guide.magnet_id, other_id=poradnik.magnet_id, now=MONDAY)

    same = services.link_languages(magnet_id=guide.magnet_id, other_id=guide.magnet_id, now=MONDAY)
    taken = services.link_languages(magnet_id=another.magnet_id, other_id=poradnik.magnet_id, now=MONDAY)

    assert (same.because, taken.because) == (LinkRefusal.ITSELF, LinkRefusal.LANGUAGE_TAKEN)


def test_what_was_linked_stands_alone_again(guide: Guide, poradnik: Guide) -> None:
    services.link_languages(magnet_id=guide.magnet_id, other_id=poradnik.magnet_id, now=MONDAY)

    services.leave_family(magnet_id=guide.magnet_id, now=MONDAY)

    assert queries.family_of(guide.magnet_id) == []
    assert queries.family_of(poradnik.magnet_id) == []
    assert set(Magnet.objects.values_list("family", flat=True)) == {""}


def test_a_version_in_another_language_begins_with_that_languages_own_contract(guide: Guide) -> None:
    decision, made = services.create_in_language(magnet_id=guide.magnet_id, language="pl", by=None, now=MONDAY)

    assert decision
    assert made is not None
    draft = queries.draft_of(made)
    assert (draft.language, draft.title, draft.asset) == ("pl", guide.definition.title, None)
    assert "pytanie" in " ".join(step.text for step in draft.contract.next_steps)
    assert {ask.key for ask in draft.contract.asks} == {ask.key for ask in guide.definition.contract.asks}
    assert [other.pk for other in queries.family_of(guide.magnet_id)] == [made.pk]
    again, second = services.create_in_language(magnet_id=guide.magnet_id, language="pl", by=None, now=MONDAY)
    assert (again.because, second) == (LinkRefusal.LANGUAGE_TAKEN, None)


def test_a_copy_has_the_words_and_the_file_and_an_address_of_its_own(guide: Guide) -> None:
    first = services.duplicate(magnet_id=guide.magnet_id, by=None, now=MONDAY)
    second = services.duplicate(magnet_id=guide.magnet_id, by=None, now=MONDAY)

    draft = queries.draft_of(first)
    assert (first.slug, second.slug, draft.title) == ("guide-copy", "guide-copy-2", "Heating without gas (copy)")
    assert draft.asset is not None
    assert guide.definition.asset is not None
    assert (draft.asset.key, draft.asset.name) == (guide.definition.asset.key, "guide-copy.pdf")
    assert draft.contract == definition().contract
    assert queries.versions(first.pk) == []


def test_a_link_to_a_draft_shows_it_until_it_is_ended(house: House) -> None:
    magnet = Magnet.objects.get()
    draft = definition(title="Not public yet", contract=definition().contract)
    Magnet.objects.filter(pk=magnet.pk).update(draft=msgspec.to_builtins(draft))
    house.work()
    token = drafts_shown.show_draft(magnet_id=magnet.pk, now=MONDAY)
    client = Client()
    told = {
        "headers": {"X-Leadstone-Door": load_or_create_secret(house.folder.keys / "door.key")},
        "leadstone.now": MONDAY + timedelta(days=1),
    }

    shown = client.get(f"/my/preview/{token}", **told)  # type: ignore[arg-type]
    assert shown.status_code == 200
    text = shown.content.decode()
    assert "Not public yet" in text
    assert "A draft, shown to you in private." in text
    assert '<fieldset class="asleep" disabled>' in text
    assert "noindex" in shown["X-Robots-Tag"]
    assert client.post(f"/my/preview/{token}", {"email": "a@b.example"}, **told).status_code == 405  # type: ignore[arg-type]
    # It opens nothing else, and nothing else opens it.
    assert client.get(f"/my/{token}", **told).status_code == 404  # type: ignore[arg-type]
    late = told | {"leadstone.now": MONDAY + drafts_shown.LASTS + timedelta(seconds=1)}
    assert client.get(f"/my/preview/{token}", **late).status_code == 404  # type: ignore[arg-type]

    assert drafts_shown.hide_draft(magnet_id=magnet.pk, now=MONDAY)
    assert client.get(f"/my/preview/{token}", **told).status_code == 404  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_new_link_ends_the_one_before_and_only_a_digest_is_kept(guide: Guide) -> None:
    first = drafts_shown.show_draft(magnet_id=guide.magnet_id, now=MONDAY)
    second = drafts_shown.show_draft(magnet_id=guide.magnet_id, now=MONDAY)

    assert drafts_shown.draft_behind(first, now=MONDAY) is None
    assert drafts_shown.draft_behind(second, now=MONDAY) == guide.magnet_id
    assert not StoredToken.objects.filter(digest__in=[first, second]).exists()


def test_the_editor_links_copies_and_shows(browser_of: Browser, guide: Guide, poradnik: Guide) -> None:
    dora = browser_of(Role.MARKETER)
    place = f"/magnets/{guide.magnet_id}"

    linked = dora.post(f"{place}/languages", {"other": poradnik.magnet_id}, follow=True).content.decode()
    assert "Ogrzewanie bez gazu" in linked
    assert f'action="{place}/languages/leave"' in linked
    shown = dora.post(f"{place}/shown")
    assert "/my/preview/" in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert "End the link" in dora.get(f"{place}/").content.decode()
    copied = dora.post(f"{place}/duplicate", follow=True).content.decode()
    assert "Heating without gas (copy)" in copied
    for bad in ("", "x", "99999", "9" * 40):
        assert dora.post(f"{place}/languages", {"other": bad}).status_code == 404
    assert dora.post(f"{place}/languages/new", {"language": "xx"}).status_code == 404


def test_siblings_are_told_apart_by_address_should_two_speak_the_same_language() -> None:
    said = definition()
    magnets = [
        PublishedMagnet(slug=slug, magnet_id=n, family="f", versions=(PublishedVersion(version_id=n, number=1, definition=told),))
        for n, (slug, told) in enumerate((("b", said), ("a", said), ("c", msgspec.structs.replace(said, language="pl"))), start=1)
    ]
    who = BrandFacts(company="Warm", language="en", sender_email="a@b.example", postal_address="1 St")
    bundle = Bundle(
        revision="1",
        brand=who,
        magnets=tuple(magnets),
        token_verify_key="",
        journal_public_key="",
        public_url="https://w.example",
    )

    shown = Pages(bundle).magnet(magnets[2].current, "c", language=Language.POLISH, form=FormView(token=""))

    assert 'hreflang="en" href="https://w.example/m/a"' in shown
