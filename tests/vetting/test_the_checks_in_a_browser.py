"""The checks as a marketer and a manager meet them, with and without scripts."""

from typing import Any

import msgspec
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from leadstone.domains.access.models import User
from leadstone.domains.magnets.models import Magnet
from leadstone.domains.vetting.models import Provenance, Source
from tests.magnets.conftest import MONDAY
from tests.magnets.definitions import complete
from tests.marketer import Open

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def complaints(page: Page) -> list[str]:
    found = Axe().run(page, context={"exclude": [["iframe"]]}, options={"runOnly": RULES})
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found.response["violations"]]


def bold(**changes: Any) -> Magnet:
    definition = msgspec.structs.replace(complete(), **{"title": "Triple your home's value", **changes})
    return Magnet.objects.create(
        slug="guide",
        kind="guide",
        language="en",
        title=definition.title,
        draft=msgspec.to_builtins(definition),
        created_at=MONDAY,
        updated_at=MONDAY,
    )


def test_words_are_marked_while_they_are_typed_and_the_mark_goes_when_they_are_softened(open_studio: Open) -> None:
    magnet = bold(title="What your home is worth")
    page = open_studio(f"/magnets/{magnet.pk}/")
    page.get_by_label("Title").fill("Triple your home's value")
    expect(page.locator("#gap-title mark")).to_have_text("Triple your home")
    page.get_by_label("Title").fill("What your home is worth now")
    expect(page.locator("#gap-title")).to_be_hidden()


def test_evidence_is_given_without_scripts_and_from_the_link_beside_the_words(open_studio: Open) -> None:
    magnet = bold()
    page = open_studio(f"/magnets/{magnet.pk}/", scripts=False)
    page.get_by_role("link", name="Answer for it", exact=True).click()
    page.get_by_text("Show evidence").click()
    page.get_by_label("Who measured or said it").fill("Institute of Buildings")
    page.get_by_label("Web address").first.fill("https://example.org/study")
    page.get_by_label("From which day").fill("2026-01-01")
    page.get_by_label("Until which day it holds").fill("2099-01-01")
    page.get_by_role("button", name="Answer with this").click()
    expect(page.locator("article.objection")).to_contain_text("Shown by Institute of Buildings")


@pytest.mark.parametrize(("theme", "width", "language"), [("light", 1440, "pl"), ("dark", 390, "en")])
def test_axe_finds_nothing_on_the_checks_open_answered_and_refused(
    open_studio: Open,
    theme: Any,
    width: int,
    language: str,
) -> None:
    User.objects.update(role="manager")
    magnet = bold(promise="We guarantee that your bill drops. Only 3 copies left!")
    passage = {"source": "A leaflet", "ours": "the same words", "theirs": "the same words", "words": 40}
    asset_key = complete().asset.key  # type: ignore[union-attr]
    Provenance.objects.create(
        magnet_id=magnet.pk, asset_key=asset_key, share=0.4, passages=[passage], compared_with=1, compared_at=MONDAY
    )
    Source.objects.create(magnet_id=magnet.pk, name="A leaflet", address="https://example.org/", added_at=MONDAY)
    page = open_studio(f"/magnets/{magnet.pk}/checks", theme=theme, width=width, language=language)
    for summary in page.locator("main details.more summary").all():
        summary.click()
    assert complaints(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.locator("article.objection form[action*=approve] button").first.click()
    expect(page.locator("article.objection .error, article.objection .errorlist").first).to_be_visible()
    assert complaints(page) == []

    page.locator("article.objection textarea").first.fill("Measured in twelve houses.")
    page.locator("article.objection form[action*=approve] button").first.click()
    expect(page.locator("article.objection .tag.good")).to_have_count(1)
    assert complaints(page) == []
