"""What is true of every public page, in every state and language."""

import gzip
import re

import msgspec
import pytest

from leadstone.kernel.language import Language
from leadstone.wire.pages import Pages
from leadstone.wire.pages.pages import STATIC
from tests.pages.gallery import ENGLISH, POLISH, bundle_of, galleries
from tests.pages.markup import read

NAMES = sorted(galleries()[Language.ENGLISH].all())
EVERY = [pytest.param(language, name, id=f"{language}-{name}") for language in Language for name in NAMES]
WHOLE_BUDGET_BYTES = 50_000


def page(language: Language, name: str) -> str:
    return galleries()[language].all()[name]()


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_page_is_well_formed_and_names_its_language(language: Language, name: str) -> None:
    found = read(page(language, name))

    assert found.faults == []
    assert ("html", {"lang": language.value}) in found.elements
    assert sum(tag == "h1" for tag, _ in found.elements) == 1
    assert sum(tag == "main" for tag, _ in found.elements) == 1


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_page_needs_no_inline_style_no_inline_script_and_nobody_else(language: Language, name: str) -> None:
    found = read(page(language, name))

    assert found.values("style") == []
    assert [tag for tag, _ in found.elements if tag == "style"] == []
    assert [name for _, attrs in found.elements for name in attrs if name.startswith("on")] == []
    assert all("src" in attrs for tag, attrs in found.elements if tag == "script")
    fetched = [attrs.get("src") or "" for tag, attrs in found.elements if tag in {"script", "img"}]
    fetched += [attrs.get("href") or "" for tag, attrs in found.elements if tag == "link"]
    assert all(address.startswith("/s/") for address in fetched), fetched
    assert len([1 for tag, attrs in found.elements if tag == "link" and attrs.get("rel") == "stylesheet"]) == 1


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_page_changes_nothing_by_a_link_and_posts_only_to_its_own_host(language: Language, name: str) -> None:
    found = read(page(language, name))

    for tag, attrs in found.elements:
        if tag == "form":
            assert attrs["method"] == "post"
            assert (attrs["action"] or "").startswith(("/", "?"))


@pytest.mark.parametrize("name", NAMES)
def test_only_a_magnet_and_the_index_may_be_found_by_search_engines(name: str) -> None:
    robots = [attrs for tag, attrs in read(page(Language.ENGLISH, name)).elements if attrs.get("name") == "robots"]

    public = name.startswith(("index", "magnet"))
    assert bool(robots) is not public


@pytest.mark.parametrize("language", list(Language))
def test_page_and_style_together_stay_under_fifty_kilobytes(language: Language) -> None:
    gallery = galleries()[language]
    style = len(gallery.pages.stylesheet.encode())

    heaviest = max(len(make().encode()) for make in gallery.all().values())

    assert style + heaviest <= WHOLE_BUDGET_BYTES


def test_the_heading_font_stays_under_fifty_kilobytes() -> None:
    from_style = re.findall(r"url\(\"?([\w.-]+\.woff2)\"?\)", galleries()[Language.ENGLISH].pages.stylesheet)

    assert from_style
    assert sum((STATIC / name).stat().st_size for name in from_style if (STATIC / name).exists()) <= WHOLE_BUDGET_BYTES


def test_a_page_travels_in_a_few_kilobytes() -> None:
    gallery = galleries()[Language.POLISH]

    assert len(gzip.compress(gallery.magnet().encode())) < 6_000
    assert len(gzip.compress(gallery.pages.stylesheet.encode())) < 7_000


@pytest.mark.parametrize("language", list(Language))
def test_the_thousandth_page_is_the_same_bytes_as_the_first(language: Language) -> None:
    first, second = galleries()[language], galleries()[language]

    assert {name: make() for name, make in first.all().items()} == {name: make() for name, make in second.all().items()}


@pytest.mark.parametrize("language", list(Language))
def test_the_parts_of_a_fresh_page_join_into_the_page(language: Language) -> None:
    gallery = galleries()[language]

    before, between, after = gallery.pages.magnet_parts(gallery.version, "guide", language=language)

    whole = gallery.magnet(token="a.token", origin="utm_source=fair")
    assert before + b"a.token" + between + b"utm_source=fair" + after == whole.encode()


def test_the_page_of_a_magnet_is_english_around_a_polish_text_and_says_so() -> None:
    gallery = galleries()[Language.ENGLISH]

    found = read(gallery.magnet(POLISH))

    assert ("html", {"lang": "en"}) in found.elements
    assert "The exchange" in found.text
    assert POLISH.title in found.text
    assert "pl" in found.values("lang")


def test_nothing_published_says_so_without_an_empty_list() -> None:
    from_nothing = galleries()[Language.ENGLISH].all()["index-empty"]()

    assert "Nothing is published yet" in from_nothing
    assert "<ul" not in from_nothing


def test_the_index_names_what_each_magnet_asks() -> None:
    text = read(galleries()[Language.ENGLISH].all()["index"]()).text

    assert "We ask: E-mail, Your name" in text
    assert "We ask: E-mail, Your name, Phone, Company, Your role, Your question" in text


def test_a_withdrawn_magnet_is_not_on_the_index() -> None:
    bundle = bundle_of(ENGLISH)
    withdrawn = msgspec.structs.replace(bundle, magnets=(msgspec.structs.replace(bundle.magnets[0], live=False),))

    assert ENGLISH.title in Pages(bundle).index(language=Language.ENGLISH)
    assert ENGLISH.title not in Pages(withdrawn).index(language=Language.ENGLISH)
